//! A property that can be absent, `null`, or a value.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A property that is neither required nor forbidden to be `null`, where the two differ: in a PATCH, absent leaves
/// a value alone and `null` clears it.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Field<T> {
    /// The property is not there.
    #[default]
    Absent,
    /// The property is there and is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Field<T> {
    /// Whether the property is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// `None` where the property is absent, `Some(None)` where it is `null`.
    pub fn into_option(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<T>::deserialize(deserializer).map(|value| value.map_or(Self::Null, Self::Value))
    }
}

impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

/// Reads a property that must be there but may be `null`; serde alone would let an `Option` be missing.
///
/// # Errors
/// Those of `T`.
pub fn required_nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::<T>::deserialize(deserializer)
}

/// Reads a property that may be absent but not `null`; serde alone would read `null` as absent.
///
/// # Errors
/// Those of `T`, `null` among them unless `T` allows it.
pub fn optional<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Patch {
        #[serde(default, skip_serializing_if = "Field::is_absent")]
        note: Field<String>,
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "optional"
        )]
        name: Option<String>,
    }

    #[test]
    fn absent_null_and_value_stay_apart_both_ways() {
        for (text, note) in [
            ("{}", Field::Absent),
            (r#"{"note":null}"#, Field::Null),
            (r#"{"note":"x"}"#, Field::Value("x".to_owned())),
        ] {
            let patch: Patch = serde_json::from_str(text).unwrap();
            assert_eq!(patch.note, note);
            assert_eq!(serde_json::to_string(&patch).unwrap(), text);
        }
    }

    #[test]
    fn null_is_refused_where_a_property_may_only_be_absent() {
        serde_json::from_str::<Patch>(r#"{"name":null}"#).unwrap_err();
    }
}
