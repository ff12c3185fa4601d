use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use jiff::Timestamp;

use super::{Effects, Part, Record, State, World};
use crate::faults::Faults;
use crate::visit::RequestRandom;

/// What a world is since it began or was last reset, and what there was in it. A reset puts a new one in its place:
/// requests that came before stay with the old one, however late they end, and the new one knows nothing of them.
#[derive(Debug)]
pub(crate) struct Epoch {
    state: ArcSwap<State>,
    writer: Mutex<()>,
    requests: AtomicU64,
    /// What looks for the faults of each call.
    pub(crate) faults: Faults,
    pub(crate) record: Arc<Record>,
}

impl Epoch {
    pub(super) fn new(state: Arc<State>, faults: Faults, record: Record) -> Self {
        Self {
            state: ArcSwap::new(state),
            writer: Mutex::new(()),
            requests: AtomicU64::new(0),
            faults,
            record: Arc::new(record),
        }
    }

    /// One that begins with this state, and in which nothing has happened yet.
    pub(super) fn anew(&self, state: Arc<State>) -> Self {
        Self::new(state, self.faults.anew(), self.record.anew())
    }

    /// Ends its time: what waits in it waits no longer, and it keeps nothing for requests that are still being answered.
    pub(super) fn end(&self) {
        self.faults.clear();
        self.record.end();
    }

    /// The state as it is now.
    pub(crate) fn state(&self) -> Arc<State> {
        self.state.load_full()
    }

    /// What time it is.
    pub(crate) fn now(&self) -> Timestamp {
        self.state.load().clock.now()
    }

    /// Changes the state, or leaves it as it was. The change is told which state it begins with.
    pub(super) fn change<T, E>(
        &self,
        change: impl FnOnce(&Arc<State>, &mut State) -> Result<T, E>,
    ) -> Result<T, E> {
        // Declared first and so dropped last: nobody has to wait until what a large state was is taken apart.
        let now;
        // A change that panicked has changed nothing but its own copy.
        let _writing = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        now = self.state();
        let mut state = State::clone(&now);
        let done = change(&now, &mut state)?;
        self.state.store(Arc::new(state));
        Ok(done)
    }

    /// Changes one API's part of the state, or leaves all of it as it was.
    pub(crate) fn change_part<P: Part, T, E>(
        &self,
        change: impl FnOnce(&mut P, &mut Effects<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.change(|_, state| {
            let (part, mut effects) = P::of(state);
            change(part, &mut effects)
        })
    }

    /// How many requests there were.
    pub(super) fn request_count(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Goes on with a state as after so many requests, none of which is kept.
    pub(super) fn continue_with(&self, state: Arc<State>, requests: u64) {
        self.state.store(state);
        self.requests.store(requests, Ordering::Relaxed);
        self.record.journal.continue_after(requests);
    }
}

impl World {
    /// What it is since it began or was last reset.
    pub(crate) fn epoch(&self) -> Arc<Epoch> {
        self.inner.epoch.load_full()
    }

    /// The epoch of the request that comes now, and its randomness.
    pub(crate) fn next_request(&self) -> (Arc<Epoch>, RequestRandom) {
        let epoch = self.epoch();
        let number = epoch.requests.fetch_add(1, Ordering::Relaxed);
        let random = RequestRandom::new(epoch.state.load().ids.seed, number);
        (epoch, random)
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::time::Duration;

    use api_support::Operation;
    use http::StatusCode;
    use tokio::time::timeout;

    use super::*;
    use crate::config::Config;
    use crate::fixtures;
    use crate::journal::{AnsweredBy, Content, Exchange, Headers, Sent};
    use crate::whylabs;
    use crate::world::{WorldName, Worlds};

    async fn is_over(ended: impl Future<Output = ()>) -> bool {
        timeout(Duration::ZERO, ended).await.is_ok()
    }

    /// A call with a parameter that its operation does not have, and an answer that it documents.
    fn listed(number: u64) -> Exchange {
        let api = &whylabs::SERVED;
        let list = |known: &&Operation| known.id == "ListOrganizationMemberships";
        Exchange {
            api: Some(api),
            operation: api.operations.iter().find(list),
            query: Some("limit=1".into()),
            answer: Some(Sent {
                status: StatusCode::OK,
                headers: Headers::default(),
                body: Content::default(),
            }),
            by: AnsweredBy::Api { fault: None },
            ..Exchange::blank(number)
        }
    }

    #[test]
    fn a_request_of_before_a_reset_is_counted_in_the_totals_and_nowhere_else() {
        let worlds = Worlds::new(fixtures::read(&[], None).unwrap(), &Config::default());
        let world = worlds.get_or_begin(&WorldName::default()).unwrap();
        world.next_request();
        let (before, second) = world.next_request();
        world.reset();
        let (after, first) = world.next_request();
        assert_eq!((second.position(), first.position()), (2, 1));
        // What was seen of the world, and in all worlds: documented answers, and requests off the contract.
        let counted = || {
            let reports = [world.coverage(), worlds.totals().report(None)];
            reports.map(|report| (report.reached, report.violations))
        };
        before.record.add(listed(second.position()));
        let page = world.epoch().record.journal.after(0);
        assert_eq!((page.exchanges.len(), page.last), (0, 0));
        assert_eq!(counted(), [(0, 0), (1, 1)]);
        after.record.add(listed(first.position()));
        let page = world.epoch().record.journal.after(0);
        assert_eq!((page.exchanges.len(), page.last), (1, 1));
        assert_eq!(counted(), [(1, 1), (1, 2)]);
    }

    #[tokio::test]
    async fn the_end_of_an_epoch_is_heard_by_those_who_wait_and_by_those_who_come_later() {
        let worlds = Worlds::new(fixtures::read(&[], None).unwrap(), &Config::default());
        let world = worlds.default_world();
        let record = Arc::clone(&world.epoch().record);
        let mut waiting = Box::pin(record.ended());
        assert!(!is_over(&mut waiting).await);
        world.reset();
        assert!(is_over(waiting).await);
        assert!(is_over(record.ended()).await);
        assert!(!is_over(world.epoch().record.ended()).await);
    }

    #[test]
    fn a_world_that_is_brought_back_numbers_its_requests_on() {
        let worlds = Worlds::new(fixtures::read(&[], None).unwrap(), &Config::default());
        let world = worlds.get_or_begin(&WorldName::default()).unwrap();
        world.epoch().continue_with(world.state(), 7);
        assert_eq!(
            (world.request_count(), world.epoch().record.journal.after(0).last),
            (7, 7)
        );
        assert_eq!(world.next_request().1.position(), 8);
        world.reset();
        assert_eq!(
            (world.request_count(), world.epoch().record.journal.after(0).last),
            (0, 0)
        );
    }
}
