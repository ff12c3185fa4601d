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
mod record;
mod registry;
mod restored;
mod seen;
mod state;
mod transfer;
mod usual;

use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::{SignedDuration, Timestamp};

pub use clock::Clock;
pub(crate) use clock::whole_milliseconds;
pub(crate) use epoch::Epoch;
pub(crate) use ids::Ids;
pub use name::{BadWorldName, WorldName};
pub(crate) use outbox::{About, Outbox};
pub use outbox::{Event, Message};
pub(crate) use record::Record;
pub(crate) use registry::Worlds;
pub use registry::{NoRoom, NotMade};
pub(crate) use restored::Restored;
pub use seen::NotVerified;
pub(crate) use state::{Effects, Part, State};
pub(crate) use transfer::Rows;
pub(crate) use usual::{NewWorld, Usual};

pub use crate::faults::{FaultError, Mistake};

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
    epoch: ArcSwap<Epoch>,
    /// What other worlds of the server begin with.
    usual: Arc<Usual>,
}

impl World {
    pub(crate) fn new(name: WorldName, origin: Arc<State>, epoch: Epoch, usual: Arc<Usual>) -> Self {
        let inner = Inner {
            name,
            origin,
            epoch: ArcSwap::from_pointee(epoch),
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
        let anew = self.epoch().anew(Arc::clone(&self.inner.origin));
        let before = self.inner.epoch.swap(Arc::new(anew));
        // Requests that are being answered hold on to it, some of them for long.
        before.end();
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
        self.inner.epoch.load().state()
    }

    /// Changes the state, or leaves it as it was.
    fn change<T, E>(&self, change: impl FnOnce(&mut State) -> Result<T, E>) -> Result<T, E> {
        self.epoch().change(|_, state| change(state))
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
