//! The ways in: tokens, invitations, login links.

use mock_server::jiff::Timestamp;
use serde_json::{Value, json};

use super::model::{
    Answered, DAY, Expected, Invite, Known, Link, Login, Member, Model, Token, forbidden, not_found, refused,
    unusable,
};
use super::operation::{NewInvite, NewToken, Proof, Who};
use super::role::{Role, once};
use super::scene::{ORGS, org_id, realm};

/// How long a session lasts that begins in a sequence.
pub(crate) const SESSION: i64 = 30 * DAY;

/// An instant as it is written in a request.
pub(crate) fn instant(second: i64) -> String {
    Timestamp::from_second(second)
        .expect("a sequence lasts for days")
        .to_string()
}

impl Model {
    pub(crate) fn make_token(&mut self, org: usize, new: &NewToken) -> Answered {
        if new.ends.is_some_and(|ends| ends <= 0) {
            return unusable();
        }
        let theirs = |token: &&Token| token.org == org && !token.deleted && token.name == new.name;
        if new.name.is_some_and(|name| !name.is_empty()) && self.tokens.iter().any(|token| theirs(&token)) {
            return refused(409, "already_exists");
        }
        self.tokens.push(Token {
            id: String::new(),
            org,
            secret: String::new(),
            roles: once(&new.roles),
            name: new.name,
            ends: new.ends.map(|ends| self.now + ends),
            deleted: false,
        });
        Ok(Expected::Token)
    }

    pub(crate) fn list_tokens(&self, org: usize) -> Expected {
        let theirs = self
            .tokens
            .iter()
            .filter(|token| token.org == org && !token.deleted);
        let shown = theirs.map(|token| {
            let roles: Vec<_> = token.roles.iter().map(|role| role.text()).collect();
            let five: String = token.secret.chars().take(5).collect();
            let mut shown = json!({ "id": token.id, "firstFive": five, "roles": roles });
            if let Some(name) = token.name {
                shown["friendlyName"] = name.into();
            }
            if let Some(ends) = token.ends {
                shown["tokenExpires"] = instant(ends).into();
            }
            shown
        });
        Expected::Shows(200, shown.collect())
    }

    /// The place of a token that may be deleted; with the first one everything is looked at in the end.
    pub(crate) fn nth_token(&self, number: usize) -> usize {
        1 + number % (self.tokens.len() - 1)
    }

    pub(crate) fn drop_token(&mut self, org: usize, number: usize) -> Answered {
        let number = self.nth_token(number);
        let token = &mut self.tokens[number];
        if token.org != org || token.deleted {
            return not_found();
        }
        token.deleted = true;
        Ok(Expected::Empty(204))
    }

    pub(crate) fn invite(&mut self, org: usize, new: &NewInvite) -> Answered {
        let roles = once(new.settings.roles.as_deref().unwrap_or_default());
        if roles.is_empty() {
            return unusable();
        }
        let sites = Self::sites(org, &roles, new.settings.sites.as_deref().unwrap_or_default())?;
        let login = self.login(realm(org), new.email);
        let member = login.and_then(|login| self.member_of(org, login));
        if member.is_some_and(|member| self.members[member].active) {
            return refused(400, "already_exists");
        }
        if roles.contains(&Role::Owner) && (self.owner(org).is_some() || self.awaits_owner(org, member)) {
            return unusable();
        }
        let login = login.unwrap_or_else(|| {
            self.logins.push(Login {
                realm: realm(org),
                email: new.email.to_owned(),
                ..Login::default()
            });
            self.logins.len() - 1
        });
        if self.logins[login].password.is_none() {
            new.name.clone_into(&mut self.logins[login].name);
        }
        self.close_invites(org, login);
        self.put_pending(Member {
            id: String::new(),
            org,
            login,
            active: false,
            roles,
            sites,
            notifications: new.settings.notifications.clone().unwrap_or_default(),
            joined: self.today(),
        });
        self.invites.push(Invite {
            key: String::new(),
            org,
            login,
            ends: self.now + 10 * DAY,
            closed: false,
        });
        let above = ORGS[realm(org)].panel.unwrap_or_default();
        Ok(Expected::Invite(
            format!("http://{above}/invites/"),
            format!("?email={}", self.logins[login].email),
        ))
    }

    /// Adds a pending member, or puts it in the place of the one it was.
    fn put_pending(&mut self, member: Member) {
        match self.member_of(member.org, member.login) {
            Some(before) => {
                let id = self.members[before].id.clone();
                self.members[before] = Member { id, ..member };
            }
            None => self.members.push(member),
        }
    }

    /// Whether somebody else has an open invitation to own an organization.
    fn awaits_owner(&self, org: usize, invited: Option<usize>) -> bool {
        let open = self
            .invites
            .iter()
            .filter(|invite| invite.org == org && self.is_open(invite));
        let mut others = open
            .filter_map(|invite| self.member_of(org, invite.login))
            .filter(|member| Some(*member) != invited);
        others.any(|member| self.members[member].roles.contains(&Role::Owner))
    }

    fn is_open(&self, invite: &Invite) -> bool {
        !invite.closed && self.now < invite.ends
    }

