//! What callers did off the contract.

use crate::journal::Exchange;
use crate::world::WorldName;

/// The violations that are kept.
#[derive(Debug, Default)]
pub(crate) struct Violations {}

impl Violations {
    pub(crate) fn keep(&self, _world: &WorldName, _exchange: &Exchange) {}

    /// How many there were.
    pub(crate) fn count(&self) -> u64 {
        0
    }

    pub(crate) fn clear(&self) {}
}
