//! What Enhance does, once more and as plainly as it can be put: lists that are searched from end to end.

use mock_server::jiff::Timestamp;
use serde_json::{Value, json};

use super::operation::{Caller, Who};
use super::role::Role;
use super::scene::{
    COLOR, LOGINS, MEMBERS, NO_ORG, NOW, ORGS, PASSWORD, TOKENS, login_id, login_name, member_id, no_id,
    realm, session, site_id, token_id,
};

/// What has to be answered.
#[derive(Clone, Debug)]
pub(crate) enum Expected {
    /// This status, without a body.
    Empty(u16),
    /// This status and this body.
    Shows(u16, Value),
    /// A member, whose id is new.
    Member,
    /// A token, whose id and secret are new.
    Token,
    /// An invitation's URL, which begins and ends so around a new key.
    Invite(String, String),
    /// A login link, another than all before.
    Link,
    /// A session, another than all before, and this status and body.
    Session(u16, Option<Value>),
    /// This status, and this code.
    Refused(u16, &'static str),
}

/// What is answered, or why it is not.
pub(crate) type Answered = Result<Expected, Expected>;

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) now: i64,
    pub(crate) logins: Vec<Login>,
    pub(crate) members: Vec<Member>,
    /// All there ever were; those of an organization in the order they came.
    pub(crate) tokens: Vec<Token>,
    /// All there ever were.
    pub(crate) invites: Vec<Invite>,
    pub(crate) links: Vec<Link>,
    pub(crate) sessions: Vec<Session>,
}

/// What the server has named is unknown until it is seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Login {
    pub(crate) id: String,
    pub(crate) realm: usize,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) color: String,
    pub(crate) password: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) org: usize,
    /// Its place in the list of logins.
    pub(crate) login: usize,
    pub(crate) active: bool,
    pub(crate) roles: Vec<Role>,
    pub(crate) sites: Vec<usize>,
    pub(crate) notifications: Vec<&'static str>,
    pub(crate) joined: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) id: String,
    pub(crate) org: usize,
    pub(crate) secret: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) name: Option<&'static str>,
    pub(crate) ends: Option<i64>,
    pub(crate) deleted: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Invite {
    pub(crate) key: String,
    pub(crate) org: usize,
    pub(crate) login: usize,
    pub(crate) ends: i64,
    pub(crate) closed: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// Path and query.
    pub(crate) target: String,
    pub(crate) member: String,
    pub(crate) ends: i64,
    pub(crate) used: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) cookie: String,
    pub(crate) login: usize,
    pub(crate) ends: Option<i64>,
}

/// Who a caller turns out to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Known {
    Login(usize),
    Token(usize),
}

pub(crate) const DAY: i64 = 86_400;

const ADMINISTRATORS: [Role; 2] = [Role::Owner, Role::SuperAdmin];
const SIGNERS: [Role; 3] = [Role::Owner, Role::SuperAdmin, Role::Sysadmin];

pub(crate) fn refused<T>(status: u16, code: &'static str) -> Result<T, Expected> {
    Err(Expected::Refused(status, code))
}

pub(crate) fn unusable<T>() -> Result<T, Expected> {
    refused(400, "invalid_input")
}

pub(crate) fn forbidden<T>() -> Result<T, Expected> {
    refused(403, "insufficient_privileges")
}

pub(crate) fn not_found<T>() -> Result<T, Expected> {
    refused(404, "not_found")
}

impl Model {
    /// The world when a sequence begins.
    pub(crate) fn start() -> Self {
        let login = |(number, login): (usize, &super::scene::Login)| Login {
            id: login_id(number),
            realm: login.realm,
            email: login.email.to_owned(),
            name: login_name(number),
            color: COLOR.to_owned(),
            password: login.registered.then(|| PASSWORD.to_owned()),
        };
        let member = |(number, (org, login, role)): (usize, &(usize, usize, Role))| Member {
            id: member_id(number),
            org: *org,
            login: *login,
            active: true,
            roles: vec![*role],
            sites: Vec::new(),
            notifications: Vec::new(),
            joined: "2025-12-31".to_owned(),
        };
        let token = |(number, (org, secret, role)): (usize, &(usize, &str, Role))| Token {
            id: token_id(number),
            org: *org,
            secret: (*secret).to_owned(),
            roles: vec![*role],
            name: None,
            ends: None,
            deleted: false,
        };
        let registered = (0..LOGINS.len()).filter(|number| LOGINS[*number].registered);
        let sessions = registered.map(|login| Session {
            cookie: session(login),
            login,
            ends: None,
        });
        Self {
            now: NOW,
            logins: LOGINS.iter().enumerate().map(login).collect(),
            members: MEMBERS.iter().enumerate().map(member).collect(),
            tokens: TOKENS.iter().enumerate().map(token).collect(),
            invites: Vec::new(),
            links: Vec::new(),
            sessions: sessions.collect(),
        }
    }

    /// The day it is.
    pub(crate) fn today(&self) -> String {
        let now = Timestamp::from_second(self.now).expect("a sequence lasts for days");
        now.to_string().chars().take(10).collect()
    }

    /// The login of an address in a realm.
    pub(crate) fn login(&self, realm: usize, email: &str) -> Option<usize> {
        let email = email.to_lowercase();
        let mut logins = self.logins.iter();
        logins.position(|login| login.realm == realm && login.email.to_lowercase() == email)
    }

