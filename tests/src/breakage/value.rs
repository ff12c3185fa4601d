use serde_json::{Value, json};

use crate::spec::{Document, Schema};

/// The type a schema names; the empty text where it names none.
pub(super) fn type_of(raw: &Value) -> &str {
    raw.get("type").and_then(Value::as_str).unwrap_or_default()
}

/// A value of another type than a schema's.
pub(super) fn of_another_type(raw: &Value) -> Value {
    match type_of(raw) {
        "string" => json!(12345),
        _ => json!("another type"),
    }
}

/// A value beyond each limit a schema sets, as close to it as can be.
pub(super) fn beyond_limits(document: &Document, raw: &Value) -> Vec<(&'static str, Value)> {
    let number = |keyword: &str| raw.get(keyword).and_then(Value::as_i64);
    let length = |keyword: &str| {
        raw.get(keyword)
            .and_then(Value::as_u64)
            .and_then(|length| usize::try_from(length).ok())
    };
    let mut values = Vec::new();
    values.extend(number("minimum").map(|minimum| ("below the minimum", json!(minimum - 1))));
    values.extend(number("maximum").map(|maximum| ("above the maximum", json!(maximum + 1))));
    let shorter = length("minLength").and_then(|length| length.checked_sub(1));
    values.extend(shorter.map(|length| ("too short", json!("x".repeat(length)))));
    values.extend(length("maxLength").map(|length| ("too long", json!("x".repeat(length + 1)))));
    if raw.get("enum").is_some() {
        values.push(("not of the enumeration", json!("nonsense")));
    }
    for (keyword, kind) in [
        ("pattern", "against the pattern"),
        ("format", "against the format"),
    ] {
        values.extend(against(document, raw, keyword).map(|value| (kind, value)));
    }
    values
}

/// A text that one keyword forbids.
fn against(document: &Document, raw: &Value, keyword: &str) -> Option<Value> {
    let alone = Schema::new(document, &json!({ keyword: raw.get(keyword)? }));
    let texts = ["nonsense!", " ", "a\u{7}b", ""].map(Value::from);
    texts.into_iter().find(|text| !alone.allows(text))
}
