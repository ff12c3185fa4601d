//! Clerk's rules: who may be added, listed, changed and removed, and what becomes of it.

use std::sync::Arc;

use super::event::{Happened, What};
use super::id;
use super::metadata::{Excess, Metadata, MetadataPatch};
use super::model::{Clerk, Instance, Membership, MembershipView, Organization, SecretKey};
use super::sorting::{Field, Sorting};
use crate::digest::Digest;
use crate::world::{About, Effects};

/// Why Clerk does not do what it is asked to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Refusal {
    /// The key does not permit adding members.
    KeyNotPermitted,
    /// The instance has organizations switched off.
    OrganizationsDisabled,
    OrganizationUnknown,
    /// The user has no membership in the organization.
    NotAMember,
    UserUnknown(String),
    RoleUnknown,
    AlreadyAMember(String),
    /// Members and pending invitations are as many as the organization may have.
    Full {
        limit: usize,
    },
    /// No member would be left with the permissions an organization needs.
    MinimumPermissions,
    /// There would be too much of something in these bags of metadata.
    MetadataTooLarge(Vec<(&'static str, Excess)>),
}

/// A user to be added.
#[derive(Clone, Debug)]
pub(super) struct Addition {
    pub(super) user_id: String,
    pub(super) role: String,
    pub(super) public_metadata: Metadata,
    pub(super) private_metadata: Metadata,
}

/// A part of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paging {
    pub(super) limit: usize,
    pub(super) offset: usize,
    pub(super) sorting: Sorting,
}

/// A page of memberships, and how many there are on all pages.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) memberships: Vec<MembershipView>,
    pub(super) total: usize,
}

impl Clerk {
    /// What a key opens.
    pub(super) fn key(&self, digest: &Digest) -> Option<&SecretKey> {
        self.keys.get(digest)
    }

    /// Whether members can be added with this key, wherever.
    pub(super) fn may_add_members(&self, key: &SecretKey) -> Result<(), Refusal> {
        if !key.may_add_members {
            return Err(Refusal::KeyNotPermitted);
        }
        if !self.instance(key)?.organizations_enabled {
            return Err(Refusal::OrganizationsDisabled);
        }
        Ok(())
    }

    pub(super) fn organization(
        &self,
        key: &SecretKey,
        organization_id: &str,
    ) -> Result<&Organization, Refusal> {
        self.instance(key)?
            .organizations
            .get(organization_id)
            .ok_or(Refusal::OrganizationUnknown)
    }

    pub(super) fn membership(
        &self,
        key: &SecretKey,
        organization_id: &str,
        user_id: &str,
    ) -> Result<&Arc<Membership>, Refusal> {
        self.organization(key, organization_id)?
            .members
            .get(user_id)
            .ok_or(Refusal::NotAMember)
    }

    /// A page of an organization's memberships.
    pub(super) fn list(
        &self,
        key: &SecretKey,
        organization_id: &str,
        paging: Paging,
    ) -> Result<Page, Refusal> {
        let instance = self.instance(key)?;
        let organization = self.organization(key, organization_id)?;
        let Paging {
            limit,
            offset,
            sorting,
        } = paging;
        let members = &organization.members;
        let memberships = match (sorting.field, sorting.descending) {
            (Field::CreatedAt, true) => members.newest_first(offset, limit),
            (Field::CreatedAt, false) => members.oldest_first(offset, limit),
            _ => {
                let mut all = members.newest_first(0, members.len());
                sorting.sort(instance, &mut all);
                all.into_iter().skip(offset).take(limit).collect()
            }
        };
        let views = memberships
            .into_iter()
            .map(|membership| instance.view(organization, membership));
        Ok(Page {
            memberships: views.collect::<Result<_, _>>()?,
            total: members.len(),
        })
    }

    /// Makes a user a member.
    pub(super) fn add(
        &mut self,
        effects: &mut Effects<'_>,
        key: &SecretKey,
        organization_id: &str,
        addition: Addition,
    ) -> Result<MembershipView, Refusal> {
        self.may_add_members(key)?;
        self.organization(key, organization_id)?;
        let Addition {
            user_id,
            role,
            public_metadata,
            private_metadata,
        } = addition;
        within_size(&public_metadata, &private_metadata)?;
        let instance = self.instance(key)?;
        instance.role(&role).ok_or(Refusal::RoleUnknown)?;
        let Some(user) = instance.users.get(user_id.as_str()) else {
            return Err(Refusal::UserUnknown(user_id));
        };
        let user_id = Arc::clone(&user.id);
        let organization = self.organization(key, organization_id)?;
        if organization.members.get(&user_id).is_some() {
            return Err(Refusal::AlreadyAMember(user_id.to_string()));
        }
        organization.has_room()?;
        let created_at = organization
            .members
            .free_instant(effects.now.max(organization.profile.created_at));
        let membership = Membership {
            id: id::new("orgmem", effects.now, effects.ids.draw()),
            user_id,
            role,
            public_metadata,
            private_metadata,
            created_at,
            updated_at: created_at,
        };
        self.put(effects, key, organization_id, membership, What::Created)
    }

