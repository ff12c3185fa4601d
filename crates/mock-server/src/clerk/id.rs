//! Ids as Clerk makes them: a prefix, and a KSUID that begins with the second it was made in.

use jiff::Timestamp;
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use svix_ksuid::{Ksuid, KsuidLike as _};

use super::model::Id;

/// The second KSUIDs count from (segmentio/ksuid).
const EPOCH: i64 = 1_400_000_000;

/// An id of a kind: `orgmem` and the like.
pub(super) fn new(prefix: &str, now: Timestamp, mut rng: ChaCha8Rng) -> Id {
    // The range of a KSUID ends in 2150; later ids have its last second.
    let second = u32::try_from(now.as_second().saturating_sub(EPOCH).max(0)).unwrap_or(u32::MAX);
    let mut bytes = [0; 20];
    let (time, payload) = bytes.split_at_mut(4);
    time.copy_from_slice(&second.to_be_bytes());
    rng.fill(payload);
    format!("{prefix}_{}", Ksuid::from_bytes(bytes).to_base62()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};

    #[test]
    fn ids_have_27_letters_and_digits_and_sort_by_second() {
        let id = |second, number| {
            new(
                "orgmem",
                Timestamp::from_second(second).unwrap(),
                stream(0, Purpose::Id, number),
            )
        };
        let mut last = String::new();
        for (number, second) in [0, EPOCH, EPOCH + 1, 1_724_749_942, 4_102_444_800, 100_000_000_000]
            .into_iter()
            .enumerate()
        {
            let id = id(second, u64::try_from(number).unwrap());
            let (prefix, rest) = id.split_once('_').unwrap();
            assert_eq!((prefix, rest.len()), ("orgmem", 27));
            assert!(rest.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
            assert!(second <= EPOCH || *id > *last, "{id} after {last}");
            last = id.to_string();
        }
    }
}
