use super::model::{Expected, Known, Model, forbidden, not_found, refused};
use super::operation::{Caller, What};
use super::scene::NO_ORG;

impl What {
    /// What it is called in the document.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::MakeToken(..) => "createAccessToken",
            Self::ListTokens(_) => "getAccessTokens",
            Self::DropToken(..) => "deleteAccessToken",
            Self::Add(..) => "createMember",
            Self::List(..) => "getMembers",
            Self::Read(..) => "getMember",
            Self::Update(..) => "updateMember",
            Self::Remove(..) => "deleteMember",
            Self::Link(..) => "getOrgMemberLogin",
            Self::HandOver(..) => "updateOwner",
            Self::Take(_) => "deleteOwner",
            Self::Invite(..) => "createInvite",
            Self::Accept(..) => "acceptInvite",
            Self::Validate(_) => "validateInvite",
            Self::Follow(_) => "the page of a login link",
        }
    }

    pub(crate) fn only_reads(&self) -> bool {
        matches!(
            self,
            Self::ListTokens(_) | Self::List(..) | Self::Read(..) | Self::Validate(_)
        )
    }

    /// The organization it is about, where it is about one.
    fn org(&self) -> Option<usize> {
        match self {
            Self::MakeToken(org, _)
            | Self::ListTokens(org)
            | Self::DropToken(org, _)
            | Self::Add(org, ..)
            | Self::List(org, _)
            | Self::Read(org, _)
            | Self::Update(org, ..)
            | Self::Remove(org, _)
            | Self::Link(org, _)
            | Self::HandOver(org, _)
            | Self::Take(org)
            | Self::Invite(org, _) => Some(*org),
            Self::Accept(..) | Self::Validate(_) | Self::Follow(_) => None,
        }
    }
}

/// What is answered to a call.
impl Model {
    pub(crate) fn answer(&mut self, caller: Caller, what: &What) -> Expected {
        let known = self.known(caller);
        let answered = match (what.org(), known) {
            (None, _) => self.enter(known, what),
            (Some(_), None) => refused(401, "invalid_session"),
            (Some(org), Some(known)) => self
                .admit(known, org, what)
                .and_then(|()| self.act(known, org, what)),
        };
        answered.unwrap_or_else(|refusal| refusal)
    }

    fn enter(&mut self, known: Option<Known>, what: &What) -> Result<Expected, Expected> {
        match what {
            What::Accept(invite, proof) => self.accept(known, *invite, *proof),
            What::Validate(invite) => Ok(self.validate(*invite)),
            What::Follow(link) => self.follow(*link),
            _ => unreachable!("everything else is about an organization"),
        }
    }

    /// Whether there is the organization, and the caller has the right.
    fn admit(&self, known: Known, org: usize, what: &What) -> Result<(), Expected> {
        let links = matches!(what, What::Link(..));
        if org == NO_ORG {
            return if links { forbidden() } else { not_found() };
        }
        let may = match what {
            What::Read(..) => true,
            What::Link(..) => self.signs_in(known, org),
            What::HandOver(..) => self.hands_over(known, org),
            What::Take(_) => self.is_above(known, org),
            _ => self.manages(known, org),
        };
        if may { Ok(()) } else { forbidden() }
    }

    fn act(&mut self, known: Known, org: usize, what: &What) -> Result<Expected, Expected> {
        match what {
            What::MakeToken(_, new) => self.make_token(org, new),
            What::ListTokens(_) => Ok(self.list_tokens(org)),
            What::DropToken(_, token) => self.drop_token(org, *token),
            What::Add(_, realm, email, roles) => self.add(org, *realm, email, roles),
            What::List(_, query) => self.list(org, query),
            What::Read(_, who) => self.read(known, org, *who),
            What::Update(_, who, settings) => self.update(org, *who, settings),
            What::Remove(_, who) => self.remove(org, *who),
            What::Link(_, who) => self.link(org, *who),
            What::HandOver(_, who) => self.hand_over(org, *who),
            What::Take(_) => self.take(org),
            What::Invite(_, new) => self.invite(org, new),
            What::Accept(..) | What::Validate(_) | What::Follow(_) => self.enter(Some(known), what),
        }
    }
}

/// What the server has named.
impl Model {
    pub(crate) fn name_member(&mut self, id: String) {
        if let Some(last) = self.members.last_mut() {
            last.id = id;
        }
    }

    pub(crate) fn name_token(&mut self, id: String, secret: String) {
        if let Some(last) = self.tokens.last_mut() {
            (last.id, last.secret) = (id, secret);
        }
    }

    pub(crate) fn name_link(&mut self, target: String) {
        if let Some(last) = self.links.last_mut() {
            last.target = target;
        }
    }

    pub(crate) fn name_session(&mut self, cookie: String) {
        if let Some(last) = self.sessions.last_mut() {
            last.cookie = cookie;
        }
    }

    pub(crate) fn name_invite(&mut self, key: String) {
        if let Some(last) = self.invites.last_mut() {
            last.key = key;
        }
    }

    /// The organization and the address of who was invited last.
    pub(crate) fn last_invited(&self) -> (usize, String) {
        let last = self.invites.last().expect("somebody was invited");
        (last.org, self.logins[last.login].email.clone())
    }

    /// Names the member and the login of who was invited last, as far as they have no names; returns what is new.
    pub(crate) fn name_invited(&mut self, member_id: String, login_id: String, color: String) -> Vec<String> {
        let mut new = Vec::new();
        let last = self.invites.last().expect("somebody was invited");
        let (org, login) = (last.org, last.login);
        if let Some(member) = self.member_of(org, login)
            && self.members[member].id.is_empty()
        {
            new.push(member_id.clone());
            self.members[member].id = member_id;
        }
        let login = &mut self.logins[login];
        if login.id.is_empty() {
            new.push(login_id.clone());
            (login.id, login.color) = (login_id, color);
        }
        new
    }
}
