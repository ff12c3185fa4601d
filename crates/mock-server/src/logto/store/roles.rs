use std::collections::HashSet;
use std::sync::Arc;

use super::{Page, Paging, Reference, Refusal};
use crate::logto::model::{Id, Logto, Member, Role};

impl Logto {
    /// The membership that roles are held by.
    pub(in crate::logto) fn membership(
        &self,
        organization_id: &str,
        user_id: &str,
    ) -> Result<&Member, Refusal> {
        let organization = self.organizations.get(organization_id);
        organization
            .and_then(|organization| organization.members.get(user_id))
            .ok_or(Refusal::MembershipRequired)
    }

    /// A page of the roles a member holds, in the order they were given.
    pub(in crate::logto) fn list_roles(
        &self,
        organization_id: &str,
        user_id: &str,
        paging: Paging,
    ) -> Result<Page<Arc<Role>>, Refusal> {
        let held = &self.membership(organization_id, user_id)?.roles;
        let roles = held.iter().filter_map(|id| self.role(id)).cloned();
        Ok(paging.of(roles))
    }

    /// Gives each of these members each of these roles, or nobody any.
    pub(in crate::logto) fn assign_to_members(
        &mut self,
        organization_id: &str,
        user_ids: &[String],
        role_ids: &[String],
    ) -> Result<(), Refusal> {
        let organization = self.referred(organization_id)?;
        let users = self.users(user_ids)?;
        let roles = self.roles(role_ids)?;
        if let Some(stranger) = users.iter().find(|user| organization.members.get(user).is_none()) {
            return Err(Refusal::ReferenceUnknown(Reference::Member(stranger.to_string())));
        }
        let members = &mut self.referred_mut(organization_id)?.members;
        for user in &users {
            if let Some(held) = members.roles_mut(user) {
                add(held, &roles);
            }
        }
        Ok(())
    }

    /// Gives a member roles besides those held already.
    pub(in crate::logto) fn assign(
        &mut self,
        organization_id: &str,
        user_id: &str,
        role_ids: &[String],
    ) -> Result<(), Refusal> {
        self.membership(organization_id, user_id)?;
        let roles = self.roles(role_ids)?;
        add(self.roles_mut(organization_id, user_id)?, &roles);
        Ok(())
    }

    /// Makes these the roles a member holds.
    pub(in crate::logto) fn replace_roles(
        &mut self,
        organization_id: &str,
        user_id: &str,
        role_ids: &[String],
    ) -> Result<(), Refusal> {
        self.membership(organization_id, user_id)?;
        let roles = self.roles(role_ids)?;
        *self.roles_mut(organization_id, user_id)? = roles;
        Ok(())
    }

    /// Takes one role from a member. A user whom nobody knows is told from one who is no member.
    pub(in crate::logto) fn remove_role(
        &mut self,
        organization_id: &str,
        user_id: &str,
        role_id: &str,
    ) -> Result<(), Refusal> {
        if self.organizations.get(organization_id).is_none() || self.user(user_id).is_none() {
            return Err(Refusal::MembershipRequired);
        }
        let held = self.roles_mut(organization_id, user_id);
        let held = held.map_err(|_| Refusal::NothingToDelete)?;
        let position = held.iter().position(|held| **held == *role_id);
        held.remove(position.ok_or(Refusal::NothingToDelete)?);
        Ok(())
    }

    fn roles_mut(&mut self, organization_id: &str, user_id: &str) -> Result<&mut Vec<Id>, Refusal> {
        let organization = self.organizations.get_mut(organization_id);
        organization
            .and_then(|organization| organization.members.roles_mut(user_id))
            .ok_or(Refusal::MembershipRequired)
    }
}

/// Adds the roles that are not held yet; each of these is another.
fn add(held: &mut Vec<Id>, roles: &[Id]) {
    let known: HashSet<Id> = held.iter().cloned().collect();
    held.extend(roles.iter().filter(|role| !known.contains(*role)).cloned());
}
