//! The members of an organization, by user and in the order they joined, so that a page costs the same wherever it is.

use std::cmp::Ordering;
use std::sync::Arc;

use imbl::{OrdMap, Vector};
use jiff::{SignedDuration, Timestamp};

use super::model::{Id, Membership};

/// An organization's memberships.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    by_user: OrdMap<Id, Arc<Membership>>,
    /// By time, then by id.
    by_age: Vector<Arc<Membership>>,
}

impl Members {
    pub(super) fn len(&self) -> usize {
        self.by_age.len()
    }

    pub(super) fn get(&self, user_id: &str) -> Option<&Arc<Membership>> {
        self.by_user.get(user_id)
    }

    /// Oldest first; of those that are equally old, the lower id first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<Membership>> {
        self.by_age.iter()
    }

    /// The page of memberships with the newest first; of those that are equally old, the higher id first.
    pub(super) fn newest_first(&self, offset: usize, limit: usize) -> Vec<&Arc<Membership>> {
        let end = self.len().saturating_sub(offset);
        let start = end.saturating_sub(limit);
        self.by_age.focus().narrow(start..end).into_iter().rev().collect()
    }

    /// The page of memberships with the oldest first; of those that are equally old, the higher id first.
    pub(super) fn oldest_first(&self, offset: usize, limit: usize) -> Vec<&Arc<Membership>> {
        let mut page = Vec::new();
        let mut position = offset.min(self.len());
        // Each run of equally old memberships is stored the other way round.
        while let (true, Some(at)) = (page.len() < limit, self.by_age.get(position)) {
            let start = self.first_not_before(at.created_at);
            let end = self.first_after(at.created_at);
            let skipped = position - start;
            page.extend(
                (start..end)
                    .rev()
                    .skip(skipped)
                    .take(limit - page.len())
                    .filter_map(|index| self.by_age.get(index)),
            );
            position = end;
        }
        page
    }

    /// Adds a membership, or puts it in the place of its user's.
    pub(super) fn put(&mut self, membership: Membership) {
        let membership = Arc::new(membership);
        let user_id = Arc::clone(&membership.user_id);
        if let Some(before) = self.by_user.insert(user_id, Arc::clone(&membership)) {
            self.forget_age_of(&before);
        }
        // Most come after all others, and that is soon known.
        let is_last = self.by_age.last().is_none_or(|last| age(last) < age(&membership));
        if is_last {
            self.by_age.push_back(membership);
        } else {
            let (Ok(position) | Err(position)) = self.position(&membership);
            self.by_age.insert(position, membership);
        }
    }

    pub(super) fn remove(&mut self, user_id: &str) -> Option<Arc<Membership>> {
        let membership = self.by_user.remove(user_id)?;
        self.forget_age_of(&membership);
        Some(membership)
    }

    fn forget_age_of(&mut self, membership: &Membership) {
        if let Ok(position) = self.position(membership) {
            self.by_age.remove(position);
        }
    }

    /// The first instant from `now` on, in steps of a millisecond, that no membership began at, so that memberships
    /// made at one moment still have an order in time. Memberships that share an instant, which fixtures can have,
    /// may make it one that is taken.
    pub(super) fn free_instant(&self, now: Timestamp) -> Timestamp {
        let start = self.first_not_before(now);
        let is_next = |membership: &Membership, position: usize| {
            let after = u64::try_from(position - start).unwrap_or(u64::MAX);
            later(now, after) == membership.created_at
        };
        let mut taken = 0;
        let mut beyond = self.len() - start;
        while taken < beyond {
            let middle = usize::midpoint(taken, beyond);
            let at = start + middle;
            if self
                .by_age
                .get(at)
                .is_some_and(|membership| is_next(membership, at))
            {
                taken = middle + 1;
            } else {
                beyond = middle;
            }
        }
        later(now, u64::try_from(taken).unwrap_or(u64::MAX))
    }

    fn position(&self, membership: &Membership) -> Result<usize, usize> {
        self.by_age
            .binary_search_by(|other| age(other).cmp(&age(membership)))
    }

    fn first_not_before(&self, instant: Timestamp) -> usize {
        self.partition(|membership| membership.created_at < instant)
    }

    fn first_after(&self, instant: Timestamp) -> usize {
        self.partition(|membership| membership.created_at <= instant)
    }

    /// How many memberships at the beginning satisfy a condition that all of those, and no later one, satisfy.
    fn partition(&self, is_before: impl Fn(&Membership) -> bool) -> usize {
        let found = self.by_age.binary_search_by(|membership| {
            if is_before(membership) {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        });
        match found {
            Ok(position) | Err(position) => position,
        }
    }
}

