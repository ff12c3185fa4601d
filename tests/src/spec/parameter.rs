use serde_json::Value;

use super::document::{Document, examples, is_true, text};
use super::schema::Schema;

/// One parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// Whether it must be sent.
    pub required: bool,
    /// What it may be.
    pub schema: Schema,
    /// A value it may have, as text.
    pub example: String,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
}

impl Parameter {
    /// Reads a parameter.
    ///
    /// # Panics
    /// When it travels where none of our APIs' parameters do, or has no example.
    #[must_use]
    pub fn read(document: &Document, parameter: &Value) -> Self {
        let name = text(parameter, "name").unwrap_or_default().to_owned();
        let location = match text(parameter, "in") {
            Some("path") => Location::Path,
            Some("query") => Location::Query,
            other => panic!("parameter {name} is in {other:?}, which these tests cannot send"),
        };
        let example = examples(document, parameter).into_iter().next();
        let example = example
            .unwrap_or_else(|| panic!("parameter {name} has no example, so no valid request can be made"))
            .1;
        Self {
            name,
            location,
            required: is_true(parameter, "required"),
            schema: Schema::new(document, parameter.get("schema").unwrap_or(&Value::Null)),
            example: example
                .as_str()
                .map_or_else(|| example.to_string(), str::to_owned),
        }
    }
}
