//! Instants and durations as they are written, alike wherever they are read: flags, fixtures, and the control API.

use api_support::schema::Format;
use api_support::validation::has_format;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};

use crate::world::Clock;

/// The most decimals of a second that an instant can have.
const MOST_DECIMALS: usize = 9;

/// Why a text is no instant.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum NotAnInstant {
    /// It is written in another way.
    #[error("write it as RFC 3339 does, such as 2026-01-01T00:00:00Z")]
    Unreadable,
    /// It is finer than any clock.
    #[error("its seconds have more than {MOST_DECIMALS} decimals")]
    TooFine,
    /// Years have four digits, but not all instants of the last of them can be told in every time zone.
    #[error("it is beyond the last time there is, {}", Timestamp::MAX)]
    TooLate,
}

/// Why a text is no duration that is alike on every day.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum NotFixed {
    /// It is no duration.
    Unreadable,
    /// It has months or years, which differ in length.
    OfTheCalendar,
}

/// An instant as RFC 3339 has it (section 5.6, `date-time`), and in no other way that could be read.
pub(crate) fn instant(text: &str) -> Result<Timestamp, NotAnInstant> {
    if !has_format(Format::DateTime, text) {
        return Err(NotAnInstant::Unreadable);
    }
    let decimals = text.split_once('.').map_or(0, |(_, after)| {
        after.bytes().take_while(u8::is_ascii_digit).count()
    });
    match text.parse() {
        Ok(instant) => Ok(instant),
        Err(_) if decimals > MOST_DECIMALS => Err(NotAnInstant::TooFine),
        Err(_) => Err(NotAnInstant::TooLate),
    }
}

/// The same of a flag, where a clock can show it.
pub(crate) fn instant_of_flag(text: &str) -> Result<Timestamp, String> {
    let (first, last) = (Clock::FIRST, Clock::LAST);
    match instant(text) {
        Ok(instant) if (first..=last).contains(&instant) => Ok(instant),
        Ok(_) | Err(NotAnInstant::TooLate) => Err(format!(
            "no clock shows that: give an instant from {first} to {last}"
        )),
        Err(reason) => Err(reason.to_string()),
    }
}

/// A duration as ISO 8601 has it: `PT90M`, `P30D`, `P1M`, or negative, `-PT1H`.
pub(crate) fn duration(text: &str) -> Option<Span> {
    let is_iso = text.trim_start_matches(['+', '-']).starts_with(['P', 'p']);
    is_iso.then(|| text.parse().ok()).flatten()
}

/// The same without months and years, so that it is as long whenever it is read. A day has 24 hours.
pub(crate) fn fixed_duration(text: &str) -> Result<SignedDuration, NotFixed> {
    let span = duration(text).ok_or(NotFixed::Unreadable)?;
    if span.get_months() != 0 || span.get_years() != 0 {
        return Err(NotFixed::OfTheCalendar);
    }
    span.to_duration(SpanRelativeTo::days_are_24_hours())
        .map_err(|_| NotFixed::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_another_way_is_not_read() {
        for text in ["2026-01-01T00:00:00Z", "2026-01-01t01:00:00.5+01:00"] {
            instant(text).unwrap();
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
            assert_eq!(instant(text), Err(NotAnInstant::Unreadable), "{text}");
            let told = instant_of_flag(text).unwrap_err();
            assert!(told.contains("RFC 3339"), "{text}: {told}");
        }
        for text in ["PT90M", "P30D", "P1M", "-PT1H", "+pt1s"] {
            assert!(duration(text).is_some(), "{text}");
        }
        for text in ["1 hour", "1h", "90m", "01:00:00", "P", "PT", ""] {
            assert!(duration(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_written_well_and_is_no_instant_is_told_apart() {
        for (text, why) in [
            ("2026-01-01T00:00:00.1234567890Z", NotAnInstant::TooFine),
            ("9999-12-31T00:00:00.1234567890Z", NotAnInstant::TooFine),
            ("9999-12-31T00:00:00Z", NotAnInstant::TooLate),
            ("9999-12-31T23:59:59.123456789Z", NotAnInstant::TooLate),
        ] {
            assert_eq!(instant(text), Err(why), "{text}");
        }
        for text in [
            "2026-01-01T00:00:00.123456789Z",
            "9999-12-30T22:00:00.999999999Z",
            "0000-01-01T00:00:00+23:59",
            "2016-12-31T23:59:60Z",
        ] {
            instant(text).unwrap();
        }
    }

    #[test]
    fn a_duration_of_the_calendar_has_no_fixed_length() {
        for text in ["P1M", "P1Y", "-P1M", "P1Y2M3DT4H", "P1M1D"] {
            assert_eq!(fixed_duration(text), Err(NotFixed::OfTheCalendar), "{text}");
        }
        for (text, hours) in [("P1D", 24), ("-P1W", -168), ("P1W1DT1H", 193), ("P0M", 0)] {
            assert_eq!(
                fixed_duration(text),
                Ok(SignedDuration::from_hours(hours)),
                "{text}"
            );
        }
        assert_eq!(fixed_duration("1 hour"), Err(NotFixed::Unreadable));
    }

    #[test]
    fn a_flag_names_the_limits_of_clocks_to_an_instant_beyond_them() {
        for text in ["1970-01-01T00:00:00Z", "9999-12-30T22:00:00Z"] {
            assert_eq!(instant_of_flag(text), Ok(text.parse().unwrap()));
        }
        for text in ["1969-12-31T23:59:59Z", "9999-12-30T22:00:01Z"] {
            let told = instant_of_flag(text).unwrap_err();
            for limit in ["1970-01-01T00:00:00Z", "9999-12-30T22:00:00"] {
                assert!(told.contains(limit), "{text}: {told}");
            }
        }
    }
}
