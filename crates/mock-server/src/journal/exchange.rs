use std::fmt;
use std::time::Duration;

use api_support::server::Deviation;
use api_support::{Operation, Refused};
use axum::body::Bytes;
use http::{HeaderMap, Method, StatusCode};
use jiff::Timestamp;

use super::redaction;
use crate::served::Served;

/// What an exchange weighs besides its texts and bodies.
const OVERHEAD: usize = 512;

/// A request and its answer, as they were: secrets are masked when it is shown.
#[derive(Clone)]
pub(crate) struct Exchange {
    /// Its position among what the journal was given, from 1: requests are numbered as they end, so that whoever has seen
    /// the last one has seen all before it. 0 until the journal has it.
    pub(crate) number: u64,
    /// Its position among the requests of its world by when they came, from 1.
    pub(crate) arrival: u64,
    /// When it came, by the world's clock.
    pub(crate) at: Timestamp,
    /// The API it is for, where it is for one.
    pub(crate) api: Option<&'static Served>,
    /// The operation it calls, where it calls one.
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) method: Method,
    /// As the vendor has it, without world and API name.
    pub(crate) path: Box<str>,
    pub(crate) query: Option<Box<str>>,
    pub(crate) headers: Headers,
    pub(crate) body: Content,
    /// Whether all of the body came.
    pub(crate) is_whole: bool,
    /// The answer; none where the connection was cut, or the client went away before it.
    pub(crate) answer: Option<Sent>,
    pub(crate) by: AnsweredBy,
    /// Whether the API documents the answer.
    pub(crate) documented: bool,
    /// Why the API refused it, where it did.
    pub(crate) refused: Option<Refused>,
    /// What is off about it, where it is for an API and for no operation of it.
    pub(crate) misrouted: Option<Box<Deviation>>,
    /// How long the answer took.
    pub(crate) took: Duration,
}

/// What gave an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum AnsweredBy {
    /// The API itself, maybe after the delay of the fault of this number.
    Api { fault: Option<u64> },
    /// The request, by asking for it.
    Forced,
    /// The fault of this number.
    Fault { id: u64 },
    /// The server, for the request is for no API, or asks for an answer that is not documented.
    Server,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) status: StatusCode,
    pub(crate) headers: Headers,
    pub(crate) body: Content,
}

/// Headers in one piece of text: a line each, the name in lower case, a colon, the value.
#[derive(Clone, Default)]
pub(crate) struct Headers(Box<[u8]>);

impl Headers {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let length =
            |(name, value): (&http::HeaderName, &http::HeaderValue)| name.as_str().len() + value.len() + 2;
        let mut lines = Vec::with_capacity(headers.iter().map(length).sum());
        for (name, value) in headers {
            lines.extend_from_slice(name.as_str().as_bytes());
            lines.push(b':');
            lines.extend_from_slice(value.as_bytes());
            // No value of a header has one.
            lines.push(b'\n');
        }
        Self(lines.into())
    }

    /// Names and values, in the order they came.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.split(|byte| *byte == b'\n').filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let (name, value) = line.split_at_checked(colon)?;
            Some((std::str::from_utf8(name).ok()?, value.get(1..)?))
        })
    }
}

/// A body, or the beginning of one.
#[derive(Clone, Default)]
pub(crate) struct Content {
    pub(crate) kept: Bytes,
    /// How many bytes there were.
    pub(crate) bytes: usize,
}

impl Content {
    /// How many bytes of a body are kept.
    pub(crate) const MOST: usize = 64 * 1024;

    pub(crate) fn of(body: &Bytes) -> Self {
        let kept = match body.get(..Self::MOST) {
            // A slice of it would keep the rest in memory too.
            Some(beginning) if body.len() > Self::MOST => Bytes::copy_from_slice(beginning),
            _ => body.clone(),
        };
        Self {
            kept,
            bytes: body.len(),
        }
    }

