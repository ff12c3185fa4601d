//! What is counted of the requests of a world, or of all worlds of a server.

use crate::coverage::Coverage;
use crate::journal::Exchange;
use crate::violations::Violations;
use crate::world::WorldName;

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Which documented answers.
    pub(crate) coverage: Coverage,
    /// What callers did off the contract.
    pub(crate) violations: Violations,
}

impl Tally {
    pub(crate) fn count(&self, world: &WorldName, exchange: &Exchange) {
        self.coverage.count(exchange);
        self.violations.keep(world, exchange);
    }

    pub(crate) fn clear(&self) {
        self.coverage.clear();
        self.violations.clear();
    }
}
