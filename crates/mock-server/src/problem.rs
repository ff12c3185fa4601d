//! Answers to requests that belong to no API: `application/problem+json` (RFC 9457).

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use serde_json::Value;

/// An answer with a sentence on what is wrong and what to do about it, and further members.
pub(crate) fn answer(status: StatusCode, detail: &str, members: &[(&str, Value)]) -> Response {
    api_support::problem(status, detail, members).into_response()
}
