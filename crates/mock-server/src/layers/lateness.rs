//! What becomes of a request whose body did not come in time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::response::Response;
use http::{HeaderValue, Request, StatusCode, header};

use crate::problem;

/// In the extensions of a request: whether its body came too late while somebody waited for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lateness(Arc<AtomicBool>);

/// In the extensions of a response: it stands for what was answered to a body that came too late.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TooLate;

impl Lateness {
    /// That of a request; one whose body nobody times is never late.
    pub(crate) fn of<B>(request: &Request<B>) -> Self {
        request.extensions().get::<Self>().cloned().unwrap_or_default()
    }

    pub(crate) fn happen(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// The answer, or 408 in its place, for whoever waited for the body took it for one that was broken off.
    pub(crate) fn checked(&self, response: Response) -> Response {
        if !self.0.load(Ordering::Relaxed) {
            return response;
        }
        let mut response = problem::answer(
            StatusCode::REQUEST_TIMEOUT,
            "The body of the request did not come in time.",
            &[],
        );
        response
            .headers_mut()
            .insert(header::CONNECTION, HeaderValue::from_static("close"));
        response.extensions_mut().insert(TooLate);
        response
    }
}
