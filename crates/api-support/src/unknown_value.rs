use std::fmt;

/// A text or number that is no value of an enumeration.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownValue;

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of the documented values")
    }
}

impl std::error::Error for UnknownValue {}
