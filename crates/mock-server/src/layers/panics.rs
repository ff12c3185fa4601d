//! A panic in a handler is a bug of ours: the client is told so, and the connection lives on.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use api_support::Outcome;
use axum::response::Response;
use http::StatusCode;

use crate::problem;

/// Runs what answers a request. The error is the answer where it panics: a 500 that nobody documents.
pub(crate) async fn caught<T>(answer: impl Future<Output = T>) -> Result<T, Response> {
    let mut answer = pin!(answer);
    // The future is not polled again after it panicked, so nothing half-done in it is ever seen.
    poll_fn(
        |cx| match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
            Ok(polled) => polled.map(Ok),
            Err(panic) => Poll::Ready(Err(told(panic.as_ref()))),
        },
    )
    .await
}

fn told(panic: &(dyn Any + Send)) -> Response {
    let message = panic.downcast_ref::<&str>().copied();
    let message = message
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    tracing::error!(message, "a request could not be answered because of a panic");
    let detail = "The mock server has a bug that keeps it from answering this request. Its log says more.";
    let mut response = problem::answer(StatusCode::INTERNAL_SERVER_ERROR, detail, &[]);
    response.extensions_mut().insert(Outcome {
        operation: None,
        documented: false,
        refused: None,
    });
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_with_500() {
        let response = caught(async { panic!("boom") })
            .await
            .map(|(): ()| ())
            .unwrap_err();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(caught(async { 1 }).await.unwrap(), 1);
    }
}
