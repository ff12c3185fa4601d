use std::cmp::Reverse;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::Kept;
use crate::budget::Budget;

/// Part of the room that is made at once, so that it need not be made again for each request: one in so many bytes.
const ONE_IN: usize = 64;

/// The journals of all worlds of a server, which have so much room together.
///
/// A world records as if it were alone. Where all have more than there is room for, what goes is the oldest of the worlds
/// that were called longest ago: a test that has ended gives way to one that runs.
#[derive(Debug)]
pub(crate) struct Shelf {
    budget: Budget,
    /// Counts what is recorded anywhere, which tells what was recorded later.
    recorded: AtomicU64,
    journals: Mutex<Vec<Weak<Mutex<Kept>>>>,
}

impl Shelf {
    pub(crate) fn of(most_bytes: usize) -> Self {
        Self {
            budget: Budget::of(most_bytes),
            recorded: AtomicU64::new(0),
            journals: Mutex::default(),
        }
    }

    /// What is kept of one more journal.
    pub(super) fn journal(self: &Arc<Self>) -> Arc<Mutex<Kept>> {
        let kept = Arc::new(Mutex::new(Kept::on(Arc::clone(self))));
        let mut journals = self.lock();
        if journals.len() == journals.capacity() {
            // Those of worlds that are gone make room before the list grows.
            journals.retain(|journal| journal.strong_count() > 0);
        }
        journals.push(Arc::downgrade(&kept));
        kept
    }

    /// Counts the bytes of a request that is recorded, and says which one it is of all there were.
    pub(super) fn take_in(&self, bytes: usize) -> u64 {
        self.budget.spend(bytes);
        self.recorded.fetch_add(1, Ordering::Relaxed)
    }

    /// Counts the bytes of what is kept no longer.
    pub(super) fn give_back(&self, bytes: usize) {
        self.budget.give_back(bytes);
    }

    /// Makes room where there is too little. Nobody may hold a journal of it meanwhile.
    pub(super) fn make_room(&self) {
        if self.budget.excess(0) == 0 {
            return;
        }
        let journals = self.lock();
        let free = self.budget.most() / ONE_IN;
        let mut by_use: Vec<_> = journals
            .iter()
            .filter_map(Weak::upgrade)
            .map(|journal| {
                let last_use = super::lock(&journal).last_use;
                (Reverse(last_use), journal)
            })
            .collect();
        by_use.sort_unstable_by_key(|(last_use, _)| *last_use);
        // Another that waited for the list finds that there is room.
        while self.budget.excess(free) > 0
            && let Some((_, journal)) = by_use.pop()
        {
            let mut kept = super::lock(&journal);
            while self.budget.excess(free) > 0 && kept.drop_oldest() {}
        }
    }

    /// No change of the list can panic half-way, so a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, Vec<Weak<Mutex<Kept>>>> {
        self.journals.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
