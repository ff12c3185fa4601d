//! One connection, from its first byte to its last.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::response::Response;
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until, timeout};

use super::connections::{Seat, Usher};
use super::hangup::Hangup;
use super::late::Timed;
use super::phase::{Activity, Answering, Phase};
use super::stall::Stall;
use crate::app::App;
use crate::config::Limits;
use crate::layers::faults::NoAnswer;
use crate::problem;

/// The most bytes of a head that are read before hyper gives up on it with an answer of its own. Heads between our
/// own limit and this one get a better answer than an empty one.
const HEAD_BUFFER: usize = 128 * 1024;

/// How long a client may go on sending after its last answer. Closing while bytes arrive would reset the connection,
/// and a reset can overtake the answer.
const LINGER: Duration = Duration::from_secs(1);

/// How many bytes of that are read at most.
const LINGER_BYTES: u64 = 16 * 1024 * 1024;

type Answer = Pin<Box<dyn Future<Output = Result<hyper::Response<Tracked>, Infallible>> + Send>>;

/// Why a connection is at its end.
enum End {
    /// Both sides are done, or the client was not speaking HTTP and was told so.
    Done,
    /// A fault asked for it in place of an answer, or within one.
    HungUp,
    /// Nothing came for too long.
    Idle,
    /// A head was begun and not finished in time.
    SlowHead,
}

/// Serves a connection until it ends.
pub(super) async fn serve(stream: TcpStream, seat: Seat, app: Arc<App>, limits: Limits) {
    let activity = seat.activity().clone();
    let hangup = Hangup::default();
    let io = TokioIo::new(Watched {
        stream,
        stall: Stall::new(limits.idle),
        activity: activity.clone(),
        hangup: hangup.clone(),
    });
    let (requests, line) = (activity.clone(), hangup.clone());
    let service = service_fn(move |request| {
        let app = Arc::clone(&app);
        answer(request, requests.begin(), line.clone(), app, limits)
    });
    let http = http();
    let mut connection = http.serve_connection(io, service);
    let mut timer = pin!(sleep_until(Instant::now()));
    let mut is_told = false;
    // The idle time for which it is known that no head was begun.
    let mut quiet = activity.now().1;
    let (stream, end) = loop {
        let end = poll_fn(|cx| {
            loop {
                if connection.poll_without_shutdown(cx).is_ready() {
                    return Poll::Ready(Some(End::Done));
                }
                if hangup.is_due() {
                    return Poll::Ready(Some(End::HungUp));
                }
                if seat.is_last_answer() && !is_told {
                    is_told = true;
                    Pin::new(&mut connection).graceful_shutdown();
                    continue;
                }
                let (phase, since) = activity.now();
                let (patience, end) = match phase {
                    Phase::Idle if since != quiet => (limits.head.min(limits.idle), None),
                    Phase::Opened | Phase::Idle => (limits.idle, Some(End::Idle)),
                    Phase::Head => (limits.head, None),
                    Phase::Busy | Phase::Sending | Phase::Closing => return Poll::Pending,
                };
                if timer.deadline() != since + patience {
                    timer.as_mut().reset(since + patience);
                }
                return timer.as_mut().poll(cx).map(|()| end);
            }
        })
        .await;
        // A head may have begun in the bytes that ended the request before, and empty lines before one do not begin it.
        // Only hyper knows what it has, and tells when taken apart.
        let parts = connection.into_parts();
        let is_begun = parts.read_buf.iter().any(|byte| !b"\r\n".contains(byte));
        if end.is_some() || is_begun {
            break (parts.io.into_inner().stream, end.unwrap_or(End::SlowHead));
        }
        activity.nothing_begun();
        quiet = activity.now().1;
        connection = http.serve_connection(parts.io, parts.service);
    };
    activity.end();
    part(stream, end).await;
}

fn http() -> http1::Builder {
    let mut http = http1::Builder::new();
    http.max_buf_size(HEAD_BUFFER)
        .half_close(true)
        .header_read_timeout(None)
        // The date is the only thing that would differ between two runs with one seed.
        .auto_date_header(false);
    http
}

/// Says what is left to say, and ends the connection.
async fn part(mut stream: TcpStream, end: End) {
    match end {
        End::Done | End::HungUp => linger(&mut stream).await,
        End::Idle => {}
        End::SlowHead => {
            let detail = "The head of the request did not come in time.";
            say(&mut stream, StatusCode::REQUEST_TIMEOUT, detail).await;
        }
    }
}

/// Tells a newcomer that there is no room.
pub(super) async fn refuse(mut stream: TcpStream, usher: Usher) {
    let detail = "There are as many connections as there may be, and none of them is idle. Try again.";
    say(&mut stream, StatusCode::SERVICE_UNAVAILABLE, detail).await;
    drop(usher);
}

fn answer(
    request: Request<Incoming>,
    answering: Answering,
    hangup: Hangup,
    app: Arc<App>,
    limits: Limits,
) -> Answer {
    Box::pin(async move {
        let (parts, body) = request.into_parts();
        let body = Timed::new(body, limits.body);
        let lateness = body.lateness();
        let mut request = Request::from_parts(parts, Body::new(body));
        request.extensions_mut().insert(lateness);
        let response = app.answer(request).await;
        if response.extensions().get::<NoAnswer>().is_some() {
            hangup.ask();
            return std::future::pending().await;
        }
        Ok(response.map(|body| Tracked {
            body,
            hangup,
            _answering: answering,
        }))
    })
}

/// Writes an answer past hyper, which has no request to answer, and ends the connection.
async fn say(stream: &mut TcpStream, status: StatusCode, detail: &str) {
    let response: Response = problem::answer(status, detail, &[]);
    let body = response
        .into_body()
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes)
        .unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let written = async {
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&body).await
    };
    if matches!(timeout(LINGER, written).await, Ok(Ok(()))) {
        linger(stream).await;
    }
}

/// Ends the connection without cutting off what was just written.
async fn linger(stream: &mut TcpStream) {
    // A client that is gone already needs no farewell.
    let farewell = async {
        stream.shutdown().await?;
        tokio::io::copy(&mut stream.take(LINGER_BYTES), &mut tokio::io::sink()).await
    };
    let _ = timeout(LINGER, farewell).await;
}

/// A socket that notes when bytes come, and when all that was written is out; writing fails where the client takes
/// next to nothing for too long.
struct Watched {
    stream: TcpStream,
    stall: Stall,
    activity: Activity,
    hangup: Hangup,
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.activity.received();
        }
        read
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.stall.bound(written, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.stall.bound(written, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        if flushed.is_ready() {
            self.activity.flushed();
            self.hangup.flushed();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// The body of an answer; the answer is made when it is dropped. Where it fails, the connection is closed.
struct Tracked {
    body: Body,
    hangup: Hangup,
    _answering: Answering,
}

impl hyper::body::Body for Tracked {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
            None => Poll::Ready(None),
            Some(Ok(frame)) => Poll::Ready(Some(Ok(frame))),
            Some(Err(_)) => {
                self.hangup.ask();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
