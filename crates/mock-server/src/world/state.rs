use jiff::Timestamp;

use super::clock::Clock;
use super::ids::Ids;
use super::outbox::{About, Outbox};
use crate::clerk::Clerk;
use crate::enhance::Enhance;
use crate::logto::Logto;
use crate::whylabs::Whylabs;

/// Everything a world is at one moment. A clone costs nothing and shares what stays equal.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) outbox: Outbox,
    pub(crate) clerk: Clerk,
    pub(crate) enhance: Enhance,
    pub(crate) logto: Logto,
    pub(crate) whylabs: Whylabs,
}

/// What a change may do besides changing its API's own state.
#[derive(Debug)]
pub(crate) struct Effects<'a> {
    /// The instant the change happens at.
    pub(crate) now: Timestamp,
    /// Where new ids come from.
    pub(crate) ids: &'a mut Ids,
    outbox: &'a mut Outbox,
}

impl<'a> Effects<'a> {
    fn of(clock: Clock, ids: &'a mut Ids, outbox: &'a mut Outbox) -> Self {
        Self {
            now: clock.now(),
            ids,
            outbox,
        }
    }

    /// Records what the vendor would tell the world.
    pub(crate) fn tell(&mut self, about: About) {
        self.outbox.put(self.now, about);
    }
}

/// One API's part of a world.
pub(crate) trait Part: Sized {
    /// The part, and what a change of it may do besides.
    fn of(state: &mut State) -> (&mut Self, Effects<'_>);
}

/// The member of the state that each API's part is.
macro_rules! parts {
    ($($part:ty: $member:ident),*) => {$(
        impl Part for $part {
            fn of(state: &mut State) -> (&mut Self, Effects<'_>) {
                let effects = Effects::of(state.clock, &mut state.ids, &mut state.outbox);
                (&mut state.$member, effects)
            }
        }
    )*};
}

parts! { Clerk: clerk, Enhance: enhance, Logto: logto, Whylabs: whylabs }
