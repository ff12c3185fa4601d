//! Ids as Enhance makes them, random UUIDs; and the secrets it gives out.

use rand::RngExt as _;
use rand::distr::Alphanumeric;
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

/// An id.
pub(crate) type Id = Uuid;

/// How many letters and digits a secret has: more than 250 random bits.
const SECRET_LENGTH: usize = 43;

/// How many characters an id has, hyphens included.
const ID_LENGTH: usize = 36;

pub(super) fn new(mut rng: ChaCha8Rng) -> Id {
    uuid::Builder::from_random_bytes(rng.random()).into_uuid()
}

/// Reads an id in whatever case. What has another form names nothing.
pub(super) fn read(text: &str) -> Option<Id> {
    // There are shorter and longer ways of writing a UUID, which Enhance's ids are not written in.
    (text.len() == ID_LENGTH)
        .then(|| Uuid::try_parse(text).ok())
        .flatten()
}

/// What a session or an access token is shown by.
pub(super) fn secret(rng: ChaCha8Rng) -> String {
    rng.sample_iter(Alphanumeric)
        .take(SECRET_LENGTH)
        .map(char::from)
        .collect()
}

/// A colour such as `#3f7cac`.
pub(super) fn color(mut rng: ChaCha8Rng) -> String {
    format!("#{:06x}", rng.random_range(0..1_u32 << 24))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};

    #[test]
    fn ids_are_read_in_either_case_and_in_one_form_only() {
        let id = new(stream(0, Purpose::Id, 0));
        assert_eq!(id.get_version_num(), 4);
        assert_eq!(read(&id.to_string()), Some(id));
        assert_eq!(read(&id.to_string().to_uppercase()), Some(id));
        for other in [id.simple().to_string(), id.urn().to_string(), String::new()] {
            assert_eq!(read(&other), None, "{other}");
        }
    }

    #[test]
    fn secrets_are_long_and_need_no_encoding() {
        let secret = secret(stream(0, Purpose::Id, 0));
        assert_eq!(secret.len(), SECRET_LENGTH);
        assert!(
            secret.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            "{secret}"
        );
    }
}
