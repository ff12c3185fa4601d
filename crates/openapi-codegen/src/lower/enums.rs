//! Enumerations: which become Rust enums, and what their variants are called.

use openapi_model::Schema;
use serde_json::Value;

use crate::ir::{EnumVariant, TypeKind};
use crate::naming::{Names, type_name};

/// The values of an enumeration without `null`; `None` where there is none.
pub(super) fn enum_values(schema: &Schema) -> Option<Vec<Value>> {
    let values = match (&schema.constant, &schema.enumeration) {
        (Some(constant), _) => vec![constant.clone()],
        (None, Some(values)) => values.clone(),
        (None, None) => return None,
    };
    Some(values.into_iter().filter(|value| !value.is_null()).collect())
}

pub(super) fn enum_kind(schema: &Schema, values: &[Value]) -> Option<TypeKind> {
    if values.is_empty() {
        return None;
    }
    let given = schema.extensions.get("x-enum-varnames").and_then(Value::as_array);
    let name_at = |position: usize, text: &str| {
        given
            .and_then(|names| names.get(position))
            .and_then(Value::as_str)
            .map_or_else(|| type_name(text), type_name)
    };
    let mut names = Names::reserving(["Self"]);
    if let Some(texts) = values.iter().map(Value::as_str).collect::<Option<Vec<_>>>() {
        let variants = texts.iter().enumerate().map(|(position, text)| EnumVariant {
            ident: names.give(name_at(position, text)),
            value: (*text).to_owned(),
        });
        return Some(TypeKind::StringEnum(variants.collect()));
    }
    let numbers = values.iter().map(Value::as_i64).collect::<Option<Vec<_>>>()?;
    let variants = numbers.iter().enumerate().map(|(position, number)| {
        let text = if *number < 0 {
            format!("minus {}", number.unsigned_abs())
        } else {
            format!("value {number}")
        };
        EnumVariant {
            ident: names.give(name_at(position, &text)),
            value: *number,
        }
    });
    Some(TypeKind::IntegerEnum(variants.collect()))
}
