//! What WhyLabs keeps: organizations with their members, users, and the keys of its API.

use std::sync::Arc;

use imbl::OrdMap;
use jiff::Timestamp;

use crate::digest::Digest;

/// An id, as WhyLabs shows it.
pub(crate) type Id = Arc<str>;

/// Everything of WhyLabs' in a world.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whylabs {
    pub(super) organizations: OrdMap<Id, Organization>,
    pub(super) users: OrdMap<Id, User>,
    /// The ids of the users that can be found, by their address in lower case.
    pub(super) by_email: OrdMap<Arc<str>, Id>,
    pub(super) keys: OrdMap<Digest, ApiKey>,
    /// How many memberships there ever were. Each has a number, which tells what came first.
    pub(super) numbered: u64,
}

#[derive(Clone, Debug)]
pub(super) struct Organization {
    pub(super) profile: Arc<Profile>,
    /// In the order they joined.
    pub(super) members: OrdMap<u64, Member>,
}

/// An organization without its members; no operation here changes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Profile {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) tier: Option<Tier>,
    /// In lower case; none at all allows every domain.
    pub(super) email_domains: Vec<String>,
    pub(super) deleted: bool,
    /// Whether it is WhyLabs' own, whose keys can do more.
    pub(super) internal: bool,
}

/// What an organization pays.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Tier {
    Free,
    Paid,
    AwsMarketplace,
    Subscription,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Member {
    pub(super) user_id: Id,
    pub(super) role: Role,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    Admin,
    Member,
    Viewer,
}

#[derive(Clone, Debug)]
pub(super) struct User {
    pub(super) profile: Arc<Person>,
    /// The organization the user lands in at login: there is one at the most, and a membership in it.
    pub(super) default: Option<Id>,
    /// The numbers of the memberships, by organization.
    pub(super) memberships: OrdMap<Id, u64>,
    /// What logins through SAML brought about, by organization; nobody is shown it.
    pub(super) claims: OrdMap<Id, Claim>,
}

/// A user without memberships; no operation here changes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Person {
    pub(super) id: Id,
    /// In lower case.
    pub(super) email: Arc<str>,
    /// Whether the record is gone: then the memberships it left behind stay unseen.
    pub(super) deleted: bool,
}

/// A membership that a login through SAML made, beside the regular ones.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Claim {
    pub(super) role: Role,
    pub(super) default: bool,
}

/// A key of the API.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct ApiKey {
    /// What stands before its dot; no secret.
    pub(super) id: Id,
    pub(super) organization: Id,
    pub(super) user: Option<Id>,
    pub(super) scopes: Vec<String>,
    pub(super) expires_at: Option<Timestamp>,
    pub(super) revoked: bool,
}

/// Why a key that once was good is no longer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ended {
    Expired,
    Revoked,
}

impl ApiKey {
    /// Whether and why it is over. At the very instant it expires, a key is still good.
    pub(super) fn ended(&self, now: Timestamp) -> Option<Ended> {
        if self.expires_at.is_some_and(|at| now > at) {
            Some(Ended::Expired)
        } else {
            self.revoked.then_some(Ended::Revoked)
        }
    }

    pub(super) fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|held| held == scope)
    }
}

impl User {
    pub(super) fn lands_in(&self, organization_id: &str) -> bool {
        self.default.as_deref() == Some(organization_id)
    }
}

/// A membership and what WhyLabs shows along with it.
#[derive(Clone, Debug)]
pub(super) struct MembershipView {
    pub(super) organization_id: Id,
    pub(super) user: Arc<Person>,
    pub(super) role: Role,
    pub(super) default: bool,
}
