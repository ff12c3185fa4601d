//! The clock of a world, as the control API shows and sets it.

use jiff::{SignedDuration, Span, Timestamp, ZonedArithmetic};
use membership_apis::control::models::{self, ClockMode, ClockSetting};

use super::error::ControlError;
use crate::time_text::{self, NotFixed};
use crate::world::Clock;

/// A clock and what it shows.
pub(super) fn view(clock: Clock) -> models::Clock {
    let now = clock.now().to_string();
    match clock {
        Clock::Frozen { .. } => models::Clock {
            mode: ClockMode::Frozen,
            now,
            offset: None,
        },
        Clock::Running { offset } => models::Clock {
            mode: ClockMode::Running,
            now,
            offset: Some(offset.to_string()),
        },
    }
}

/// What a setting makes of a clock.
pub(super) fn setting(setting: &ClockSetting) -> Result<impl FnOnce(Clock) -> Clock + use<>, ControlError> {
    let at = setting.at.as_deref().map(|at| instant(at, "/at")).transpose()?;
    let offset = setting
        .offset
        .as_deref()
        .map(|offset| duration(offset, "/offset"))
        .transpose()?;
    let freezes = setting.mode == ClockMode::Frozen;
    if freezes && offset.is_some() {
        return Err(ControlError::at("/offset", "is only for a clock that runs"));
    }
    if at.is_some() && offset.is_some() {
        return Err(ControlError::at(
            "/offset",
            "cannot stand beside `at`: give one of the two",
        ));
    }
    let running = offset.map(|offset| ahead_by(offset, "/offset")).transpose()?;
    Ok(move |clock: Clock| match (freezes, at, running) {
        (true, at, _) => Clock::Frozen {
            at: at.unwrap_or_else(|| clock.now()),
        },
        (false, Some(at), _) => Clock::running_from(at),
        (false, None, Some(running)) => running,
        // A clock that runs already is not set anew, which would take it back to the last whole millisecond.
        (false, None, None) => match clock {
            Clock::Running { .. } => clock,
            Clock::Frozen { .. } => Clock::running_from(clock.now()),
        },
    })
}

/// Reads an instant of RFC 3339 at a place of the body.
pub(super) fn instant(text: &str, pointer: &str) -> Result<Timestamp, ControlError> {
    time_text::instant(text)
        .ok()
        .filter(|instant| (Clock::FIRST..=Clock::LAST).contains(instant))
        .ok_or_else(|| {
            let detail = format!(
                "must be a time such as 2026-01-01T00:00:00Z, not before {} and not after {}, with nine decimals at most, \
                 and is {text:?}",
                Clock::FIRST,
                Clock::LAST
            );
            ControlError::at(pointer, detail)
        })
}

/// A clock that runs so far ahead of the machine's.
pub(super) fn ahead_by(span: impl Into<ZonedArithmetic>, pointer: &str) -> Result<Clock, ControlError> {
    Clock::ahead_by(span).ok_or_else(|| beyond_time(pointer))
}

/// A clock, this much later.
pub(super) fn advanced(clock: Clock, span: Span) -> Result<Clock, ControlError> {
    clock.advanced_by(span).ok_or_else(|| beyond_time("/by"))
}

fn beyond_time(pointer: &str) -> ControlError {
    let detail = format!(
        "must lead to a time that is not before {} and not after {}",
        Clock::FIRST,
        Clock::LAST
    );
    ControlError::at(pointer, detail)
}

/// Reads a duration of ISO 8601 at a place of the body.
pub(super) fn duration(text: &str, pointer: &str) -> Result<Span, ControlError> {
    time_text::duration(text).ok_or_else(|| unreadable(text, pointer, "PT90M, P30D, P1M or -PT1H"))
}

/// The same of one that fixtures may have.
pub(super) fn fixed_duration(text: &str, pointer: &str) -> Result<SignedDuration, ControlError> {
    time_text::fixed_duration(text).map_err(|why| match why {
        NotFixed::Unreadable => unreadable(text, pointer, "PT90M, P30D or -PT1H"),
        NotFixed::OfTheCalendar => {
            let detail = format!("must have no months and no years, which differ in length, and is {text:?}");
            ControlError::at(pointer, detail)
        }
    })
}

fn unreadable(text: &str, pointer: &str, examples: &str) -> ControlError {
    let detail = format!(
        "cannot be read as a duration, and is {text:?}; write it as ISO 8601 does, such as {examples}, and no longer \
         than all of time"
    );
    ControlError::at(pointer, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(
        clock: Clock,
        mode: ClockMode,
        at: Option<&str>,
        offset: Option<&str>,
    ) -> Result<Clock, ControlError> {
        let asked = ClockSetting {
            mode,
            at: at.map(str::to_owned),
            offset: offset.map(str::to_owned),
        };
        setting(&asked).map(|turn| turn(clock))
    }

    #[test]
    fn a_clock_is_stopped_set_and_let_run() {
        let at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let frozen = Clock::Frozen { at };
        assert_eq!(
            set(
                Clock::default(),
                ClockMode::Frozen,
                Some("2026-01-01T00:00:00Z"),
                None
            )
            .unwrap(),
            frozen
        );
        assert_eq!(set(frozen, ClockMode::Frozen, None, None).unwrap(), frozen);
        assert_eq!(
            set(frozen, ClockMode::Running, None, Some("PT0S")).unwrap(),
            Clock::default()
        );
        let running = set(frozen, ClockMode::Running, None, None).unwrap();
        assert!(matches!(running, Clock::Running { .. }));
        assert!(running.now().duration_since(at).as_secs().abs() < 60);
        assert_eq!(set(running, ClockMode::Running, None, None).unwrap(), running);
        set(frozen, ClockMode::Frozen, None, Some("PT0S")).unwrap_err();
        set(
            frozen,
            ClockMode::Running,
            Some("2026-01-01T00:00:00Z"),
            Some("PT0S"),
        )
        .unwrap_err();
    }

    #[test]
    fn durations_are_those_of_iso_8601() {
        for text in ["PT90M", "P30D", "P1M", "-PT1H", "P1Y2M3DT4H5M6.5S", "P2W", "PT0S"] {
            duration(text, "/by").unwrap();
        }
        for text in ["", "P", "PT", "1h", "90 minutes", "P99999999Y", "PT1H30"] {
            duration(text, "/by").unwrap_err();
        }
    }
}
