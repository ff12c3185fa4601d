//! The record of what was called in a world.

mod exchange;
mod pattern;
mod recorded;
pub(crate) mod redaction;
mod report;
mod subset;
mod verification;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

pub(crate) use exchange::{AnsweredBy, Content, Exchange, Headers, Sent};
pub(crate) use pattern::{Candidate, Impossible, Pattern};
pub(crate) use recorded::count;
pub(crate) use verification::{Plan, Senseless, Unverified};

use crate::config::Limits;
use crate::shelf::{Shelf, Shelved, locked};

/// What is said where something is asked about requests that nobody kept.
pub(crate) const NOT_RECORDED: &str =
    "the server records nothing that is called. Start it without --no-recording (MOCK_NO_RECORDING).";

/// The last requests of a world and their answers.
#[derive(Debug)]
pub(crate) struct Journal {
    is_kept: bool,
    most_requests: usize,
    most_bytes: usize,
    shelf: Arc<Shelf<Kept>>,
    kept: Arc<Mutex<Kept>>,
}

/// What is kept, and given back to the shelf when it goes.
#[derive(Debug)]
pub(crate) struct Kept {
    /// By number.
    exchanges: VecDeque<Arc<Exchange>>,
    bytes: usize,
    last: u64,
    dropped: u64,
    last_dropped: u64,
    shelf: Arc<Shelf<Self>>,
    /// Which of all requests of the server was recorded last.
    last_use: u64,
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

impl Kept {
    fn on(shelf: Arc<Shelf<Self>>) -> Self {
        Self {
            exchanges: VecDeque::new(),
            bytes: 0,
            last: 0,
            dropped: 0,
            last_dropped: 0,
            shelf,
            last_use: 0,
        }
    }

    fn put(&mut self, mut exchange: Exchange) -> Arc<Exchange> {
        let bytes = exchange.bytes();
        self.bytes += bytes;
        self.last_use = self.shelf.take_in(bytes);
        self.last += 1;
        exchange.number = self.last;
        let exchange = Arc::new(exchange);
        self.exchanges.push_back(Arc::clone(&exchange));
        exchange
    }

    fn clear(&mut self) {
        self.exchanges.clear();
        self.shelf.give_back(std::mem::take(&mut self.bytes));
        self.dropped = 0;
        self.last_dropped = 0;
    }
}

impl Shelved for Kept {
    fn last_use(&self) -> u64 {
        self.last_use
    }

    fn drop_oldest(&mut self) -> bool {
        let Some(oldest) = self.exchanges.pop_front() else {
            return false;
        };
        let bytes = oldest.bytes();
        self.bytes -= bytes;
        self.shelf.give_back(bytes);
        self.dropped += 1;
        self.last_dropped = oldest.number;
        true
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.shelf.give_back(self.bytes);
    }
}

impl Journal {
    /// A journal on a shelf; one that is not kept stays empty.
    pub(crate) fn new(limits: &Limits, is_kept: bool, shelf: &Arc<Shelf<Kept>>) -> Self {
        Self {
            is_kept,
            most_requests: limits.journal_requests,
            most_bytes: limits.journal_bytes,
            shelf: Arc::clone(shelf),
            kept: shelf.place(Kept::on(Arc::clone(shelf))),
        }
    }

    /// Whether anything is recorded at all.
    pub(crate) fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// Keeps a request, and gives it back with its number; the oldest go where there is no room for it.
    pub(crate) fn put(&self, exchange: Exchange) -> Arc<Exchange> {
        let mut kept = self.lock();
        let exchange = kept.put(exchange);
        while kept.exchanges.len() > self.most_requests || kept.bytes > self.most_bytes {
            if !kept.drop_oldest() {
                break;
            }
        }
        drop(kept);
        self.shelf.make_room();
        exchange
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
        self.lock().clear();
    }

    /// One like it with nothing in it.
    pub(crate) fn anew(&self) -> Self {
        Self {
            shelf: Arc::clone(&self.shelf),
            kept: self.shelf.place(Kept::on(Arc::clone(&self.shelf))),
            ..*self
        }
    }

