//! A line in the log for each request.

use axum::response::Response;
use http::{Method, Request, Uri};
use tokio::time::Instant;

use super::faults::NoAnswer;
use crate::journal::redaction;

/// A request that is being answered.
#[derive(Debug)]
pub(crate) struct Line {
    /// `None` where nobody reads the log.
    request: Option<(Method, String, Instant)>,
}

impl Line {
    pub(crate) fn begin<B>(request: &Request<B>) -> Self {
        let told = tracing::enabled!(tracing::Level::INFO)
            .then(|| (request.method().clone(), target(request.uri()), Instant::now()));
        Self { request: told }
    }

    pub(crate) fn end(self, response: &Response) {
        if let Some((method, uri, begun)) = self.request {
            let milliseconds = begun.elapsed().as_secs_f64() * 1000.0;
            let answer = match response.extensions().get::<NoAnswer>() {
                Some(NoAnswer) => "no answer".to_owned(),
                None => response.status().as_u16().to_string(),
            };
            tracing::info!("{method} {uri} {answer} in {milliseconds:.1} ms");
        }
    }
}

/// Path and query, but for the secrets in them.
fn target(uri: &Uri) -> String {
    let path = redaction::path(uri.path());
    match uri.query() {
        Some(query) => format!("{path}?{}", redaction::query(query)),
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_logged_without_the_passwords_in_it() {
        let logged = |uri: &'static str| target(&Uri::from_static(uri));
        assert_eq!(
            logged("/orgs/o/members?limit=2&role=Owner"),
            "/orgs/o/members?limit=2&role=Owner"
        );
        assert_eq!(logged("/orgs/o/members"), "/orgs/o/members");
        assert_eq!(logged("/orgs/o/invites"), "/orgs/o/invites");
        assert_eq!(
            logged("/w/a/invites/secret/validate?x"),
            "/w/a/invites/…/validate?x"
        );
        assert_eq!(
            logged("/w/a/login/sessions/sso?x=1&otp=secret"),
            "/w/a/login/sessions/sso?x=1&otp=…"
        );
    }
}
