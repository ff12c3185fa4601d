//! From fixtures to what Enhance keeps, with every reference checked; and back.

use super::model::Enhance;
use crate::fixtures::{EnhanceFixtures, Findings, Identity};

/// What makes two rows of a list the same thing.
pub(crate) const IDENTITIES: &[Identity] = &[];

/// Reads Enhance's part of the fixtures.
pub(crate) fn read_fixtures(_: &EnhanceFixtures, _: u64, _: &mut Findings) -> Enhance {
    Enhance {}
}

/// What Enhance keeps, in the format of the fixtures; every row says everything.
pub(crate) fn fixtures_of(_: &Enhance) -> EnhanceFixtures {
    EnhanceFixtures::default()
}
