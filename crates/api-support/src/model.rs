//! What every generated model can do.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::schema::SchemaTable;
use crate::validation::{self, Direction, Violation};

/// A generated type that stands for a schema of its document.
pub trait Model: Serialize + DeserializeOwned {
    /// The table of the API the type belongs to.
    fn table() -> &'static SchemaTable;
    /// The type's schema in the table.
    const SCHEMA: usize;
}

/// Checks a value made in Rust against the schema of its document; what arrives over the wire has been checked.
pub trait Validate {
    /// Checks the value.
    ///
    /// # Errors
    /// Every rule of the schema that the value breaks, with JSON pointers into the value as it would be sent.
    fn validate(&self) -> Result<(), Vec<Violation>>;
}

impl<T: Model> Validate for T {
    fn validate(&self) -> Result<(), Vec<Violation>> {
        let value =
            serde_json::to_value(self).map_err(|error| vec![Violation::unreadable(error.to_string())])?;
        let violations = validation::check(T::table(), T::SCHEMA, &value, Direction::Either);
        if violations.is_empty() {
            Ok(())
        } else {
            Err(violations)
        }
    }
}
