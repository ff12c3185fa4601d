use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

use super::number::{compare, is_multiple};
use crate::model::{AdditionalProperties, Bound, Pointer, Schema, SchemaId, Schemas, Type};

/// How many schemas may stand behind each other, in a value that itself nests no deeper than documents do.
const MAX_DEPTH: usize = 256;

/// How much one value is looked at. `oneOf`s in `oneOf`s multiply; past this, what is left counts as good.
const MAX_STEPS: usize = 100_000;

/// A place in a value that its schema refuses.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Violation {
    pub(super) pointer: Pointer,
    /// Continues "the value …": "is shorter than 3 characters".
    pub(super) reason: String,
}

/// Everything about a value that a schema refuses. Patterns and formats are not looked at.
pub(super) fn violations(
    schemas: &Schemas,
    id: SchemaId,
    value: &Value,
    pointer: &Pointer,
) -> Vec<Violation> {
    found(schemas, None, id, value, pointer)
}

/// The same for a value that the schema's own `enum` is known to list: looking each of its values up in it would take
/// the square of their number.
pub(super) fn violations_of_listed(
    schemas: &Schemas,
    id: SchemaId,
    value: &Value,
    pointer: &Pointer,
) -> Vec<Violation> {
    found(schemas, Some(id), id, value, pointer)
}

fn found(
    schemas: &Schemas,
    listed: Option<SchemaId>,
    id: SchemaId,
    value: &Value,
    pointer: &Pointer,
) -> Vec<Violation> {
    let mut check = Check {
        schemas,
        listed,
        steps: 0,
        found: Vec::new(),
    };
    check.value(id, value, pointer, 0);
    check.found
}

struct Check<'s> {
    schemas: &'s Schemas,
    /// The schema whose `enum` lists the value as a whole.
    listed: Option<SchemaId>,
    steps: usize,
    found: Vec<Violation>,
}

