use std::time::Duration;

/// Reads a duration such as `30s`, `500ms` or `2m`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    const WRITE: &str = "write a number and a unit, such as 500ms, 30s or 2m";
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let milliseconds = match text.strip_prefix(digits) {
        Some("ms") => 1,
        Some("s") => 1_000,
        Some("m") => 60_000,
        Some("h") => 3_600_000,
        _ => return Err(WRITE.to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| WRITE.to_owned())?;
    let all = number.checked_mul(milliseconds).ok_or(WRITE)?;
    Ok(Duration::from_millis(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_and_a_unit() {
        for (text, milliseconds) in [
            ("500ms", 500),
            ("30s", 30_000),
            ("2m", 120_000),
            ("1h", 3_600_000),
            ("0s", 0),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_millis(milliseconds)), "{text}");
        }
        for text in [
            "",
            "30",
            "s",
            "-1s",
            "1.5s",
            "1 s",
            "1d",
            "99999999999999999999s",
            "9999999999999999999m",
        ] {
            duration(text).unwrap_err();
        }
    }
}
