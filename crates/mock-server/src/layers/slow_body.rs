//! The body of an answer that comes slowly.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use super::recording::Recording;

/// How many pieces come in a second, where there are bytes enough.
const PIECES: u32 = 20;

/// A body that is sent in pieces, each when it is due and none before.
#[derive(Debug)]
pub(super) struct SlowBody {
    whole: Bytes,
    bytes_per_second: u32,
    sent: usize,
    /// When the body was first waited for, and the time of the next piece.
    timing: Option<(Instant, Pin<Box<Sleep>>)>,
    /// What keeps the call, until no more is sent.
    recording: Option<Recording>,
}

impl SlowBody {
    pub(super) fn new(body: Bytes, bytes_per_second: u32) -> Self {
        Self {
            whole: body,
            bytes_per_second: bytes_per_second.max(1),
            sent: 0,
            timing: None,
            recording: None,
        }
    }

    /// The same body; the call is recorded when the last piece is sent, or the body is dropped before.
    pub(super) fn recorded_by(mut self, recording: Recording) -> Self {
        self.recording = Some(recording);
        self
    }

    fn rest(&self) -> usize {
        self.whole.len() - self.sent
    }

    fn record(&mut self) {
        if let Some(recording) = self.recording.take() {
            recording.ended_after(&self.whole, self.sent);
        }
    }

    /// The length of the next piece.
    fn piece(&self) -> usize {
        let usual = usize::try_from(self.bytes_per_second.div_ceil(PIECES)).unwrap_or(usize::MAX);
        usual.min(self.rest())
    }

    /// How long after the beginning so many bytes are due.
    #[expect(
        clippy::cast_precision_loss,
        reason = "no body is so long that a byte of it counts"
    )]
    fn due(&self, bytes: usize) -> Duration {
        Duration::from_secs_f64(bytes as f64 / f64::from(self.bytes_per_second))
    }
}

impl Body for SlowBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.piece();
        if piece == 0 {
            return Poll::Ready(None);
        }
        let due = self.due(self.sent + piece);
        let (_, timer) = self.timing.get_or_insert_with(|| {
            let begun = Instant::now();
            (begun, Box::pin(sleep_until(begun + due)))
        });
        std::task::ready!(timer.as_mut().poll(cx));
        let data = self.whole.slice(self.sent..self.sent + piece);
        self.sent += piece;
        if self.rest() == 0 {
            // The client may look for the call as soon as it has the last byte.
            self.record();
        }
        let next = self.due(self.sent + self.piece());
        if let Some((begun, timer)) = &mut self.timing {
            timer.as_mut().reset(*begun + next);
        }
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest() == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.rest()).unwrap_or(u64::MAX))
    }
}

/// Its client is gone, the server stops, or there was nothing to send.
impl Drop for SlowBody {
    fn drop(&mut self) {
        self.record();
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;

    use super::*;

    /// When each piece came, in milliseconds, and its length.
    async fn pieces(length: usize, bytes_per_second: u32) -> Vec<(u128, usize)> {
        let begun = Instant::now();
        let mut body = SlowBody::new(vec![b'x'; length].into(), bytes_per_second);
        let mut pieces = Vec::new();
        while let Some(Ok(frame)) = body.frame().await {
            let length = frame.data_ref().map_or(0, Bytes::len);
            pieces.push((begun.elapsed().as_millis(), length));
        }
        pieces
    }

    #[tokio::test]
    async fn no_byte_comes_before_it_is_due() {
        for (length, bytes_per_second, due) in [
            (3, 100, &[(30, 3)][..]),
            (3, 20, &[(50, 1), (100, 1), (150, 1)]),
            (250, 2000, &[(50, 100), (100, 100), (125, 50)]),
            (10, 1_000_000_000, &[(0, 10)]),
            (0, 1, &[]),
        ] {
            let pieces = pieces(length, bytes_per_second).await;
            assert_eq!(pieces.len(), due.len(), "{pieces:?}");
            for ((came, length), (due, expected)) in pieces.iter().zip(due) {
                assert!(came >= due && length == expected, "{pieces:?}");
            }
        }
    }

    #[test]
    fn its_length_is_known_from_the_beginning() {
        let body = SlowBody::new(Bytes::from_static(b"four"), 1);
        assert_eq!(body.size_hint().exact(), Some(4));
        assert!(!body.is_end_stream());
    }
}
