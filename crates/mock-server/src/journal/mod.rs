//! The record of what was called in a world.

mod exchange;
mod pattern;
mod recorded;
pub(crate) mod redaction;
mod report;
mod subset;
mod verification;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) use exchange::{AnsweredBy, Content, Exchange, Headers, Sent};
pub(crate) use pattern::{Candidate, Pattern, UnknownOperation};
pub(crate) use recorded::count;
pub(crate) use verification::{Plan, Senseless, Unverified};

use crate::config::Limits;

/// What is said where something is asked about requests that nobody kept.
pub(crate) const NOT_RECORDED: &str =
    "the server records nothing that is called. Start it without --no-recording (MOCK_NO_RECORDING).";

/// The last requests of a world and their answers.
#[derive(Debug)]
pub(crate) struct Journal {
    is_kept: bool,
    most_requests: usize,
    most_bytes: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// By number.
    exchanges: VecDeque<Arc<Exchange>>,
    bytes: usize,
    last: u64,
    dropped: u64,
    last_dropped: u64,
}

/// What a journal has at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The requests that are kept, by number.
    pub(crate) exchanges: Vec<Arc<Exchange>>,
    /// The highest number there was.
    pub(crate) last: u64,
    /// How many went for want of room.
    pub(crate) dropped: u64,
    /// The highest number of those; 0 where none went.
    pub(crate) last_dropped: u64,
}

impl Journal {
    /// A journal; one that is not kept stays empty.
    pub(crate) fn new(limits: &Limits, is_kept: bool) -> Self {
        Self {
            is_kept,
            most_requests: limits.journal_requests,
            most_bytes: limits.journal_bytes,
            kept: Mutex::default(),
        }
    }

    /// Whether anything is recorded at all.
    pub(crate) fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// Keeps a request; the oldest go where there is no room for it.
    pub(crate) fn put(&self, exchange: Exchange) {
        let mut kept = self.lock();
        kept.bytes += exchange.bytes();
        kept.last = kept.last.max(exchange.number);
        // Requests are answered in nearly the order they came in.
        let later = kept.exchanges.iter().rev();
        let later = later.take_while(|other| other.number > exchange.number).count();
        let position = kept.exchanges.len() - later;
        kept.exchanges.insert(position, Arc::new(exchange));
        while kept.exchanges.len() > self.most_requests || kept.bytes > self.most_bytes {
            let Some(oldest) = kept.exchanges.pop_front() else {
                break;
            };
            kept.bytes -= oldest.bytes();
            kept.dropped += 1;
            kept.last_dropped = kept.last_dropped.max(oldest.number);
        }
    }

    /// What is kept of the requests after a number.
    pub(crate) fn after(&self, number: u64) -> Page {
        let kept = self.lock();
        let first = kept
            .exchanges
            .partition_point(|exchange| exchange.number <= number);
        Page {
            exchanges: kept.exchanges.range(first..).cloned().collect(),
            last: kept.last,
            dropped: kept.dropped,
            last_dropped: kept.last_dropped,
        }
    }

    /// Forgets what is kept. Numbers go on.
    pub(crate) fn clear(&self) {
        let mut kept = self.lock();
        kept.exchanges.clear();
        kept.bytes = 0;
        kept.dropped = 0;
        kept.last_dropped = 0;
    }

    /// One like it with nothing in it.
    pub(crate) fn anew(&self) -> Self {
        Self {
            kept: Mutex::default(),
            ..*self
        }
    }

    /// Goes on after a number, with nothing kept of what was before.
    pub(crate) fn continue_after(&self, number: u64) {
        *self.lock() = Kept {
            last: number,
            ..Kept::default()
        };
    }

    /// Nothing between lock and unlock can panic half-way, so a poisoned journal is as good as any.
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(requests: usize, bytes: usize) -> Journal {
        let limits = Limits {
            journal_requests: requests,
            journal_bytes: bytes,
            ..Limits::default()
        };
        Journal::new(&limits, true)
    }

    fn numbers(journal: &Journal, after: u64) -> (Vec<u64>, u64, u64) {
        let page = journal.after(after);
        let numbers = page.exchanges.iter().map(|exchange| exchange.number).collect();
        (numbers, page.last, page.dropped)
    }

    #[test]
    fn requests_stand_by_number_and_the_oldest_go() {
        let journal = journal(3, usize::MAX);
        for number in [1, 3, 2, 4] {
            journal.put(Exchange::blank(number));
        }
        assert_eq!(numbers(&journal, 0), (vec![2, 3, 4], 4, 1));
        assert_eq!(numbers(&journal, 3), (vec![4], 4, 1));
        journal.clear();
        assert_eq!(numbers(&journal, 0), (vec![], 4, 0));
        let anew = journal.anew();
        assert_eq!(numbers(&anew, 0), (vec![], 0, 0));
        for number in 1..=4 {
            anew.put(Exchange::blank(number));
        }
        assert_eq!(numbers(&anew, 0), (vec![2, 3, 4], 4, 1));
        anew.continue_after(9);
        assert_eq!(numbers(&anew, 0), (vec![], 9, 0));
    }

    #[test]
    fn a_journal_holds_so_many_bytes_and_no_more() {
        let one = Exchange::blank(1).bytes();
        let journal = journal(usize::MAX, 2 * one);
        for number in 1..=3 {
            journal.put(Exchange::blank(number));
        }
        assert_eq!(numbers(&journal, 0), (vec![2, 3], 3, 1));
    }
}
