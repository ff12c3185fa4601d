//! Bodies as they are shown.

use api_support::{essence, serde_json};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use membership_apis::control::models::RecordedBody;
use serde_json::Value;

use super::link::{decoded, decoded_in_form};
use super::{MASK, Secrets, is_secret, tells};
use crate::journal::{Content, Headers};

const FORM: &str = "application/x-www-form-urlencoded";

/// What a body is, with its secrets masked.
#[derive(Clone, Debug, PartialEq)]
enum Masked {
    Json(Value),
    Text(String),
    Bytes(Vec<u8>),
}

/// A body as it is shown; none where there was none.
pub(crate) fn body(content: &Content, headers: &Headers, secrets: &Secrets) -> Option<RecordedBody> {
    if content.bytes == 0 {
        return None;
    }
    let mut shown = RecordedBody {
        bytes: i64::try_from(content.bytes).unwrap_or(i64::MAX),
        truncated: content.is_truncated(),
        json: None,
        text: None,
        base64: None,
    };
    match masked(content, headers, secrets) {
        Masked::Json(value) => shown.json = Some(value),
        Masked::Text(text) => shown.text = Some(text),
        Masked::Bytes(bytes) => shown.base64 = Some(STANDARD.encode(bytes)),
    }
    Some(shown)
}

/// A document of JSON as it is shown.
pub(crate) fn value(value: Value, secrets: &Secrets) -> Value {
    match value {
        Value::String(text) => Value::String(secrets.unstructured(&text)),
        other => member(other, secrets),
    }
}

/// A value within a document as it is shown.
pub(crate) fn member(value: Value, secrets: &Secrets) -> Value {
    match value {
        Value::Object(members) => {
            let shown = members.into_iter().map(|(name, value)| {
                let value = match value {
                    // Whether there is one is no secret.
                    Value::Null | Value::Bool(_) => value,
                    _ if is_secret(&name) => Value::from(MASK),
                    value => member(value, secrets),
                };
                (secrets.masked(&name), value)
            });
            Value::Object(shown.collect())
        }
        Value::Array(items) => items.into_iter().map(|item| member(item, secrets)).collect(),
        Value::String(text) => Value::String(secrets.string(&text)),
        other => other,
    }
}

