//! The host a request is for.

use axum::response::Response;
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, Request, StatusCode, Version, header};

use crate::problem;

/// The answer to a request that does not say once which host it is for, as RFC 9112 asks of servers in section 3.2.
pub(crate) fn refusal<B>(request: &Request<B>) -> Option<Response> {
    let hosts = request.headers().get_all(header::HOST).iter().count();
    if hosts == 1 || (hosts == 0 && request.version() < Version::HTTP_11) {
        return None;
    }
    let detail = format!("The request has {hosts} Host headers; it must have one.");
    Some(problem::answer(StatusCode::BAD_REQUEST, &detail, &[]))
}

/// Has the host of the target stand for that of the headers, where the target is a whole URL: it is the one that counts
/// (RFC 9112, 3.2.2), and the APIs are given a target without one.
pub(crate) fn take_from_target<B>(request: &mut Request<B>) {
    let authority = request.uri().authority().map(Authority::as_str);
    let host = authority.and_then(|authority| HeaderValue::from_str(authority).ok());
    if let Some(host) = host {
        request.headers_mut().insert(header::HOST, host);
    }
}

/// Scheme, host and port as the client wrote them, where that is a host.
pub(crate) fn origin(headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| Authority::try_from(host.as_bytes()).ok())
        .filter(|host| !host.host().is_empty() && !host.as_str().contains('@'));
    match host {
        Some(host) => format!("http://{host}"),
        None => "http://localhost".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(target: &str, version: Version, hosts: &[&str]) -> Request<()> {
        let request = Request::get(target).version(version);
        let with = |request: http::request::Builder, host: &&str| request.header(header::HOST, *host);
        hosts.iter().fold(request, with).body(()).unwrap()
    }

    #[test]
    fn a_request_says_once_which_host_it_is_for() {
        let is_refused = |version, hosts: &[&str]| refusal(&request("/x", version, hosts)).is_some();
        assert!(!is_refused(Version::HTTP_11, &["a"]));
        assert!(is_refused(Version::HTTP_11, &[]));
        assert!(!is_refused(Version::HTTP_10, &[]));
        for version in [Version::HTTP_10, Version::HTTP_11] {
            assert!(is_refused(version, &["a", "a"]), "{version:?}");
        }
    }

    #[test]
    fn the_host_of_a_whole_url_counts_and_the_header_does_not() {
        let host = |target: &str| {
            let mut request = request(target, Version::HTTP_11, &["a"]);
            take_from_target(&mut request);
            let hosts = request.headers().get_all(header::HOST).iter();
            hosts
                .map(|host| host.to_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(host("http://c:1/x"), ["c:1"]);
        assert_eq!(host("/x"), ["a"]);
    }

    #[test]
    fn links_lead_to_the_host_that_was_asked_and_to_no_odd_one() {
        let origin = |host| {
            origin(&HeaderMap::from_iter([(
                header::HOST,
                HeaderValue::from_static(host),
            )]))
        };
        assert_eq!(origin("mock.test:4010"), "http://mock.test:4010");
        assert_eq!(origin("[::1]:4010"), "http://[::1]:4010");
        for odd in ["", "a b", "<x>", "user@evil.test", "evil.test/..", "a\"b"] {
            assert_eq!(origin(odd), "http://localhost", "{odd}");
        }
    }
}
