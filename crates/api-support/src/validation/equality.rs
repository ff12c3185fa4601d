//! When two values are the same to JSON Schema.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::bounds;
use crate::schema::Literal;

/// Whether a value equals one of an enumeration's.
pub(super) fn is_among(enumeration: &[Literal], value: &Value) -> bool {
    match value {
        Value::String(text) => is_text_among(enumeration, text),
        value => enumeration.iter().any(|known| equal(&known.to_value(), value)),
    }
}

/// Whether a text equals one of an enumeration's.
pub(super) fn is_text_among(enumeration: &[Literal], text: &str) -> bool {
    enumeration
        .iter()
        .any(|known| matches!(known, Literal::String(known) if *known == text))
}

/// The first item that equals an earlier one.
pub(super) fn first_repetition(items: &[Value]) -> Option<(usize, &Value)> {
    let mut seen = HashSet::new();
    items.iter().enumerate().find(|(_, item)| {
        let mut text = String::new();
        canonical(item, &mut text);
        !seen.insert(text)
    })
}

/// One text for all values that are equal: numbers by value, members in order of their names.
fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => match bounds::whole(number) {
            Some(whole) => text.push_str(&whole.to_string()),
            None => text.push_str(&number.to_string()),
        },
        Value::Array(items) => {
            text.push('[');
            for item in items {
                canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(members) => {
            let sorted: BTreeMap<&String, &Value> = members.iter().collect();
            text.push('{');
            for (name, member) in sorted {
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                canonical(member, text);
                text.push(',');
            }
            text.push('}');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

/// JSON Schema's equality: numbers by value, however written; objects without regard to order.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            bounds::compare(left, right).is_some_and(std::cmp::Ordering::is_eq)
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(name, value)| right.get(name).is_some_and(|other| equal(value, other)))
        }
        _ => left == right,
    }
}
