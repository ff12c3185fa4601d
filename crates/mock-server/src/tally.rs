//! What is counted of the requests of a world, or of all worlds of a server.

use std::sync::Arc;

use membership_apis::control::models::{ApiName, Coverage as Report};

use crate::coverage::{Answer, Coverage};
use crate::violations::{Violation, Violations};

/// What was seen.
#[derive(Debug)]
pub(crate) struct Tally {
    /// Which documented answers.
    pub(crate) coverage: Coverage,
    /// What callers did off the contract.
    pub(crate) violations: Violations,
}

impl Tally {
    /// The tally of all worlds of a server, and whether anything is counted in it at all.
    pub(crate) fn of_all(is_kept: bool) -> Self {
        Self {
            coverage: Coverage::new(is_kept),
            violations: Violations::of_all(),
        }
    }

    /// The tally of one world more, in which nothing is counted yet.
    pub(crate) fn of_a_world(&self) -> Self {
        Self {
            coverage: self.coverage.anew(),
            violations: self.violations.of_a_world(),
        }
    }

    /// Counts what an exchange shows: its answer, and what its caller did off the contract.
    pub(crate) fn count(&self, answer: Option<Answer>, violations: &[Arc<Violation>]) {
        if let Some(answer) = answer {
            self.coverage.count(answer);
        }
        self.violations.keep(violations);
    }

    /// Which documented answers were seen, of all APIs or one.
    pub(crate) fn report(&self, only: Option<ApiName>) -> Report {
        self.coverage.report(only, self.violations.total(only))
    }
}
