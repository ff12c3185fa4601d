use std::fmt;

use serde_json::{Map, Value};

/// A JSON value that can stand in a `static`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants are JSON's own words")]
pub enum Literal {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    String(&'static str),
    Array(&'static [Self]),
    Object(&'static [(&'static str, Self)]),
}

impl Literal {
    /// The value itself.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Int(value) => Value::from(value),
            Self::Uint(value) => Value::from(value),
            Self::Float(value) => Value::from(value),
            Self::String(value) => Value::from(value),
            Self::Array(items) => items.iter().map(|item| item.to_value()).collect(),
            Self::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), value.to_value()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// The value as a floating-point number, for bounds; not a number for anything that is none.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "bounds beyond 2^53 are compared exactly before this is asked"
    )]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::Uint(value) => value as f64,
            Self::Float(value) => value,
            _ => f64::NAN,
        }
    }

    /// The value as a whole number, when it is one.
    #[must_use]
    pub fn as_i128(self) -> Option<i128> {
        match self {
            Self::Int(value) => Some(value.into()),
            Self::Uint(value) => Some(value.into()),
            _ => None,
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_value().fmt(f)
    }
}
