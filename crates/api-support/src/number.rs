//! A JSON number of `type: number`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A finite floating-point number that is written without a fraction when it has none: `10`, not `10.0`.
///
/// Many clients refuse `10.0` where they expect a count, though the document says `type: number`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Number(f64);

/// The number was infinite or not a number, which JSON cannot say.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotFinite;

impl Number {
    /// A number from a float.
    ///
    /// # Errors
    /// When the float is infinite or not a number.
    pub fn new(value: f64) -> Result<Self, NotFinite> {
        // `-0.0` becomes `0.0`, so that equal numbers are equal bytes.
        if value.is_finite() {
            Ok(Self(value + 0.0))
        } else {
            Err(NotFinite)
        }
    }

    /// The float.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// The number as an integer, when it has no fraction and fits one exactly.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
    pub fn as_i64(self) -> Option<i64> {
        const LIMIT: f64 = 9_007_199_254_740_992.0;
        (self.0.fract() == 0.0 && self.0.abs() <= LIMIT).then_some(self.0 as i64)
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self(value.into())
    }
}

impl From<u32> for Number {
    fn from(value: u32) -> Self {
        Self(value.into())
    }
}

impl TryFrom<f64> for Number {
    type Error = NotFinite;

    fn try_from(value: f64) -> Result<Self, NotFinite> {
        Self::new(value)
    }
}

impl From<Number> for f64 {
    fn from(number: Number) -> Self {
        number.0
    }
}

impl fmt::Display for NotFinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON has no infinite numbers and no NaN")
    }
}

impl std::error::Error for NotFinite {}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_i64() {
            Some(whole) => whole.fmt(f),
            None => self.0.fmt(f),
        }
    }
}

// Total, since every number here is finite and zero has one sign.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0.total_cmp(&other.0) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_i64() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Self::new(value).map_err(|_| D::Error::invalid_value(Unexpected::Float(value), &"a finite number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_without_a_fraction() {
        for (read, written) in [
            ("10.0", "10"),
            ("-0.0", "0"),
            ("1.5", "1.5"),
            ("1e3", "1000"),
            ("7", "7"),
        ] {
            let number: Number = serde_json::from_str(read).unwrap();
            assert_eq!(serde_json::to_string(&number).unwrap(), written);
        }
    }
}
