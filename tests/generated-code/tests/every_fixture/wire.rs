use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::document::{Media, Parameter, is_true, members, text};

/// Everything that could be taken for a delimiter is encoded.
const STRICT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// What a style may use as a delimiter stays as it is.
const DELIMITED: &AsciiSet = &STRICT
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');
const DELIMITED_QUERY: &AsciiSet = &DELIMITED
    .remove(b'/')
    .remove(b'?')
    .remove(b'$')
    .remove(b'(')
    .remove(b')');

/// A parameter as it is sent.
#[derive(Clone, Debug)]
pub(crate) enum Sent {
    /// What stands in the path, encoded.
    Path(String),
    /// Pairs of the query, encoded.
    Query(Vec<(String, String)>),
    Header(String),
    /// Pairs, encoded.
    Cookie(Vec<(String, String)>),
}

pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, STRICT).to_string()
}

/// Writes a value as the parameter's style says.
pub(crate) fn write(parameter: &Parameter<'_>, value: &Value) -> Sent {
    if parameter.is_json {
        let json = value.to_string();
        return whole(parameter, &json, &encode(&json));
    }
    let (name, explode) = (parameter.name, parameter.explode);
    match (parameter.location, parameter.style) {
        ("path", "label") => Sent::Path(format!(
            ".{}",
            joined(value, explode, if explode { "." } else { "," }, encode)
        )),
        ("path", "matrix") => Sent::Path(matrix(name, explode, value)),
        ("path", _) => Sent::Path(joined(value, explode, ",", encode)),
        ("header", _) => Sent::Header(joined(value, explode, ",", str::to_owned)),
        ("query", "deepObject") => Sent::Query(
            members(Some(value))
                .flat_map(|(key, value)| repeated(&format!("{name}[{key}]"), value))
                .collect(),
        ),
        ("query", style) => Sent::Query(form(name, style, explode, value)),
        (_, style) => Sent::Cookie(form(name, style, explode, value)),
    }
}

/// Sends raw text, as `x-invalid` has it, in place of a value.
pub(crate) fn write_raw(parameter: &Parameter<'_>, raw: &Value) -> Sent {
    let name = parameter.name;
    match raw {
        Value::Array(_) => Sent::Query(repeated(name, raw)),
        Value::Object(_) => Sent::Query(
            members(Some(raw))
                .flat_map(|(key, text)| repeated(key, text))
                .collect(),
        ),
        text => {
            let text = scalar(text);
            let delimited = if parameter.location == "query" {
                DELIMITED_QUERY
            } else {
                DELIMITED
            };
            whole(
                parameter,
                &text,
                &utf8_percent_encode(&text, delimited).to_string(),
            )
        }
    }
}

/// A pair for each item of a list, or one for anything else.
fn repeated(name: &str, value: &Value) -> Vec<(String, String)> {
    let pair = |value: &Value| (encode(name), encode(&scalar(value)));
    match value {
        Value::Array(items) => items.iter().map(pair).collect(),
        value => vec![pair(value)],
    }
}

fn whole(parameter: &Parameter<'_>, plain: &str, encoded: &str) -> Sent {
    let pair = || vec![(encode(parameter.name), encoded.to_owned())];
    match parameter.location {
        "path" => Sent::Path(encoded.to_owned()),
        "query" => Sent::Query(pair()),
        "header" => Sent::Header(plain.to_owned()),
        _ => Sent::Cookie(vec![(parameter.name.to_owned(), encoded.to_owned())]),
    }
}

fn form(name: &str, style: &str, explode: bool, value: &Value) -> Vec<(String, String)> {
    let between = match style {
        "spaceDelimited" => "%20",
        "pipeDelimited" => "%7C",
        _ => ",",
    };
    match value {
        Value::Array(items) if explode => items
            .iter()
            .map(|item| (encode(name), encode(&scalar(item))))
            .collect(),
        Value::Object(_) if explode => members(Some(value))
            .map(|(key, value)| (encode(key), encode(&scalar(value))))
            .collect(),
        value => vec![(encode(name), joined(value, false, between, encode))],
    }
}

fn matrix(name: &str, explode: bool, value: &Value) -> String {
    match value {
        Value::Array(items) if explode => items
            .iter()
            .map(|item| format!(";{name}={}", encode(&scalar(item))))
            .collect(),
        Value::Object(_) if explode => members(Some(value))
            .map(|(key, value)| format!(";{}={}", encode(key), encode(&scalar(value))))
            .collect(),
        value => format!(";{name}={}", joined(value, false, ",", encode)),
    }
}

/// A value in one text: items, or names and values, with `between` in between.
fn joined(value: &Value, explode: bool, between: &str, encode: impl Fn(&str) -> String) -> String {
    match value {
        Value::Array(items) => items
            .iter()
            .map(|item| encode(&scalar(item)))
            .collect::<Vec<_>>()
            .join(between),
        Value::Object(_) => {
            let sign = if explode { "=" } else { between };
            let pairs = members(Some(value))
                .map(|(key, value)| format!("{}{sign}{}", encode(key), encode(&scalar(value))));
            pairs.collect::<Vec<_>>().join(between)
        }
        value => encode(&scalar(value)),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Writes a body as its media type says.
pub(crate) fn body(media: &Media<'_>, value: &Value) -> Vec<u8> {
    let essence = media.media_type.split(';').next().unwrap_or_default().trim();
    match value {
        value if essence == "application/json" || essence.ends_with("+json") => {
            value.to_string().into_bytes()
        }
        value if essence == "application/x-www-form-urlencoded" => form_body(media, value).into_bytes(),
        value => scalar(value).into_bytes(),
    }
}

/// A form: lists repeat their name and objects are JSON, unless the encoding says otherwise.
fn form_body(media: &Media<'_>, value: &Value) -> String {
    let mut pairs = Vec::new();
    for (name, value) in members(Some(value)) {
        let encoding = media.encoding.and_then(|encodings| encodings.get(name));
        let content_type = encoding.and_then(|encoding| text(encoding, "contentType"));
        match encoding.and_then(|encoding| text(encoding, "style")) {
            Some("deepObject") => pairs.extend(
                members(Some(value))
                    .map(|(key, value)| (encode(&format!("{name}[{key}]")), encode(&scalar(value)))),
            ),
            Some(style) => {
                let explode = encoding.is_some_and(|encoding| {
                    encoding.get("explode").is_none() && style == "form" || is_true(encoding, "explode")
                });
                pairs.extend(form(name, style, explode, value));
            }
            None if value.is_object() || content_type == Some("application/json") => {
                pairs.push((encode(name), encode(&value.to_string())));
            }
            None => pairs.extend(form(name, "form", true, value)),
        }
    }
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&")
}
