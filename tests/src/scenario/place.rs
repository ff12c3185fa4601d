use std::fmt;

use serde_json::Value;

use crate::wire::Answer;

/// Where something is in an answer.
#[derive(Clone, Debug)]
pub enum Place {
    /// In the body, as `errors.0.code`; the empty place is the whole of it.
    Body(String),
    /// The value of a header.
    Header(&'static str),
}

impl Place {
    /// What is there in an answer.
    pub(super) fn of(&self, answer: &Answer) -> Option<Value> {
        match self {
            Self::Body(_) => self.within(&answer.json()),
            Self::Header(name) => answer.header(name).map(Value::from),
        }
    }

    /// What is there in a body.
    pub(super) fn within(&self, body: &Value) -> Option<Value> {
        match self {
            Self::Body(place) if place.is_empty() => Some(body.clone()),
            Self::Body(place) => body.pointer(&format!("/{}", place.replace('.', "/"))).cloned(),
            Self::Header(_) => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(place) if place.is_empty() => f.write_str("the body"),
            Self::Body(place) => f.write_str(place),
            Self::Header(name) => write!(f, "header {name}"),
        }
    }
}
