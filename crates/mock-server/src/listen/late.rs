//! A request body that must be complete in time.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::layers::lateness::Lateness;

/// The body of a request. The time runs from when the server first waits for it, so that a handler that is slow, or
/// does not care for the body, is not held against the client.
#[derive(Debug)]
pub(super) struct Timed {
    body: Incoming,
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    lateness: Lateness,
}

impl Timed {
    pub(super) fn new(body: Incoming, limit: Duration) -> Self {
        Self {
            body,
            limit,
            timer: None,
            lateness: Lateness::default(),
        }
    }

    pub(super) fn lateness(&self) -> Lateness {
        self.lateness.clone()
    }
}

/// Why a body ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    #[error("it did not come in time")]
    Late,
    #[error(transparent)]
    Lost(#[from] hyper::Error),
}

impl Body for Timed {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Broken::Lost)));
        }
        let limit = self.limit;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        if timer.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.lateness.happen();
        Poll::Ready(Some(Err(Broken::Late)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
