//! The trace id of a request: in the body of every refusal and in two headers of every answer.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use membership_apis::clerk::operations::ClerkTraceIdHeaders;

use crate::visit::Visit;

/// Clerk's Go client reads the first; its service has been seen to send the second.
const NAMES: [HeaderName; 2] = [
    HeaderName::from_static("clerk-trace-id"),
    HeaderName::from_static("x-clerk-trace-id"),
];

/// Gives an answer its trace id.
pub(super) async fn stamp(request: Request, next: Next) -> Response {
    let trace = request.extensions().get().map(id);
    let mut response = next.run(request).await;
    if let Some(value) = trace.and_then(|trace| HeaderValue::try_from(trace).ok()) {
        for name in NAMES {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

/// 32 lowercase hexadecimal digits.
pub(super) fn id(visit: &Visit) -> String {
    format!("{:032x}", visit.trace())
}

/// The headers of an answer to a request.
pub(super) fn headers(visit: &Visit) -> ClerkTraceIdHeaders {
    let id = id(visit);
    ClerkTraceIdHeaders {
        clerk_trace_id: Some(id.clone()),
        x_clerk_trace_id: Some(id),
    }
}
