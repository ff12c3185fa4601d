//! Text to values with places.
//!
//! YAML is read by an event parser into a [`tree`] that keeps where everything stands, JSON by a small scanner of
//! our own into the same tree; [`value`] makes the tree a `serde_json::Value`, [`spans`] answers where a JSON
//! pointer stands. Where [`ambiguity`] finds that YAML parsers may part on a text, [`second_reading`] reads it once
//! more through `serde_yaml` and warns if the two differ.

mod ambiguity;
mod characters;
mod document;
mod json;
mod limits;
mod scalar;
mod second_reading;
mod spans;
mod text;
mod tree;
mod value;
mod write;
mod yaml;

pub use document::Document;
pub use limits::{MAX_ALIAS_NODES, MAX_ALIAS_TEXT, MAX_BYTES, MAX_DEPTH, MAX_NODES};
pub(crate) use spans::Spans;
pub use text::Source;
pub use write::to_yaml;
