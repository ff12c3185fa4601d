//! `allOf`, `anyOf` and `oneOf`: what they come to as one object, or as alternatives.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapi_model::{AdditionalProperties, Api, Schema, SchemaId, Type};

/// How deep `allOf` is followed; documents cannot reach it except by schemas that contain themselves, which the model
/// has refused.
const MOST_DEPTH: u32 = 32;

/// An object schema with its `allOf` folded in.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat {
    pub(super) properties: IndexMap<String, SchemaId>,
    pub(super) required: BTreeSet<String>,
    /// Members that are not named, where they are meant to be used; the schema of their values, if any.
    pub(super) additional: Option<Option<SchemaId>>,
    pub(super) closed: bool,
    /// The parts that are unions.
    pub(super) unions: Vec<SchemaId>,
    /// Properties that alternatives type differently.
    pub(super) untyped: BTreeSet<String>,
}

impl Flat {
    pub(super) fn has_properties(&self) -> bool {
        !self.properties.is_empty()
    }

    /// Both together; where both name a property, the other's schema is taken as the narrower one.
    pub(super) fn with(&self, other: &Self) -> Self {
        let mut whole = self.clone();
        whole
            .properties
            .extend(other.properties.iter().map(|(name, id)| (name.clone(), *id)));
        whole.required.extend(other.required.iter().cloned());
        whole.additional = other.additional.or(whole.additional);
        whole.closed |= other.closed;
        whole
    }
}

/// The JSON types a schema names, `null` not counted. A schema that names all of them, as the model has it where only
/// `nullable` stands beside a composition, names none.
pub(super) fn named_types(schema: &Schema) -> Vec<Type> {
    let named: Vec<_> = schema.types.without_null().collect();
    if named.len() == 6 { Vec::new() } else { named }
}

/// Folds a schema and its `allOf` into one object.
pub(super) fn flatten(api: &Api, id: SchemaId) -> Flat {
    let mut flat = Flat::default();
    fold(api, id, &mut flat, 0, true);
    flat
}

/// What stands beside a union in the same schema.
pub(super) fn beside_union(api: &Api, id: SchemaId) -> Flat {
    let mut flat = Flat::default();
    fold(api, id, &mut flat, 0, false);
    flat
}

fn fold(api: &Api, id: SchemaId, flat: &mut Flat, depth: u32, collect_unions: bool) {
    if depth > MOST_DEPTH {
        return;
    }
    let schema = &api.schemas[id];
    for part in schema.all_of.iter().chain(&schema.reference) {
        fold(api, *part, flat, depth + 1, true);
    }
    if collect_unions && is_union(api, schema) {
        flat.unions.push(id);
    }
    flat.properties
        .extend(schema.properties.iter().map(|(name, id)| (name.clone(), *id)));
    flat.required.extend(schema.required.iter().cloned());
    match schema.additional_properties {
        AdditionalProperties::Unspecified => {}
        AdditionalProperties::Any => flat.additional = flat.additional.or(Some(None)),
        AdditionalProperties::Schema(value) => flat.additional = Some(Some(value)),
        AdditionalProperties::Forbidden => flat.closed = true,
    }
}

/// Whether the schema is one of several alternatives, `null` not counted.
pub(super) fn is_union(api: &Api, schema: &Schema) -> bool {
    alternatives(api, schema).len() > 1
}

/// The alternatives of `oneOf`, or else of `anyOf`, without those that are only `null`.
pub(super) fn alternatives(api: &Api, schema: &Schema) -> Vec<SchemaId> {
    let given = if schema.one_of.is_empty() {
        &schema.any_of
    } else {
        &schema.one_of
    };
    given
        .iter()
        .copied()
        .filter(|id| !is_null_only(api, *id))
        .collect()
}

fn is_null_only(api: &Api, id: SchemaId) -> bool {
    api.schemas[id].types.iter().eq([Type::Null])
}

