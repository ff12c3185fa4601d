//! What callers did off the contract.

mod found;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use found::found;
pub(crate) use membership_apis::control::models::Violation;
use membership_apis::control::models::{ApiName, ViolationList};

use crate::journal::count;

/// So many are kept of a world.
pub(crate) const MOST_OF_A_WORLD: usize = 1_000;

/// So many are kept of all worlds together.
pub(crate) const MOST_OF_ALL: usize = 10_000;

/// The last violations. Those that are no longer kept are still counted.
#[derive(Debug)]
pub(crate) struct Violations {
    most: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    violations: VecDeque<Arc<Violation>>,
    totals: BTreeMap<ApiName, u64>,
}

impl Violations {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            most,
            kept: Mutex::default(),
        }
    }

    /// Keeps what was found in one request; the oldest go where there is no room.
    pub(crate) fn keep(&self, found: &[Arc<Violation>]) {
        if found.is_empty() {
            return;
        }
        let mut kept = self.lock();
        for violation in found {
            *kept.totals.entry(violation.api).or_default() += 1;
            kept.violations.push_back(Arc::clone(violation));
        }
        let excess = kept.violations.len().saturating_sub(self.most);
        kept.violations.drain(..excess);
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

    /// Nothing between lock and unlock can panic half-way.
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn total(&self, only: Option<ApiName>) -> u64 {
        let counted = self.totals.iter();
        let asked = counted.filter(|(api, _)| only.is_none_or(|only| **api == only));
        asked.map(|(_, total)| total).sum()
    }
}
