use std::sync::Arc;

use super::{Page, Paging, Reference, Refusal, Search};
use crate::logto::event::Happened;
use crate::logto::model::{Id, Logto, Member, Organization, Role, User};
use crate::world::{About, Effects};

/// A member, with the roles held in the organization by their names.
#[derive(Clone, Debug)]
pub(in crate::logto) struct MemberView {
    pub(in crate::logto) user: Arc<User>,
    pub(in crate::logto) roles: Vec<Arc<Role>>,
}

impl Logto {
    /// A page of the members one of whose names or addresses has this text in it, by their ids.
    pub(in crate::logto) fn list_members(
        &self,
        organization_id: &str,
        q: Option<&str>,
        paging: Paging,
    ) -> Result<Page<MemberView>, Refusal> {
        let by_user = &self.organization(organization_id)?.members.by_user;
        let with_user = |(user_id, member): (&Id, _)| Some((self.user(user_id)?, member));
        let page = match Search::of(q) {
            Some(search) => paging.of(by_user
                .iter()
                .filter_map(with_user)
                .filter(|(user, _)| user.is_found_by(&search))),
            None => Page {
                rows: by_user
                    .page(paging.offset(), paging.size)
                    .into_iter()
                    .filter_map(with_user)
                    .collect(),
                total: by_user.len(),
            },
        };
        Ok(page.map(|(user, member)| self.member_view(user, member)))
    }

    /// Makes users members, or none of them. Who is a member already stays one as before.
    pub(in crate::logto) fn add_members(
        &mut self,
        effects: &mut Effects<'_>,
        organization_id: &str,
        user_ids: &[String],
    ) -> Result<(), Refusal> {
        self.referred(organization_id)?;
        let users = self.users(user_ids)?;
        let organization = self.referred_mut(organization_id)?;
        let added = organization.members.join(without_roles(users));
        tell(effects, organization, added, Vec::new());
        Ok(())
    }

    /// Ends every membership and makes these users the members, in this order.
    pub(in crate::logto) fn replace_members(
        &mut self,
        effects: &mut Effects<'_>,
        organization_id: &str,
        user_ids: &[String],
    ) -> Result<(), Refusal> {
        self.referred(organization_id)?;
        let users = self.users(user_ids)?;
        let organization = self.referred_mut(organization_id)?;
        let before = std::mem::take(&mut organization.members);
        let joined = organization.members.join(without_roles(users));
        let added = joined
            .into_iter()
            .filter(|user| before.get(user).is_none())
            .collect();
        let removed = before
            .iter()
            .map(|(user, _)| Arc::clone(user))
            .filter(|user| organization.members.get(user).is_none())
            .collect();
        tell(effects, organization, added, removed);
        Ok(())
    }

    /// Ends a membership, and with it every role held there.
    pub(in crate::logto) fn remove_member(
        &mut self,
        effects: &mut Effects<'_>,
        organization_id: &str,
        user_id: &str,
    ) -> Result<(), Refusal> {
        if self.organizations.get(organization_id).is_none() {
            return Err(Refusal::NothingToDelete);
        }
        let Some(user) = self.user(user_id).map(|user| Arc::clone(&user.id)) else {
            return Err(Refusal::ReferenceUnknown(Reference::User(user_id.to_owned())));
        };
        let organization = self.referred_mut(organization_id)?;
        if !organization.members.remove(user_id) {
            return Err(Refusal::NothingToDelete);
        }
        tell(effects, organization, Vec::new(), vec![user]);
        Ok(())
    }

    fn member_view(&self, user: &Arc<User>, member: &Member) -> MemberView {
        let mut roles: Vec<_> = member
            .roles
            .iter()
            .filter_map(|id| self.role(id))
            .cloned()
            .collect();
        roles.sort_by(|one, other| one.name.cmp(&other.name));
        MemberView {
            user: Arc::clone(user),
            roles,
        }
    }

    pub(super) fn referred_mut(&mut self, organization_id: &str) -> Result<&mut Organization, Refusal> {
        let unknown = || Refusal::ReferenceUnknown(Reference::Organization(organization_id.to_owned()));
        self.organizations.get_mut(organization_id).ok_or_else(unknown)
    }
}

impl User {
    fn is_found_by(&self, search: &Search) -> bool {
        let addresses = [
            &self.primary_email,
            &self.primary_phone,
            &self.username,
            &self.name,
        ];
        search.finds(&self.id) || addresses.into_iter().flatten().any(|text| search.finds(text))
    }
}

fn without_roles(users: Vec<Id>) -> impl Iterator<Item = (Id, Vec<Id>)> {
    users.into_iter().map(|user| (user, Vec::new()))
}

fn tell(effects: &mut Effects<'_>, organization: &Organization, added: Vec<Id>, removed: Vec<Id>) {
    effects.tell(About::Logto(Happened::MembersUpdated {
        organization: Arc::clone(&organization.profile.id),
        added,
        removed,
    }));
}