/// What memberships are in order of.
fn age(membership: &Membership) -> (Timestamp, &Id) {
    (membership.created_at, &membership.id)
}

fn later(instant: Timestamp, milliseconds: u64) -> Timestamp {
    let duration = SignedDuration::from_millis(i64::try_from(milliseconds).unwrap_or(i64::MAX));
    instant.checked_add(duration).unwrap_or(instant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::metadata::Metadata;

    fn membership(user: &str, milliseconds: i64) -> Membership {
        let at = Timestamp::from_millisecond(milliseconds).unwrap();
        Membership {
            id: format!("m{user}").into(),
            user_id: user.into(),
            role: "r".to_owned(),
            public_metadata: Metadata::default(),
            private_metadata: Metadata::default(),
            created_at: at,
            updated_at: at,
        }
    }

    fn members(rows: &[(&str, i64)]) -> Members {
        let mut members = Members::default();
        for (user, milliseconds) in rows {
            members.put(membership(user, *milliseconds));
        }
        members
    }

    fn users(page: &[&Arc<Membership>]) -> String {
        page.iter()
            .map(|membership| membership.user_id.as_ref())
            .collect()
    }

    #[test]
    fn pages_in_both_directions_keep_equally_old_members_in_one_order() {
        let members = members(&[("b", 2), ("e", 3), ("a", 1), ("d", 2), ("c", 2)]);
        assert_eq!(users(&members.newest_first(0, 9)), "edcba");
        assert_eq!(users(&members.oldest_first(0, 9)), "adcbe");
        for (page, whole) in [
            (
                Members::newest_first as fn(&Members, usize, usize) -> Vec<&Arc<Membership>>,
                "edcba",
            ),
            (Members::oldest_first, "adcbe"),
        ] {
            for limit in 1..6 {
                let union: String = (0..5)
                    .step_by(limit)
                    .map(|offset| users(&page(&members, offset, limit)))
                    .collect();
                assert_eq!(union, whole, "pages of {limit}");
            }
        }
        assert!(members.newest_first(5, 1).is_empty());
        assert!(members.oldest_first(usize::MAX, usize::MAX).is_empty());
    }

    #[test]
    fn a_member_that_is_put_again_keeps_one_place() {
        let mut members = members(&[("a", 1), ("b", 2)]);
        members.put(membership("a", 1));
        assert_eq!(members.len(), 2);
        members.remove("a").unwrap();
        assert!(members.get("a").is_none());
        assert_eq!(users(&members.newest_first(0, 9)), "b");
    }

    #[test]
    fn an_instant_that_is_taken_is_passed_over() {
        let at = |milliseconds| Timestamp::from_millisecond(milliseconds).unwrap();
        let members = members(&[("a", 5), ("b", 6), ("c", 7), ("d", 9)]);
        assert_eq!(members.free_instant(at(4)), at(4));
        assert_eq!(members.free_instant(at(5)), at(8));
        assert_eq!(members.free_instant(at(7)), at(8));
        assert_eq!(members.free_instant(at(9)), at(10));
        assert_eq!(Members::default().free_instant(at(0)), at(0));
    }
}
