//! From schemas to Rust types.

use std::collections::{BTreeMap, BTreeSet};

use openapi_model::{self as model, Schema, SchemaId, Type};
use serde_json::Value;

use super::enums::{enum_kind, enum_values};
use super::integers::integer_type;
use super::limit::LimitKind;
use super::{Limit, composition, prose, text_extension};
use crate::ir::{Additional, Field, Presence, SchemaNode, Struct, TypeDef, TypeKind, TypeRef};
use crate::naming::{Names, USED_BESIDE_OPERATIONS, model_name, type_name, value_name};

/// The types of one document while they are being lowered.
pub(super) struct Types<'a> {
    pub(super) api: &'a model::Api,
    pub(super) limits: Vec<Limit>,
    /// Schemas whose pattern is not enforced.
    pub(super) unenforced: BTreeSet<SchemaId>,
    /// The names of the module `operations`.
    pub(super) operation_names: Names,
    defs: Vec<Option<TypeDef>>,
    names: Names,
    /// Schemas that have been given a type of their own.
    known: BTreeMap<SchemaId, usize>,
}

/// A schema's Rust type, and whether `null` is a value besides.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) ty: TypeRef,
    pub(super) nullable: bool,
}

impl Typed {
    /// The type where absence is not a question.
    pub(super) fn in_place(self) -> TypeRef {
        if self.nullable && self.ty != TypeRef::Value {
            TypeRef::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}

impl<'a> Types<'a> {
    /// `nodes` is the schema table of the document.
    pub(super) fn new(api: &'a model::Api, nodes: &[SchemaNode]) -> Self {
        let schemas = api.schemas.iter().zip(nodes);
        let unenforced = schemas
            .filter(|((_, schema), node)| schema.pattern.is_some() && node.pattern.is_none())
            .map(|((id, _), _)| id)
            .collect();
        Self {
            api,
            limits: Vec::new(),
            unenforced,
            operation_names: Names::reserving(USED_BESIDE_OPERATIONS),
            defs: Vec::new(),
            names: Names::default(),
            known: BTreeMap::new(),
        }
    }

    /// Gives every component its name, in document order, then lowers them all.
    pub(super) fn components(&mut self) {
        for (name, id) in &self.api.components {
            if !self.known.contains_key(id) {
                let wanted = text_extension(&self.api.schemas[*id].extensions, "x-rust-name");
                let ident = self.names.give(model_name(wanted.as_deref().unwrap_or(name)));
                self.reserve(*id, ident);
            }
        }
        let components: Vec<_> = self.known.iter().map(|(id, def)| (*id, *def)).collect();
        for (id, def) in components {
            let kind = self.kind_of_component(id, def);
            self.fill(def, kind);
        }
    }

    fn reserve(&mut self, id: SchemaId, ident: String) -> usize {
        let schema = &self.api.schemas[id];
        let def = TypeDef {
            ident,
            doc: prose::schema(schema),
            deprecated: schema.deprecated,
            schema: id.index(),
            kind: TypeKind::Union(Vec::new()),
        };
        self.defs.push(Some(def));
        self.known.insert(id, self.defs.len() - 1);
        self.defs.len() - 1
    }

    fn fill(&mut self, def: usize, kind: TypeKind) {
        if let Some(Some(def)) = self.defs.get_mut(def) {
            def.kind = kind;
        }
    }

    /// The finished definitions, in order.
    pub(super) fn finish(self) -> Vec<TypeDef> {
        self.defs.into_iter().flatten().collect()
    }

    /// The name of a type.
    pub(super) fn ident(&self, def: usize) -> &str {
        self.defs
            .get(def)
            .and_then(Option::as_ref)
            .map_or("", |def| def.ident.as_str())
    }

    /// A definition made for no schema of the document: an alternative with the properties beside its union.
    pub(super) fn define(&mut self, ident: String, doc: String, schema: SchemaId, kind: TypeKind) -> TypeRef {
        let ident = self.names.give(ident);
        self.defs.push(Some(TypeDef {
            ident,
            doc,
            deprecated: false,
            schema: schema.index(),
            kind,
        }));
        TypeRef::Named(self.defs.len() - 1)
    }

    fn kind_of_component(&mut self, id: SchemaId, def: usize) -> TypeKind {
        let ident = self.ident(def).to_owned();
        let schema = &self.api.schemas[id];
        match self.own_kind(id, &ident) {
            Some(kind) => kind,
            None => match self.structural(id, schema, &ident).ty {
                ty @ (TypeRef::List(_) | TypeRef::Map(_)) => TypeKind::Newtype(ty),
                ty => TypeKind::Alias(ty),
            },
        }
    }

    /// The type of a schema; `hint` names it if it needs a definition and has no name of its own.
    pub(super) fn of(&mut self, id: SchemaId, hint: &str) -> Typed {
        let schema = &self.api.schemas[id];
        let nullable = self.is_nullable(id, 0);
        if let Some(def) = self.known.get(&id) {
            return Typed {
                ty: TypeRef::Named(*def),
                nullable,
            };
        }
        if self.needs_definition(id) {
            let wanted = text_extension(&schema.extensions, "x-rust-name");
            let ident = self.names.give(model_name(wanted.as_deref().unwrap_or(hint)));
            let def = self.reserve(id, ident.clone());
            match self.own_kind(id, &ident) {
                Some(kind) => self.fill(def, kind),
                // The shape turned out to be a plain type after all: it stays under its name.
                None => {
                    let ty = self.structural(id, schema, &ident).ty;
                    self.fill(def, TypeKind::Alias(ty));
                }
            }
            return Typed {
                ty: TypeRef::Named(def),
                nullable,
            };
        }
        Typed {
            nullable,
            ..self.structural(id, schema, hint)
        }
    }

    /// Whether an unnamed schema becomes a struct or an enum.
    fn needs_definition(&self, id: SchemaId) -> bool {
        let schema = &self.api.schemas[id];
        if composition::single_part(self.api, schema).is_some() {
            return false;
        }
        enum_values(schema).is_some_and(|values| enum_kind(schema, &values).is_some())
            || composition::is_union(self.api, schema)
            || composition::is_object(self.api, id)
                && (composition::flatten(self.api, id).has_properties()
                    || composition::is_closed(self.api, id))
    }

    /// The definition of a struct or an enum; `None` for every other schema.
    fn own_kind(&mut self, id: SchemaId, ident: &str) -> Option<TypeKind> {
        let schema = &self.api.schemas[id];
        if let Some(values) = enum_values(schema)
            && let Some(kind) = enum_kind(schema, &values)
        {
            return Some(kind);
        }
        if composition::single_part(self.api, schema).is_some() {
            return None;
        }
        if composition::is_union(self.api, schema) {
            if let Some(reason) = composition::untypable_union(self.api, id) {
                self.limit(schema, reason);
                return None;
            }
            return Some(self.union_kind(id, ident));
        }
        let flat = composition::flatten(self.api, id);
        let is_object = composition::is_object(self.api, id);
        if is_object && flat.unions.len() > 1 {
            self.limit(schema, "several unions are combined by allOf");
            return None;
        }
        if is_object && let Some(union) = flat.unions.first() {
            if composition::has_nested_union(self.api, *union) {
                self.limit(schema, composition::NESTED_UNION);
                return None;
            }
            return Some(self.distributed_union(id, *union, ident, &flat));
        }
        (is_object && (flat.has_properties() || composition::is_closed(self.api, id)))
            .then(|| TypeKind::Struct(self.struct_of(&flat, ident)))
    }

    fn limit(&mut self, schema: &Schema, reason: &'static str) {
        self.limits
            .push(Limit::new(&schema.pointer, LimitKind::Untyped { reason }));
    }

    /// The fields of an object with its `allOf` folded in.
    pub(super) fn struct_of(&mut self, flat: &composition::Flat, ident: &str) -> Struct {
        let mut names = Names::default();
        let mut fields = Vec::new();
        for (wire, id) in &flat.properties {
            fields.push(self.field(wire, *id, flat, ident, &mut names));
        }
        for wire in flat
            .required
            .iter()
            .filter(|wire| !flat.properties.contains_key(*wire))
        {
            fields.push(Field {
                ident: names.give(value_name(wire)),
                wire: wire.clone(),
                doc: "Required, and not described.".to_owned(),
                deprecated: false,
                ty: TypeRef::Value,
                presence: Presence::Required,
            });
        }
        let additional = flat.additional.map(|additional| Additional {
            ident: names.give("additional_properties".to_owned()),
            ty: match additional {
                Some(id) => self.of(id, &format!("{ident}Value")).in_place(),
                None => TypeRef::Value,
            },
        });
        Struct {
            fields,
            closed: flat.closed && additional.is_none(),
            additional,
        }
    }

    fn field(
        &mut self,
        wire: &str,
        id: SchemaId,
        flat: &composition::Flat,
        ident: &str,
        names: &mut Names,
    ) -> Field {
        let schema = &self.api.schemas[id];
        let typed = if flat.untyped.contains(wire) {
            self.limit(schema, "alternatives of an anyOf type this property differently");
            Typed {
                ty: TypeRef::Value,
                nullable: false,
            }
        } else {
            let owner = self.owner(schema).unwrap_or(ident).to_owned();
            self.of(id, &format!("{owner}{}", type_name(wire)))
        };
        // What one side alone sends may be missing in the other direction.
        let one_way = schema.read_only || schema.write_only;
        let required = flat.required.contains(wire) && !one_way;
        let nullable = typed.nullable && typed.ty != TypeRef::Value;
        let presence = match (required, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::OptionalNullable,
        };
        // A component's name is its own; only one written at the property is the field's.
        let wanted = text_extension(&schema.extensions, "x-rust-name").filter(|_| schema.name.is_none());
        Field {
            ident: names.give(value_name(wanted.as_deref().unwrap_or(wire))),
            wire: wire.to_owned(),
            doc: prose::property(self, id),
            deprecated: schema.deprecated,
            ty: typed.ty,
            presence,
        }
    }

    /// The type of the component that declares a property, which may be another than the one that has it by `allOf`.
    fn owner(&self, property: &Schema) -> Option<&str> {
        let steps: Vec<String> = property.pointer.tokens().collect();
        let [_, _, component, keyword, _] = steps.as_slice() else {
            return None;
        };
        let id = self
            .api
            .components
            .get(component)
            .filter(|_| keyword == "properties")?;
        self.known.get(id).map(|def| self.ident(*def))
    }

    /// The type of a schema that has no definition of its own.
    fn structural(&mut self, id: SchemaId, schema: &Schema, hint: &str) -> Typed {
        let plain = |ty| Typed { ty, nullable: false };
        if let Some(part) = composition::single_part(self.api, schema) {
            return self.of(part, hint);
        }
        if enum_values(schema).is_some_and(|values| !values.iter().all(Value::is_boolean))
            && composition::named_types(schema).len() != 1
        {
            return plain(TypeRef::Value);
        }
        if composition::is_object(self.api, id) {
            return plain(self.map_of(id, hint));
        }
        let typed_part = composition::typed_part(self.api, schema);
        let types = composition::named_types(schema);
        match types.as_slice() {
            [Type::Boolean] => plain(TypeRef::Bool),
            [Type::Integer] => plain(integer_type(schema)),
            [Type::Number] => plain(TypeRef::Number),
            [Type::String] => plain(TypeRef::String),
            [Type::Array] => plain(self.list_of(schema, hint)),
            [] if schema.items.is_some() => plain(self.list_of(schema, hint)),
            [] => match typed_part {
                Some(part) => self.of(part, hint),
                None => plain(TypeRef::Value),
            },
            _ => {
                self.limit(schema, "a value of several JSON types");
                plain(TypeRef::Value)
            }
        }
    }

    fn list_of(&mut self, schema: &Schema, hint: &str) -> TypeRef {
        let item = match schema.items {
            Some(items) if schema.prefix_items.is_empty() => {
                self.of(items, &format!("{hint}Item")).in_place()
            }
            _ => TypeRef::Value,
        };
        TypeRef::List(Box::new(item))
    }

    fn map_of(&mut self, id: SchemaId, hint: &str) -> TypeRef {
        let flat = composition::flatten(self.api, id);
        let value = match flat.additional.flatten() {
            Some(value) => self.of(value, &format!("{hint}Value")).in_place(),
            None => TypeRef::Value,
        };
        TypeRef::Map(Box::new(value))
    }
}
