use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::operation::{Location, Parameter};
use crate::rejection::Rejection;
use crate::validation::{Received, Rule, Violation};
use crate::wire::{DecodedBody, Opaque, broken_by};

/// A request's parameters and body: read, checked, and not yet typed.
#[derive(Debug)]
pub struct Input {
    pub(crate) parameters: Vec<Option<Value>>,
    /// What the document has for each of them.
    pub(crate) documented: &'static [Parameter],
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
        let sent = self.parameters.get_mut(position).and_then(Option::take);
        T::deserialize(sent.as_ref().unwrap_or(&Value::Null)).map_err(|error| {
            let Some(parameter) = self.documented.get(position) else {
                return Rejection::Parameters(Vec::new());
            };
            let received = sent.as_ref().map_or(Received::Missing, Received::from);
            let broken = vec![broken_by(
                parameter,
                Rule::Unreadable(error.to_string()),
                received,
            )];
            match parameter.location {
                Location::Path => Rejection::Path(broken),
                Location::Query | Location::Header | Location::Cookie => Rejection::Parameters(broken),
            }
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
    use crate::validation::Part;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Named {
        name: String,
    }

    fn read(text: &'static str) -> Result<Named, Rejection> {
        let mut input = Input {
            parameters: Vec::new(),
            documented: &[],
            body: DecodedBody::Json(0, text.into()),
        };
        input.body()
    }

    #[test]
    fn a_parameter_the_types_cannot_hold_is_told_with_its_place_and_what_was_sent() {
        static DOCUMENTED: [Parameter; 3] = [
            Parameter::path("a/b", 0),
            Parameter::header("X-Size", 0),
            Parameter::cookie("size", 0),
        ];
        let mut input = Input {
            parameters: vec![Some(1.5.into()), Some("x".into()), None],
            documented: &DOCUMENTED,
            body: DecodedBody::Absent,
        };
        let told = [0, 1, 2].map(|position| {
            let rejection = input.parameter::<i64>(position).unwrap_err();
            let is_path = matches!(rejection, Rejection::Path(_));
            let [broken] = rejection.violations() else {
                panic!("not one: {rejection:?}")
            };
            let (pointer, received) = (broken.pointer.clone(), broken.received.to_string());
            (is_path, broken.part, pointer, received)
        });
        let expected = [
            (true, Part::Path, "/a~1b", "1.5"),
            (false, Part::Header, "/X-Size", "\"x\""),
            (false, Part::Cookie, "/size", "nothing"),
        ];
        assert_eq!(
            told,
            expected.map(|(is_path, part, pointer, received)| {
                (is_path, part, pointer.to_owned(), received.to_owned())
            })
        );
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
