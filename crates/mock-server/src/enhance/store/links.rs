//! One-time login links.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Refusal, Who};
use crate::digest::Digest;
use crate::enhance::id;
use crate::enhance::model::{Enhance, Id, LoginLink, Member, Profile, is_over};
use crate::world::Effects;

/// How long a link can be followed; no source tells the vendor's time.
const SECONDS: i64 = 60;

/// Somebody who followed a link.
pub(in crate::enhance) struct SignedIn {
    /// The cookie of the session that began, which is known nowhere else.
    pub(in crate::enhance) cookie: String,
    /// The login's active memberships, each with its organization.
    pub(in crate::enhance) memberships: Vec<(Arc<Profile>, Arc<Member>)>,
}

impl Enhance {
    /// Mints the password of a link that signs a member in once.
    pub(in crate::enhance) fn add_login_link(
        &mut self,
        effects: &mut Effects<'_>,
        who: &Who,
        organization_id: &str,
        member_id: &str,
    ) -> Result<Id, Refusal> {
        let (organization, member) = self.signable(who, organization_id, member_id)?;
        let (organization, member) = (organization.profile.id, member.id);
        let expires_at = effects
            .now
            .checked_add(SignedDuration::from_secs(SECONDS))
            .unwrap_or(Timestamp::MAX);
        let link = LoginLink {
            organization,
            member,
            expires_at: Some(expires_at),
        };
        let password = id::new(effects.ids.draw());
        self.login_links.insert(Digest::of(&password.to_string()), link);
        Ok(password)
    }

    /// Uses a link up.
    pub(in crate::enhance) fn follow_login_link(
        &mut self,
        effects: &mut Effects<'_>,
        password: &str,
    ) -> Result<SignedIn, Refusal> {
        let password = id::read(password).ok_or(Refusal::LoginLinkUnknown)?;
        let digest = Digest::of(&password.to_string());
        let link = self
            .login_links
            .remove(&digest)
            .ok_or(Refusal::LoginLinkUnknown)?;
        if is_over(link.expires_at, effects.now) {
            return Err(Refusal::LoginLinkExpired);
        }
        // Whoever left meanwhile is not let in.
        let organization = self.organization_of(link.organization);
        let member = organization.map(|organization| organization.members.get(link.member));
        let login = member.ok().flatten().ok_or(Refusal::LoginLinkUnknown)?.login;
        Ok(SignedIn {
            cookie: self.begin_session(effects, login),
            memberships: self.memberships(login),
        })
    }

    fn memberships(&self, login: Id) -> Vec<(Arc<Profile>, Arc<Member>)> {
        let organizations = self.organizations.values();
        organizations
            .filter(|organization| !organization.profile.is_deleted)
            .filter_map(|organization| {
                let member = organization.members.of_login(login)?;
                member
                    .is_active()
                    .then(|| (Arc::clone(&organization.profile), Arc::clone(member)))
            })
            .collect()
    }
}
