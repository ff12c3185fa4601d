use serde::Serialize;
use serde_json::Value;

use crate::operation::Serialization;

/// The text of a header's value, in the style `simple` or as JSON; `None` for a value that has no such form.
pub fn header_text<T: Serialize + ?Sized>(serialization: Serialization, value: &T) -> Option<String> {
    let value = serde_json::to_value(value).ok()?;
    match serialization {
        Serialization::Json => serde_json::to_string(&value).ok(),
        Serialization::Style { explode, .. } => simple(explode, &value),
    }
}

fn simple(explode: bool, value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Array(items) => Some(items.iter().map(scalar).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let between = if explode { '=' } else { ',' };
            let members = members
                .iter()
                .map(|(name, value)| format!("{name}{between}{}", scalar(value)));
            Some(members.collect::<Vec<_>>().join(","))
        }
        value => Some(scalar(value)),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
