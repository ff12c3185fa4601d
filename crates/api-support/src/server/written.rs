//! The answers that generated code writes: the status is a code of the document, which the generator has checked.

use http::StatusCode;
use serde::Serialize;
use serde_json::json;

use crate::operation::Operation;
use crate::rejection::problem;
use crate::wire::{Answer, Opaque};

/// An answer without a body.
#[must_use]
pub fn empty(code: u16) -> Answer {
    Answer::empty(status(code))
}

/// An answer with a value as JSON.
#[must_use]
pub fn json<T: Serialize + ?Sized>(code: u16, media_type: &str, body: &T) -> Answer {
    Answer::json(status(code), media_type, body)
}

/// An answer with text.
#[must_use]
pub fn text(code: u16, media_type: &str, body: String) -> Answer {
    Answer::text(status(code), media_type, body)
}

/// An answer with opaque bytes under the media type they carry.
#[must_use]
pub fn opaque(code: u16, body: Opaque) -> Answer {
    Answer::opaque(status(code), body)
}

/// The answer of an operation whose handler is not written.
#[must_use]
pub fn unwritten(operation: &Operation) -> Answer {
    not_served(operation, "its handler is not written")
}

/// The answer of an operation that is not served.
pub(super) fn not_served(operation: &Operation, reason: &str) -> Answer {
    let detail = format!("{} {} is not served: {reason}.", operation.method, operation.path);
    problem(
        StatusCode::NOT_IMPLEMENTED,
        &detail,
        &[("operation", json!(operation.id))],
    )
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
