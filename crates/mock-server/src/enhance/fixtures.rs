//! From fixtures to what Enhance keeps, with every reference checked; and back.

use std::collections::BTreeMap;
use std::fmt;

use super::id;
use super::model::{Enhance, Id, Role};
use crate::digest::Digest;
use crate::fixtures::{EnhanceFixtures, EnhanceRole, Findings, Identity, MadeUp, Place};

mod entries;
mod export;
mod invites;
mod logins;
mod members;
mod organizations;

pub(crate) use export::fixtures_of;

const ORGANIZATIONS: &str = "/enhance/organizations";
const WEBSITES: &str = "/enhance/websites";
const LOGINS: &str = "/enhance/logins";
const SESSIONS: &str = "/enhance/sessions";
const ACCESS_TOKENS: &str = "/enhance/access_tokens";
const MEMBERS: &str = "/enhance/members";
const INVITES: &str = "/enhance/invites";
const LOGIN_LINKS: &str = "/enhance/login_links";

/// What makes two rows of a list the same thing.
pub(crate) const IDENTITIES: &[Identity] = &[
    (ORGANIZATIONS, &["id"]),
    (WEBSITES, &["id"]),
    (LOGINS, &["id"]),
    (SESSIONS, &["sha256"]),
    (ACCESS_TOKENS, &["id"]),
    (MEMBERS, &["organization", "login"]),
    (INVITES, &["id"]),
    (LOGIN_LINKS, &["sha256"]),
];

/// Reads Enhance's part of the fixtures.
pub(crate) fn read_fixtures(fixtures: &EnhanceFixtures, seed: u64, findings: &mut Findings) -> Enhance {
    let mut reading = Reading {
        enhance: Enhance::default(),
        seed,
        master: None,
        organization_of_website: BTreeMap::new(),
        organization_of_member: BTreeMap::new(),
        findings,
    };
    let organizations = fixtures.organizations.as_deref().unwrap_or_default();
    organizations::read(&mut reading, organizations);
    organizations::read_websites(&mut reading, fixtures.websites.as_deref().unwrap_or_default());
    logins::read(&mut reading, fixtures.logins.as_deref().unwrap_or_default());
    let invites = fixtures.invites.as_deref().unwrap_or_default();
    let open = invites::open(&mut reading, invites);
    members::read(
        &mut reading,
        fixtures.members.as_deref().unwrap_or_default(),
        &open,
    );
    invites::read(&mut reading, invites);
    entries::read_sessions(&mut reading, fixtures.sessions.as_deref().unwrap_or_default());
    entries::read_tokens(
        &mut reading,
        fixtures.access_tokens.as_deref().unwrap_or_default(),
    );
    entries::read_login_links(&mut reading, fixtures.login_links.as_deref().unwrap_or_default());
    reading.enhance
}

/// Fixtures on their way to a state.
struct Reading<'a> {
    enhance: Enhance,
    seed: u64,
    /// The master organization.
    master: Option<Id>,
    organization_of_website: BTreeMap<Id, Id>,
    organization_of_member: BTreeMap<Id, Id>,
    findings: &'a mut Findings,
}

impl Reading<'_> {
    /// The id a row gives, whose form the format has checked, or one made up.
    fn id(&self, given: Option<&str>, place: Place) -> Id {
        given.and_then(id::read).unwrap_or_else(|| {
            let rng = MadeUp::rng(self.seed, &format!("{}/{}", place.list, place.row));
            id::new(rng)
        })
    }

    /// Says so when this is the second of something there can be only one of.
    fn only_one(&mut self, place: Place, member: &'static str, what: impl fmt::Display) {
        self.findings.only_one(place.member(member), what);
    }

    /// The organization a row belongs to, if there is one.
    fn organization_of(&mut self, place: Place, named: &str) -> Option<Id> {
        let found = id::read(named).filter(|id| self.enhance.organizations.contains_key(id));
        if found.is_none() {
            let place = place.member("organization");
            self.findings
                .dangling(place, "organization", named, ORGANIZATIONS);
        }
        found
    }

    /// The login a row belongs to, if there is one.
    fn login_of(&mut self, place: Place, named: &str) -> Option<Id> {
        let found = id::read(named).filter(|id| self.enhance.logins.contains_key(id));
        if found.is_none() {
            let place = place.member("login");
            self.findings.dangling(place, "login", named, LOGINS);
        }
        found
    }

    /// The member a row is about and its organization, if there are both.
    fn member_of(&mut self, place: Place, named: &str) -> Option<(Id, Id)> {
        let found = id::read(named).and_then(|id| Some((*self.organization_of_member.get(&id)?, id)));
        if found.is_none() {
            let place = place.member("member");
            self.findings.dangling(place, "member", named, MEMBERS);
        }
        found
    }

    /// The digest of what callers show, from the thing itself or as it is given.
    fn digest(&mut self, place: Place, secret: Option<&str>, sha256: Option<&str>) -> Option<Digest> {
        let digest = match (secret, sha256) {
            (Some(secret), None) => Digest::of(secret),
            (None, Some(digest)) => Digest::of_hex(digest),
            _ => {
                let message = "there is either `secret` or `sha256`";
                self.findings.impossible(place, message, "give one of the two");
                return None;
            }
        };
        self.only_one(place, "", format_args!("the secret of digest {digest}"));
        Some(digest)
    }
}

impl From<EnhanceRole> for Role {
    fn from(role: EnhanceRole) -> Self {
        match role {
            EnhanceRole::Owner => Self::Owner,
            EnhanceRole::SuperAdmin => Self::SuperAdmin,
            EnhanceRole::Business => Self::Business,
            EnhanceRole::SiteAccess => Self::SiteAccess,
            EnhanceRole::Support => Self::Support,
            EnhanceRole::Sysadmin => Self::Sysadmin,
        }
    }
}

impl From<Role> for EnhanceRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Owner => Self::Owner,
            Role::SuperAdmin => Self::SuperAdmin,
            Role::Business => Self::Business,
            Role::SiteAccess => Self::SiteAccess,
            Role::Support => Self::Support,
            Role::Sysadmin => Self::Sysadmin,
        }
    }
}
