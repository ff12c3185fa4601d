//! Randomness that can be repeated: everything drawn depends on a seed, on what it is drawn for, and on a number.

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

/// What something is drawn for. Draws for one purpose never shift those for another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Purpose {
    /// What an answer is made up of; the number is the request's.
    Answer,
    /// What names a request in logs; the number is the request's.
    Trace,
    /// An entity's id; the number counts the ids of a world.
    Id,
    /// What a row of the fixtures leaves out; the number stands for the row.
    Fixture,
}

/// The generator for one draw. ChaCha has 2^64 streams that do not overlap per key, and each purpose has a key of its
/// own.
pub(crate) fn stream(seed: u64, purpose: Purpose, number: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    let (seed_bytes, rest) = key.split_at_mut(8);
    seed_bytes.copy_from_slice(&seed.to_le_bytes());
    if let Some(byte) = rest.first_mut() {
        *byte = purpose as u8;
    }
    let mut rng = ChaCha8Rng::from_seed(key);
    rng.set_stream(number);
    rng
}

#[cfg(test)]
mod tests {
    use rand::RngExt as _;

    use super::*;

    #[test]
    fn a_draw_depends_on_the_seed_the_purpose_and_the_number_and_on_nothing_else() {
        let draw = |seed, purpose, number| stream(seed, purpose, number).random::<u64>();
        let first = draw(1, Purpose::Id, 0);
        assert_eq!(first, draw(1, Purpose::Id, 0));
        for other in [
            draw(2, Purpose::Id, 0),
            draw(1, Purpose::Trace, 0),
            draw(1, Purpose::Id, 1),
        ] {
            assert_ne!(first, other);
        }
    }
}
