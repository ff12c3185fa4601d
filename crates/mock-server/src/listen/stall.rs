use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Sleep, sleep};

/// Bounds the time for which the system takes nothing of what is written to a client. It takes more when the client has
/// taken a good part of what it holds, which is little: see [`SEND_BUFFER`](super::SEND_BUFFER).
#[derive(Debug)]
pub(super) struct Stall {
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Stall {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, timer: None }
    }

    /// What comes of an attempt to write: an error where none has come to anything for too long.
    pub(super) fn bound<T>(
        &mut self,
        attempt: Poll<io::Result<T>>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if attempt.is_ready() {
            self.timer = None;
            return attempt;
        }
        let limit = self.limit;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        timer
            .as_mut()
            .poll(cx)
            .map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::io::{AsyncReadExt as _, AsyncWrite as _, DuplexStream, duplex};
    use tokio::time::Instant;

    use super::*;

    const LIMIT: Duration = Duration::from_millis(50);

    async fn write(stream: &mut DuplexStream, stall: &mut Stall) -> io::Result<usize> {
        poll_fn(|cx| {
            let attempt = Pin::new(&mut *stream).poll_write(cx, b"four");
            stall.bound(attempt, cx)
        })
        .await
    }

    #[tokio::test]
    async fn a_client_that_takes_nothing_has_so_much_time_from_the_last_it_took() {
        let (mut ours, mut theirs) = duplex(4);
        let mut stall = Stall::new(LIMIT);
        for _ in 0..2 {
            assert_eq!(write(&mut ours, &mut stall).await.unwrap(), 4);
            let begun = Instant::now();
            let stalled = write(&mut ours, &mut stall).await.unwrap_err();
            assert_eq!(stalled.kind(), io::ErrorKind::TimedOut);
            assert!(begun.elapsed() >= LIMIT);
            theirs.read_exact(&mut [0; 4]).await.unwrap();
        }
    }
}