    pub(crate) fn close_invites(&mut self, org: usize, login: usize) {
        for invite in &mut self.invites {
            if invite.org == org && invite.login == login {
                invite.closed = true;
            }
        }
    }

    /// One of all invitations there ever were, the latest first.
    pub(crate) fn nth_invite(&self, number: usize) -> Option<usize> {
        self.invites.len().checked_sub(1 + number)
    }

    pub(crate) fn validate(&self, number: usize) -> Expected {
        let invite = self.nth_invite(number).map(|number| &self.invites[number]);
        let Some(invite) = invite.filter(|invite| self.is_open(invite)) else {
            return Expected::Shows(200, json!({ "isValid": false }));
        };
        let mut shown = json!({
            "isValid": true, "orgId": org_id(invite.org), "orgName": ORGS[invite.org].name,
            "loginId": self.logins[invite.login].id
        });
        let member = self.member_of(invite.org, invite.login);
        if let Some(role) = member.and_then(|member| self.members[member].roles.first()) {
            shown["role"] = role.text().into();
        }
        Expected::Shows(200, shown)
    }

    pub(crate) fn accept(&mut self, known: Option<Known>, number: usize, proof: Option<Proof>) -> Answered {
        let invite = self.nth_invite(number).map(|number| self.invites[number].clone());
        let Some(invite) = invite.filter(|invite| self.is_open(invite)) else {
            return not_found();
        };
        match known {
            Some(Known::Login(login)) if login != invite.login => return forbidden(),
            Some(Known::Login(login)) if self.logins[login].password.is_some() => {}
            Some(Known::Token(_)) => return forbidden(),
            Some(Known::Login(_)) | None => {
                let proof = proof.map(|proof| (self.shown_email(number, proof), proof.password));
                self.prove(invite.login, proof)?;
            }
        }
        self.close_invites(invite.org, invite.login);
        let today = self.today();
        if let Some(member) = self.member_of(invite.org, invite.login) {
            self.members[member].active = true;
            self.members[member].joined = today;
        }
        self.settle(invite.org);
        Ok(match known {
            Some(_) => Expected::Empty(200),
            None => {
                self.begin_session(invite.login);
                Expected::Session(200, None)
            }
        })
    }

    /// The address that somebody shows who accepts an invitation.
    pub(crate) fn shown_email(&self, number: usize, proof: Proof) -> String {
        let invited = self.nth_invite(number).map(|invite| self.invites[invite].login);
        match (proof.email, invited) {
            (Some(email), _) => email.to_owned(),
            (None, Some(login)) => self.logins[login].email.clone(),
            (None, None) => String::new(),
        }
    }

    fn prove(&mut self, login: usize, proof: Option<(String, &str)>) -> Result<(), Expected> {
        let Some((email, password)) = proof else {
            return forbidden();
        };
        let login = &mut self.logins[login];
        if login.email.to_lowercase() != email.to_lowercase() {
            return forbidden();
        }
        let known = login.password.get_or_insert_with(|| password.to_owned());
        if known == password { Ok(()) } else { forbidden() }
    }

    fn begin_session(&mut self, login: usize) {
        self.sessions.push(super::model::Session {
            cookie: String::new(),
            login,
            ends: Some(self.now + SESSION),
        });
    }

    pub(crate) fn link(&mut self, org: usize, who: Who) -> Answered {
        let id = self.id_of(who);
        let found = self
            .find(org, &id)
            .ok()
            .filter(|member| self.members[*member].active);
        if found.is_none() {
            return forbidden();
        }
        self.links.push(Link {
            target: String::new(),
            member: id,
            ends: self.now + 60,
            used: false,
        });
        Ok(Expected::Link)
    }

    /// One of all login links there ever were, the latest first.
    pub(crate) fn nth_link(&self, number: usize) -> Option<usize> {
        self.links.len().checked_sub(1 + number)
    }

    pub(crate) fn follow(&mut self, number: usize) -> Answered {
        let turned_away = || refused(401, "invalid_session");
        let Some(number) = self.nth_link(number) else {
            return turned_away();
        };
        let link = &self.links[number];
        let member = self.members.iter().find(|member| member.id == link.member);
        let Some(member) = member.filter(|_| !link.used && self.now < link.ends) else {
            return turned_away();
        };
        let login = member.login;
        self.links[number].used = true;
        self.begin_session(login);
        Ok(Expected::Session(200, Some(self.memberships(login))))
    }

    /// The active memberships of a login, in the order of their organizations' ids.
    fn memberships(&self, login: usize) -> Value {
        let of = |org: usize| {
            let member = &self.members[self.member_of(org, login)?];
            let roles: Vec<_> = member.roles.iter().map(|role| role.text()).collect();
            member.active.then(|| {
                json!({
                    "memberId": member.id, "orgId": org_id(org), "orgName": ORGS[org].name,
                    "isMasterOrg": org == 0, "roles": roles, "siteAccessCount": member.sites.len()
                })
            })
        };
        let memberships: Vec<Value> = (0..ORGS.len()).filter_map(of).collect();
        json!({ "memberships": memberships })
    }
}
