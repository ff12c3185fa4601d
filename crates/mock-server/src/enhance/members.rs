//! The members of an organization, by id, by login and in the order they came, so that a page costs the same wherever
//! it is; and which of them owns it.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};

use super::model::{Id, Member, Role};

/// An organization's members, active and pending.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    by_id: OrdMap<Id, Arc<Member>>,
    by_login: OrdMap<Id, Id>,
    /// By number.
    in_order: Vector<Arc<Member>>,
    owner: Option<Id>,
    /// The pending members who were invited as Owner.
    owners_to_be: OrdSet<Id>,
}

impl Members {
    pub(super) fn len(&self) -> usize {
        self.in_order.len()
    }

    pub(super) fn get(&self, id: Id) -> Option<&Arc<Member>> {
        self.by_id.get(&id)
    }

    pub(super) fn of_login(&self, login: Id) -> Option<&Arc<Member>> {
        self.get(*self.by_login.get(&login)?)
    }

    /// The first to come first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<Member>> {
        self.in_order.iter()
    }

    pub(super) fn page(&self, offset: usize, limit: usize) -> impl Iterator<Item = &Arc<Member>> {
        let start = offset.min(self.len());
        let end = start.saturating_add(limit).min(self.len());
        self.in_order.focus().narrow(start..end).into_iter()
    }

    /// The active member who owns the organization.
    pub(super) fn owner(&self) -> Option<&Arc<Member>> {
        self.get(self.owner?)
    }

    /// The pending members who were invited as Owner.
    pub(super) fn owners_to_be(&self) -> impl Iterator<Item = &Arc<Member>> {
        self.owners_to_be.iter().filter_map(|id| self.get(*id))
    }

    /// The number that comes after all others.
    pub(super) fn next_number(&self) -> u64 {
        self.in_order.last().map_or(0, |last| last.number + 1)
    }

    /// Adds a member with the next number, or puts it in the place of the one with its id.
    pub(super) fn put(&mut self, member: Member) {
        let (id, member) = (member.id, Arc::new(member));
        self.forget_ownership(id);
        if member.has(Role::Owner) && member.is_active() {
            self.owner = Some(id);
        } else if member.has(Role::Owner) {
            self.owners_to_be.insert(id);
        }
        match self.position(member.number) {
            Ok(position) => {
                self.in_order.set(position, Arc::clone(&member));
            }
            Err(position) => self.in_order.insert(position, Arc::clone(&member)),
        }
        self.by_login.insert(member.login, id);
        self.by_id.insert(id, member);
    }

    pub(super) fn remove(&mut self, id: Id) {
        let Some(member) = self.by_id.remove(&id) else {
            return;
        };
        self.forget_ownership(id);
        self.by_login.remove(&member.login);
        if let Ok(position) = self.position(member.number) {
            self.in_order.remove(position);
        }
    }

    fn forget_ownership(&mut self, id: Id) {
        self.owners_to_be.remove(&id);
        self.owner = self.owner.filter(|owner| *owner != id);
    }

    fn position(&self, number: u64) -> Result<usize, usize> {
        self.in_order
            .binary_search_by(|member| member.number.cmp(&number))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn member(number: u64, roles: &[Role]) -> Member {
        Member {
            id: Id::from_u128(u128::from(number) + 1),
            login: Id::from_u128(u128::from(number) + 100),
            number,
            invite: None,
            roles: roles.to_vec(),
            site_accesses: Vec::new(),
            notifications: Vec::new(),
            joined_on: date(2024, 1, 1),
        }
    }

    fn numbers<'a>(members: impl Iterator<Item = &'a Arc<Member>>) -> Vec<u64> {
        members.map(|member| member.number).collect()
    }

    #[test]
    fn pages_follow_the_order_members_came_in_whoever_left_or_changed() {
        let mut members = Members::default();
        for number in 0..6 {
            assert_eq!(members.next_number(), number);
            members.put(member(number, &[]));
        }
        members.remove(member(2, &[]).id);
        members.put(member(1, &[Role::Support]));
        assert_eq!(numbers(members.iter()), [0, 1, 3, 4, 5]);
        assert_eq!(numbers(members.page(1, 2)), [1, 3]);
        assert_eq!(numbers(members.page(4, usize::MAX)), [5]);
        assert_eq!(members.page(5, 1).count(), 0);
        assert_eq!(members.page(usize::MAX, usize::MAX).count(), 0);
        assert!(members.of_login(member(2, &[]).login).is_none());
        assert!(members.of_login(member(1, &[]).login).unwrap().has(Role::Support));
    }

    #[test]
    fn the_owner_is_the_active_member_with_the_role_and_nobody_once_it_is_lost() {
        let mut members = Members::default();
        let pending = Member {
            invite: Some(Id::nil()),
            ..member(0, &[Role::Owner])
        };
        members.put(pending.clone());
        assert!(members.owner().is_none());
        assert_eq!(numbers(members.owners_to_be()), [0]);
        members.put(Member {
            invite: None,
            ..pending
        });
        assert_eq!(members.owner().unwrap().number, 0);
        assert_eq!(members.owners_to_be().count(), 0);
        members.put(member(0, &[Role::SuperAdmin]));
        assert!(members.owner().is_none());
    }
}
