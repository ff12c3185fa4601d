//! Ids as Logto makes them: digits and small letters.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

use super::model::Id;

/// How long the ids of users and organizations are.
pub(super) const SHORT: usize = 12;

/// How long the ids of everything else are.
pub(super) const STANDARD: usize = 21;

const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// An id of so many characters.
pub(super) fn new(length: usize, mut rng: ChaCha8Rng) -> Id {
    let character = |position: usize| ALPHABET.get(position).copied().map_or('0', char::from);
    let id: String = (0..length)
        .map(|_| character(rng.random_range(0..ALPHABET.len())))
        .collect();
    id.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};

    #[test]
    fn ids_have_their_length_in_digits_and_small_letters() {
        for (number, length) in [(0, SHORT), (1, STANDARD)] {
            let id = new(length, stream(0, Purpose::Id, number));
            assert_eq!(id.len(), length);
            assert!(id.bytes().all(|byte| ALPHABET.contains(&byte)), "{id}");
        }
    }
}
