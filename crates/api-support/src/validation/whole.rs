use serde_json::{Number, Value};

use super::bounds;
use crate::schema::{Additional, SchemaTable, Types};

/// Rewrites numbers such as `1.0` as `1` wherever the schema asks for an integer.
///
/// JSON Schema counts `1.0` as an integer; serde does not read it as one. Other numbers stay as they were sent.
/// To be called on values that are valid under the schema.
pub fn unify_whole_numbers(table: &SchemaTable, index: usize, value: &mut Value) {
    unify(table, index, value, 0);
}

fn unify(table: &SchemaTable, index: usize, value: &mut Value, indirections: u32) {
    if indirections > 64 {
        return;
    }
    let schema = table.get(index);
    match value {
        Value::Number(number)
            if number.is_f64()
                && schema.types.contains(Types::INTEGER)
                && !schema.types.contains(Types::NUMBER) =>
        {
            if let Some(whole) = bounds::whole(number).and_then(integer) {
                *number = whole;
            }
        }
        Value::Array(items) => {
            if let Some(item_schema) = schema.items {
                items
                    .iter_mut()
                    .for_each(|item| unify(table, item_schema, item, 0));
            }
        }
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                let property = schema
                    .properties
                    .iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, index)| *index);
                let additional = match schema.additional {
                    Additional::Schema(index) => Some(index),
                    Additional::Any | Additional::Forbidden => None,
                };
                if let Some(index) = property.or(additional) {
                    unify(table, index, member, 0);
                }
            }
        }
        _ => {}
    }
    for part in schema.all_of.iter().chain(schema.any_of).chain(schema.one_of) {
        unify(table, *part, value, indirections + 1);
    }
}

fn integer(whole: i128) -> Option<Number> {
    i64::try_from(whole)
        .map(Number::from)
        .or_else(|_| u64::try_from(whole).map(Number::from))
        .ok()
}