    pub(crate) fn is_truncated(&self) -> bool {
        self.kept.len() < self.bytes
    }
}

impl Exchange {
    /// Whether all of its body came and is kept; nothing can be said of what is in it otherwise.
    pub(crate) fn is_body_known(&self) -> bool {
        self.is_whole && !self.body.is_truncated()
    }

    /// How much it weighs, about.
    pub(crate) fn bytes(&self) -> usize {
        let sent = self
            .answer
            .as_ref()
            .map_or(0, |sent| sent.headers.0.len() + sent.body.kept.len());
        let query = self.query.as_ref().map_or(0, |query| query.len());
        let refused = self.refused.as_ref().map_or(0, Refused::bytes);
        let misrouted = self.misrouted.as_ref();
        let misrouted = misrouted.map_or(0, |deviation| size_of_val(&**deviation) + deviation.detail.len());
        OVERHEAD
            + self.path.len()
            + query
            + self.headers.0.len()
            + self.body.kept.len()
            + sent
            + refused
            + misrouted
    }

    #[cfg(test)]
    pub(crate) fn blank(arrival: u64) -> Self {
        Self {
            number: 0,
            arrival,
            at: Timestamp::UNIX_EPOCH,
            api: None,
            operation: None,
            method: Method::GET,
            path: "/".into(),
            query: None,
            headers: Headers::default(),
            body: Content::default(),
            is_whole: true,
            answer: None,
            by: AnsweredBy::Server,
            documented: true,
            refused: None,
            misrouted: None,
            took: Duration::ZERO,
        }
    }
}

/// Path, query, headers and bodies may have secrets in them, which no debug output shows.
impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("number", &self.number)
            .field("method", &self.method)
            .field("path", &redaction::path(&self.path))
            .field("answer", &self.answer)
            .finish_non_exhaustive()
    }
}

/// Only the names.
impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

/// Only the length.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use api_support::{Part, Received, Rejection, Rule, Value, Violation};
    use http::HeaderValue;

    use super::*;

    #[test]
    fn headers_are_read_as_they_were_written() {
        let mut map = HeaderMap::new();
        map.append("a", HeaderValue::from_static("x: y"));
        map.append("a", HeaderValue::from_bytes(b"\xff").unwrap());
        map.append("b", HeaderValue::from_static(""));
        let headers = Headers::of(&map);
        let read: Vec<_> = headers.iter().collect();
        assert_eq!(read, [("a", &b"x: y"[..]), ("a", b"\xff"), ("b", b"")]);
    }

    #[test]
    fn of_a_long_body_nothing_but_what_is_kept_stays_in_memory() {
        let long = Bytes::from(vec![b'a'; Content::MOST + 1]);
        let content = Content::of(&long);
        assert_eq!(
            (content.kept.len(), content.bytes),
            (Content::MOST, Content::MOST + 1)
        );
        assert!(long.is_unique(), "the whole body is still referred to");
    }

    #[test]
    fn what_a_refusal_tells_of_a_request_is_kept_short_and_counted() {
        let long = "a".repeat(1 << 20);
        let violation = |pointer: String| Violation {
            part: Part::Body,
            pointer,
            rule: Rule::Required,
            received: Received::Scalar(Value::from(long.clone())),
        };
        let rejection = Rejection::Body(vec![violation("/name".to_owned()), violation(format!("/{long}"))]);
        let refused = Refused::by(&rejection);
        let [short, deep] = refused.violations() else {
            panic!("{refused:?}");
        };
        assert_eq!(short.to_string(), rejection.violations()[0].to_string());
        assert_eq!(deep.received.to_string(), "\"…\"");
        assert!(refused.bytes() < 2048, "{}", refused.bytes());
        let blank = Exchange::blank(1).bytes();
        let exchange = Exchange {
            refused: Some(refused.clone()),
            ..Exchange::blank(1)
        };
        assert_eq!(exchange.bytes(), blank + refused.bytes());
    }
}
