//! Reading the body of a request.

use axum::body::{Body, HttpBody as _};
use bytes::Bytes;
use http::HeaderMap;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde_json::Value;

use super::form::decode_form;
use super::media::coverage;
use super::rules::{DoubledMembers, UntypedBodies, WireRules};
use crate::operation::{Encoding, MediaType, RequestBody};
use crate::rejection::Rejection;
use crate::schema::SchemaTable;
use crate::validation::{self, Direction, Violation, doubled_members, is_valid_text, unify_whole_numbers};

/// The most bytes a request body may have; put into a request's extensions by the server around the router.
/// Without it the limit is [`BodyLimit::DEFAULT`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BodyLimit(pub usize);

impl BodyLimit {
    /// One MiB.
    pub const DEFAULT: Self = Self(1024 * 1024);
}

/// Bytes of a media type nobody looks into.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Opaque {
    /// The media type, as received or as to be sent.
    pub media_type: String,
    /// The bytes.
    pub bytes: Bytes,
}

/// A body that was read and, where it has a structure, found valid.
#[derive(Clone, Debug, PartialEq)]
pub enum DecodedBody {
    /// There was none, and none is required.
    Absent,
    /// A JSON document as it was sent, of the media type at this position of the operation's. Nothing is gained by
    /// making it a value before it is typed, and a large one would take up many times its size.
    Json(usize, Bytes),
    /// A JSON document or a form, of the media type at this position.
    Value(usize, Value),
    /// Text, of the media type at this position.
    Text(usize, String),
    /// Bytes, of the media type at this position.
    Bytes(usize, Opaque),
}

/// Reads, parses and checks the body an operation takes.
pub(crate) async fn decode_body(
    documented: &RequestBody,
    table: &'static SchemaTable,
    rules: &WireRules,
    headers: &HeaderMap,
    body: Body,
    limit: BodyLimit,
) -> Result<DecodedBody, Rejection> {
    let bytes = read(body, limit).await?;
    let content_type = headers
        .get(http::header::CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    if bytes.is_empty() {
        let reads_as_object = rules.absent_body_is_object
            && documented
                .content
                .first()
                .is_some_and(|media| media.encoding == Encoding::Json);
        return match documented.content.first() {
            Some(media) if documented.required && reads_as_object => {
                checked(table, 0, media, Value::Object(serde_json::Map::new()))
            }
            _ if documented.required => Err(Rejection::MissingBody),
            _ => Ok(DecodedBody::Absent),
        };
    }
    match decode(documented, table, rules, content_type, bytes) {
        Err(_) if rules.drop_unusable_optional_body && !documented.required => Ok(DecodedBody::Absent),
        outcome => outcome,
    }
}

/// Parses and checks a body that was sent.
fn decode(
    documented: &RequestBody,
    table: &'static SchemaTable,
    rules: &WireRules,
    content_type: Option<String>,
    bytes: Bytes,
) -> Result<DecodedBody, Rejection> {
    let (position, media) = choose(documented, rules, content_type.as_deref())?;
    let is_json = media.encoding == Encoding::Json;
    if is_json && rules.doubled_members == DoubledMembers::Refuse {
        let doubled = doubled_members(&bytes);
        if !doubled.is_empty() {
            return Err(Rejection::Body(doubled));
        }
    }
    if let Some(schema) = media.schema.filter(|_| is_json)
        && is_valid_text(table, schema, &bytes, Direction::Request)
    {
        return Ok(DecodedBody::Json(position, bytes));
    }
    let Some(value) = parse(table, media, &bytes)? else {
        let media_type = content_type.unwrap_or_else(|| media.media_type.to_owned());
        return Ok(DecodedBody::Bytes(position, Opaque { media_type, bytes }));
    };
    match value {
        Value::String(text) if media.encoding == Encoding::Text => {
            let broken = violations(table, media, &Value::from(text.as_str()));
            if broken.is_empty() {
                Ok(DecodedBody::Text(position, text))
            } else {
                Err(Rejection::Body(broken))
            }
        }
        value => checked(table, position, media, value),
    }
}

/// The value that a body of a media type is; `None` for bytes that nobody looks into.
pub(crate) fn parse(
    table: &'static SchemaTable,
    media: &MediaType,
    bytes: &[u8],
) -> Result<Option<Value>, Rejection> {
    match media.encoding {
        Encoding::Json => parse_json(bytes).map(Some),
        Encoding::Form(encodings) => {
            let schema = media.schema.unwrap_or(usize::MAX);
            decode_form(table, schema, encodings, &utf8(bytes)?)
                .map(Some)
                .map_err(|violation| Rejection::Body(vec![violation]))
        }
        Encoding::Text => utf8(bytes).map(|text| Some(Value::from(text))),
        Encoding::Bytes => Ok(None),
    }
}

async fn read(body: Body, limit: BodyLimit) -> Result<Bytes, Rejection> {
    // What is announced as too large is not waited for, nor asked for with `100 Continue` (RFC 9110, section 10.1.1).
    let announced = body.size_hint().lower();
    if usize::try_from(announced).map_or(true, |announced| announced > limit.0) {
        return Err(Rejection::BodyTooLarge { limit: limit.0 });
    }
    match Limited::new(body, limit.0).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.downcast_ref::<LengthLimitError>().is_some() => {
            Err(Rejection::BodyTooLarge { limit: limit.0 })
        }
        Err(error) => Err(Rejection::MalformedBody {
            reason: format!("the body broke off: {error}"),
            line: 0,
            column: 0,
        }),
    }
}

