use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::rejection::Rejection;
use crate::validation::{Part, Received, Rule, Violation};
use crate::wire::{DecodedBody, Opaque};

/// A request's parameters and body: read, checked, and not yet typed.
#[derive(Debug)]
pub struct Input {
    pub(crate) parameters: Vec<Option<Value>>,
    pub(crate) names: Vec<&'static str>,
    pub(crate) body: DecodedBody,
}

/// A generated request struct.
pub trait FromInput: Sized {
    /// Types what was read.
    ///
    /// # Errors
    /// When a value that passed every rule of the document cannot be held by its Rust type.
    fn from_input(input: Input) -> Result<Self, Rejection>;
}

impl Input {
    /// The parameter at a position, typed; `null` and not sent are read alike.
    ///
    /// # Errors
    /// When the value does not fit the type.
    pub fn parameter<T: DeserializeOwned>(&mut self, position: usize) -> Result<T, Rejection> {
        let value = self
            .parameters
            .get_mut(position)
            .and_then(Option::take)
            .unwrap_or(Value::Null);
        serde_json::from_value(value).map_err(|error| {
            let name = self.names.get(position).copied().unwrap_or_default();
            Rejection::Parameters(vec![Violation {
                part: Part::Query,
                pointer: format!("/{name}"),
                rule: Rule::Unreadable(error.to_string()),
                received: Received::Missing,
            }])
        })
    }

    /// The position of the body's media type among the operation's; `None` where there is no body.
    #[must_use]
    pub fn media_type(&self) -> Option<usize> {
        match self.body {
            DecodedBody::Absent => None,
            DecodedBody::Json(position, _)
            | DecodedBody::Value(position, _)
            | DecodedBody::Text(position, _)
            | DecodedBody::Bytes(position, _) => Some(position),
        }
    }

    /// The body, typed: a JSON document or a form.
    ///
    /// # Errors
    /// When there is none, or it does not fit the type.
    pub fn body<T: DeserializeOwned>(&mut self) -> Result<T, Rejection> {
        let typed = match std::mem::replace(&mut self.body, DecodedBody::Absent) {
            // What the types do not take as it stands, such as a member that stands twice, may be read by its value.
            DecodedBody::Json(_, text) => serde_json::from_slice(&text)
                .or_else(|_| serde_json::from_slice(&text).and_then(serde_json::from_value::<T>)),
            DecodedBody::Value(_, value) => serde_json::from_value(value),
            _ => return Err(Rejection::MissingBody),
        };
        typed.map_err(|error| Rejection::Body(vec![Violation::unreadable(error.to_string())]))
    }

    /// The body as text.
    ///
    /// # Errors
    /// When there is none.
    pub fn text(&mut self) -> Result<String, Rejection> {
        match std::mem::replace(&mut self.body, DecodedBody::Absent) {
            DecodedBody::Text(_, text) => Ok(text),
            _ => Err(Rejection::MissingBody),
        }
    }

    /// The body as bytes.
    ///
    /// # Errors
    /// When there is none.
    pub fn bytes(&mut self) -> Result<Opaque, Rejection> {
        match std::mem::replace(&mut self.body, DecodedBody::Absent) {
            DecodedBody::Bytes(_, bytes) => Ok(bytes),
            _ => Err(Rejection::MissingBody),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Named {
        name: String,
    }

    fn read(text: &'static str) -> Result<Named, Rejection> {
        let mut input = Input {
            parameters: Vec::new(),
            names: Vec::new(),
            body: DecodedBody::Json(0, text.into()),
        };
        input.body()
    }

    #[test]
    fn of_a_member_that_stands_twice_the_last_one_counts() {
        let ada = Named {
            name: "Ada".to_owned(),
        };
        assert_eq!(read(r#"{"name": "Ada"}"#).unwrap(), ada);
        assert_eq!(read(r#"{"name": "Bob", "name": "Ada"}"#).unwrap(), ada);
    }

    #[test]
    fn what_the_types_cannot_hold_is_told_in_the_words_for_values() {
        let Rejection::Body(violations) = read(r#"{"name": 1}"#).unwrap_err() else {
            panic!("another rejection");
        };
        let told = Rule::Unreadable("invalid type: integer `1`, expected a string".to_owned());
        assert_eq!(violations.first().map(|violation| &violation.rule), Some(&told));
    }
}
