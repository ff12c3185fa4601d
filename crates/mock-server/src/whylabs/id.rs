//! Ids as WhyLabs makes them.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

use super::model::Id;
use crate::digest::Digest;

/// What a new organization's id is made of: letters and digits that nobody takes for one another.
const CLEAR: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";

const LETTERS_AND_DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// An organization's id.
pub(super) fn of_organization(mut rng: ChaCha8Rng) -> Id {
    format!("org-{}", drawn(&mut rng, CLEAR, 6)).into()
}

/// The id of a user who first had this address.
pub(super) fn of_user(email: &str) -> Id {
    format!("user-{}", Digest::of(email)).into()
}

/// The id of a key: what stands before its dot.
pub(super) fn of_key(mut rng: ChaCha8Rng) -> Id {
    drawn(&mut rng, LETTERS_AND_DIGITS, 10).into()
}

fn drawn(rng: &mut ChaCha8Rng, alphabet: &[u8], length: usize) -> String {
    let mut draw = || {
        alphabet
            .get(rng.random_range(0..alphabet.len()))
            .copied()
            .unwrap_or(b'x')
    };
    (0..length).map(|_| char::from(draw())).collect()
}