/// The documented media type that the body is of: the one that covers it best, and of several that cover it alike the
/// first. A body that does not say is of the first one, where the rules let it.
pub(crate) fn choose(
    documented: &RequestBody,
    rules: &WireRules,
    content_type: Option<&str>,
) -> Result<(usize, &'static MediaType), Rejection> {
    let first = documented.content.first().map(|media| (0, media));
    let best = match content_type {
        None => first.filter(|_| rules.untyped_bodies == UntypedBodies::FirstDocumented),
        Some(received) => documented
            .content
            .iter()
            .enumerate()
            .filter_map(|(position, media)| Some((coverage(media.media_type, received)?, position, media)))
            .max_by_key(|(coverage, position, _)| (*coverage, std::cmp::Reverse(*position)))
            .map(|(_, position, media)| (position, media)),
    };
    best.or_else(|| first.filter(|_| rules.any_content_type))
        .ok_or_else(|| Rejection::UnsupportedMediaType {
            received: content_type.map(str::to_owned),
            supported: documented.content.iter().map(|media| media.media_type).collect(),
        })
}

fn parse_json(bytes: &[u8]) -> Result<Value, Rejection> {
    serde_json::from_slice(bytes).map_err(|error| Rejection::MalformedBody {
        reason: error.to_string(),
        line: error.line(),
        column: error.column(),
    })
}

fn utf8(bytes: &[u8]) -> Result<String, Rejection> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        Rejection::MalformedBody {
            reason: "the body is not UTF-8".to_owned(),
            line,
            column,
        }
    })
}

fn violations(table: &'static SchemaTable, media: &MediaType, value: &Value) -> Vec<Violation> {
    media.schema.map_or_else(Vec::new, |schema| {
        validation::check(table, schema, value, Direction::Request)
    })
}

fn checked(
    table: &'static SchemaTable,
    position: usize,
    media: &MediaType,
    mut value: Value,
) -> Result<DecodedBody, Rejection> {
    let broken = violations(table, media, &value);
    if !broken.is_empty() {
        return Err(Rejection::Body(broken));
    }
    if let Some(schema) = media.schema {
        unify_whole_numbers(table, schema, &mut value);
    }
    Ok(DecodedBody::Value(position, value))
}
