//! What a secret is known by: the secret itself is kept nowhere.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The SHA-256 digest of a secret that is too random to be guessed, such as a key or a token. Finding one by its digest
/// tells nothing through the time it takes.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Digest([u8; 32]);

impl Digest {
    pub(crate) fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// Reads the 64 hexadecimal digits that fixtures write a digest with, whose form the format has checked.
    pub(crate) fn of_hex(text: &str) -> Self {
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).unwrap_or_default();
            *byte = u8::from_str_radix(pair, 16).unwrap_or_default();
        }
        Self(digest)
    }
}

/// In hexadecimal.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_written_and_read_in_hexadecimal() {
        let digest = Digest::of("sk_test_rollcall");
        let written = digest.to_string();
        assert_eq!(written.len(), 64);
        assert_eq!(Digest::of_hex(&written), digest);
        assert_ne!(Digest::of("sk_test_rollcal"), digest);
    }
}
