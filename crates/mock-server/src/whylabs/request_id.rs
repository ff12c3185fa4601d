//! The id of a request: in the body of every refusal by the application and in a header of every answer.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderName, HeaderValue};

use crate::visit::Visit;

/// The header a caller may name its request in, and every answer names it in.
const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// The caller's own id, else a fresh one.
pub(super) fn of(parts: &Parts) -> String {
    let own = parts
        .headers
        .get(NAME)
        .and_then(|id| id.to_str().ok())
        .filter(|id| !id.is_empty());
    own.map_or_else(|| Visit::of(parts).request_id().to_string(), str::to_owned)
}

/// Gives an answer the id of its request.
pub(super) async fn stamp(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let id = of(&parts);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Ok(value) = HeaderValue::try_from(id) {
        response.headers_mut().insert(NAME, value);
    }
    response
}
