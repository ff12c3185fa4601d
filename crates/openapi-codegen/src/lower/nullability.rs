//! Whether `null` is a value of a schema.

use openapi_model::{AdditionalProperties, SchemaId};
use serde_json::Value;

use super::types::Types;

impl Types<'_> {
    /// Whether `null` is a value of the schema.
    pub(super) fn is_nullable(&self, id: SchemaId, depth: u32) -> bool {
        let schema = &self.api.schemas[id];
        if schema.types.nullable() {
            return true;
        }
        if depth > 16 || !schema.types.is_any() {
            return false;
        }
        let any = |ids: &[SchemaId]| ids.iter().any(|id| self.is_nullable(*id, depth + 1));
        let all = |ids: &[SchemaId]| ids.iter().all(|id| self.is_nullable(*id, depth + 1));
        if let Some(values) = &schema.enumeration {
            return values.contains(&Value::Null);
        }
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return any(&schema.one_of) || any(&schema.any_of);
        }
        if !schema.all_of.is_empty() {
            return all(&schema.all_of);
        }
        let has_shape = !schema.properties.is_empty()
            || schema.items.is_some()
            || schema
                .constant
                .as_ref()
                .is_some_and(|constant| !constant.is_null())
            || matches!(schema.additional_properties, AdditionalProperties::Schema(_));
        !has_shape
            && schema
                .reference
                .is_none_or(|target| self.is_nullable(target, depth + 1))
    }
}
