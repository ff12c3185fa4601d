//! Instants and durations as they are written, alike wherever they are read: flags, fixtures, and the control API.

use api_support::schema::Format;
use api_support::validation::has_format;
use jiff::{Span, Timestamp};

/// An instant as RFC 3339 has it (section 5.6, `date-time`), and in no other way that could be read.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    has_format(Format::DateTime, text)
        .then(|| text.parse().ok())
        .flatten()
}

/// The same of a flag, or how to write it.
pub(crate) fn instant_of_flag(text: &str) -> Result<Timestamp, &'static str> {
    instant(text).ok_or("write it as RFC 3339 does, such as 2026-01-01T00:00:00Z")
}

/// A duration as ISO 8601 has it: `PT90M`, `P30D`, `P1M`, or negative, `-PT1H`.
pub(crate) fn duration(text: &str) -> Option<Span> {
    let is_iso = text.trim_start_matches(['+', '-']).starts_with(['P', 'p']);
    is_iso.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_another_way_is_not_read() {
        for text in ["2026-01-01T00:00:00Z", "2026-01-01t01:00:00.5+01:00"] {
            assert!(instant(text).is_some(), "{text}");
        }
        for text in [
            "2026-01-01",
            "2026-01-01T00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00Z[UTC]",
            "20260101T000000Z",
            "now",
            "",
        ] {
            assert!(instant_of_flag(text).is_err(), "{text}");
        }
        for text in ["PT90M", "P30D", "P1M", "-PT1H", "+pt1s"] {
            assert!(duration(text).is_some(), "{text}");
        }
        for text in ["1 hour", "1h", "90m", "01:00:00", "P", "PT", ""] {
            assert!(duration(text).is_none(), "{text}");
        }
    }
}
