//! How wide an integer is.

use openapi_model::{Bound, Schema};

use crate::ir::TypeRef;

pub(super) fn integer_type(schema: &Schema) -> TypeRef {
    match schema.format.as_deref() {
        Some("int32") => TypeRef::I32,
        Some("uint32") => TypeRef::U32,
        _ if is_unsigned(schema) => TypeRef::U64,
        _ => TypeRef::I64,
    }
}

/// Whether only an unsigned integer of 64 bits can hold every value.
pub(super) fn is_unsigned(schema: &Schema) -> bool {
    let (Some(Bound::Inclusive(limit) | Bound::Exclusive(limit)), true) =
        (&schema.maximum, schema.minimum.is_some())
    else {
        return schema.format.as_deref() == Some("uint64");
    };
    schema.format.as_deref() == Some("uint64") || limit.as_i64().is_none() && limit.as_u64().is_some()
}
