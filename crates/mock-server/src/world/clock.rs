use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, TimestampRound, Unit, ZonedArithmetic};

/// What time it is in a world.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Clock {
    /// The machine's time and so much more.
    Running {
        /// How far it runs ahead; negative when behind.
        offset: SignedDuration,
    },
    /// It stands still.
    Frozen {
        /// The instant it stands at.
        at: Timestamp,
    },
}

impl Default for Clock {
    fn default() -> Self {
        Self::Running {
            offset: SignedDuration::ZERO,
        }
    }
}

impl Clock {
    /// The instant it shows, in whole milliseconds, which is as fine as any of the APIs tells time. None of
    /// them can tell of a time before 1970, and there is a last one: a clock set beyond either shows that.
    #[must_use]
    pub fn now(self) -> Timestamp {
        whole_milliseconds(self.instant().clamp(Self::FIRST, Self::LAST))
    }

    /// The first instant a clock shows.
    pub const FIRST: Timestamp = Timestamp::UNIX_EPOCH;

    /// The last one.
    pub const LAST: Timestamp = Timestamp::MAX;

    /// The same clock; one that is set beyond the first or the last instant is set to that.
    #[must_use]
    pub fn bounded(self) -> Self {
        let instant = self.instant();
        let shown = instant.clamp(Self::FIRST, Self::LAST);
        match self {
            _ if shown == instant => self,
            Self::Running { .. } => Self::running_from(shown),
            Self::Frozen { .. } => Self::Frozen { at: shown },
        }
    }

    /// The instant it is set to, which may be none that it shows.
    fn instant(self) -> Timestamp {
        match self {
            Self::Running { offset } => saturating_add(machine_time(), offset),
            Self::Frozen { at } => at,
        }
    }

    /// A clock that shows this instant now, and runs.
    #[must_use]
    pub fn running_from(instant: Timestamp) -> Self {
        Self::Running {
            offset: instant.duration_since(machine_time()),
        }
    }

    /// A clock that runs so far ahead of the machine's: months and years by the calendar of UTC. None, where that is
    /// beyond the first or the last instant.
    #[must_use]
    pub fn ahead_by(span: impl Into<ZonedArithmetic>) -> Option<Self> {
        Self::default().advanced_by(span)
    }

    /// The same clock, this much later: months and years by the calendar of UTC. None, where that is beyond the first
    /// or the last instant.
    #[must_use]
    pub fn advanced_by(self, span: impl Into<ZonedArithmetic>) -> Option<Self> {
        let now = self.now();
        let there = now.to_zoned(TimeZone::UTC).checked_add(span).ok()?.timestamp();
        (Self::FIRST..=Self::LAST)
            .contains(&there)
            .then(|| self.advanced(there.duration_since(now)))
    }

    /// The same clock, this much later, and no further than the first or the last instant.
    #[must_use]
    pub fn advanced(self, by: SignedDuration) -> Self {
        let there = match self {
            Self::Running { offset } => Self::Running {
                offset: offset.saturating_add(by),
            },
            Self::Frozen { at } => Self::Frozen {
                at: saturating_add(at, by),
            },
        };
        there.bounded()
    }
}

fn saturating_add(instant: Timestamp, duration: SignedDuration) -> Timestamp {
    instant
        .checked_add(duration)
        .unwrap_or(if duration.is_negative() {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
}

/// Cuts off what is finer than a millisecond.
pub(crate) fn whole_milliseconds(instant: Timestamp) -> Timestamp {
    let down = TimestampRound::new()
        .smallest(Unit::Millisecond)
        .mode(jiff::RoundMode::Floor);
    instant.round(down).unwrap_or(instant)
}

#[expect(
    clippy::disallowed_methods,
    reason = "here the machine's time becomes a world's"
)]
fn machine_time() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_it_is_advanced() {
        let at = "2026-01-01T00:00:00.123456Z".parse().unwrap();
        let clock = Clock::Frozen { at };
        assert_eq!(clock.now().to_string(), "2026-01-01T00:00:00.123Z");
        let later = clock.advanced(SignedDuration::from_hours(1));
        assert_eq!(later.now().to_string(), "2026-01-01T01:00:00.123Z");
    }

    #[test]
    fn a_running_clock_keeps_its_distance_to_the_machines() {
        let ahead = Clock::default().advanced(SignedDuration::from_hours(24));
        let distance = ahead.now().duration_since(Clock::default().now());
        assert!(
            distance.as_hours() == 24 || distance.as_mins() == 24 * 60 - 1,
            "{distance}"
        );
    }

    #[test]
    fn months_and_years_go_by_the_calendar() {
        let advanced = |from: &str, by: &str| {
            let clock = Clock::Frozen {
                at: from.parse().unwrap(),
            };
            let advanced = clock.advanced_by(by.parse::<jiff::Span>().unwrap());
            advanced.map_or_else(|| "none".to_owned(), |clock| clock.now().to_string())
        };
        assert_eq!(advanced("2024-01-31T12:00:00Z", "P1M"), "2024-02-29T12:00:00Z");
        assert_eq!(advanced("2024-02-29T12:00:00Z", "P1Y"), "2025-02-28T12:00:00Z");
        assert_eq!(advanced("2024-03-31T12:00:00Z", "-P1M"), "2024-02-29T12:00:00Z");
        assert_eq!(advanced("2024-01-01T00:00:00Z", "P1DT1H"), "2024-01-02T01:00:00Z");
        for beyond in ["P7976Y", "P9998Y", "-P55Y", "-P9998Y"] {
            assert_eq!(advanced("2024-01-01T00:00:00Z", beyond), "none", "{beyond}");
        }
    }

    #[test]
    fn no_clock_can_be_set_beyond_the_end_of_time() {
        let clock = Clock::default()
            .advanced(SignedDuration::MAX)
            .advanced(SignedDuration::MAX);
        assert_eq!(clock.now(), whole_milliseconds(Timestamp::MAX));
        let first = Clock::Frozen { at: Timestamp::MIN }.advanced(SignedDuration::MIN);
        assert_eq!(first.now(), Timestamp::UNIX_EPOCH);
        assert_eq!(
            first,
            Clock::Frozen {
                at: Timestamp::UNIX_EPOCH
            }
        );
    }
}
