//! The body of an answer that breaks off.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};

/// A body that is announced whole, and fails when only its beginning has come. The connection is then closed.
#[derive(Debug)]
pub(super) struct TruncatedBody {
    rest: Bytes,
    missing: usize,
}

/// Why it fails.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the body is cut off")]
pub(super) struct CutOff;

impl TruncatedBody {
    /// A body that ends after so many bytes; the body itself, where it has no more.
    pub(super) fn cut(mut body: Bytes, bytes: usize) -> Body {
        let missing = body.len().saturating_sub(bytes);
        if missing == 0 {
            return Body::from(body);
        }
        body.truncate(bytes);
        Body::new(Self { rest: body, missing })
    }
}

impl hyper::body::Body for TruncatedBody {
    type Data = Bytes;
    type Error = CutOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, CutOff>>> {
        let rest = std::mem::take(&mut self.rest);
        let frame = if rest.is_empty() {
            Err(CutOff)
        } else {
            Ok(Frame::data(rest))
        };
        Poll::Ready(Some(frame))
    }

    fn is_end_stream(&self) -> bool {
        false
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.rest.len() + self.missing).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;
    use hyper::body::Body as _;

    use super::*;

    #[tokio::test]
    async fn the_beginning_comes_and_then_it_fails() {
        let mut body = TruncatedBody::cut(Bytes::from_static(b"whole"), 2);
        assert_eq!(body.size_hint().exact(), Some(5));
        let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
        assert_eq!(first, "wh");
        assert!(!body.is_end_stream());
        body.frame().await.unwrap().unwrap_err();
    }

    #[tokio::test]
    async fn a_body_that_has_no_more_bytes_comes_whole() {
        for (bytes, is_whole) in [(0, false), (4, false), (5, true), (6, true)] {
            let body = TruncatedBody::cut(Bytes::from_static(b"whole"), bytes);
            assert_eq!(body.collect().await.is_ok(), is_whole, "{bytes}");
        }
        assert!(TruncatedBody::cut(Bytes::new(), 0).is_end_stream());
    }
}
