//! From the bytes of a request to JSON values, and from values to the bytes of a response.

mod answer;
mod body;
mod coerce;
mod form;
mod header;
mod media;
mod parameters;
mod query;
mod rules;
mod styles;

pub use answer::Answer;
pub use body::{BodyLimit, DecodedBody, Opaque};
pub(crate) use body::{choose, decode_body, parse};
pub(crate) use coerce::Coercion;
pub use header::header_text;
pub use media::{essence, media_type_parameters};
pub(crate) use parameters::{Raw, broken_by, check_parameters, decode_parameters};
pub(crate) use query::{Pairs, percent_decode};
pub use rules::{DoubledMembers, EmptyValues, PathChecks, Plus, Repeated, UntypedBodies, WireRules};
