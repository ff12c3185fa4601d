//! What callers did off the contract.

mod found;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

pub(crate) use found::found;
pub(crate) use membership_apis::control::models::Violation;
use membership_apis::control::models::{ApiName, ViolationList};

use crate::journal::count;
use crate::shelf::{Shelf, Shelved, locked};

/// So many are kept of a world at most.
const MOST_OF_A_WORLD: usize = 1_000;

/// So many are kept of all worlds together at most, in the order they came.
const MOST_OF_ALL: usize = 10_000;

/// How many bytes may be kept, those of each world and those of all counted together.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What one takes beside the texts that a request brought.
const OVERHEAD: usize = 512;

/// The last violations. Those that are no longer kept are still counted.
#[derive(Debug)]
pub(crate) struct Violations {
    most: usize,
    shelf: Arc<Shelf<Kept>>,
    kept: Arc<Mutex<Kept>>,
}

/// What is kept, and given back to the shelf when it goes.
#[derive(Debug)]
struct Kept {
    violations: VecDeque<Arc<Violation>>,
    totals: BTreeMap<ApiName, u64>,
    bytes: usize,
    shelf: Arc<Shelf<Self>>,
    last_use: u64,
}

impl Violations {
    /// Those of all worlds of a server.
    pub(crate) fn of_all() -> Self {
        Self::on(&Arc::new(Shelf::of(MOST_BYTES)), MOST_OF_ALL)
    }

    /// Those of one world more.
    pub(crate) fn of_a_world(&self) -> Self {
        Self::on(&self.shelf, MOST_OF_A_WORLD)
    }

    fn on(shelf: &Arc<Shelf<Kept>>, most: usize) -> Self {
        Self {
            most,
            shelf: Arc::clone(shelf),
            kept: shelf.place(Kept {
                violations: VecDeque::new(),
                totals: BTreeMap::new(),
                bytes: 0,
                shelf: Arc::clone(shelf),
                last_use: 0,
            }),
        }
    }

    /// Keeps what was found in one request; the oldest go where there is no room.
    pub(crate) fn keep(&self, found: &[Arc<Violation>]) {
        if found.is_empty() {
            return;
        }
        let mut kept = self.lock();
        for violation in found {
            kept.put(Arc::clone(violation));
        }
        while kept.violations.len() > self.most {
            kept.drop_oldest();
        }
        drop(kept);
        self.shelf.make_room();
    }

    /// Forgets those that are kept, which are still counted.
    pub(crate) fn clear(&self) {
        let mut kept = self.lock();
        while kept.drop_oldest() {}
    }

    /// How many there were, of all APIs or one.
    pub(crate) fn total(&self, only: Option<ApiName>) -> u64 {
        self.lock().total(only)
    }

    /// Those that are kept, of all APIs or one.
    pub(crate) fn list(&self, only: Option<ApiName>) -> ViolationList {
        let kept = self.lock();
        let total = kept.total(only);
        let violations = kept.violations.iter();
        let asked = violations.filter(|violation| only.is_none_or(|only| violation.api == only));
        let asked: Vec<_> = asked.map(Arc::clone).collect();
        drop(kept);
        ViolationList {
            total: count(total),
            dropped: count(total.saturating_sub(u64::try_from(asked.len()).unwrap_or(u64::MAX))),
            violations: asked
                .iter()
                .map(|violation| Violation::clone(violation))
                .collect(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        locked(&self.kept)
    }
}

impl Kept {
    fn put(&mut self, violation: Arc<Violation>) {
        let bytes = bytes(&violation);
        self.bytes += bytes;
        self.last_use = self.shelf.take_in(bytes);
        *self.totals.entry(violation.api).or_default() += 1;
        self.violations.push_back(violation);
    }

    fn total(&self, only: Option<ApiName>) -> u64 {
        let counted = self.totals.iter();
        let asked = counted.filter(|(api, _)| only.is_none_or(|only| **api == only));
        asked.map(|(_, total)| total).sum()
    }
}

impl Shelved for Kept {
    fn last_use(&self) -> u64 {
        self.last_use
    }

    fn drop_oldest(&mut self) -> bool {
        let Some(oldest) = self.violations.pop_front() else {
            return false;
        };
        let bytes = bytes(&oldest);
        self.bytes -= bytes;
        self.shelf.give_back(bytes);
        true
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.shelf.give_back(self.bytes);
    }
}

/// How much one weighs, about.
fn bytes(violation: &Violation) -> usize {
    let texts = [&violation.path, &violation.pointer, &violation.detail];
    OVERHEAD + texts.map(String::len).iter().sum::<usize>()
}

#[cfg(test)]
mod tests {
    use membership_apis::control::models::ViolationKind;

    use super::*;

    fn violation(request: i64) -> Arc<Violation> {
        Arc::new(Violation {
            world: "default".to_owned(),
            request,
            at: "2026-01-01T00:00:00Z".to_owned(),
            api: ApiName::Clerk,
            operation: None,
            method: "GET".to_owned(),
            path: "/v1".to_owned(),
            kind: ViolationKind::UnknownPath,
            part: None,
            rule: None,
            detail: "the path is not documented".to_owned(),
            pointer: String::new(),
            accepted: false,
        })
    }

    /// The requests whose violations are kept, how many there were and how many went.
    fn told(violations: &Violations) -> (Vec<i64>, i64, i64) {
        let list = violations.list(None);
        let kept = list.violations.iter().map(|violation| violation.request);
        (kept.collect(), list.total, list.dropped)
    }

    #[test]
    fn where_all_worlds_have_too_many_those_off_the_contract_longest_ago_give_way() {
        let one = bytes(&violation(1));
        let shelf = Arc::new(Shelf::of(4 * one + one / 2));
        let [idle, busy] = [(); 2].map(|()| Violations::on(&shelf, MOST_OF_A_WORLD));
        idle.keep(&[violation(1), violation(2)]);
        busy.keep(&[violation(1), violation(2)]);
        assert_eq!(told(&idle), (vec![1, 2], 2, 0));
        busy.keep(&[violation(3)]);
        assert_eq!(told(&idle), (vec![2], 2, 1), "what went is said");
        busy.keep(&[violation(4), violation(5)]);
        assert_eq!(told(&idle), (vec![], 2, 2));
        assert_eq!(told(&busy), (vec![2, 3, 4, 5], 5, 1));
    }

    #[test]
    fn those_of_a_world_that_is_gone_or_has_forgotten_them_leave_room_for_others() {
        let shelf = Arc::new(Shelf::of(2 * bytes(&violation(1))));
        Violations::on(&shelf, MOST_OF_A_WORLD).keep(&[violation(1), violation(2)]);
        let next = Violations::on(&shelf, MOST_OF_A_WORLD);
        next.keep(&[violation(1), violation(2)]);
        assert_eq!(told(&next), (vec![1, 2], 2, 0));
        next.clear();
        assert_eq!(told(&next), (vec![], 2, 2));
        let last = Violations::on(&shelf, MOST_OF_A_WORLD);
        last.keep(&[violation(1), violation(2)]);
        assert_eq!(told(&last), (vec![1, 2], 2, 0));
    }

    #[test]
    fn all_that_a_server_keeps_are_on_one_shelf() {
        let all = Violations::of_all();
        let world = all.of_a_world();
        assert!(Arc::ptr_eq(&all.shelf, &world.shelf) && Arc::ptr_eq(&all.shelf, &world.of_a_world().shelf));
    }
}
