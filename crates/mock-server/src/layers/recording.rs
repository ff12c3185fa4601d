//! Keeping a request and its answer for the journal of its world.
//!
//! The body is heard while the API reads it. What nobody asked for is read afterwards, as far as it comes at once, so
//! that a request that was refused or answered in the API's place can be looked at whole.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use api_support::server::{Match, misrouted};
use api_support::{Operation, Outcome};
use axum::body::{Body, Bytes};
use axum::response::Response;
use http::{Method, Request, header};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Frame, SizeHint};
use tokio::time::{Instant, timeout};

use super::lateness::TooLate;
use crate::journal::{AnsweredBy, Content, Exchange, Headers, Sent};
use crate::served::Served;
use crate::world::{Epoch, Record};

/// How long the rest of a body is waited for that nobody asked for.
const PATIENCE: Duration = Duration::from_millis(100);

/// A request that is being answered. One whose client goes away is recorded without an answer.
#[derive(Debug)]
pub(crate) struct Recording {
    record: Arc<Record>,
    /// `None` once it is recorded, and where nothing is.
    exchange: Option<Exchange>,
    heard: Option<Heard>,
    /// Whether the client sends its body only when it is asked to: `Expect: 100-continue` (RFC 9110, section 10.1.1).
    /// Where it was not asked, its body is not waited for, for that would ask it.
    waits_to_be_asked: bool,
    /// How many bytes of the answer's body are sent; all of them where nothing is said.
    sent: usize,
    begun: Instant,
}

/// What a request is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Purpose<'a> {
    /// When in its world it came.
    pub(crate) epoch: &'a Arc<Epoch>,
    /// Its position among the requests of its world by when they came.
    pub(crate) arrival: u64,
    pub(crate) api: Option<&'static Served>,
    pub(crate) operation: Option<&'static Operation>,
    /// The path as the vendor has it.
    pub(crate) path: &'a str,
}

impl Recording {
    /// Begins to listen to a request, unless nothing is recorded.
    pub(crate) fn begin(purpose: Purpose<'_>, request: &mut Request<Body>) -> Self {
        if !purpose.epoch.record.journal.is_kept() {
            return Self {
                record: Arc::clone(&purpose.epoch.record),
                exchange: None,
                heard: None,
                waits_to_be_asked: false,
                sent: usize::MAX,
                begun: Instant::now(),
            };
        }
        let heard = (!request.body().is_end_stream()).then(|| {
            let heard = Heard::new(std::mem::take(request.body_mut()));
            *request.body_mut() = Body::new(heard.clone());
            heard
        });
        let exchange = Exchange {
            number: 0,
            arrival: purpose.arrival,
            at: purpose.epoch.now(),
            api: purpose.api,
            operation: purpose.operation,
            method: request.method().clone(),
            path: purpose.path.into(),
            query: request.uri().query().map(Into::into),
            headers: Headers::of(request.headers()),
            body: Content::default(),
            is_whole: true,
            answer: None,
            by: match purpose.api {
                Some(_) => AnsweredBy::Api { fault: None },
                None => AnsweredBy::Server,
            },
            documented: true,
            refused: None,
            misrouted: None,
            took: Duration::ZERO,
        };
        Self {
            record: Arc::clone(&purpose.epoch.record),
            exchange: Some(exchange),
            heard,
            waits_to_be_asked: request.headers().contains_key(header::EXPECT),
            // Whatever answers a HEAD, the connection sends no body (RFC 9110, section 9.3.2).
            sent: if request.method() == Method::HEAD {
                0
            } else {
                usize::MAX
            },
            begun: Instant::now(),
        }
    }

    /// Says where the request leads.
    pub(crate) fn found(&mut self, found: &Match) {
        if let Some(exchange) = &mut self.exchange {
            let base_path = exchange.api.map_or("", |api| api.base_path);
            exchange.misrouted = misrouted(found, base_path).map(Box::new);
        }
    }

    /// Says what gives the answer, where it is not what is usual.
    pub(crate) fn answered_by(&mut self, by: AnsweredBy) {
        if let Some(exchange) = &mut self.exchange {
            exchange.by = by;
        }
    }

    /// Says that the answer's body is cut off after so many bytes.
    pub(crate) fn is_cut_after(&mut self, bytes: usize) {
        self.sent = self.sent.min(bytes);
    }

    /// Waits until the time in which the request came is over: its world was reset, or deleted.
    pub(crate) async fn outlived(&self) {
        self.record.ended().await;
    }

