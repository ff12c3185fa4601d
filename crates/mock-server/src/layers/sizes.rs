//! How long the head of a request may be.

use axum::response::Response;
use http::{Request, StatusCode};

use crate::config::Limits;
use crate::problem;

/// The answer to a request whose head is too long.
pub(crate) fn refusal<B>(request: &Request<B>, limits: &Limits) -> Option<Response> {
    let uri = request
        .uri()
        .path_and_query()
        .map_or(0, |text| text.as_str().len());
    if uri > limits.uri_bytes {
        let detail = format!(
            "Path and query have {uri} bytes; they may have {}.",
            limits.uri_bytes
        );
        return Some(problem::answer(StatusCode::URI_TOO_LONG, &detail, &[]));
    }
    let headers: usize = request
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if headers > limits.header_bytes {
        let detail = format!(
            "The headers have {headers} bytes; they may have {}.",
            limits.header_bytes
        );
        return Some(problem::answer(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            &detail,
            &[],
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_refused_past_its_limits_and_not_at_them() {
        let limits = Limits {
            uri_bytes: 6,
            header_bytes: 6,
            ..Limits::default()
        };
        let status = |uri: &str, value: &str| {
            let request = Request::get(uri).header("a", value).body(()).unwrap();
            refusal(&request, &limits).map(|response| response.status().as_u16())
        };
        assert_eq!(status("/a?b=c", "12345"), None);
        assert_eq!(status("/a?b=cd", "12345"), Some(414));
        assert_eq!(status("/a?b=c", "123456"), Some(431));
    }
}
