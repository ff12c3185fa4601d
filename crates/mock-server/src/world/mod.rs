//! A world: one isolated universe with the state of every API, a clock, ids and an outbox.
//!
//! Reading takes the state as it is and waits for nobody. A change works on a copy, one change at a time, and the copy
//! becomes the state when the change succeeds; a refused change leaves no trace, not even in the ids.

mod clock;
mod epoch;
mod faults;
mod ids;
mod name;
mod outbox;
mod registry;
mod restored;
mod seen;
mod state;
mod transfer;
mod usual;

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use jiff::{SignedDuration, Timestamp};

pub use clock::Clock;
pub(crate) use clock::whole_milliseconds;
pub(crate) use epoch::Epoch;
pub(crate) use ids::Ids;
pub use name::{BadWorldName, WorldName};
pub(crate) use outbox::{About, Outbox};
pub use outbox::{Event, Message};
pub(crate) use registry::Worlds;
pub use registry::{NoRoom, NotMade};
pub(crate) use restored::Restored;
pub use seen::NotVerified;
pub(crate) use state::{Effects, Part, State};
pub(crate) use transfer::Rows;
pub(crate) use usual::{NewWorld, Usual};

pub use crate::faults::{FaultError, Mistake};
use crate::tally::Tally;

/// A world of a running server. Clones are the same world.
#[derive(Clone, Debug)]
pub struct World {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    name: WorldName,
    /// What it began with.
    origin: Arc<State>,
    state: ArcSwap<State>,
    writer: Mutex<()>,
    epoch: ArcSwap<Epoch>,
    /// What is counted in all worlds of the server together.
    totals: Arc<Tally>,
    /// What other worlds of the server begin with.
    usual: Arc<Usual>,
}

impl World {
    pub(crate) fn new(
        name: WorldName,
        origin: Arc<State>,
        epoch: Epoch,
        totals: Arc<Tally>,
        usual: Arc<Usual>,
    ) -> Self {
        let inner = Inner {
            name,
            state: ArcSwap::new(Arc::clone(&origin)),
            origin,
            writer: Mutex::new(()),
            epoch: ArcSwap::from_pointee(epoch),
            totals,
            usual,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Its name.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert_eq!(server.world().name().as_str(), "default");
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &WorldName {
        &self.inner.name
    }

    /// Lets it begin anew: with the fixtures, seed and clock it was made with, without requests, faults and events. Of
    /// requests that are being answered it will know nothing, and those that a fault delays get no answer.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = mock_server::MockServer::start()?;
    /// let world = server.new_world().clock("2026-01-01T00:00:00Z".parse()?).make()?;
    /// let before = world.export();
    /// world.import(&mock_server::fixtures::Fixtures::default())?;
    /// world.advance_clock(mock_server::jiff::SignedDuration::from_hours(1));
    /// world.reset();
    /// assert_eq!(world.export(), before);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reset(&self) {
        let _writing = self.inner.writer.lock().unwrap_or_else(PoisonError::into_inner);
        self.inner.state.store(Arc::clone(&self.inner.origin));
        // Whoever sees the new epoch sees the new state too.
        self.end_epoch();
    }

    /// Begins an epoch in which nothing has happened yet: requests that still wait for their answer belong to one that is
    /// over.
    pub(crate) fn end_epoch(&self) {
        let before = self.inner.epoch.swap(Arc::new(self.epoch().anew()));
        // Requests that are being answered hold on to it; what it kept is not worth the room.
        before.journal.clear();
    }

    /// How many requests there were since it began.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert_eq!(server.world().request_count(), 0);
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.inner.epoch.load().request_count()
    }

    /// The state as it is now.
    pub(crate) fn state(&self) -> Arc<State> {
        self.inner.state.load_full()
    }

    /// Changes the state, or leaves it as it was.
    pub(crate) fn change<T, E>(&self, change: impl FnOnce(&mut State) -> Result<T, E>) -> Result<T, E> {
        self.change_from(|_, state| change(state))
    }

