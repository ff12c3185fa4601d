//! Times as Logto writes them.

use api_support::Number;
use jiff::Timestamp;

/// An instant in milliseconds since 1970.
#[expect(
    clippy::cast_precision_loss,
    reason = "a float holds every millisecond there is a timestamp for"
)]
pub(super) fn milliseconds(instant: Timestamp) -> Number {
    Number::new(instant.as_millisecond() as f64).unwrap_or_default()
}

/// The instant a number of milliseconds stands for, where it stands for a whole one that RFC 3339 can write and
/// every other API could have.
pub(super) fn instant(milliseconds: Number) -> Option<Timestamp> {
    let whole = milliseconds.as_i64().filter(|milliseconds| *milliseconds >= 0)?;
    Timestamp::from_millisecond(whole).ok()
}
