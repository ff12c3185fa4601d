//! What the worlds of a server keep of what they saw, in one room that they share.

use std::cmp::Reverse;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::budget::Budget;

/// Part of the room that is made at once, so that it need not be made again each time: one in so many bytes.
const ONE_IN: usize = 64;

/// What all worlds of a server keep of one kind, which has so much room together.
///
/// A world keeps as if it were alone. Where all have more than there is room for, what goes is the oldest of the worlds
/// that kept something longest ago: a test that has ended gives way to one that runs.
pub(crate) struct Shelf<K> {
    budget: Budget,
    /// Counts what is taken in anywhere, which tells what was taken in later.
    taken_in: AtomicU64,
    all: Mutex<Vec<Weak<Mutex<K>>>>,
}

/// What one of them keeps. It takes in and gives back what it has.
pub(crate) trait Shelved {
    /// Which of all that was taken in anywhere came last to it.
    fn last_use(&self) -> u64;

    /// Drops the oldest it has; `false` where there is none.
    fn drop_oldest(&mut self) -> bool;
}

/// How much there is of it, and not what.
impl<K> fmt::Debug for Shelf<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf")
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}

impl<K: Shelved> Shelf<K> {
    pub(crate) fn of(most_bytes: usize) -> Self {
        Self {
            budget: Budget::of(most_bytes),
            taken_in: AtomicU64::new(0),
            all: Mutex::default(),
        }
    }

    /// Puts one more on it.
    pub(crate) fn place(&self, kept: K) -> Arc<Mutex<K>> {
        let kept = Arc::new(Mutex::new(kept));
        let mut all = locked(&self.all);
        if all.len() == all.capacity() {
            // Those of worlds that are gone make room before the list grows.
            all.retain(|kept| kept.strong_count() > 0);
        }
        all.push(Arc::downgrade(&kept));
        kept
    }

    /// Counts the bytes of what is taken in, and says which one it is of all there were.
    pub(crate) fn take_in(&self, bytes: usize) -> u64 {
        self.budget.spend(bytes);
        self.taken_in.fetch_add(1, Ordering::Relaxed)
    }

    /// Counts the bytes of what is kept no longer.
    pub(crate) fn give_back(&self, bytes: usize) {
        self.budget.give_back(bytes);
    }

    /// Makes room where there is too little. Nobody may hold what stands on it meanwhile.
    pub(crate) fn make_room(&self) {
        if self.budget.excess(0) == 0 {
            return;
        }
        let all = locked(&self.all);
        let free = self.budget.most() / ONE_IN;
        let mut by_use: Vec<_> = all
            .iter()
            .filter_map(Weak::upgrade)
            .map(|kept| {
                let last_use = locked(&kept).last_use();
                (Reverse(last_use), kept)
            })
            .collect();
        by_use.sort_unstable_by_key(|(last_use, _)| *last_use);
        // Another that waited for the list finds that there is room.
        while self.budget.excess(free) > 0
            && let Some((_, kept)) = by_use.pop()
        {
            let mut kept = locked(&kept);
            while self.budget.excess(free) > 0 && kept.drop_oldest() {}
        }
    }
}

/// What stands on a shelf, or the list of it. No change of either can panic half-way, so a poisoned one is as good as any.
pub(crate) fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
