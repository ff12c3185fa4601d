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
    /// Whether and how a fault takes effect; the number is the request's, and each fault has draws of its own.
    Fault,
}

/// The generator for one draw. ChaCha has 2^64 streams that do not overlap per key, and each purpose has a key of its
/// own.
pub(crate) fn stream(seed: u64, purpose: Purpose, number: u64) -> ChaCha8Rng {
    stream_about(seed, purpose, 0, number)
}

/// As [`stream`], where several things draw for one purpose and number.
pub(crate) fn stream_about(seed: u64, purpose: Purpose, about: u64, number: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    let parts = seed
        .to_le_bytes()
        .into_iter()
        .chain([purpose as u8])
        .chain(about.to_le_bytes());
    for (byte, part) in key.iter_mut().zip(parts) {
        *byte = part;
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
        let about = |about| stream_about(1, Purpose::Id, about, 0).random::<u64>();
        assert_eq!(about(0), first);
        assert_ne!(about(1), first);
    }
}