/// The one schema that another stands for: the only part of an `allOf`, the only alternative besides `null`, or the
/// target of a reference, with nothing beside it that would change its Rust type.
pub(super) fn single_part(api: &Api, schema: &Schema) -> Option<SchemaId> {
    let bare = schema.properties.is_empty()
        && schema.enumeration.is_none()
        && schema.constant.is_none()
        && schema.items.is_none()
        && matches!(schema.additional_properties, AdditionalProperties::Unspecified);
    if !bare || !schema.required.is_empty() {
        return None;
    }
    let mut parts: Vec<SchemaId> = schema.all_of.iter().chain(&schema.reference).copied().collect();
    let alternatives = alternatives(api, schema);
    if alternatives.len() > 1 {
        return None;
    }
    parts.extend(alternatives);
    match parts.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The first part of an `allOf` that says what JSON type the whole has.
pub(super) fn typed_part(api: &Api, schema: &Schema) -> Option<SchemaId> {
    schema.all_of.iter().copied().find(|part| {
        let part = &api.schemas[*part];
        !named_types(part).is_empty() || part.enumeration.is_some() || is_union(api, part)
    })
}

/// Whether values of the schema are objects.
pub(super) fn is_object(api: &Api, id: SchemaId) -> bool {
    is_object_within(api, id, 0)
}

fn is_object_within(api: &Api, id: SchemaId, depth: u32) -> bool {
    let schema = &api.schemas[id];
    let named = named_types(schema);
    if !named.is_empty() {
        return named == [Type::Object];
    }
    if depth > MOST_DEPTH {
        return false;
    }
    if !schema.properties.is_empty()
        || matches!(schema.additional_properties, AdditionalProperties::Schema(_))
    {
        return true;
    }
    if schema
        .all_of
        .iter()
        .chain(&schema.reference)
        .any(|part| is_object_within(api, *part, depth + 1))
    {
        return true;
    }
    let alternatives = alternatives(api, schema);
    !alternatives.is_empty()
        && alternatives
            .iter()
            .all(|id| is_object_within(api, *id, depth + 1))
}

/// Whether the object refuses every member it does not name.
pub(super) fn is_closed(api: &Api, id: SchemaId) -> bool {
    flatten(api, id).closed
}

/// Why a union has no Rust type that would hold everything its values can have; `None` where it has one.
pub(super) fn untypable_union(api: &Api, id: SchemaId) -> Option<&'static str> {
    let schema = &api.schemas[id];
    if !schema.one_of.is_empty() && !schema.any_of.is_empty() {
        return Some("oneOf and anyOf stand in one schema");
    }
    let has_base = beside_union(api, id).has_properties();
    (has_base && has_nested_union(api, id)).then_some(NESTED_UNION)
}

/// Why a union whose alternatives would each get further properties may have no Rust type.
pub(super) const NESTED_UNION: &str = "an alternative beside properties is itself a union";

/// Whether an alternative of a union is itself one.
pub(super) fn has_nested_union(api: &Api, union: SchemaId) -> bool {
    alternatives(api, &api.schemas[union])
        .iter()
        .any(|id| !flatten(api, *id).unions.is_empty())
}

/// Whether an `anyOf` becomes one struct: objects of which several may match at once, so that an enum would lose the
/// members of all but one.
pub(super) fn merges_any_of(api: &Api, schema: &Schema) -> bool {
    schema.one_of.is_empty()
        && schema.discriminator.is_none()
        && alternatives(api, schema).iter().all(|id| {
            let flat = flatten(api, *id);
            is_object(api, *id) && flat.unions.is_empty() && flat.has_properties()
        })
}

/// An `anyOf` of objects as one: every property of every alternative, required where all require it. A property that
/// alternatives type differently loses its type, as whichever holds is not known.
pub(super) fn merge_any_of(api: &Api, id: SchemaId) -> Flat {
    let mut whole = beside_union(api, id);
    let flats: Vec<Flat> = alternatives(api, &api.schemas[id])
        .into_iter()
        .map(|id| flatten(api, id))
        .collect();
    let required_by_all = flats
        .iter()
        .map(|flat| flat.required.clone())
        .reduce(|left, right| &left & &right);
    whole.required.extend(required_by_all.unwrap_or_default());
    for flat in &flats {
        for (name, id) in &flat.properties {
            let first = *whole.properties.entry(name.clone()).or_insert(*id);
            if first != *id && !same_scalar(api, first, *id) {
                whole.untyped.insert(name.clone());
            }
        }
        whole.additional = whole.additional.or(flat.additional);
    }
    whole.closed = false;
    whole
}

/// Whether two schemas have the same plain Rust type.
fn same_scalar(api: &Api, left: SchemaId, right: SchemaId) -> bool {
    let (left, right) = (&api.schemas[left], &api.schemas[right]);
    let is_plain = |schema: &Schema| {
        let mut types = schema.types.without_null();
        let scalar = types
            .next()
            .is_some_and(|ty| !matches!(ty, Type::Array | Type::Object))
            && types.next().is_none();
        scalar && schema.enumeration.is_none() && schema.name.is_none()
    };
    is_plain(left) && is_plain(right) && left.types == right.types && left.format == right.format
}
