//! The media types of request and response bodies.

use openapi_model::{self as model, SchemaId, Type};

use super::Limit;
use super::composition;
use super::limit::{LimitKind, SkipReason};
use super::parameters::serialization;
use super::types::Types;
use crate::ir::{Content, Encoding, MediaType, TypeRef};
use crate::naming::{Names, type_name};

/// Which way a body travels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Way {
    Request,
    Response,
}

/// What a content map comes to.
pub(super) enum Lowered {
    /// No media types.
    Empty,
    Content(Content),
    /// None of its media types can be emitted.
    Skipped(SkipReason),
}

/// Lowers a content map. `hint` names the types and the enum over several media types.
pub(super) fn lower(
    types: &mut Types<'_>,
    content: &[model::MediaType],
    way: Way,
    hint: &str,
    limits: &mut Vec<Limit>,
) -> Lowered {
    let mut media: Vec<MediaType> = Vec::new();
    let mut left_out = Vec::new();
    let mut names = Names::default();
    for one in content {
        match unsupported(&one.media_type, way) {
            Some(reason) => left_out.push((one, reason)),
            None => {
                let alike = media
                    .iter()
                    .find(|known| way == Way::Request && is_same(&known.media_type, &one.media_type));
                limits.extend(alike.map(|known| never_chosen(one, known)));
                let lowered = lower_one(types, one, hint, &media, &mut names);
                media.push(lowered);
            }
        }
    }
    if media.is_empty() {
        return left_out
            .first()
            .map_or(Lowered::Empty, |(_, reason)| Lowered::Skipped(*reason));
    }
    for (one, reason) in left_out {
        let kind = LimitKind::MediaTypeLeftOut {
            media_type: one.media_type.clone(),
            reason,
        };
        limits.push(Limit::new(&one.pointer, kind));
    }
    let ident = (media.len() > 1).then(|| types.operation_names.give(hint.to_owned()));
    Lowered::Content(Content { ident, media })
}

fn never_chosen(media: &model::MediaType, other: &MediaType) -> Limit {
    let kind = LimitKind::MediaTypeNeverChosen {
        media_type: media.media_type.clone(),
        other: other.media_type.clone(),
    };
    Limit::new(&media.pointer, kind)
}

/// Whether no request can be of one media type and not of the other.
fn is_same(left: &str, right: &str) -> bool {
    let sorted = |media_type| {
        let mut parameters = parameters(media_type);
        parameters.sort();
        parameters
    };
    essence(left) == essence(right) && sorted(left) == sorted(right)
}

/// A media type without its parameters, as the run-time library has it.
pub(super) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The parameters of a media type, as the run-time library has them: names in lower case, values without quotes.
pub(super) fn parameters(media_type: &str) -> Vec<(String, String)> {
    let (mut quoted, mut escaped) = (false, false);
    let ends_piece = |c: char| {
        let is_escaped = std::mem::replace(&mut escaped, false);
        match c {
            '\\' if quoted && !is_escaped => escaped = true,
            '"' if !is_escaped => quoted = !quoted,
            ';' => return !quoted,
            _ => {}
        }
        false
    };
    let pieces = media_type.split(ends_piece).skip(1);
    let pairs = pieces.filter_map(|piece| piece.split_once('='));
    pairs
        .map(|(name, value)| {
            let (name, value) = (name.trim().to_ascii_lowercase(), unquoted(value.trim()));
            let value = if name == "charset" {
                value.to_ascii_lowercase()
            } else {
                value
            };
            (name, value)
        })
        .collect()
}

fn unquoted(value: &str) -> String {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner else {
        return value.to_owned();
    };
    let mut text = String::new();
    let mut escaped = false;
    for c in inner.chars() {
        escaped = c == '\\' && !escaped;
        if !escaped {
            text.push(c);
        }
    }
    text
}

fn unsupported(media_type: &str, way: Way) -> Option<SkipReason> {
    let essence = essence(media_type);
    let is_stream = matches!(
        essence.as_str(),
        "text/event-stream"
            | "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/json-seq"
            | "application/stream+json"
    );
    match (essence.starts_with("multipart/"), is_stream, way) {
        (true, _, Way::Request) => Some(SkipReason::MultipartRequest),
        (true, _, Way::Response) => Some(SkipReason::MultipartResponse),
        (_, true, Way::Request) => Some(SkipReason::StreamedRequest),
        (_, true, Way::Response) => Some(SkipReason::StreamedResponse),
        _ => None,
    }
}

fn lower_one(
    types: &mut Types<'_>,
    media: &model::MediaType,
    hint: &str,
    before: &[MediaType],
    names: &mut Names,
) -> MediaType {
    let essence = essence(&media.media_type);
    let is_json = essence == "application/json" || essence.ends_with("+json") || essence == "text/json";
    let (kind, encoding, ty) = if is_json {
        ("Json", Encoding::Json, typed(types, media.schema, hint))
    } else if essence == "application/x-www-form-urlencoded" {
        (
            "Form",
            Encoding::Form(form_encodings(media)),
            typed(types, media.schema, hint),
        )
    } else if essence.starts_with("text/") && essence != "text/*" {
        ("Text", Encoding::Text, TypeRef::String)
    } else if looks_structured(types, media.schema) && matches!(essence.as_str(), "*/*" | "application/*") {
        ("Json", Encoding::Json, typed(types, media.schema, hint))
    } else {
        ("Bytes", Encoding::Bytes, TypeRef::Opaque)
    };
    let by_parameters = before.iter().any(|one| self::essence(&one.media_type) == essence);
    let ident = if names.is_free(kind) {
        kind.to_owned()
    } else if by_parameters {
        type_name(&media.media_type.replace('*', "any"))
    } else {
        type_name(&essence.replace('*', "any"))
    };
    MediaType {
        media_type: media.media_type.clone(),
        ident: names.give(ident),
        encoding,
        ty,
        schema: media.schema.map(SchemaId::index),
        examples: media
            .examples
            .iter()
            .map(|(name, example)| (name.clone(), example.value.to_string()))
            .collect(),
    }
}

fn typed(types: &mut Types<'_>, schema: Option<SchemaId>, hint: &str) -> TypeRef {
    schema.map_or(TypeRef::Value, |schema| types.of(schema, hint).in_place())
}

/// Whether a body of any media type is an object or an array, which only JSON can mean.
fn looks_structured(types: &Types<'_>, schema: Option<SchemaId>) -> bool {
    schema.is_some_and(|schema| {
        let schema = &types.api.schemas[schema];
        composition::named_types(schema)
            .iter()
            .any(|ty| matches!(ty, Type::Object | Type::Array))
            || schema.name.is_some()
    })
}

fn form_encodings(media: &model::MediaType) -> Vec<(String, crate::ir::Serialization)> {
    let written_as = |encoding: &model::Encoding| match encoding.content_type.as_deref().map(essence) {
        Some(content_type) if content_type == "application/json" || content_type.ends_with("+json") => {
            crate::ir::Serialization::Json
        }
        _ => serialization(encoding.style, encoding.explode),
    };
    media
        .encoding
        .iter()
        .map(|(name, encoding)| (name.clone(), written_as(encoding)))
        .collect()
}
