//! A panic in a handler is a bug of ours: the client is told so, and the connection lives on.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use axum::response::Response;
use http::StatusCode;

use crate::problem;

/// Runs what answers a request; a panic becomes a 500.
pub(crate) async fn caught(answer: impl Future<Output = Response>) -> Response {
    let mut answer = pin!(answer);
    // The future is not polled again after it panicked, so nothing half-done in it is ever seen.
    poll_fn(
        |cx| match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
            Ok(polled) => polled,
            Err(panic) => Poll::Ready(told(panic.as_ref())),
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
    problem::answer(StatusCode::INTERNAL_SERVER_ERROR, detail, &[])
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse as _;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_answered_with_500() {
        let response = caught(async { panic!("boom") }).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(
            caught(async { StatusCode::OK.into_response() }).await.status(),
            StatusCode::OK
        );
    }
}
