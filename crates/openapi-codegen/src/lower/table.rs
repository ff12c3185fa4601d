//! The schema table: one node per schema of the document, at the same position.

use openapi_model::{self as model, Type};
use serde_json::Value;

use super::limit::LimitKind;
use super::{Limit, composition};
use crate::ir::{AdditionalSchema, Bound, SchemaNode};

/// The formats that the run-time library checks.
pub(super) const CHECKED_FORMATS: [&str; 15] = [
    "int32",
    "int64",
    "uint32",
    "uint64",
    "date-time",
    "date",
    "time",
    "uuid",
    "email",
    "uri",
    "uri-reference",
    "ipv4",
    "ipv6",
    "hostname",
    "byte",
];

pub(super) fn lower(api: &model::Api, limits: &mut Vec<Limit>) -> Vec<SchemaNode> {
    api.schemas
        .iter()
        .map(|(_, schema)| node(schema, limits))
        .collect()
}

fn node(schema: &model::Schema, limits: &mut Vec<Limit>) -> SchemaNode {
    let ids = |ids: &[model::SchemaId]| ids.iter().map(|id| id.index()).collect::<Vec<_>>();
    let mut all_of = ids(&schema.all_of);
    all_of.extend(schema.reference.map(model::SchemaId::index));
    SchemaNode {
        types: types(schema),
        nullable: schema.types.nullable() && composition::named_types(schema).is_empty(),
        format: format(schema),
        enumeration: enumeration(schema),
        minimum: schema.minimum.as_ref().map(bound),
        maximum: schema.maximum.as_ref().map(bound),
        multiple_of: schema.multiple_of.clone().map(Value::Number),
        min_length: schema.min_length,
        max_length: schema.max_length,
        pattern: schema
            .pattern
            .as_ref()
            .and_then(|pattern| enforceable(schema, pattern, limits)),
        items: schema.items.map(model::SchemaId::index),
        min_items: schema.min_items,
        max_items: schema.max_items,
        unique_items: schema.unique_items,
        properties: schema
            .properties
            .iter()
            .map(|(name, id)| (name.clone(), id.index()))
            .collect(),
        required: schema.required.clone(),
        additional: match schema.additional_properties {
            model::AdditionalProperties::Unspecified | model::AdditionalProperties::Any => {
                AdditionalSchema::Any
            }
            model::AdditionalProperties::Forbidden => AdditionalSchema::Forbidden,
            model::AdditionalProperties::Schema(id) => AdditionalSchema::Schema(id.index()),
        },
        open: schema.additional_properties == model::AdditionalProperties::Any,
        min_properties: schema.min_properties,
        max_properties: schema.max_properties,
        all_of,
        any_of: ids(&schema.any_of),
        one_of: ids(&schema.one_of),
        not: schema.not.map(model::SchemaId::index),
        discriminator: schema.discriminator.as_ref().map(|discriminator| {
            let mapping = discriminator
                .mapping
                .iter()
                .map(|(tag, id)| (tag.clone(), id.index()))
                .collect();
            (discriminator.property_name.clone(), mapping)
        }),
        read_only: schema.read_only,
        write_only: schema.write_only,
        deprecated: schema.deprecated,
    }
}

/// The types a value may have. A schema that names properties or items and no type is meant to be an object or an
/// array, and its Rust type can hold nothing else.
fn types(schema: &model::Schema) -> Vec<&'static str> {
    if composition::named_types(schema).is_empty() && schema.types.nullable() {
        return Vec::new();
    }
    let named: Vec<_> = schema.types.iter().map(Type::as_str).collect();
    if !named.is_empty()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || !schema.all_of.is_empty()
    {
        return named;
    }
    if !schema.properties.is_empty() {
        vec!["object"]
    } else if schema.items.is_some() {
        vec!["array"]
    } else {
        named
    }
}

/// The format, where it is checked. An integer without a width is held to the 64 bits its Rust type has.
fn format(schema: &model::Schema) -> Option<&'static str> {
    let given = schema
        .format
        .as_deref()
        .and_then(|given| CHECKED_FORMATS.into_iter().find(|known| *known == given));
    let is_integer = schema.types.without_null().eq([Type::Integer]);
    match given {
        None if is_integer => Some(if super::integers::is_unsigned(schema) {
            "uint64"
        } else {
            "int64"
        }),
        given => given,
    }
}

fn enumeration(schema: &model::Schema) -> Vec<Value> {
    match (&schema.constant, &schema.enumeration) {
        (Some(constant), _) => vec![constant.clone()],
        (None, Some(values)) => values.clone(),
        (None, None) => Vec::new(),
    }
}

fn bound(bound: &model::Bound) -> Bound {
    match bound {
        model::Bound::Inclusive(limit) => Bound::Inclusive(Value::Number(limit.clone())),
        model::Bound::Exclusive(limit) => Bound::Exclusive(Value::Number(limit.clone())),
    }
}

fn enforceable(schema: &model::Schema, pattern: &str, limits: &mut Vec<Limit>) -> Option<String> {
    match compile(pattern) {
        Ok(_) => Some(pattern.to_owned()),
        Err(error) => {
            let kind = LimitKind::PatternNotEnforced {
                pattern: pattern.to_owned(),
                reason: error.to_string(),
            };
            limits.push(Limit::new(&schema.pointer.join("pattern"), kind));
            None
        }
    }
}

/// Compiles a pattern the way the run-time library does.
pub(super) fn compile(pattern: &str) -> Result<regress::Regex, regress::Error> {
    regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern))
}