    /// The member that a login is in an organization.
    pub(crate) fn member_of(&self, org: usize, login: usize) -> Option<usize> {
        let mut members = self.members.iter();
        members.position(|member| member.org == org && member.login == login)
    }

    /// The id of a member, or that of nobody.
    pub(crate) fn id_of(&self, who: Who) -> String {
        let login = (who.org != NO_ORG).then(|| self.login(realm(who.org), who.email));
        let member = login.flatten().and_then(|login| self.member_of(who.org, login));
        member.map_or_else(no_id, |member| self.members[member].id.clone())
    }

    /// The place of the member of an organization that has this id.
    pub(crate) fn find(&self, org: usize, id: &str) -> Result<usize, Expected> {
        let mut members = self.members.iter();
        match members.position(|member| member.org == org && member.id == id) {
            Some(member) => Ok(member),
            None => not_found(),
        }
    }

    /// The latest session of a caller that is one.
    pub(crate) fn cookie(&self, caller: Caller) -> Option<&str> {
        let login = match caller {
            Caller::Login(realm, email) => self.login(realm, email)?,
            Caller::Invited(number) => self.invites[self.nth_invite(number)?].login,
            Caller::Token(_) | Caller::Nobody => return None,
        };
        let session = self.sessions.iter().rev().find(|session| session.login == login);
        Some(session.map_or("of-nobody", |session| session.cookie.as_str()))
    }

    /// The secret of a caller that is a token.
    pub(crate) fn secret(&self, caller: Caller) -> Option<&str> {
        match caller {
            Caller::Token(number) => Some(&self.tokens[number % self.tokens.len()].secret),
            _ => None,
        }
    }

    /// Who a caller is, when what it shows is good.
    pub(crate) fn known(&self, caller: Caller) -> Option<Known> {
        let is_over = |ends: Option<i64>| ends.is_some_and(|ends| ends <= self.now);
        match caller {
            Caller::Nobody => None,
            Caller::Token(number) => {
                let number = number % self.tokens.len();
                let token = &self.tokens[number];
                (!token.deleted && !is_over(token.ends)).then_some(Known::Token(number))
            }
            Caller::Login(..) | Caller::Invited(_) => {
                let cookie = self.cookie(caller)?;
                let session = self.sessions.iter().find(|session| session.cookie == cookie)?;
                (!is_over(session.ends)).then_some(Known::Login(session.login))
            }
        }
    }

    /// The roles somebody has in an organization itself.
    fn roles(&self, known: Known, org: usize) -> Vec<Role> {
        match known {
            Known::Token(number) if self.tokens[number].org == org => self.tokens[number].roles.clone(),
            Known::Token(_) => Vec::new(),
            Known::Login(login) => {
                let member = self.member_of(org, login).map(|member| &self.members[member]);
                let member = member.filter(|member| member.active);
                member.map_or_else(Vec::new, |member| member.roles.clone())
            }
        }
    }

    fn has_one_of(&self, known: Known, org: usize, roles: &[Role]) -> bool {
        self.roles(known, org).iter().any(|role| roles.contains(role))
    }

    pub(crate) fn manages(&self, known: Known, org: usize) -> bool {
        self.has_one_of(known, org, &ADMINISTRATORS) || self.is_above(known, org)
    }

    pub(crate) fn is_above(&self, known: Known, org: usize) -> bool {
        ORGS[org].parent.is_some_and(|parent| self.manages(known, parent))
    }

    pub(crate) fn hands_over(&self, known: Known, org: usize) -> bool {
        self.is_above(known, org) || self.has_one_of(known, org, &[Role::Owner])
    }

    pub(crate) fn signs_in(&self, known: Known, org: usize) -> bool {
        self.has_one_of(known, org, &SIGNERS) || self.has_one_of(known, 0, &SIGNERS)
    }

    /// The active member who owns an organization.
    pub(crate) fn owner(&self, org: usize) -> Option<usize> {
        let owns =
            |member: &Member| member.org == org && member.active && member.roles.contains(&Role::Owner);
        self.members.iter().position(owns)
    }

    /// Who was to be the owner of an organization that has got another one is to be a super admin.
    pub(crate) fn settle(&mut self, org: usize) {
        if self.owner(org).is_none() {
            return;
        }
        for member in &mut self.members {
            if member.org == org && !member.active {
                let roles = member.roles.iter().map(|role| match role {
                    Role::Owner => Role::SuperAdmin,
                    other => *other,
                });
                member.roles = super::role::once(&roles.collect::<Vec<_>>());
            }
        }
    }

    /// The websites a member with these roles gets, of those that are asked for.
    pub(crate) fn sites(org: usize, roles: &[Role], asked: &[usize]) -> Result<Vec<usize>, Expected> {
        if !roles.contains(&Role::SiteAccess) {
            return Ok(Vec::new());
        }
        if asked.iter().any(|site| !ORGS[org].sites.contains(site)) {
            return unusable();
        }
        Ok(asked.to_vec())
    }

    /// A member as it is shown.
    pub(crate) fn view(&self, member: &Member) -> Value {
        let login = &self.logins[member.login];
        let roles: Vec<_> = member.roles.iter().map(|role| role.text()).collect();
        let sites: Vec<_> = member.sites.iter().map(|site| site_id(*site)).collect();
        json!({
            "id": member.id, "loginId": login.id, "isActive": member.active, "email": login.email,
            "name": login.name, "roles": roles, "siteAccesses": sites, "notifications": member.notifications,
            "joinedAt": member.joined, "colorCode": login.color
        })
    }
}
