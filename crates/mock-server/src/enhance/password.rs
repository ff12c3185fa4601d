//! Passwords, which are kept as Argon2 hashes.

use std::fmt;

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

/// How many KiB a hash may go through, all passes together. A password is held against it while nothing else in the
/// world can change.
pub(super) const MOST_WORK: u64 = 64 * 1024;

/// The hash of a password, as a PHC string.
#[derive(Clone, Eq, PartialEq)]
pub(super) struct PasswordHash(String);

impl PasswordHash {
    /// Hashes a password at the least cost Argon2 allows: what a mock guards is not worth the time of its tests.
    pub(super) fn of(password: &str, mut salt: ChaCha8Rng) -> Self {
        let params = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None)
            .expect("invariant: the least costs are allowed");
        let salt: [u8; 16] = salt.random();
        let hash = Argon2::new(Algorithm::default(), Version::default(), params)
            .hash_password_with_salt(password.as_bytes(), &salt)
            .expect("invariant: 16 bytes are a salt, and no request holds 4 GiB of password");
        Self(hash.to_string())
    }

    /// Reads a hash; nothing where it is none of Argon2's, or one that costs too much to be held against a password.
    pub(super) fn read(text: &str) -> Option<Self> {
        let hash = phc::PasswordHash::new(text).ok()?;
        Algorithm::new(hash.algorithm.as_str()).ok()?;
        if hash
            .version
            .is_some_and(|version| Version::try_from(version).is_err())
        {
            return None;
        }
        let params = Params::try_from(&hash).ok()?;
        if u64::from(params.m_cost()) * u64::from(params.t_cost()) > MOST_WORK {
            return None;
        }
        (hash.salt.is_some() && hash.hash.is_some()).then(|| Self(text.to_owned()))
    }

    /// Whether it is this password's. That takes as long for a near miss as for any other.
    pub(super) fn is_of(&self, password: &str) -> bool {
        Argon2::default()
            .verify_password(password.as_bytes(), self.0.as_str())
            .is_ok()
    }

    /// The PHC string.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Shows nothing of it.
impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};

    fn hash(password: &str, number: u64) -> PasswordHash {
        PasswordHash::of(password, stream(0, Purpose::Id, number))
    }

    #[test]
    fn a_hash_knows_its_own_password_and_no_other() {
        let hash = hash("Secret1", 0);
        assert!(hash.is_of("Secret1"));
        assert!(!hash.is_of("secret1"));
        assert!(!hash.is_of(""));
        assert_eq!(PasswordHash::read(hash.as_str()), Some(hash.clone()));
        assert!(!format!("{hash:?}").contains("argon2"));
    }

    #[test]
    fn one_password_has_many_hashes_and_the_same_one_for_the_same_salt() {
        assert_eq!(hash("Secret1", 0), hash("Secret1", 0));
        assert_ne!(hash("Secret1", 0), hash("Secret1", 1));
    }

    #[test]
    fn a_hash_made_elsewhere_at_another_cost_is_read() {
        let params = Params::new(32, 2, 2, None).unwrap();
        let made = Argon2::new(Algorithm::Argon2i, Version::default(), params)
            .hash_password_with_salt(b"Secret1", b"some salt of ours")
            .unwrap()
            .to_string();
        assert!(PasswordHash::read(&made).unwrap().is_of("Secret1"));
        let (form, rest) = made.split_once("m=32,t=2").unwrap();
        let too_costly = format!("{form}m=65536,t=2{rest}");
        let of_no_version = made.replace("v=19", "v=99");
        for bad in [
            "",
            "Secret1",
            "$2b$10$abc",
            "$argon2id$v=19$m=8,t=1,p=1",
            &too_costly,
            &of_no_version,
        ] {
            assert_eq!(PasswordHash::read(bad), None, "{bad}");
        }
    }
}
