use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng as _};

/// A random number generator for made-up values: equal seeds give equal numbers, on every machine. Not for secrets.
///
/// ```
/// use api_support::fake::{RngExt as _, seeded};
///
/// assert_eq!(seeded(7).random::<u64>(), seeded(7).random::<u64>());
/// assert_ne!(seeded(7).random::<u64>(), seeded(8).random::<u64>());
/// ```
#[must_use]
pub fn seeded(seed: u64) -> impl Rng {
    Xoshiro256PlusPlus::seed_from_u64(seed)
}
