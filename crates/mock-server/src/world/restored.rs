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
        let epoch = self.epoch();
        Restored {
            name: self.name().clone(),
            origin: Arc::clone(&self.inner.origin),
            state: epoch.state(),
            requests: epoch.request_count(),
        }
    }

    /// Makes a world that has just begun what it was.
    pub(super) fn bring_back(&self, restored: &Restored) {
        self.epoch()
            .continue_with(Arc::clone(&restored.state), restored.requests);
    }
}
