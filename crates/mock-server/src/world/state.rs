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

impl State {
    /// Clerk's part, and what a change of it may do besides.
    pub(crate) fn clerk(&mut self) -> (&mut Clerk, Effects<'_>) {
        let effects = Effects::of(self.clock, &mut self.ids, &mut self.outbox);
        (&mut self.clerk, effects)
    }

    /// Enhance's part, and what a change of it may do besides.
    pub(crate) fn enhance(&mut self) -> (&mut Enhance, Effects<'_>) {
        let effects = Effects::of(self.clock, &mut self.ids, &mut self.outbox);
        (&mut self.enhance, effects)
    }

    /// Logto's part, and what a change of it may do besides.
    pub(crate) fn logto(&mut self) -> (&mut Logto, Effects<'_>) {
        let effects = Effects::of(self.clock, &mut self.ids, &mut self.outbox);
        (&mut self.logto, effects)
    }

    /// WhyLabs' part, and what a change of it may do besides.
    pub(crate) fn whylabs(&mut self) -> (&mut Whylabs, Effects<'_>) {
        let effects = Effects::of(self.clock, &mut self.ids, &mut self.outbox);
        (&mut self.whylabs, effects)
    }
}
