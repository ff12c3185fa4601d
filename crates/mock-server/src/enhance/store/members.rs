//! Members: how they come, change and go.

use std::sync::Arc;

use super::{Refusal, Who, day, without_repetitions};
use crate::enhance::id;
use crate::enhance::model::{Enhance, Id, InviteState, Member, MemberView, Role};
use crate::world::Effects;

/// What a member is set to; nothing of what was set before stays.
#[derive(Clone, Debug, Default)]
pub(in crate::enhance) struct Settings {
    pub(in crate::enhance) roles: Vec<Role>,
    pub(in crate::enhance) site_accesses: Vec<String>,
    pub(in crate::enhance) notifications: Vec<String>,
}

impl Enhance {
    /// Makes a login of the organization's realm an active member.
    pub(in crate::enhance) fn add_member(
        &mut self,
        effects: &mut Effects<'_>,
        who: &Who,
        organization_id: &str,
        login_id: &str,
        roles: Vec<Role>,
    ) -> Result<Id, Refusal> {
        let organization = self.administered(who, organization_id)?;
        let login = id::read(login_id)
            .and_then(|login| self.logins.get(&login))
            .filter(|login| login.realm == organization.profile.realm())
            .ok_or(Refusal::LoginUnknown)?;
        let members = &organization.members;
        if roles.contains(&Role::Owner) && members.owner().is_some() {
            return Err(Refusal::OwnerExists);
        }
        match members.of_login(login.id) {
            Some(member) if member.is_active() => return Err(Refusal::MemberExists),
            Some(_) => return Err(Refusal::PendingMemberExists),
            None => {}
        }
        let member = Member {
            id: id::new(effects.ids.draw()),
            login: login.id,
            number: members.next_number(),
            invite: None,
            roles: without_repetitions(roles),
            site_accesses: Vec::new(),
            notifications: Vec::new(),
            joined_on: day(effects.now),
        };
        let (organization, member_id) = (organization.profile.id, member.id);
        self.put_member(organization, member)?;
        Ok(member_id)
    }

    pub(in crate::enhance) fn member(
        &self,
        who: &Who,
        organization_id: &str,
        member_id: &str,
    ) -> Result<MemberView, Refusal> {
        self.view(self.readable(who, organization_id, member_id)?)
    }

    /// Replaces a member's settings; ownership can neither be given nor taken by that.
    pub(in crate::enhance) fn set_member(
        &mut self,
        who: &Who,
        organization_id: &str,
        member_id: &str,
        settings: Settings,
    ) -> Result<(), Refusal> {
        let organization = self.administered(who, organization_id)?;
        let member = organization.member(member_id)?;
        let roles = without_repetitions(settings.roles);
        match (member.has(Role::Owner), roles.contains(&Role::Owner)) {
            (false, true) => return Err(Refusal::OwnerAdded),
            (true, false) if member.is_active() => return Err(Refusal::OwnerDropped),
            (true, false) => return Err(Refusal::InvitedOwnerDropped),
            _ => {}
        }
        let changed = Member {
            site_accesses: organization.site_accesses(&roles, &settings.site_accesses)?,
            roles,
            notifications: settings.notifications,
            ..Member::clone(member)
        };
        let organization = organization.profile.id;
        self.put_member(organization, changed)
    }

    /// Removes a member; the invitation of a pending one ends with it. The login stays.
    pub(in crate::enhance) fn remove_member(
        &mut self,
        who: &Who,
        organization_id: &str,
        member_id: &str,
    ) -> Result<(), Refusal> {
        let organization = self.administered(who, organization_id)?;
        let member = Arc::clone(organization.member(member_id)?);
        if member.is_active() && member.has(Role::Owner) {
            return Err(Refusal::OwnerStays);
        }
        let organization = organization.profile.id;
        self.close_invite(&member, InviteState::Withdrawn);
        self.organization_mut(organization)?.members.remove(member.id);
        Ok(())
    }

    /// Puts a member in its place. Who was invited as Owner of an organization that has one now is to be a SuperAdmin.
    pub(super) fn put_member(&mut self, organization: Id, member: Member) -> Result<(), Refusal> {
        let members = &mut self.organization_mut(organization)?.members;
        members.put(member);
        if members.owner().is_none() {
            return Ok(());
        }
        let late: Vec<_> = members.owners_to_be().map(|late| Member::clone(late)).collect();
        for mut late in late {
            for role in &mut late.roles {
                if *role == Role::Owner {
                    *role = Role::SuperAdmin;
                }
            }
            late.roles = without_repetitions(late.roles);
            members.put(late);
        }
        Ok(())
    }

    /// Ends the invitation of a pending member.
    pub(super) fn close_invite(&mut self, member: &Member, state: InviteState) {
        if let Some(invite) = member.invite.and_then(|invite| self.invites.get_mut(&invite)) {
            invite.state = state;
        }
    }
}