impl Check<'_> {
    fn value(&mut self, id: SchemaId, value: &Value, pointer: &Pointer, depth: usize) {
        self.steps += 1;
        if depth > MAX_DEPTH || self.steps > MAX_STEPS {
            return;
        }
        let schemas = self.schemas;
        let schema = &schemas[id];
        if value.is_null() && schema.types.nullable() {
            return; // `nullable` beside `allOf` means null, whatever the parts say.
        }
        if !schema.types.is_any() && !schema.types.iter().any(|ty| ty.accepts(value)) {
            let types: Vec<_> = schema.types.without_null().map(Type::with_article).collect();
            self.refuse(pointer, format!("is not {}", types.join(" or ")));
            return;
        }
        if let Some(values) = &schema.enumeration
            && (self.listed != Some(id) || depth > 0)
            && !values.iter().any(|allowed| equal(allowed, value))
        {
            self.refuse(
                pointer,
                format!("is none of the values of `enum`: {}", list(values)),
            );
        }
        match value {
            Value::String(text) => self.text(schema, text, pointer),
            Value::Number(number) => self.number(schema, number, pointer),
            Value::Array(items) => self.items(schema, items, pointer, depth),
            Value::Object(object) => self.object(schema, object, pointer, depth),
            Value::Null | Value::Bool(_) => {}
        }
        for part in &schema.all_of {
            self.value(*part, value, pointer, depth + 1);
        }
        self.alternatives(schema, value, pointer, depth + 1);
    }

    fn alternatives(&mut self, schema: &Schema, value: &Value, pointer: &Pointer, depth: usize) {
        if !schema.any_of.is_empty() && self.matching(&schema.any_of, value, depth) == 0 {
            self.refuse(pointer, "matches none of the schemas of `anyOf`".to_owned());
        }
        if !schema.one_of.is_empty() {
            match self.matching(&schema.one_of, value, depth) {
                0 => self.refuse(pointer, "matches none of the schemas of `oneOf`".to_owned()),
                1 => {}
                number => self.refuse(
                    pointer,
                    format!("matches {number} schemas of `oneOf`, and must match one"),
                ),
            }
        }
        if let Some(not) = schema.not
            && self.matching(&[not], value, depth) == 1
            && depth <= MAX_DEPTH
            && self.steps <= MAX_STEPS
        {
            self.refuse(pointer, "matches the schema of `not`".to_owned());
        }
    }

    fn matching(&mut self, alternatives: &[SchemaId], value: &Value, depth: usize) -> usize {
        let matches = alternatives.iter().filter(|alternative| {
            let outer = std::mem::take(&mut self.found);
            self.value(**alternative, value, &Pointer::root(), depth);
            std::mem::replace(&mut self.found, outer).is_empty()
        });
        let number = matches.count();
        // Past the bounds everything seems to match, which is no fault of the value.
        if self.steps > MAX_STEPS || depth > MAX_DEPTH {
            1
        } else {
            number
        }
    }

    fn text(&mut self, schema: &Schema, text: &str, pointer: &Pointer) {
        let length = text.chars().count() as u64;
        if let Some(minimum) = schema.min_length.filter(|minimum| length < *minimum) {
            self.refuse(
                pointer,
                format!("has {length} characters, and `minLength` is {minimum}"),
            );
        }
        if let Some(maximum) = schema.max_length.filter(|maximum| length > *maximum) {
            self.refuse(
                pointer,
                format!("has {length} characters, and `maxLength` is {maximum}"),
            );
        }
    }

    fn number(&mut self, schema: &Schema, number: &Number, pointer: &Pointer) {
        if let Some(bound) = &schema.minimum
            && !within(compare(number, bound.number()), Ordering::Greater, bound)
        {
            self.refuse(pointer, format!("is below the minimum, {}", bound.number()));
        }
        if let Some(bound) = &schema.maximum
            && !within(compare(number, bound.number()), Ordering::Less, bound)
        {
            self.refuse(pointer, format!("is above the maximum, {}", bound.number()));
        }
        if let Some(of) = schema.multiple_of.as_ref().filter(|of| !is_multiple(number, of)) {
            self.refuse(pointer, format!("is no multiple of {of}"));
        }
    }

    fn items(&mut self, schema: &Schema, items: &[Value], pointer: &Pointer, depth: usize) {
        let length = items.len() as u64;
        if let Some(minimum) = schema.min_items.filter(|minimum| length < *minimum) {
            self.refuse(
                pointer,
                format!("has {length} items, and `minItems` is {minimum}"),
            );
        }
        if let Some(maximum) = schema.max_items.filter(|maximum| length > *maximum) {
            self.refuse(
                pointer,
                format!("has {length} items, and `maxItems` is {maximum}"),
            );
        }
        if schema.unique_items && has_repetition(items) {
            self.refuse(pointer, "has an item twice, and `uniqueItems` is set".to_owned());
        }
        if let Some(id) = schema.items {
            for (index, item) in items.iter().enumerate() {
                self.value(id, item, &pointer.index(index), depth + 1);
            }
        }
    }

    fn object(&mut self, schema: &Schema, object: &Map<String, Value>, pointer: &Pointer, depth: usize) {
        self.size(schema, object, pointer);
        for name in schema.required.iter().filter(|name| !object.contains_key(*name)) {
            // What only one side sends is missing from the other side's values, and rightly so.
            let one_sided = schema.properties.get(name).is_some_and(|id| {
                let property = &self.schemas[*id];
                property.read_only || property.write_only
            });
            if !one_sided {
                self.refuse(pointer, format!("lacks the property `{name}`, which is required"));
            }
        }
        for (name, value) in object {
            let place = pointer.join(name);
            match (schema.properties.get(name).copied(), schema.additional_properties) {
                (Some(id), _) | (None, AdditionalProperties::Schema(id)) => {
                    self.value(id, value, &place, depth + 1);
                }
                (None, AdditionalProperties::Forbidden) => {
                    self.refuse(
                        &place,
                        "is a property that `additionalProperties: false` forbids".to_owned(),
                    );
                }
                (None, AdditionalProperties::Unspecified | AdditionalProperties::Any) => {}
            }
        }
    }

    fn size(&mut self, schema: &Schema, object: &Map<String, Value>, pointer: &Pointer) {
        let size = object.len() as u64;
        if let Some(minimum) = schema.min_properties.filter(|minimum| size < *minimum) {
            self.refuse(
                pointer,
                format!("has {size} properties, and `minProperties` is {minimum}"),
            );
        }
        if let Some(maximum) = schema.max_properties.filter(|maximum| size > *maximum) {
            self.refuse(
                pointer,
                format!("has {size} properties, and `maxProperties` is {maximum}"),
            );
        }
    }

    fn refuse(&mut self, pointer: &Pointer, reason: String) {
        self.found.push(Violation {
            pointer: pointer.clone(),
            reason,
        });
    }
}

fn within(order: Ordering, inside: Ordering, bound: &Bound) -> bool {
    order == inside || order == Ordering::Equal && matches!(bound, Bound::Inclusive(_))
}

/// Equality of JSON values, where `1` and `1.0` are one number.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => compare(a, b) == Ordering::Equal,
        _ => a == b,
    }
}

fn has_repetition(items: &[Value]) -> bool {
    let mut texts: Vec<String> = items.iter().map(Value::to_string).collect();
    texts.sort_unstable();
    texts.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

/// The first few values, for people.
fn list(values: &[Value]) -> String {
    const SHOWN: usize = 8;
    let mut texts: Vec<String> = values.iter().take(SHOWN).map(Value::to_string).collect();
    if values.len() > SHOWN {
        texts.push(format!("and {} more", values.len() - SHOWN));
    }
    texts.join(", ")
}
