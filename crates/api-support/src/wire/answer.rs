use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::body::Opaque;
use super::header::header_text;
use crate::operation::{Serialization, Style};

const SIMPLE: Serialization = Serialization::Style {
    style: Style::Simple,
    explode: false,
};
const EXPLODED: Serialization = Serialization::Style {
    style: Style::Simple,
    explode: true,
};

/// An answer, ready to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers, `Content-Type` among them where there is a body.
    pub headers: HeaderMap,
    /// The body; empty: none.
    pub body: Bytes,
}

impl Answer {
    /// An answer without a body.
    #[must_use]
    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// An answer with bytes of a media type.
    #[must_use]
    pub fn bytes(status: StatusCode, media_type: &str, body: impl Into<Bytes>) -> Self {
        let mut answer = Self {
            status,
            headers: HeaderMap::new(),
            body: body.into(),
        };
        if let Ok(value) = HeaderValue::from_str(media_type) {
            answer.headers.insert(CONTENT_TYPE, value);
        }
        answer
    }

    /// An answer with a value as JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(status: StatusCode, media_type: &str, body: &T) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => Self::bytes(status, media_type, bytes),
            Err(error) => {
                tracing::error!(%error, "a response body could not be written");
                Self::empty(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }

    /// An answer with text.
    #[must_use]
    pub fn text(status: StatusCode, media_type: &str, body: String) -> Self {
        Self::bytes(status, media_type, body)
    }

    /// An answer with opaque bytes under the media type they carry.
    #[must_use]
    pub fn opaque(status: StatusCode, body: Opaque) -> Self {
        Self::bytes(status, &body.media_type, body.bytes)
    }

    /// Adds a header in the style `simple`: arrays and objects as lists with commas. `None` and `null` add nothing.
    #[must_use]
    pub fn with_header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.with_written_header(name, header_text(SIMPLE, value))
    }

    /// Adds a header in the style `simple`, exploded: objects as `name=value`.
    #[must_use]
    pub fn with_exploded_header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.with_written_header(name, header_text(EXPLODED, value))
    }

    /// Adds a header whose value is a JSON document.
    #[must_use]
    pub fn with_json_header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.with_written_header(name, header_text(Serialization::Json, value))
    }

    /// A value that cannot stand in a header is left out and logged.
    pub(crate) fn with_written_header(mut self, name: &'static str, text: Option<String>) -> Self {
        let Some(text) = text else { return self };
        match (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(&text),
        ) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
            }
            _ => tracing::error!(name, text, "a response header could not be written"),
        }
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        // Not axum's own conversion of bytes, which gives every body a media type, the empty one too.
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
