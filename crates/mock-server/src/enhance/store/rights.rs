//! Who may do what, worked out per request from active memberships and from the roles of access tokens.

use std::sync::Arc;

use super::Refusal;
use crate::digest::Digest;
use crate::enhance::id;
use crate::enhance::model::{Enhance, Id, Member, Organization, Role};

/// Who calls.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::enhance) enum Who {
    /// Nobody that is known, where nobody has to be.
    Nobody,
    /// The login whose session it is.
    Login(Id),
    /// An access token, by its secret.
    Token(Digest),
}

/// The roles that manage an organization and those below it.
const ADMINISTRATORS: &[Role] = &[Role::Owner, Role::SuperAdmin];

/// The roles that may sign others in.
const SIGNERS: &[Role] = &[Role::Owner, Role::SuperAdmin, Role::Sysadmin];

impl Enhance {
    /// An organization whose members, invitations and tokens the caller may manage.
    pub(in crate::enhance) fn administered(
        &self,
        who: &Who,
        organization_id: &str,
    ) -> Result<&Organization, Refusal> {
        let organization = self.organization(organization_id)?;
        if !self.is_administrator(who, organization) {
            return Err(Refusal::NotAdministrator);
        }
        Ok(organization)
    }

    /// A member whom the caller may read: any for those who manage members, itself for anybody, also while it is
    /// pending.
    pub(in crate::enhance) fn readable(
        &self,
        who: &Who,
        organization_id: &str,
        member_id: &str,
    ) -> Result<&Arc<Member>, Refusal> {
        let organization = self.organization(organization_id)?;
        let member = organization.member(member_id);
        let is_itself = |member: &&Arc<Member>| *who == Who::Login(member.login);
        if !member.as_ref().is_ok_and(is_itself) && !self.is_administrator(who, organization) {
            return Err(Refusal::NotOneself);
        }
        member
    }

    /// An organization that the caller may hand to another owner: its own, or one below.
    pub(in crate::enhance) fn transferable(
        &self,
        who: &Who,
        organization_id: &str,
    ) -> Result<&Organization, Refusal> {
        let organization = self.organization(organization_id)?;
        if !self.roles_in(who, organization).contains(&Role::Owner) && !self.is_above(who, organization) {
            return Err(Refusal::NotOwnerNorAbove);
        }
        Ok(organization)
    }

    /// An organization whose owner the caller may take the ownership from: one below.
    pub(in crate::enhance) fn disownable(
        &self,
        who: &Who,
        organization_id: &str,
    ) -> Result<&Organization, Refusal> {
        let organization = self.organization(organization_id)?;
        if self.is_above(who, organization) {
            return Ok(organization);
        }
        if organization.profile.parent.is_none() {
            return Err(Refusal::NothingAbove);
        }
        if self.roles_in(who, organization).contains(&Role::Owner) {
            return Err(Refusal::OwnerItself);
        }
        Err(Refusal::NotAbove)
    }

    /// A member whom the caller may sign in: an active one, where the caller has a role for it in the organization
    /// itself or in the master organization. A reseller between the two does not count.
    pub(in crate::enhance) fn signable(
        &self,
        who: &Who,
        organization_id: &str,
        member_id: &str,
    ) -> Result<(&Organization, &Arc<Member>), Refusal> {
        let organization = self
            .organization(organization_id)
            .map_err(|_| Refusal::NoOrganizationToSignIn)?;
        let master = self.chain(organization).last();
        let may = [Some(organization), master]
            .into_iter()
            .flatten()
            .any(|organization| has_one_of(self.roles_in(who, organization), SIGNERS));
        if !may {
            return Err(Refusal::MayNotSignIn);
        }
        let member = id::read(member_id)
            .and_then(|id| organization.members.get(id))
            .ok_or(Refusal::NoMemberToSignIn)?;
        if !member.is_active() {
            return Err(Refusal::PendingMemberToSignIn);
        }
        Ok((organization, member))
    }

    /// The organization and those above it, up to the master organization. A deleted one is passed over.
    pub(super) fn chain<'a>(
        &'a self,
        organization: &'a Organization,
    ) -> impl Iterator<Item = &'a Organization> {
        let above = |organization: &&Organization| self.organizations.get(&organization.profile.parent?);
        std::iter::successors(Some(organization), above)
            .filter(|organization| !organization.profile.is_deleted)
    }

    fn is_administrator(&self, who: &Who, organization: &Organization) -> bool {
        self.chain(organization)
            .any(|organization| has_one_of(self.roles_in(who, organization), ADMINISTRATORS))
    }

    fn is_above(&self, who: &Who, organization: &Organization) -> bool {
        self.chain(organization)
            .skip(1)
            .any(|organization| has_one_of(self.roles_in(who, organization), ADMINISTRATORS))
    }

    /// The roles the caller has in an organization itself. Those of a pending member are not had yet.
    fn roles_in<'a>(&'a self, who: &Who, organization: &'a Organization) -> &'a [Role] {
        let roles = match who {
            Who::Nobody => None,
            Who::Login(login) => organization
                .members
                .of_login(*login)
                .filter(|member| member.is_active())
                .map(|member| &member.roles),
            Who::Token(secret) => self
                .tokens
                .get(secret)
                .filter(|in_use| in_use.organization == organization.profile.id)
                .map(|in_use| &in_use.token.roles),
        };
        roles.map_or(&[], Vec::as_slice)
    }
}

fn has_one_of(roles: &[Role], wanted: &[Role]) -> bool {
    roles.iter().any(|role| wanted.contains(role))
}
