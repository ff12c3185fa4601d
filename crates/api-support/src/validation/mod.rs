//! Checking JSON values against a [`SchemaTable`], and saying everything that is wrong with them.
//!
//! serde stops at the first mistake and words it for programmers; a server's answer to a bad request should name
//! every field. So a body is checked here first and deserialised only when nothing is wrong with it.

mod bounds;
mod check;
mod doubled;
mod equality;
mod format;
mod steps;
mod text;
mod violation;
mod whole;

pub use check::{Direction, MOST_VIOLATIONS, check, matches};
pub(crate) use doubled::doubled_members;
pub use format::has_format;
pub(crate) use text::is_documented_text;
pub use text::is_valid_text;
pub use violation::{Part, Received, Rule, Violation, abridged};
pub use whole::unify_whole_numbers;

#[cfg(doc)]
use crate::schema::SchemaTable;
