//! What Enhance keeps: organizations and what belongs to them, and the logins of all realms.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};
use jiff::Timestamp;
use jiff::civil::Date;

pub(crate) use super::id::Id;
use super::members::Members;
use super::password::PasswordHash;
use crate::digest::Digest;

/// Everything of Enhance's in a world.
#[derive(Clone, Debug, Default)]
pub(crate) struct Enhance {
    pub(super) organizations: OrdMap<Id, Organization>,
    pub(super) logins: OrdMap<Id, Arc<Login>>,
    /// By realm and e-mail address in lower case.
    pub(super) logins_by_email: OrdMap<(Id, String), Id>,
    pub(super) sessions: OrdMap<Digest, Session>,
    pub(super) tokens: OrdMap<Digest, TokenInUse>,
    pub(super) invites: OrdMap<Id, Invite>,
    /// The one-time login links nobody has followed yet, by their passwords.
    pub(super) login_links: OrdMap<Digest, LoginLink>,
}

#[derive(Clone, Debug)]
pub(super) struct Organization {
    pub(super) profile: Arc<Profile>,
    pub(super) websites: OrdSet<Id>,
    pub(super) members: Members,
    /// The oldest first.
    pub(super) tokens: Vector<Arc<AccessToken>>,
}

/// An organization without what belongs to it; no operation here changes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Profile {
    pub(super) id: Id,
    pub(super) name: String,
    /// The organization above; the master organization has none.
    pub(super) parent: Option<Id>,
    pub(super) panel_domain: Option<String>,
    pub(super) is_deleted: bool,
}

impl Profile {
    /// The organization whose realm the logins of this one's members are in.
    pub(super) fn realm(&self) -> Id {
        self.parent.unwrap_or(self.id)
    }
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Role {
    Owner,
    SuperAdmin,
    Business,
    SiteAccess,
    Support,
    Sysadmin,
}

/// A person in a realm.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Login {
    pub(super) id: Id,
    pub(super) realm: Id,
    pub(super) email: String,
    pub(super) name: String,
    /// Nothing while the person has not answered the first invitation.
    pub(super) password: Option<PasswordHash>,
    pub(super) color_code: String,
    pub(super) avatar_path: Option<String>,
    pub(super) locale: Option<String>,
}

impl Login {
    /// Whether this is its e-mail address, whose case makes no difference.
    pub(super) fn has_email(&self, email: &str) -> bool {
        self.email.to_lowercase() == email.to_lowercase()
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Session {
    pub(super) login: Id,
    pub(super) expires_at: Option<Timestamp>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct AccessToken {
    pub(super) id: Id,
    pub(super) digest: Digest,
    /// How its secret begins.
    pub(super) first_five: String,
    pub(super) roles: Vec<Role>,
    pub(super) friendly_name: Option<String>,
    pub(super) expiry: Option<Expiry>,
}

/// An instant, and how it was written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Expiry {
    pub(super) at: Timestamp,
    pub(super) text: String,
}

impl Expiry {
    /// Reads an instant whose form the format has checked. Beyond the year 9999, which some offsets lead to, there is
    /// no time left to tell apart.
    pub(super) fn read(text: String) -> Self {
        let at = to_nanoseconds(&text).parse().unwrap_or(Timestamp::MAX);
        Self { at, text }
    }
}

/// An instant with no more digits in its fraction of a second than can be told apart.
fn to_nanoseconds(text: &str) -> String {
    match text.split_once('.') {
        Some((seconds, rest)) => {
            let offset = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
            let digits: String = rest.chars().take_while(char::is_ascii_digit).take(9).collect();
            format!("{seconds}.{digits}{offset}")
        }
        None => text.to_owned(),
    }
}

/// An access token and where it is used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct TokenInUse {
    pub(super) organization: Id,
    pub(super) token: Arc<AccessToken>,
}

/// A login's place in an organization.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Member {
    pub(super) id: Id,
    pub(super) login: Id,
    /// The organization's members are in the order of these.
    pub(super) number: u64,
    /// The invitation a pending member has not accepted yet, be it too old by now.
    pub(super) invite: Option<Id>,
    pub(super) roles: Vec<Role>,
    pub(super) site_accesses: Vec<Id>,
    pub(super) notifications: Vec<String>,
    /// For a pending member the day of the invitation.
    pub(super) joined_on: Date,
}

impl Member {
    pub(super) fn is_active(&self) -> bool {
        self.invite.is_none()
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The same member with one role and no websites of its own.
    pub(super) fn with_role(&self, role: Role) -> Self {
        Self {
            roles: vec![role],
            site_accesses: Vec::new(),
            ..self.clone()
        }
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Invite {
    pub(super) state: InviteState,
    pub(super) expires_at: Option<Timestamp>,
}

/// What became of an invitation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum InviteState {
    /// A pending member of an organization may accept it until it is too old.
    Open {
        organization: Id,
        member: Id,
    },
    Accepted,
    /// A newer one for the same person took its place.
    Replaced,
    /// The pending member was removed.
    Withdrawn,
}

/// A link that signs an active member in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct LoginLink {
    pub(super) organization: Id,
    pub(super) member: Id,
    pub(super) expires_at: Option<Timestamp>,
}

/// A member and the login behind it, as both were at one moment.
#[derive(Clone, Debug)]
pub(super) struct MemberView {
    pub(super) member: Arc<Member>,
    pub(super) login: Arc<Login>,
}

/// Whether an instant has come by which something ends.
pub(super) fn is_over(expires_at: Option<Timestamp>, now: Timestamp) -> bool {
    expires_at.is_some_and(|expires_at| expires_at <= now)
}
