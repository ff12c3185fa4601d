//! Cross-origin requests: any page may call, with credentials, and read every header.

use axum::response::{IntoResponse as _, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

/// How long a browser may remember that it may call, in seconds.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// What a request says about where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Cors {
    origin: Option<HeaderValue>,
    method: Option<HeaderValue>,
    headers: Option<HeaderValue>,
}

impl Cors {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        Self {
            origin: headers.get(ORIGIN).cloned(),
            method: headers.get(ACCESS_CONTROL_REQUEST_METHOD).cloned(),
            headers: headers.get(ACCESS_CONTROL_REQUEST_HEADERS).cloned(),
        }
    }

    /// The answer to a browser that asks whether it may call: yes, whatever it is about to send.
    pub(crate) fn preflight(&self, method: &Method) -> Option<Response> {
        let asked = self
            .method
            .as_ref()
            .filter(|_| *method == Method::OPTIONS && self.origin.is_some())?;
        let mut response = StatusCode::NO_CONTENT.into_response();
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, asked.clone());
        headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        if let Some(wanted) = &self.headers {
            headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
        }
        headers.append(
            VARY,
            HeaderValue::from_static("Access-Control-Request-Method, Access-Control-Request-Headers"),
        );
        Some(response)
    }

    /// Lets the page that sent the request read the answer. `*` would not do: with credentials it stands for itself.
    pub(crate) fn allow(&self, response: &mut Response) {
        let Some(origin) = &self.origin else { return };
        let readable: Vec<&str> = response.headers().keys().map(http::HeaderName::as_str).collect();
        let readable = HeaderValue::from_str(&readable.join(", ")).ok();
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.append(VARY, HeaderValue::from_static("Origin"));
        if let Some(readable) = readable.filter(|readable| !readable.is_empty()) {
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, readable);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cors(pairs: &[(http::HeaderName, &'static str)]) -> Cors {
        Cors::of(
            &pairs
                .iter()
                .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
                .collect(),
        )
    }

    #[test]
    fn a_preflight_is_allowed_what_it_asks_for() {
        let cors = cors(&[
            (ORIGIN, "http://app.test"),
            (ACCESS_CONTROL_REQUEST_METHOD, "PATCH"),
            (ACCESS_CONTROL_REQUEST_HEADERS, "authorization"),
        ]);
        let mut response = cors.preflight(&Method::OPTIONS).unwrap();
        cors.allow(&mut response);
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_METHODS], "PATCH");
        assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_HEADERS], "authorization");
        assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], "http://app.test");
    }

    #[test]
    fn options_that_are_no_preflight_go_on_to_the_api() {
        assert!(
            cors(&[(ORIGIN, "http://app.test")])
                .preflight(&Method::OPTIONS)
                .is_none()
        );
        assert!(
            cors(&[(ACCESS_CONTROL_REQUEST_METHOD, "GET")])
                .preflight(&Method::OPTIONS)
                .is_none()
        );
    }

    #[test]
    fn answers_to_other_programs_than_browsers_stay_as_they_are() {
        let mut response = StatusCode::OK.into_response();
        cors(&[]).allow(&mut response);
        assert!(response.headers().is_empty());
    }
}
