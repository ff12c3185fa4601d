//! `oneOf` and `anyOf` as Rust types.

use openapi_model::{SchemaId, Type};

use super::types::Types;
use super::{composition, prose, text_extension};
use crate::ir::{TypeKind, TypeRef, UnionVariant};
use crate::naming::{Names, type_name};

impl Types<'_> {
    pub(super) fn union_kind(&mut self, id: SchemaId, ident: &str) -> TypeKind {
        let schema = &self.api.schemas[id];
        let alternatives = composition::alternatives(self.api, schema);
        if composition::merges_any_of(self.api, schema) {
            let flat = composition::merge_any_of(self.api, id);
            return TypeKind::Struct(self.struct_of(&flat, ident));
        }
        let base = composition::beside_union(self.api, id);
        if base.has_properties() {
            return self.distributed_union(id, id, ident, &base);
        }
        let mut names = Names::default();
        let variants = alternatives
            .into_iter()
            .enumerate()
            .map(|(position, alternative)| {
                let name = self.variant_name(alternative, position, &mut names);
                let typed = self.of(alternative, &format!("{ident}{name}"));
                self.variant(name, alternative, typed.in_place())
            })
            .collect();
        TypeKind::Union(variants)
    }

    /// A union with properties beside it: each alternative becomes a struct that has those properties too.
    pub(super) fn distributed_union(
        &mut self,
        id: SchemaId,
        union: SchemaId,
        ident: &str,
        base: &composition::Flat,
    ) -> TypeKind {
        let alternatives = composition::alternatives(self.api, &self.api.schemas[union]);
        let mut names = Names::default();
        let mut variants = Vec::new();
        for (position, alternative) in alternatives.into_iter().enumerate() {
            let name = self.variant_name(alternative, position, &mut names);
            let whole = base.with(&composition::flatten(self.api, alternative));
            let variant_ident = format!("{ident}{name}");
            let kind = TypeKind::Struct(self.struct_of(&whole, &variant_ident));
            let doc = format!(
                "The alternative `{name}` of `{ident}`, with the properties that every alternative has."
            );
            let ty = self.define(variant_ident, doc, id, kind);
            variants.push(self.variant(name, alternative, ty));
        }
        TypeKind::Union(variants)
    }

    pub(super) fn variant(&self, ident: String, alternative: SchemaId, ty: TypeRef) -> UnionVariant {
        let doc = prose::alternative(&self.api.schemas[alternative]);
        UnionVariant {
            ident,
            doc,
            ty,
            schema: alternative.index(),
        }
    }

    /// The component's name, else a title of one or two words, else the JSON type, else a number.
    pub(super) fn variant_name(&self, id: SchemaId, position: usize, names: &mut Names) -> String {
        let schema = &self.api.schemas[id];
        let title = schema
            .title
            .as_deref()
            .filter(|title| title.split_whitespace().count() <= 2);
        let wanted = text_extension(&schema.extensions, "x-rust-name");
        let name = wanted
            .as_deref()
            .or(schema.name.as_deref())
            .or(title)
            .map_or_else(
                || match composition::named_types(schema).as_slice() {
                    [Type::Object] | [] => format!("Variant{}", position + 1),
                    [only] => type_name(only.as_str()),
                    _ => format!("Variant{}", position + 1),
                },
                type_name,
            );
        names.give(name)
    }
}
