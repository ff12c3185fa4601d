//! What a JSON value lacks of another: of an object at least these members, of an array exactly these items.

use std::borrow::Cow;

use api_support::validation::abridged;
use api_support::{JsonPointer, Received, Value};
use membership_apis::control::models::Difference;

use super::redaction::{self, MASK, Secrets};

/// More of one value are not told.
const MOST_LACKS: usize = 50;

/// Something that is not as it is wanted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lack<'a> {
    /// What of the request it is about; within the body a JSON pointer after the word.
    pub(crate) place: Cow<'a, str>,
    expected: Expected<'a>,
    /// `None` where there is nothing.
    found: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Expected<'a> {
    Text(String),
    /// A value of the body, masked when it is shown.
    Value(&'a Value),
    Items(usize),
}

impl<'a> Lack<'a> {
    /// What is wanted and what there is, as they are shown.
    pub(crate) fn plain(place: &str, expected: &str, found: &str) -> Self {
        Self {
            place: Cow::Owned(place.to_owned()),
            expected: Expected::Text(expected.to_owned()),
            found: Some(found.to_owned()),
        }
    }

    /// What is wanted where there is nothing.
    pub(crate) fn absent(place: &str, expected: &str) -> Self {
        Self {
            found: None,
            ..Self::plain(place, expected, "")
        }
    }

    /// What is wanted at a place of the body.
    pub(crate) fn body(pointer: &JsonPointer, wanted: &'a Value, found: Option<String>) -> Self {
        Self {
            place: Cow::Owned(format!("body{pointer}")),
            expected: Expected::Value(wanted),
            found,
        }
    }

    /// How far off it is: what is not there at all is further off than another value, the more so the more it would be.
    pub(crate) fn weight(&self) -> u64 {
        match (&self.found, &self.expected) {
            (Some(_), _) => 1,
            (None, Expected::Value(wanted)) => 2 * values_in(wanted),
            (None, Expected::Text(_) | Expected::Items(_)) => 2,
        }
    }

    /// As it is shown: secrets masked, and of long texts the beginning.
    pub(crate) fn shown(self, secrets: &Secrets) -> Difference {
        let is_about_secret = self.place.starts_with("body") && redaction::leads_to_secret(&self.place);
        let expected = match self.expected {
            Expected::Text(text) if self.place == "path" => secrets.path(&text),
            Expected::Text(text) => secrets.masked(&text),
            Expected::Value(_) if is_about_secret => MASK.to_owned(),
            Expected::Value(value) if self.place == "body" => {
                redaction::value(value.clone(), secrets).to_string()
            }
            Expected::Value(value) => redaction::member(value.clone(), secrets).to_string(),
            Expected::Items(count) => items(count),
        };
        let found = match self.found {
            None => "nothing".to_owned(),
            Some(_) if is_about_secret => format!("{MASK}, another"),
            Some(found) if self.place == "path" => secrets.path(&found),
            Some(found) => secrets.received(&found),
        };
        Difference {
            place: abridged(&secrets.masked(&self.place)),
            expected: abridged(&expected),
            found: abridged(&found),
        }
    }
}

/// What `found` lacks of `wanted`, in the order of `wanted`.
pub(crate) fn lacks<'a>(wanted: &'a Value, found: &Value) -> Vec<Lack<'a>> {
    let mut lacks = Vec::new();
    compare(wanted, found, &mut JsonPointer::root(), &mut lacks);
    lacks
}

fn compare<'a>(wanted: &'a Value, found: &Value, pointer: &mut JsonPointer, lacks: &mut Vec<Lack<'a>>) {
    if lacks.len() >= MOST_LACKS {
        return;
    }
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            for (name, member) in wanted {
                at(pointer, name, |pointer| match found.get(name) {
                    Some(found) => compare(member, found, pointer, lacks),
                    None => lacks.push(Lack::body(pointer, member, None)),
                });
            }
        }
        (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => {
            for (index, (wanted, found)) in wanted.iter().zip(found).enumerate() {
                at(pointer, &index.to_string(), |pointer| {
                    compare(wanted, found, pointer, lacks)
                });
            }
        }
        (Value::Array(wanted), Value::Array(found)) => lacks.push(Lack {
            place: Cow::Owned(format!("body{pointer}")),
            expected: Expected::Items(wanted.len()),
            found: Some(items(found.len())),
        }),
        (wanted, found) if is_equal(wanted, found) => {}
        (wanted, found) => lacks.push(Lack::body(
            pointer,
            wanted,
            Some(Received::from(found).to_string()),
        )),
    }
}

/// How many values there are in one that have no others in them.
fn values_in(value: &Value) -> u64 {
    match value {
        Value::Object(members) => members.values().map(values_in).sum::<u64>().max(1),
        Value::Array(items) => items.iter().map(values_in).sum::<u64>().max(1),
        _ => 1,
    }
}

/// Numbers are equal by value, however they are written.
fn is_equal(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Number(wanted), Value::Number(found)) => {
            wanted == found || (wanted.is_f64() || found.is_f64()) && wanted.as_f64() == found.as_f64()
        }
        (wanted, found) => wanted == found,
    }
}

fn items(count: usize) -> String {
    Received::Array(count).to_string()
}

fn at(pointer: &mut JsonPointer, step: &str, inner: impl FnOnce(&mut JsonPointer)) {
    pointer.push(step);
    inner(pointer);
    pointer.pop();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(wanted: &Value, found: &Value) -> Vec<String> {
        let lacks = lacks(wanted, found).into_iter();
        let shown = lacks.map(|lack| lack.shown(&Secrets::default()));
        shown
            .map(|difference| {
                format!(
                    "{} {} {}",
                    difference.place, difference.expected, difference.found
                )
            })
            .collect()
    }

    #[test]
    fn an_object_holds_at_least_the_members_and_an_array_exactly_the_items() {
        let none: [&str; 0] = [];
        assert_eq!(told(&json!({ "a": 1 }), &json!({ "a": 1.0, "b": 2 })), none);
        assert_eq!(told(&json!([{ "a": 1 }]), &json!([{ "a": 1, "b": 2 }])), none);
        assert_eq!(told(&json!({}), &json!({ "a": 1 })), none);
        assert_eq!(
            told(&json!([1]), &json!([1, 2])),
            ["body an array of 1 item an array of 2 items"]
        );
        assert_eq!(
            told(
                &json!({ "a/b": { "c": 1, "d": [true] } }),
                &json!({ "a/b": { "c": "1", "d": [null] } })
            ),
            ["body/a~1b/c 1 \"1\"", "body/a~1b/d/0 true null"]
        );
        assert_eq!(
            told(&json!({ "a": 1 }), &json!([])),
            ["body {\"a\":1} an array of 0 items"]
        );
        assert_eq!(told(&json!({ "a": 1 }), &json!({})), ["body/a 1 nothing"]);
    }

    #[test]
    fn secrets_are_compared_and_not_shown() {
        let found = json!({ "password": "Sesame-1" });
        assert_eq!(told(&json!({ "password": "Sesame-1" }), &found), [""; 0]);
        assert_eq!(
            told(&json!({ "password": "Sesame-2" }), &found),
            ["body/password … …, another"]
        );
        assert_eq!(
            told(&json!({ "password": "Sesame-2" }), &json!({})),
            ["body/password … nothing"]
        );
    }
}
