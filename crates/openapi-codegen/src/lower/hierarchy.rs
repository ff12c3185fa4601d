//! Schemas that others are made from by `allOf` and that carry a `discriminator`.
//!
//! Such a schema is two things: what its children have in common, where they name it in their `allOf`, and any one of
//! them, where it is used as a type. Here it becomes two schemas: the common part, at a new address, and a `oneOf`
//! over the children at the old one. Everything after this step knows only the latter kind of discriminator.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapi_model::{AdditionalProperties, Api, Discriminator, Schema, SchemaId};
use serde_json::Value;

use super::limit::LimitKind;
use super::{Limit, composition, text_extension};

/// How many names for one schema are followed; documents cannot reach it except by schemas that lead to themselves.
const MOST_DEPTH: u32 = 32;

/// The document with every such schema parted in two.
pub(super) fn part(mut api: Api, limits: &mut Vec<Limit>) -> Api {
    let bases: Vec<Base> = api
        .components
        .values()
        .filter_map(|id| Base::of(&api, *id))
        .collect();
    let (open, choices): (Vec<Base>, Vec<Base>) = bases.into_iter().partition(|base| base.unmapped.is_some());
    for base in open {
        limits.extend(base.keep_everything(&mut api));
    }
    let mut common: BTreeMap<SchemaId, SchemaId> = BTreeMap::new();
    for base in &choices {
        let schema = common_part(&api.schemas[base.id], &base.name);
        common.insert(base.id, api.schemas.push(schema));
    }
    for base in &choices {
        base.redirect_children(&mut api, &common);
    }
    for base in choices {
        let part = common.get(&base.id).copied().unwrap_or(base.id);
        if let Some(schema) = api.schemas.get_mut(base.id) {
            base.become_choice(schema, part);
        }
    }
    api
}

/// What the children of a schema have in common: itself, under a name of its own.
fn common_part(schema: &Schema, name: &str) -> Schema {
    let mut part = schema.clone();
    let own = text_extension(&schema.extensions, "x-rust-name").unwrap_or_else(|| name.to_owned());
    part.extensions
        .insert("x-rust-name".to_owned(), Value::from(format!("{own}Base")));
    part.name = None;
    part.discriminator = None;
    part.title = None;
    part.description = Some(format!("`{name}` itself, without what other schemas add to it."));
    part
}

/// A component with a discriminator and children.
struct Base {
    id: SchemaId,
    name: String,
    /// The property that tells the children apart.
    property: String,
    /// From its values to the children, and to the schema itself.
    mapping: IndexMap<String, SchemaId>,
    /// A value the property may have that stands for no schema.
    unmapped: Option<String>,
}

impl Base {
    fn of(api: &Api, id: SchemaId) -> Option<Self> {
        let schema = &api.schemas[id];
        let name = schema.name.clone()?;
        let discriminator = schema.discriminator.as_ref()?;
        let is_child = |child: SchemaId| child != id && !stands_for(api, child, id);
        let has_children = discriminator.mapping.values().any(|child| is_child(*child));
        let is_choice_already = !schema.one_of.is_empty() || !schema.any_of.is_empty();
        if is_choice_already || !has_children {
            return None;
        }
        let property = discriminator.property_name.clone();
        let allowed = allowed_tags(api, id, &property);
        let is_allowed = |tag: &String| allowed.as_ref().is_none_or(|allowed| allowed.contains(tag));
        let mut mapping: IndexMap<String, SchemaId> = discriminator
            .mapping
            .iter()
            .filter(|(tag, child)| is_allowed(tag) && is_child(**child))
            .map(|(tag, child)| (tag.clone(), *child))
            .collect();
        let own = own_tags(api, id, &name, &property);
        for tag in own.into_iter().filter(is_allowed) {
            mapping.entry(tag).or_insert(id);
        }
        let unmapped = allowed
            .unwrap_or_default()
            .into_iter()
            .find(|tag| !mapping.contains_key(tag));
        Some(Self {
            id,
            name,
            property,
            mapping,
            unmapped,
        })
    }

    /// The schemas its children are, in the order of the mapping, each once.
    fn children(&self) -> Vec<SchemaId> {
        let mut seen = BTreeSet::new();
        let children = self.mapping.values().copied();
        children
            .filter(|child| *child != self.id && seen.insert(*child))
            .collect()
    }

