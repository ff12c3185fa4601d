//! Enhance's rules: what is there, who may do what to it, and what becomes of it.

mod invites;
mod links;
mod listing;
mod members;
mod ownership;
mod rights;
mod tokens;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub(super) use invites::{Invitation, OpenInvite, Proof};
pub(super) use links::SignedIn;
pub(super) use listing::{Listing, Page, SortKey};
pub(super) use members::Settings;
pub(super) use rights::Who;
pub(super) use tokens::{NewToken, TokenRequest};

use super::id;
use super::model::{Enhance, Id, Login, Member, MemberView, Organization, Role, Session, is_over};
use crate::digest::Digest;
use crate::world::Effects;

/// Why Enhance does not do what it is asked to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Refusal {
    OrganizationUnknown,
    /// The caller is no Owner or SuperAdmin here or above.
    NotAdministrator,
    /// The caller asks about somebody else.
    NotOneself,
    /// The caller neither owns the organization nor is one who could above it.
    NotOwnerNorAbove,
    /// The caller has no role above the organization that could take the ownership away.
    NotAbove,
    /// The owner tries to step down.
    OwnerItself,
    /// Nobody is above the master organization.
    NothingAbove,
    /// The caller is none who may sign others in.
    MayNotSignIn,
    /// There is no organization to sign somebody in to.
    NoOrganizationToSignIn,
    NoMemberToSignIn,
    PendingMemberToSignIn,

    MemberUnknown,
    LoginUnknown,
    TokenUnknown,
    /// Nobody owns the organization.
    NoOwner,
    /// The organization has no such website; its position among those that were named.
    WebsiteUnknown(usize),

    MemberExists,
    /// The login is a pending member.
    PendingMemberExists,
    /// The address that was to be invited is a member's.
    InviteeIsMember,
    OwnerExists,
    /// Somebody else has an open invitation to become the owner.
    OwnerInvited,
    OwnerAdded,
    OwnerDropped,
    /// The same of somebody who is only invited as Owner.
    InvitedOwnerDropped,
    /// The owner cannot be removed.
    OwnerStays,
    PendingOwner,
    /// The instant the token would end at has gone by.
    TokenExpired,
    TokenNameTaken(String),

    InviteUnknown,
    InviteAccepted,
    InviteExpired,
    InviteReplaced,
    InviteWithdrawn,
    /// The session is another login's than the one invited.
    OtherSession,
    /// An access token is nobody's session.
    TokenInvited,
    PasswordWrong,
    OtherAddress,
    PasswordMissing,

    LoginLinkUnknown,
    LoginLinkExpired,
}

/// Why what was shown lets nobody in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum NoEntry {
    Unknown,
    Ended,
}

impl Enhance {
    /// The session a cookie is the key to.
    pub(super) fn session(&self, cookie: &Digest, now: Timestamp) -> Result<Who, NoEntry> {
        let session = self.sessions.get(cookie).ok_or(NoEntry::Unknown)?;
        if is_over(session.expires_at, now) {
            return Err(NoEntry::Ended);
        }
        Ok(Who::Login(session.login))
    }

    /// The access token a secret stands for.
    pub(super) fn token(&self, secret: &Digest, now: Timestamp) -> Result<Who, NoEntry> {
        let in_use = self.tokens.get(secret).ok_or(NoEntry::Unknown)?;
        let expires_at = in_use.token.expiry.as_ref().map(|expiry| expiry.at);
        if is_over(expires_at, now) {
            return Err(NoEntry::Ended);
        }
        Ok(Who::Token(*secret))
    }

    pub(super) fn organization(&self, organization_id: &str) -> Result<&Organization, Refusal> {
        let id = id::read(organization_id).ok_or(Refusal::OrganizationUnknown)?;
        self.organization_of(id)
    }

    fn organization_of(&self, id: Id) -> Result<&Organization, Refusal> {
        self.organizations
            .get(&id)
            .filter(|organization| !organization.profile.is_deleted)
            .ok_or(Refusal::OrganizationUnknown)
    }

    fn organization_mut(&mut self, id: Id) -> Result<&mut Organization, Refusal> {
        self.organizations
            .get_mut(&id)
            .ok_or(Refusal::OrganizationUnknown)
    }

    fn view(&self, member: &Arc<Member>) -> Result<MemberView, Refusal> {
        let login = self.logins.get(&member.login).ok_or(Refusal::LoginUnknown)?;
        Ok(MemberView {
            member: Arc::clone(member),
            login: Arc::clone(login),
        })
    }

    fn put_login(&mut self, login: Login) {
        let email = (login.realm, login.email.to_lowercase());
        self.logins_by_email.insert(email, login.id);
        self.logins.insert(login.id, Arc::new(login));
    }

    /// Begins a session; what comes back is its cookie, which is known nowhere else.
    fn begin_session(&mut self, effects: &mut Effects<'_>, login: Id) -> String {
        let cookie = id::secret(effects.ids.draw());
        let session = Session {
            login,
            expires_at: Some(later(effects.now, SESSION_HOURS)),
        };
        self.sessions.insert(Digest::of(&cookie), session);
        cookie
    }
}

impl Organization {
    fn member(&self, member_id: &str) -> Result<&Arc<Member>, Refusal> {
        id::read(member_id)
            .and_then(|id| self.members.get(id))
            .ok_or(Refusal::MemberUnknown)
    }

    /// The websites a member with these roles can be given, out of those that were named.
    fn site_accesses(&self, roles: &[Role], named: &[String]) -> Result<Vec<Id>, Refusal> {
        let mut websites = Vec::new();
        if !roles.contains(&Role::SiteAccess) {
            return Ok(websites);
        }
        for (position, named) in named.iter().enumerate() {
            let website = id::read(named)
                .filter(|website| self.websites.contains(website))
                .ok_or(Refusal::WebsiteUnknown(position))?;
            websites.push(website);
        }
        Ok(without_repetitions(websites))
    }
}

/// How long a session lasts that begins here; no source tells the vendor's.
const SESSION_HOURS: i64 = 30 * 24;

fn later(instant: Timestamp, hours: i64) -> Timestamp {
    instant
        .checked_add(jiff::SignedDuration::from_hours(hours))
        .unwrap_or(Timestamp::MAX)
}

/// The day it is in UTC.
fn day(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::UTC).date()
}

/// Each of them once, where it stands first.
pub(super) fn without_repetitions<T: PartialEq>(all: Vec<T>) -> Vec<T> {
    let mut kept = Vec::new();
    for one in all {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}
