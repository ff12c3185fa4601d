//! Enumerations of strings: what the definition of a generated one leaves out.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

/// Implements what a generated enumeration of strings has beyond its definition, from its variants and their texts:
/// `ALL`, `as_str`, `Display`, `FromStr` and serde's traits.
#[macro_export]
macro_rules! string_enum {
    ($name:ident; $($variant:ident = $text:literal),+ $(,)?) => {
        impl $name {
            /// Every value, in the order of the document.
            pub const ALL: [Self; [$($text),+].len()] = [$(Self::$variant),+];

            /// The value on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::UnknownValue;

            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::UnknownValue> {
                Self::ALL.into_iter().find(|value| value.as_str() == text).ok_or($crate::UnknownValue)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::one_of(deserializer, &[$($text),+], &Self::ALL)
            }
        }
    };
}

/// Reads a text and gives the value at the same place; what [`string_enum!`] reads with.
#[doc(hidden)]
pub fn one_of<'de, D: Deserializer<'de>, T: Copy>(
    deserializer: D,
    texts: &'static [&'static str],
    values: &[T],
) -> Result<T, D::Error> {
    let position = deserializer.deserialize_str(OneOf(texts))?;
    values
        .get(position)
        .copied()
        .ok_or_else(|| D::Error::custom("no such value"))
}

/// Reads a text as its position among those allowed.
struct OneOf(&'static [&'static str]);

impl Visitor<'_> for OneOf {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<usize, E> {
        let position = self.0.iter().position(|known| *known == text);
        position.ok_or_else(|| E::unknown_variant(text, self.0))
    }
}

#[cfg(test)]
#[expect(
    unreachable_pub,
    reason = "what generated code makes public is private to these tests"
)]
mod tests {
    use serde_json::json;

    #[derive(Clone, Copy, Debug, Eq, PartialEq)]
    enum Color {
        Red,
        Green,
    }

    string_enum! { Color; Red = "red", Green = "green, too" }

    #[test]
    fn a_value_is_its_text_on_the_wire_both_ways() {
        for (value, text) in [(Color::Red, "red"), (Color::Green, "green, too")] {
            assert_eq!(serde_json::to_value(value).ok(), Some(json!(text)));
            assert_eq!(serde_json::from_value(json!(text)).ok(), Some(value));
            assert_eq!(text.parse(), Ok(value));
            assert_eq!(value.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_value_is_refused_with_those_there_are() {
        let unknown = |value| serde_json::from_value::<Color>(value).map_err(|error| error.to_string());
        assert_eq!(
            unknown(json!("blue")),
            Err("unknown variant `blue`, expected `red` or `green, too`".to_owned())
        );
        assert_eq!(
            unknown(json!(3)),
            Err("invalid type: integer `3`, expected a string".to_owned())
        );
    }
}