    /// Lets the children, and what else of their `allOf` leads to this schema, refer to the common part.
    fn redirect_children(&self, api: &mut Api, common: &BTreeMap<SchemaId, SchemaId>) {
        let Some(part) = common.get(&self.id) else { return };
        let mut waiting = self.children();
        let mut seen = BTreeSet::new();
        while let Some(next) = waiting.pop() {
            if next == self.id || !seen.insert(next) {
                continue;
            }
            waiting.extend(common.get(&next));
            let Some(schema) = api.schemas.get_mut(next) else {
                continue;
            };
            waiting.extend(&schema.all_of);
            for one in schema.all_of.iter_mut().filter(|one| **one == self.id) {
                *one = *part;
            }
        }
    }

    /// Leaves the schema an object, which keeps every member it does not name: what some value of the property stands
    /// for is not known.
    fn keep_everything(self, api: &mut Api) -> Option<Limit> {
        let schema = api.schemas.get_mut(self.id)?;
        schema.discriminator = None;
        if schema.additional_properties == AdditionalProperties::Unspecified {
            schema.additional_properties = AdditionalProperties::Any;
        }
        let kind = LimitKind::UnmappedTag {
            schema: self.name,
            property: self.property,
            value: self.unmapped?,
        };
        Some(Limit::new(&schema.pointer.join("discriminator"), kind))
    }

    /// Makes the schema a choice among its children.
    fn become_choice(self, schema: &mut Schema, part: SchemaId) {
        let mut mapping = self.mapping;
        for target in mapping.values_mut().filter(|target| **target == self.id) {
            *target = part;
        }
        let mut one_of: Vec<SchemaId> = Vec::new();
        for target in mapping.values() {
            if !one_of.contains(target) {
                one_of.push(*target);
            }
        }
        *schema = Schema {
            pointer: std::mem::take(&mut schema.pointer),
            name: schema.name.take(),
            types: std::mem::take(&mut schema.types),
            title: schema.title.take(),
            description: schema.description.take(),
            default: schema.default.take(),
            examples: std::mem::take(&mut schema.examples),
            deprecated: schema.deprecated,
            read_only: schema.read_only,
            write_only: schema.write_only,
            extensions: std::mem::take(&mut schema.extensions),
            one_of,
            discriminator: Some(Discriminator {
                property_name: self.property,
                mapping,
            }),
            ..Schema::default()
        };
    }
}

/// Whether a schema is another one that may be `null` as well: a use of it and no child. Any other schema made of
/// nothing but its base is a child that adds nothing.
fn stands_for(api: &Api, id: SchemaId, base: SchemaId) -> bool {
    let schema = &api.schemas[id];
    let renames = schema.name.is_none() || schema.types.nullable();
    renames && composition::single_part(api, schema) == Some(base)
}

/// The values that the property may have, where the document lists them.
fn allowed_tags(api: &Api, id: SchemaId, property: &str) -> Option<Vec<String>> {
    let flat = composition::flatten(api, id);
    let mut tag = &api.schemas[*flat.properties.get(property)?];
    for _ in 0..MOST_DEPTH {
        let Some(part) = composition::single_part(api, tag) else {
            break;
        };
        tag = &api.schemas[part];
    }
    let values = tag
        .enumeration
        .clone()
        .or_else(|| Some(vec![tag.constant.clone()?]))?;
    Some(
        values
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    )
}

/// The values that mean the schema itself: those by which a discriminator on the same property leads to it, its own or
/// that of a schema above it; else its name.
fn own_tags(api: &Api, id: SchemaId, name: &str, property: &str) -> Vec<String> {
    let discriminators = api
        .components
        .values()
        .filter_map(|other| api.schemas[*other].discriminator.as_ref())
        .filter(|other| other.property_name == property);
    let leading = discriminators.flat_map(|other| other.mapping.iter().filter(|(_, target)| **target == id));
    let mut tags: Vec<String> = leading.map(|(tag, _)| tag.clone()).collect();
    if tags.is_empty() {
        tags.push(name.to_owned());
    }
    tags
}
