use std::fmt;

use serde_json::{Number, Value};

/// A set of JSON types.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Types(u8);

impl Types {
    /// Every type.
    pub const ANY: Self = Self(0b111_1111);
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `boolean`.
    pub const BOOLEAN: Self = Self(1 << 1);
    /// `integer`: a number without a fraction, `1.0` included.
    pub const INTEGER: Self = Self(1 << 2);
    /// `number`, integers included.
    pub const NUMBER: Self = Self((1 << 3) | (1 << 2));
    /// `string`.
    pub const STRING: Self = Self(1 << 4);
    /// `array`.
    pub const ARRAY: Self = Self(1 << 5);
    /// `object`.
    pub const OBJECT: Self = Self(1 << 6);

    const NAMES: [(Self, &'static str); 7] = [
        (Self::NULL, "null"),
        (Self::BOOLEAN, "boolean"),
        (Self(1 << 3), "number"),
        (Self::INTEGER, "integer"),
        (Self::STRING, "string"),
        (Self::ARRAY, "array"),
        (Self::OBJECT, "object"),
    ];

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both sets allow.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether everything in `other` is allowed.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The type a value has; `number` for every number.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(_) => Self::NUMBER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// Whether the value has one of these types.
    #[must_use]
    pub fn allow(self, value: &Value) -> bool {
        match value {
            Value::Null => self.contains(Self::NULL),
            Value::Bool(_) => self.contains(Self::BOOLEAN),
            Value::Number(number) => {
                self.contains(Self::NUMBER) || (self.contains(Self::INTEGER) && is_whole(number))
            }
            Value::String(_) => self.contains(Self::STRING),
            Value::Array(_) => self.contains(Self::ARRAY),
            Value::Object(_) => self.contains(Self::OBJECT),
        }
    }

    /// The words of `type`, in a fixed order; `integer` is left out where `number` stands.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let number = self.contains(Self::NUMBER);
        Self::NAMES
            .into_iter()
            .filter(move |(ty, name)| self.contains(*ty) && !(number && *name == "integer"))
            .map(|(_, name)| name)
    }
}

impl fmt::Display for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.names().collect();
        f.write_str(&names.join(" or "))
    }
}

/// Whether a number has no fraction, however it was written.
#[must_use]
pub fn is_whole(number: &Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
}
