use serde::Deserialize as _;
use serde_json::{Map, Number, Value};

use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::model::Pointer;

/// Reads YAML once more, through `serde_yaml`, and warns at the first place where that gives another value.
///
/// YAML leaves room: two good parsers may disagree on a document, and then so do the tools its owner uses beside
/// this one. Reading twice finds that out. It costs more than the first reading, so it is done where there is
/// something to find out.
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
    let mut difference = difference(value, &second)?;
    difference.steps.reverse();
    let pointer = difference
        .steps
        .iter()
        .fold(Pointer::root(), |pointer, step| pointer.join(step));
    Some(match difference.second {
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

/// A place where two values differ.
struct Difference<'v> {
    /// The way there, its last step first.
    steps: Vec<String>,
    /// What stands there in the second value: nothing, for another key.
    second: Option<&'v Value>,
}

/// The first place where two values differ.
fn difference<'v>(first: &Value, second: &'v Value) -> Option<Difference<'v>> {
    let below = |step: String, difference: Difference<'v>| {
        let mut difference = difference;
        difference.steps.push(step);
        difference
    };
    match (first, second) {
        (Value::Object(first), Value::Object(second)) => {
            let missing = first.keys().find(|key| !second.contains_key(*key));
            if let Some(key) = missing {
                let steps = vec![key.clone()];
                return Some(Difference { steps, second: None });
            }
            let mut pairs = first
                .iter()
                .filter_map(|(key, value)| Some((key, value, second.get(key)?)));
            pairs.find_map(|(key, a, b)| Some(below(key.clone(), difference(a, b)?)))
        }
        (Value::Array(first), Value::Array(second)) if first.len() == second.len() => {
            let mut pairs = first.iter().zip(second).enumerate();
            pairs.find_map(|(index, (a, b))| Some(below(index.to_string(), difference(a, b)?)))
        }
        // A number that only YAML knows is text in both readings, and may be spelled differently: `.inf`, `+.Inf`.
        (Value::String(a), Value::String(b)) if a == b || special(a) == special(b) => None,
        _ => (first != second).then(|| Difference {
            steps: Vec::new(),
            second: Some(second),
        }),
    }
}

fn special(text: &str) -> String {
    match text.trim_start_matches('+').to_ascii_lowercase() {
        number if matches!(number.as_str(), ".inf" | "-.inf" | ".nan") => number,
        _ => text.to_owned(),
    }
}
