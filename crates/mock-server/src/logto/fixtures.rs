//! From fixtures to what Logto keeps, with every reference checked; and back.

use super::model::Logto;
use crate::fixtures::{Findings, Identity, LogtoFixtures};

/// What makes two rows of a list the same thing.
pub(crate) const IDENTITIES: &[Identity] = &[];

/// Reads Logto's part of the fixtures.
pub(crate) fn read_fixtures(_: &LogtoFixtures, _: u64, _: &mut Findings) -> Logto {
    Logto {}
}

/// What Logto keeps, in the format of the fixtures; every row says everything.
pub(crate) fn fixtures_of(_: &Logto) -> LogtoFixtures {
    LogtoFixtures {}
}