    /// The same for a change that wants to know which state it begins with.
    fn change_from<T, E>(
        &self,
        change: impl FnOnce(&Arc<State>, &mut State) -> Result<T, E>,
    ) -> Result<T, E> {
        // Declared first and so dropped last: nobody has to wait until what a large state was is taken apart.
        let now;
        // A change that panicked has changed nothing but its own copy.
        let _writing = self.inner.writer.lock().unwrap_or_else(PoisonError::into_inner);
        now = self.inner.state.load_full();
        let mut state = State::clone(&now);
        let done = change(&now, &mut state)?;
        self.inner.state.store(Arc::new(state));
        Ok(done)
    }

    /// Changes one API's part of the state, or leaves all of it as it was.
    pub(crate) fn change_part<P: Part, T, E>(
        &self,
        change: impl FnOnce(&mut P, &mut Effects<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.change(|state| {
            let (part, mut effects) = P::of(state);
            change(part, &mut effects)
        })
    }

    /// What time it is in the world.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// The world's clock as it is set.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.state().clock
    }

    /// Sets the clock.
    ///
    /// ```
    /// use mock_server::jiff::SignedDuration;
    /// use mock_server::world::Clock;
    ///
    /// let server = mock_server::MockServer::start()?;
    /// let an_hour_ahead = Clock::Running { offset: SignedDuration::from_hours(1) };
    /// server.world().set_clock(an_hour_ahead);
    /// assert_eq!(server.world().clock(), an_hour_ahead);
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    pub fn set_clock(&self, clock: Clock) {
        self.put(|state| state.clock = clock.bounded());
    }

    /// Sets the clock to what it makes of how it is set now, or leaves it.
    pub(crate) fn turn_clock<E>(&self, turn: impl FnOnce(Clock) -> Result<Clock, E>) -> Result<Clock, E> {
        self.change(|state| {
            state.clock = turn(state.clock)?;
            Ok(state.clock)
        })
    }

    /// Stops the clock at an instant.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = mock_server::MockServer::start()?;
    /// server.world().freeze_clock("2026-01-01T00:00:00Z".parse()?);
    /// assert_eq!(server.world().now().to_string(), "2026-01-01T00:00:00Z");
    /// # Ok(())
    /// # }
    /// ```
    pub fn freeze_clock(&self, at: Timestamp) {
        self.set_clock(Clock::Frozen { at });
    }

    /// Sets the clock forward, whether it stands still or runs; back, when the duration is negative.
    ///
    /// ```
    /// use mock_server::jiff::SignedDuration;
    ///
    /// let server = mock_server::MockServer::start()?;
    /// let before = server.world().now();
    /// server.world().advance_clock(SignedDuration::from_hours(24 * 30));
    /// assert!(server.world().now().duration_since(before).as_hours() >= 24 * 30);
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    pub fn advance_clock(&self, by: SignedDuration) {
        self.put(|state| state.clock = state.clock.advanced(by));
    }

    /// What the vendors would have told the world about, oldest first. The last two thousand events are
    /// kept, fewer where they list very many ids; their numbers go on.
    ///
    /// ```
    /// use mock_server::world::Message;
    ///
    /// let server = mock_server::MockServer::start()?;
    /// for event in server.world().outbox() {
    ///     match event.message {
    ///         Message::Enhance(mail) => println!("{} to {}", mail.url(), mail.to()),
    ///         message => println!("{}: {}", message.name(), message.data()),
    ///     }
    /// }
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn outbox(&self) -> Vec<Event> {
        self.state().outbox.after(0).collect()
    }

    fn put(&self, change: impl FnOnce(&mut State)) {
        let done: Result<(), std::convert::Infallible> = self.change(|state| {
            change(state);
            Ok(())
        });
        match done {
            Ok(()) => (),
            Err(never) => match never {},
        }
    }
}
