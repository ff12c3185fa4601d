use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many bytes all worlds of a server may keep of something together. What each world may keep by itself would add up to
/// more than any machine has.
#[derive(Debug)]
pub(crate) struct Budget {
    most: usize,
    spent: AtomicUsize,
}

/// A part of a budget, which is free again once this is dropped.
#[derive(Debug)]
pub(crate) struct Share {
    budget: Arc<Budget>,
    bytes: usize,
}

impl Budget {
    pub(crate) fn of(most: usize) -> Self {
        Self {
            most,
            spent: AtomicUsize::new(0),
        }
    }

    /// How many bytes there may be.
    pub(crate) fn most(&self) -> usize {
        self.most
    }

    /// Takes a part, if there is room for it.
    pub(crate) fn share(self: &Arc<Self>, bytes: usize) -> Option<Share> {
        let more = |spent: usize| spent.checked_add(bytes).filter(|spent| *spent <= self.most);
        let taken = self
            .spent
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        taken.ok().map(|_| Share {
            budget: Arc::clone(self),
            bytes,
        })
    }

    /// Counts what is kept before there is room for it; the room has to be made.
    pub(crate) fn spend(&self, bytes: usize) {
        self.spent.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Counts what is kept no longer.
    pub(crate) fn give_back(&self, bytes: usize) {
        self.spent.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// How many bytes are kept beyond what leaves so many free.
    pub(crate) fn excess(&self, free: usize) -> usize {
        let spent = self.spent.load(Ordering::Relaxed);
        spent.saturating_sub(self.most.saturating_sub(free))
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.give_back(self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_can_be_spent_again_and_no_more_than_there_is() {
        let budget = Arc::new(Budget::of(10));
        let share = budget.share(6).unwrap();
        assert!(budget.share(5).is_none());
        assert!(budget.share(usize::MAX).is_none());
        let rest = budget.share(4).unwrap();
        drop(share);
        assert!(budget.share(6).is_some());
        budget.spend(9);
        assert_eq!((budget.excess(0), budget.excess(2)), (3, 5));
        budget.give_back(9);
        drop(rest);
        assert_eq!((budget.excess(0), budget.excess(10)), (0, 0));
    }
}