/// The secrets that stand in a body.
pub(super) fn secrets(content: &Content, headers: &Headers, found: &mut Vec<String>) {
    if let Some(value) = json(content) {
        collect(&value, found);
    } else if is_form(headers) {
        let text = String::from_utf8_lossy(&content.kept);
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        let secret = pairs.filter(|(name, _)| is_secret(&decoded(name)));
        found.extend(secret.map(|(_, value)| decoded_in_form(value)));
    }
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if is_secret(name) {
                    collect_all(member, found);
                } else {
                    collect(member, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

/// All texts of a value that is a secret.
fn collect_all(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(secret) => found.push(secret.clone()),
        Value::Object(members) => members.values().for_each(|member| collect_all(member, found)),
        Value::Array(items) => items.iter().for_each(|item| collect_all(item, found)),
        _ => {}
    }
}

fn masked(content: &Content, headers: &Headers, secrets: &Secrets) -> Masked {
    if let Some(value) = json(content) {
        return Masked::Json(self::value(value, secrets));
    }
    let text = match std::str::from_utf8(&content.kept) {
        Ok(text) => text,
        // The end of what is kept may lie within a character.
        Err(error) if content.is_truncated() && error.error_len().is_none() => {
            let whole = content.kept.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(whole).unwrap_or_default()
        }
        Err(_) => {
            let text = String::from_utf8_lossy(&content.kept);
            let has_secrets = tells(&text) || secrets.masked(&text) != text;
            return match has_secrets {
                true => Masked::Text(MASK.to_owned()),
                false => Masked::Bytes(content.kept.to_vec()),
            };
        }
    };
    if is_form(headers) {
        return Masked::Text(secrets.query(text));
    }
    // A document that was cut, or never was one, has no members to tell secrets by: it is shown if it has none.
    Masked::Text(if tells(text) {
        MASK.to_owned()
    } else {
        secrets.masked(text)
    })
}

/// The document, where all of it is kept and it is one.
fn json(content: &Content) -> Option<Value> {
    (!content.is_truncated())
        .then(|| serde_json::from_slice(&content.kept).ok())
        .flatten()
}

fn is_form(headers: &Headers) -> bool {
    let mut types = headers.iter().filter(|(name, _)| *name == "content-type");
    types.any(|(_, value)| essence(&String::from_utf8_lossy(value)) == FORM)
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;
    use http::{HeaderMap, HeaderName, HeaderValue};
    use serde_json::json;

    use super::*;

    fn shown(media_type: &'static str, content: &Content) -> Masked {
        let pair = (
            HeaderName::from_static("content-type"),
            HeaderValue::from_static(media_type),
        );
        let headers = Headers::of(&HeaderMap::from_iter([pair]));
        masked(content, &headers, &Secrets::default())
    }

    fn whole(bytes: &'static [u8]) -> Content {
        Content::of(&Bytes::from_static(bytes))
    }

    fn cut(bytes: &'static [u8]) -> Content {
        Content {
            bytes: bytes.len() + 1,
            ..whole(bytes)
        }
    }

    #[test]
    fn members_of_json_that_hold_secrets_are_masked_at_any_depth() {
        let text = br#"{"email": "a", "password": "x", "list": [{"client_secret": {"deep": 1}, "otp": 12, "token": null}]}"#;
        assert_eq!(
            shown("text/plain", &whole(text)),
            Masked::Json(json!({
                "email": "a", "password": "…",
                "list": [{ "client_secret": "…", "otp": "…", "token": null }]
            }))
        );
        let link = br#""http://panel.test/login/sessions/sso?otp=1e35""#;
        assert_eq!(
            shown("application/json", &whole(link)),
            Masked::Json(json!("http://panel.test/login/sessions/sso?otp=…"))
        );
    }

    #[test]
    fn a_document_within_a_text_is_not_shown_where_it_has_secrets() {
        for (text, expected) in [
            (&br#""{\"password\": \"x\"}""#[..], json!("…")),
            (br#""my password is x""#, json!("…")),
            (br#""password=x&user=a""#, json!("password=…&user=a")),
            (br#"{"raw": "{\"password\": \"x\"}"}"#, json!({ "raw": "…" })),
            (br#"{"raw": ["a=1 password=x"]}"#, json!({ "raw": ["…"] })),
            (br#"{"tokens": ["x"]}"#, json!({ "tokens": "…" })),
        ] {
            assert_eq!(shown("application/json", &whole(text)), Masked::Json(expected));
        }
    }

    #[test]
    fn pairs_of_a_form_that_hold_secrets_are_masked_even_where_it_was_cut() {
        let text = b"grant_type=client_credentials&client_id=app&client%5Fsecret=x&y";
        for content in [whole(text), cut(text)] {
            assert_eq!(
                shown("application/x-www-form-urlencoded; charset=utf-8", &content),
                Masked::Text("grant_type=client_credentials&client_id=app&client%5Fsecret=…&y".to_owned())
            );
        }
    }

    #[test]
    fn what_has_no_structure_is_shown_only_where_nothing_tells_of_a_secret() {
        let hidden = Masked::Text("…".to_owned());
        for content in [
            cut(br#"{"password": "x", "#),
            cut(br#"{"p\u0061ssword": "x", "#),
            whole(b"{'newPassword': 'x'}"),
            whole(b"client_secret=x"),
            whole(b"\xff password=x"),
        ] {
            assert_eq!(shown("application/json", &content), hidden, "{content:?}");
        }
        assert_eq!(
            shown(
                "application/json",
                &cut("{\"name\": \"a…".as_bytes().get(..12).unwrap())
            ),
            Masked::Text("{\"name\": \"a".to_owned())
        );
        assert_eq!(
            shown("application/octet-stream", &whole(b"\xff\x00")),
            Masked::Bytes(vec![255, 0])
        );
    }
}