    /// Gives a member another role, or the same one once more.
    pub(super) fn set_role(
        &mut self,
        effects: &mut Effects<'_>,
        key: &SecretKey,
        organization_id: &str,
        user_id: &str,
        role: String,
    ) -> Result<MembershipView, Refusal> {
        let membership = Membership::clone(self.membership(key, organization_id, user_id)?);
        let instance = self.instance(key)?;
        let new = instance.role(&role).ok_or(Refusal::RoleUnknown)?;
        if !new.has_minimum_permissions() {
            instance.can_do_without(self.organization(key, organization_id)?, &membership)?;
        }
        let changed = Membership {
            role,
            updated_at: effects.now.max(membership.updated_at),
            ..membership
        };
        self.put(effects, key, organization_id, changed, What::Updated)
    }

    /// Merges into a member's metadata: both bags or, where one would be too large, neither.
    pub(super) fn merge_metadata(
        &mut self,
        effects: &mut Effects<'_>,
        key: &SecretKey,
        organization_id: &str,
        user_id: &str,
        patch: MetadataPatch,
    ) -> Result<MembershipView, Refusal> {
        let membership = Membership::clone(self.membership(key, organization_id, user_id)?);
        let changed = Membership {
            public_metadata: patch.public.onto(&membership.public_metadata),
            private_metadata: patch.private.onto(&membership.private_metadata),
            updated_at: effects.now.max(membership.updated_at),
            ..membership
        };
        within_size(&changed.public_metadata, &changed.private_metadata)?;
        self.put(effects, key, organization_id, changed, What::Updated)
    }

    /// Ends a membership. What comes back is the membership as it was, and the organization as it is now.
    pub(super) fn remove(
        &mut self,
        effects: &mut Effects<'_>,
        key: &SecretKey,
        organization_id: &str,
        user_id: &str,
    ) -> Result<MembershipView, Refusal> {
        let membership = Arc::clone(self.membership(key, organization_id, user_id)?);
        let instance = self.instance(key)?;
        instance.can_do_without(self.organization(key, organization_id)?, &membership)?;
        self.organization_mut(key, organization_id)?
            .members
            .remove(user_id);
        self.told(effects, key, organization_id, &membership, What::Deleted)
    }

    fn put(
        &mut self,
        effects: &mut Effects<'_>,
        key: &SecretKey,
        organization_id: &str,
        membership: Membership,
        what: What,
    ) -> Result<MembershipView, Refusal> {
        let user_id = Arc::clone(&membership.user_id);
        self.organization_mut(key, organization_id)?
            .members
            .put(membership);
        let membership = self.membership(key, organization_id, &user_id)?;
        self.told(effects, key, organization_id, membership, what)
    }

    /// What the caller sees of a change, which the webhooks are told as well.
    fn told(
        &self,
        effects: &mut Effects<'_>,
        key: &SecretKey,
        organization_id: &str,
        membership: &Arc<Membership>,
        what: What,
    ) -> Result<MembershipView, Refusal> {
        let organization = self.organization(key, organization_id)?;
        let view = self.instance(key)?.view(organization, membership)?;
        effects.tell(About::Clerk(Happened::new(what, view.clone())));
        Ok(view)
    }

    fn instance(&self, key: &SecretKey) -> Result<&Instance, Refusal> {
        self.instances
            .get(&key.instance)
            .ok_or(Refusal::OrganizationUnknown)
    }

    fn organization_mut(
        &mut self,
        key: &SecretKey,
        organization_id: &str,
    ) -> Result<&mut Organization, Refusal> {
        let instance = self
            .instances
            .get_mut(&key.instance)
            .ok_or(Refusal::OrganizationUnknown)?;
        instance
            .organizations
            .get_mut(organization_id)
            .ok_or(Refusal::OrganizationUnknown)
    }
}

impl Organization {
    fn has_room(&self) -> Result<(), Refusal> {
        let limit = self.profile.max_allowed_memberships;
        if limit > 0 && self.members.len() + self.profile.pending_invitations >= limit {
            return Err(Refusal::Full { limit });
        }
        Ok(())
    }
}

impl Instance {
    /// Whether somebody else has the permissions an organization needs, or this member has not got them either.
    fn can_do_without(&self, organization: &Organization, membership: &Membership) -> Result<(), Refusal> {
        let is_elevated = |membership: &Membership| {
            self.role(&membership.role)
                .is_some_and(|role| role.has_minimum_permissions())
        };
        let mut others = organization
            .members
            .iter()
            .filter(|other| other.user_id != membership.user_id);
        if is_elevated(membership) && !others.any(|other| is_elevated(other)) {
            return Err(Refusal::MinimumPermissions);
        }
        Ok(())
    }

    fn view(
        &self,
        organization: &Organization,
        membership: &Arc<Membership>,
    ) -> Result<MembershipView, Refusal> {
        let role = self.role(&membership.role).ok_or(Refusal::RoleUnknown)?;
        let user = self.users.get(&membership.user_id).ok_or(Refusal::NotAMember)?;
        Ok(MembershipView {
            membership: Arc::clone(membership),
            role: Arc::clone(role),
            user: Arc::clone(user),
            organization: Arc::clone(&organization.profile),
            members_count: organization.members.len(),
        })
    }
}

fn within_size(public: &Metadata, private: &Metadata) -> Result<(), Refusal> {
    let bags = [("public_metadata", public), ("private_metadata", private)];
    let too_large: Vec<_> = bags
        .into_iter()
        .filter_map(|(name, bag)| Some((name, bag.excess()?)))
        .collect();
    if too_large.is_empty() {
        Ok(())
    } else {
        Err(Refusal::MetadataTooLarge(too_large))
    }
}
