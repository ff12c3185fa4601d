use serde::Deserialize as _;
use serde_json::{Map, Number, Value};

use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::model::Pointer;

/// Reads YAML once more, through `serde_yaml`, and warns at the first place where that gives another value.
///
/// YAML leaves room: two good parsers may disagree on a document, and then so do the tools its owner uses beside
/// this one. Reading twice finds that out for the price of a millisecond.
pub(super) fn compare(text: &str, value: &Value) -> Option<Diagnostic> {
    let second = match read(text) {
        Ok(second) => second,
        Err(problem) => {
            return Some(
                Fault::ReadingsDiffer {
                    other: format!("an error: {problem}"),
                }
                .at(&Pointer::root()),
            );
        }
    };
    let (pointer, second) = difference(value, &second, &Pointer::root())?;
    Some(match second {
        Some(second) => Fault::ReadingsDiffer {
            other: format!("`{second}`"),
        }
        .at(&pointer),
        None => Fault::ReadingsDiffer {
            other: "another key".to_owned(),
        }
        .at_key(&pointer),
    })
}

fn read(text: &str) -> Result<Value, String> {
    let document = serde_yaml::Deserializer::from_str(text);
    let mut value = serde_yaml::Value::deserialize(document).map_err(|error| error.to_string())?;
    value.apply_merge().map_err(|error| error.to_string())?;
    Ok(json(value))
}

fn json(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(flag) => Value::Bool(flag),
        serde_yaml::Value::Number(number) => json_number(&number),
        serde_yaml::Value::String(text) => Value::String(text),
        serde_yaml::Value::Sequence(items) => Value::Array(items.into_iter().map(json).collect()),
        serde_yaml::Value::Mapping(entries) => {
            let entries = entries
                .into_iter()
                .map(|(key, value)| (json_key(key), json(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        serde_yaml::Value::Tagged(tagged) => json(tagged.value),
    }
}

fn json_number(number: &serde_yaml::Number) -> Value {
    let whole = number
        .as_u64()
        .map(Number::from)
        .or_else(|| number.as_i64().map(Number::from));
    let any = whole.or_else(|| number.as_f64().and_then(Number::from_f64));
    // What JSON has no number for stays text, as in the first reading.
    any.map_or_else(|| Value::String(number.to_string()), Value::Number)
}

fn json_key(key: serde_yaml::Value) -> String {
    match json(key) {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The first place where two values differ, and what stands there in the second: nothing, for another key.
fn difference(first: &Value, second: &Value, pointer: &Pointer) -> Option<(Pointer, Option<Value>)> {
    match (first, second) {
        (Value::Object(first), Value::Object(second)) => {
            let missing = first.keys().find(|key| !second.contains_key(*key));
            if let Some(key) = missing {
                return Some((pointer.join(key), None));
            }
            let mut pairs = first
                .iter()
                .filter_map(|(key, value)| Some((key, value, second.get(key)?)));
            pairs.find_map(|(key, a, b)| difference(a, b, &pointer.join(key)))
        }
        (Value::Array(first), Value::Array(second)) if first.len() == second.len() => {
            let mut pairs = first.iter().zip(second).enumerate();
            pairs.find_map(|(index, (a, b))| difference(a, b, &pointer.index(index)))
        }
        // A number that only YAML knows is text in both readings, and may be spelled differently: `.inf`, `+.Inf`.
        (Value::String(a), Value::String(b)) if special(a) == special(b) => None,
        _ => (first != second).then(|| (pointer.clone(), Some(second.clone()))),
    }
}

fn special(text: &str) -> String {
    match text.trim_start_matches('+').to_ascii_lowercase() {
        number if matches!(number.as_str(), ".inf" | "-.inf" | ".nan") => number,
        _ => text.to_owned(),
    }
}