    /// Goes on after a number. All requests until then count as dropped: nobody can tell any more what they were.
    pub(crate) fn continue_after(&self, number: u64) {
        let mut kept = self.lock();
        kept.clear();
        kept.last = number;
        kept.dropped = number;
        kept.last_dropped = number;
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        locked(&self.kept)
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
        Journal::new(&limits, true, &Arc::new(Shelf::of(usize::MAX)))
    }

    fn numbers(journal: &Journal, after: u64) -> (Vec<u64>, u64, u64) {
        let page = journal.after(after);
        let numbers = page.exchanges.iter().map(|exchange| exchange.number).collect();
        (numbers, page.last, page.dropped)
    }

    #[test]
    fn requests_are_numbered_as_they_end_and_the_oldest_go() {
        let journal = journal(3, usize::MAX);
        let ended = [1, 3, 2, 4].map(|arrival| journal.put(Exchange::blank(arrival)));
        let known = ended.map(|exchange| (exchange.number, exchange.arrival));
        assert_eq!(known, [(1, 1), (2, 3), (3, 2), (4, 4)]);
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
        assert_eq!(numbers(&anew, 0), (vec![], 9, 9));
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

    #[test]
    fn where_all_journals_have_too_much_the_worlds_called_longest_ago_give_way() {
        let one = Exchange::blank(1).bytes();
        let shelf = Arc::new(Shelf::of(4 * one + one / 2));
        let journal = || Journal::new(&Limits::default(), true, &shelf);
        let [idle, silent, busy] = [journal(), journal(), journal()];
        for (journal, number) in [(&busy, 1), (&idle, 1), (&idle, 2), (&busy, 2)] {
            journal.put(Exchange::blank(number));
        }
        assert_eq!(numbers(&idle, 0), (vec![1, 2], 2, 0));
        busy.put(Exchange::blank(3));
        assert_eq!(numbers(&idle, 0), (vec![2], 2, 1), "what went is said");
        assert_eq!(numbers(&busy, 0), (vec![1, 2, 3], 3, 0));
        for number in 4..=6 {
            busy.put(Exchange::blank(number));
        }
        assert_eq!(numbers(&idle, 0), (vec![], 2, 2));
        assert_eq!(numbers(&busy, 0), (vec![3, 4, 5, 6], 6, 2));
        silent.put(Exchange::blank(1));
        assert_eq!(numbers(&silent, 0), (vec![1], 1, 0));
        assert_eq!(numbers(&busy, 0), (vec![4, 5, 6], 6, 3));
    }

    #[test]
    fn what_is_forgotten_leaves_room_for_others() {
        let one = Exchange::blank(1).bytes();
        let shelf = Arc::new(Shelf::of(3 * one));
        let journal = || Journal::new(&Limits::default(), true, &shelf);
        let forgets: [fn(&Journal); 3] = [
            Journal::clear,
            |journal| journal.continue_after(7),
            |journal| while journal.lock().drop_oldest() {},
        ];
        for forget in forgets {
            let first = journal();
            first.put(Exchange::blank(1));
            first.put(Exchange::blank(2));
            forget(&first);
            let second = journal();
            for number in 1..=3 {
                second.put(Exchange::blank(number));
            }
            assert_eq!(numbers(&second, 0), (vec![1, 2, 3], 3, 0));
        }
        let third = journal();
        for number in 1..=3 {
            third.put(Exchange::blank(number));
        }
        assert_eq!(
            numbers(&third, 0),
            (vec![1, 2, 3], 3, 0),
            "those that are gone hold nothing"
        );
    }

    #[test]
    fn journals_that_are_written_at_one_time_stay_within_their_room() {
        let one = Exchange::blank(1).bytes();
        let shelf = Arc::new(Shelf::of(100 * one));
        let journals: Vec<_> = (0..8)
            .map(|_| Journal::new(&Limits::default(), true, &shelf))
            .collect();
        std::thread::scope(|scope| {
            for journal in &journals {
                scope.spawn(|| {
                    for arrival in 1..=500 {
                        journal.put(Exchange::blank(arrival));
                    }
                });
            }
        });
        let pages: Vec<_> = journals.iter().map(|journal| journal.after(0)).collect();
        let kept: usize = pages.iter().map(|page| page.exchanges.len()).sum();
        assert!((90..=100).contains(&kept), "{kept}");
        for page in pages {
            assert_eq!(page.dropped + page.exchanges.len() as u64, 500);
        }
    }
}
