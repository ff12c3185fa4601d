use std::sync::Arc;

use super::{State, World, WorldName};

/// What outlives a server of a world.
#[derive(Clone, Debug)]
pub(crate) struct Restored {
    pub(crate) name: WorldName,
    /// What it began with.
    pub(crate) origin: Arc<State>,
    pub(crate) state: Arc<State>,
    /// How many requests it had.
    pub(crate) requests: u64,
}

impl World {
    /// What is to outlive the server.
    pub(crate) fn restorable(&self) -> Restored {
        Restored {
            name: self.name().clone(),
            origin: Arc::clone(&self.inner.origin),
            state: self.state(),
            requests: self.request_count(),
        }
    }

    /// Makes a world that has just begun what it was.
    pub(super) fn bring_back(&self, restored: &Restored) {
        self.inner.state.store(Arc::clone(&restored.state));
        self.epoch().continue_after(restored.requests);
    }
}