    /// Records the request with its answer, and gives the answer back.
    pub(crate) async fn end(mut self, response: Response) -> Response {
        self.answered(response).await
    }

    /// Notes the answer, and gives it back. It is recorded when this is dropped, so that what is sent later can still be
    /// told.
    pub(super) async fn answered(&mut self, response: Response) -> Response {
        if self.exchange.is_none() {
            return response;
        }
        self.hear_the_rest().await;
        let (parts, body) = response.into_parts();
        // Answers are made whole before they are sent; there is nothing to wait for and nothing that can fail.
        let body = body.collect().await.map(http_body_util::Collected::to_bytes);
        let body = body.unwrap_or_default();
        let outcome = parts.extensions.get::<Outcome>();
        if let Some(exchange) = &mut self.exchange {
            if parts.extensions.get::<TooLate>().is_some() {
                exchange.by = AnsweredBy::Server;
            }
            exchange.documented = outcome.is_none_or(|outcome| outcome.documented);
            exchange.refused = outcome.and_then(|outcome| outcome.refused.clone());
            exchange.answer = Some(Sent {
                status: parts.status,
                headers: Headers::of(&parts.headers),
                body: sent_of(&body, self.sent),
            });
        }
        Response::from_parts(parts, Body::from(body))
    }

    /// Records that so many bytes of the answer's body were sent, and no more will be.
    pub(super) fn ended_after(mut self, body: &Bytes, bytes: usize) {
        let answer = self
            .exchange
            .as_mut()
            .and_then(|exchange| exchange.answer.as_mut());
        if let Some(answer) = answer {
            answer.body = sent_of(body, bytes);
        }
    }

    /// Records the request, which gets no answer.
    pub(crate) async fn end_unanswered(self) {
        self.hear_the_rest().await;
    }

    async fn hear_the_rest(&self) {
        if let Some(heard) = &self.heard
            && !heard.is_end_stream()
            && !(self.waits_to_be_asked && heard.is_unheard())
        {
            let mut rest = heard.clone();
            // A client that is slow to send what is not needed is not waited for.
            let _ = timeout(PATIENCE, async { while let Some(Ok(_)) = rest.frame().await {} }).await;
        }
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let Some(mut exchange) = self.exchange.take() else {
            return;
        };
        if let Some(heard) = &self.heard {
            (exchange.body, exchange.is_whole) = heard.content();
        }
        exchange.took = self.begun.elapsed();
        self.record.add(exchange);
    }
}

/// The beginning of a body of which so many bytes are sent.
fn sent_of(body: &Bytes, bytes: usize) -> Content {
    match body.get(..bytes) {
        Some(sent) if bytes < body.len() => Content::of(&Bytes::copy_from_slice(sent)),
        _ => Content::of(body),
    }
}

/// A body whose beginning is kept as it is read.
#[derive(Clone)]
struct Heard(Arc<Mutex<Hearing>>);

struct Hearing {
    body: Body,
    kept: Vec<u8>,
    bytes: usize,
    is_asked_for: bool,
    has_ended: bool,
}

impl Heard {
    fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(Hearing {
            body,
            kept: Vec::new(),
            bytes: 0,
            is_asked_for: false,
            has_ended: false,
        })))
    }

    fn content(&self) -> (Content, bool) {
        let mut hearing = self.lock();
        let content = Content {
            kept: std::mem::take(&mut hearing.kept).into(),
            bytes: hearing.bytes,
        };
        (content, hearing.has_ended || hearing.body.is_end_stream())
    }

    /// Whether nobody has asked for it yet.
    fn is_unheard(&self) -> bool {
        !self.lock().is_asked_for
    }

    /// A body that panicked while it was read is read no further.
    fn lock(&self) -> MutexGuard<'_, Hearing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was heard may have secrets in it.
impl fmt::Debug for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Heard({} bytes)", self.lock().bytes)
    }
}

impl hyper::body::Body for Heard {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut hearing = self.lock();
        hearing.is_asked_for = true;
        let polled = Pin::new(&mut hearing.body).poll_frame(cx);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(data) = frame.data_ref() {
                    let room = Content::MOST.saturating_sub(hearing.kept.len());
                    hearing.kept.extend_from_slice(data.get(..room).unwrap_or(data));
                    hearing.bytes += data.len();
                }
            }
            Poll::Ready(None) => hearing.has_ended = true,
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.lock().body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().body.size_hint()
    }
}
