//! A line in the log for each request.

use axum::response::Response;
use http::{Method, Request};
use tokio::time::Instant;

/// A request that is being answered.
#[derive(Debug)]
pub(crate) struct Line {
    /// `None` where nobody reads the log.
    request: Option<(Method, String, Instant)>,
}

impl Line {
    pub(crate) fn begin<B>(request: &Request<B>) -> Self {
        let told = tracing::enabled!(tracing::Level::INFO).then(|| {
            (
                request.method().clone(),
                request.uri().to_string(),
                Instant::now(),
            )
        });
        Self { request: told }
    }

    pub(crate) fn end(self, response: &Response) {
        if let Some((method, uri, begun)) = self.request {
            let milliseconds = begun.elapsed().as_secs_f64() * 1000.0;
            tracing::info!(
                "{method} {uri} {} in {milliseconds:.1} ms",
                response.status().as_u16()
            );
        }
    }
}
