use jiff::Timestamp;

use super::clock::Clock;
use super::ids::Ids;
use super::outbox::{About, Outbox};
use crate::clerk::Clerk;

/// Everything a world is at one moment. A clone costs nothing and shares what stays equal.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) outbox: Outbox,
    pub(crate) clerk: Clerk,
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

impl Effects<'_> {
    /// Records what the vendor would tell the world.
    pub(crate) fn tell(&mut self, about: About) {
        self.outbox.put(self.now, about);
    }
}

impl State {
    /// Clerk's part, and what a change of it may do besides.
    pub(crate) fn clerk(&mut self) -> (&mut Clerk, Effects<'_>) {
        let now = self.clock.now();
        let effects = Effects {
            now,
            ids: &mut self.ids,
            outbox: &mut self.outbox,
        };
        (&mut self.clerk, effects)
    }
}
