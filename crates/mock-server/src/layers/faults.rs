//! What goes wrong with a call on purpose.
//!
//! Whatever it is, the call is in the journal of its world: with what was sent of the answer, or without one where
//! there was none. A call whose answer comes slowly is there when all of it is sent, or the client is gone.

use std::future::Future;

use api_support::operation::StatusSpec;
use api_support::{Operation, Outcome};
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use tokio::time::timeout;

use super::forced;
use super::recording::{Purpose, Recording};
use super::slow_body::SlowBody;
use super::truncated_body::TruncatedBody;
use crate::faults::{Call, Effect, Strike};
use crate::journal::AnsweredBy;
use crate::problem;
use crate::visit::RequestRandom;

/// In the extensions of a response: the connection is to be closed in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NoAnswer;

/// The fault that takes effect on a call of an API.
pub(crate) fn strike(purpose: Purpose<'_>, request: &Request<Body>, random: RequestRandom) -> Option<Strike> {
    let faults = &purpose.epoch.faults;
    if faults.is_empty() {
        return None;
    }
    faults.strike(&Call {
        api: purpose.api?,
        operation: purpose.operation,
        method: request.method(),
        path: purpose.path,
        headers: request.headers(),
        random,
        now: purpose.epoch.now(),
    })
}

/// What comes of a call that a fault takes effect on. Nothing is done by asking the API before `asked` is awaited.
pub(crate) async fn answer(
    strike: Strike,
    mut recording: Recording,
    asked: impl Future<Output = Response>,
) -> Response {
    recording.answered_by(answered_by(&strike));
    if !strike.delay.is_zero() && timeout(strike.delay, recording.outlived()).await.is_ok() {
        // What it was to do belongs to a state that is gone, once nothing holds on to it.
        drop((strike, asked));
        return unanswered(recording).await;
    }
    match strike.effect() {
        None => recording.end(asked.await).await,
        Some(Effect::Documented { status, example }) => {
            match documented(&strike, *status, example.as_deref()) {
                Some(response) => recording.end(response).await,
                // One could be made up when the fault was; where this request's randomness makes none, the API answers.
                None => {
                    recording.answered_by(AnsweredBy::Api {
                        fault: Some(strike.fault()),
                    });
                    recording.end(asked.await).await
                }
            }
        }
        Some(Effect::Raw(answer)) => {
            recording
                .end(marked(&strike, answer.clone().into_response()))
                .await
        }
        Some(Effect::RateLimit(_)) => recording.end(too_many(&strike)).await,
        Some(Effect::EmptyBody) => recording.end(emptied(asked.await)).await,
        Some(Effect::SlowBody { bytes_per_second }) => {
            let (parts, body) = whole(recording.answered(asked.await).await).await;
            let body = SlowBody::new(body, *bytes_per_second).recorded_by(recording);
            Response::from_parts(parts, Body::new(body))
        }
        Some(Effect::TruncatedBody { bytes }) => {
            let (parts, body) = whole(asked.await).await;
            let bytes = bytes.unwrap_or(body.len() / 2);
            recording.is_cut_after(bytes);
            let answer = Response::from_parts(parts, Body::from(body));
            let (parts, body) = whole(recording.end(answer).await).await;
            Response::from_parts(parts, TruncatedBody::cut(body, bytes))
        }
        Some(Effect::CutConnection { after_handling }) => {
            if *after_handling {
                drop(asked.await);
            }
            unanswered(recording).await
        }
    }
}

async fn unanswered(recording: Recording) -> Response {
    recording.end_unanswered().await;
    let mut response = Response::default();
    response.extensions_mut().insert(NoAnswer);
    response
}

fn answered_by(strike: &Strike) -> AnsweredBy {
    let id = strike.fault();
    match strike.effect() {
        None | Some(Effect::SlowBody { .. } | Effect::EmptyBody | Effect::TruncatedBody { .. }) => {
            AnsweredBy::Api { fault: Some(id) }
        }
        Some(
            Effect::Documented { .. } | Effect::Raw(_) | Effect::CutConnection { .. } | Effect::RateLimit(_),
        ) => AnsweredBy::Fault { id },
    }
}

fn documented(strike: &Strike, status: StatusSpec, example: Option<&str>) -> Option<Response> {
    let rng = &mut strike.random.made_up();
    forced::documented(strike.api, strike.operation?, status, example, rng)
}

/// An answer that was not made from the document, which may have it none the less.
fn marked(strike: &Strike, mut response: Response) -> Response {
    let status = response.status().as_u16();
    let is_documented = |operation: &Operation| operation.documented(status).is_some();
    response.extensions_mut().insert(Outcome {
        operation: strike.operation,
        documented: strike.operation.is_none_or(is_documented),
        refused: None,
    });
    response
}

/// 429, with the body that the operation documents for it, where it does.
fn too_many(strike: &Strike) -> Response {
    let retry_after = strike.retry_after.unwrap_or_default();
    let mut response = match documented(strike, StatusSpec::Code(429), None) {
        Some(response) => response,
        None => {
            let detail = format!(
                "A fault of this world limits the rate of such calls; they go through again after {retry_after} s."
            );
            marked(
                strike,
                problem::answer(StatusCode::TOO_MANY_REQUESTS, &detail, &[]),
            )
        }
    };
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    response
}

fn emptied(response: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::empty())
}

/// An answer is made whole before it is sent, and its body cannot fail.
async fn whole(response: Response) -> (http::response::Parts, Bytes) {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes);
    (parts, body.unwrap_or_default())
}

#[cfg(test)]
mod tests;
