//! Who owns an organization.

use std::sync::Arc;

use super::{Refusal, Who};
use crate::enhance::model::{Enhance, Role};

impl Enhance {
    /// Makes an active member the owner; the owner so far becomes a SuperAdmin.
    pub(in crate::enhance) fn set_owner(
        &mut self,
        who: &Who,
        organization_id: &str,
        member_id: &str,
    ) -> Result<(), Refusal> {
        let organization = self.transferable(who, organization_id)?;
        let member = organization.member(member_id)?;
        if !member.is_active() {
            return Err(Refusal::PendingOwner);
        }
        let before = organization.members.owner().map(Arc::clone);
        if before.as_ref().is_some_and(|owner| owner.id == member.id) {
            return Ok(());
        }
        let (organization, owner) = (organization.profile.id, member.with_role(Role::Owner));
        if let Some(before) = before {
            self.put_member(organization, before.with_role(Role::SuperAdmin))?;
        }
        self.put_member(organization, owner)
    }

    /// Leaves an organization without an owner, who stays as a SuperAdmin.
    pub(in crate::enhance) fn remove_owner(
        &mut self,
        who: &Who,
        organization_id: &str,
    ) -> Result<(), Refusal> {
        let organization = self.disownable(who, organization_id)?;
        let owner = organization.members.owner().ok_or(Refusal::NoOwner)?;
        let (organization, demoted) = (organization.profile.id, owner.with_role(Role::SuperAdmin));
        self.put_member(organization, demoted)
    }
}
