//! Why a request did not reach its handler.

use http::StatusCode;
use serde_json::{Value, json};

use crate::validation::{Violation, abridged};
use crate::wire::Answer;

/// Why a request did not reach its handler. The server's `reject` turns it into an answer in the API's own shape.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Rejection {
    /// No documented path matches.
    UnknownRoute {
        /// Documented paths that look alike, nearest first.
        nearest: Vec<&'static str>,
    },
    /// The path is documented, the method is not.
    MethodNotAllowed {
        /// The methods that are, for the `Allow` header that the answer carries.
        allow: Vec<&'static str>,
    },
    /// The server's `authenticate` refused the caller.
    Unauthenticated(Unauthenticated),
    /// Path parameters break rules of the document, or are not percent-encoded UTF-8.
    Path(Vec<Violation>),
    /// Query, header or cookie parameters break rules of the document.
    Parameters(Vec<Violation>),
    /// A body is required and there is none.
    MissingBody,
    /// The body is of a media type the operation does not document.
    UnsupportedMediaType {
        /// Its `Content-Type`, if it had one.
        received: Option<String>,
        /// Those the operation documents.
        supported: Vec<&'static str>,
    },
    /// The body is longer than the server reads.
    BodyTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The body is no document of its media type.
    MalformedBody {
        /// The parser's complaint.
        reason: String,
        /// The line, from 1; 0 where there is none.
        line: usize,
        /// The column in bytes, from 1; 0 where there is none.
        column: usize,
    },
    /// The body breaks rules of the document.
    Body(Vec<Violation>),
}

/// Why a caller was refused.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Unauthenticated {
    /// No credential was sent.
    Missing,
    /// A credential was sent, but not in the form its scheme asks for.
    Malformed,
    /// The credential is in the right form and not one the server knows.
    Unknown,
    /// The credential was good once: it has expired, or was withdrawn.
    Ended,
    /// The credential is good, and not good enough.
    Insufficient,
}

impl Rejection {
    /// The status HTTP has for it, for servers whose API documents none of its own.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::UnknownRoute { .. } => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthenticated(Unauthenticated::Insufficient) => StatusCode::FORBIDDEN,
            Self::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
            Self::UnsupportedMediaType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Path(_)
            | Self::Parameters(_)
            | Self::MissingBody
            | Self::MalformedBody { .. }
            | Self::Body(_) => StatusCode::BAD_REQUEST,
        }
    }

    /// The rules that were broken; empty for rejections that are not about rules of the document.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        match self {
            Self::Path(violations) | Self::Parameters(violations) | Self::Body(violations) => violations,
            _ => &[],
        }
    }

    /// The same, but for the rest of long texts in it: what is kept of many requests stays small.
    pub(crate) fn abridged(&self) -> Self {
        let short = |violations: &[Violation]| violations.iter().map(Violation::abridged).collect();
        match self {
            Self::Path(violations) => Self::Path(short(violations)),
            Self::Parameters(violations) => Self::Parameters(short(violations)),
            Self::Body(violations) => Self::Body(short(violations)),
            Self::MalformedBody { reason, line, column } => Self::MalformedBody {
                reason: abridged(reason),
                line: *line,
                column: *column,
            },
            Self::UnsupportedMediaType { received, supported } => Self::UnsupportedMediaType {
                received: received.as_deref().map(abridged),
                supported: supported.clone(),
            },
            other => other.clone(),
        }
    }

    /// Whether no API documents an answer to it, so that any answer is outside the contract: unknown routes and
    /// methods, and bodies that are too large.
    #[must_use]
    pub fn is_outside_contract(&self) -> bool {
        matches!(
            self,
            Self::UnknownRoute { .. } | Self::MethodNotAllowed { .. } | Self::BodyTooLarge { .. }
        )
    }

    /// One sentence on what is wrong.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::UnknownRoute { nearest } if nearest.is_empty() => "There is no such path.".to_owned(),
            Self::UnknownRoute { nearest } => {
                format!("There is no such path. The nearest are: {}.", nearest.join(", "))
            }
            Self::MethodNotAllowed { allow } => format!("The path takes {} only.", allow.join(", ")),
            Self::Unauthenticated(Unauthenticated::Missing) => "A credential is needed.".to_owned(),
            Self::Unauthenticated(Unauthenticated::Malformed) => {
                "The credential is not in the form its scheme asks for.".to_owned()
            }
            Self::Unauthenticated(Unauthenticated::Unknown) => "The credential is not known.".to_owned(),
            Self::Unauthenticated(Unauthenticated::Ended) => "The credential is no longer good.".to_owned(),
            Self::Unauthenticated(Unauthenticated::Insufficient) => {
                "The credential does not allow this.".to_owned()
            }
            Self::MissingBody => "A body is required.".to_owned(),
            Self::UnsupportedMediaType { received, supported } => format!(
                "The body is of type {}; {} is taken.",
                received.as_deref().unwrap_or("unknown"),
                supported.join(" or ")
            ),
            Self::BodyTooLarge { limit } => format!("The body is longer than {limit} bytes."),
            Self::MalformedBody { reason, .. } => format!("The body cannot be read: {reason}."),
            Self::Path(violations) | Self::Parameters(violations) | Self::Body(violations) => {
                let sentences: Vec<_> = violations.iter().map(ToString::to_string).collect();
                format!("{}.", sentences.join("; "))
            }
        }
    }

    /// The rejection as `application/problem+json` (RFC 9457), with `Allow` where HTTP asks for it: for servers whose
    /// API has no error shape of its own.
    #[must_use]
    pub fn to_problem(&self) -> Answer {
        let mut answer = problem(self.status(), &self.message(), &[]);
        let violations: Vec<Value> = self.violations().iter().map(Violation::to_json).collect();
        if !violations.is_empty() {
            answer = problem(
                self.status(),
                &self.message(),
                &[("violations", Value::Array(violations))],
            );
        }
        if let Self::MethodNotAllowed { allow } = self {
            answer = with_allow(answer, allow);
        }
        answer
    }
}

/// Adds `Allow` to an answer.
pub(crate) fn with_allow(mut answer: Answer, allow: &[&'static str]) -> Answer {
    if let Ok(value) = http::HeaderValue::from_str(&allow.join(", ")) {
        answer.headers.insert(http::header::ALLOW, value);
    }
    answer
}

/// An `application/problem+json` answer (RFC 9457) with further members.
#[must_use]
pub fn problem(status: StatusCode, detail: &str, members: &[(&str, Value)]) -> Answer {
    let mut body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Unknown"),
        "status": status.as_u16(),
        "detail": detail,
    });
    if let Value::Object(object) = &mut body {
        object.extend(
            members
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone())),
        );
    }
    Answer::json(status, "application/problem+json", &body)
}
