use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{deprecated, docs};
use super::types::{Scope, ty};
use super::{Items, Piece, enums, structs, unions};
use crate::ir::{Api, TypeDef, TypeKind, TypeRef};
use crate::naming::ident;

/// The module `models`: a type per schema, and what ties them to the schema table.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let defs = api.types.iter().map(|def| definition(api, def));
    let ties = serialized(api).map(|def| {
        let (name, schema) = (
            ident(&def.ident),
            proc_macro2::Literal::usize_unsuffixed(def.schema),
        );
        quote! { #name = #schema }
    });
    let ties = quote! { ::api_support::models! { super::SCHEMAS; #(#ties),* } };
    Box::new(defs.chain(std::iter::once(ties)).map(Piece::Tokens))
}

/// The types that are definitions of their own, which serde reads and writes.
fn serialized(api: &Api) -> impl Iterator<Item = &TypeDef> {
    let is_own = |def: &&TypeDef| !matches!(def.kind, TypeKind::Alias(_));
    api.types.iter().filter(is_own)
}

/// Whether there is a type that serde reads and writes.
pub(super) fn is_serialized(api: &Api) -> bool {
    serialized(api).next().is_some()
}

fn definition(api: &Api, def: &TypeDef) -> TokenStream {
    match &def.kind {
        TypeKind::Struct(body) => structs::emit(api, def, body),
        TypeKind::StringEnum(variants) => enums::strings(def, variants),
        TypeKind::IntegerEnum(variants) => enums::integers(def, variants),
        TypeKind::Union(variants) => unions::emit(api, def, variants),
        TypeKind::Newtype(inner) => newtype(api, def, inner),
        TypeKind::Alias(target) => alias(api, def, target),
    }
}

/// `pub struct Tags(pub Vec<String>);`
fn newtype(api: &Api, def: &TypeDef, inner: &TypeRef) -> TokenStream {
    let (docs, deprecated, name, inner) = (
        docs(&def.doc),
        deprecated(def.deprecated),
        ident(&def.ident),
        ty(api, inner, Scope::Models),
    );
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
        #[serde(crate = "::api_support::serde", transparent)]
        pub struct #name(pub #inner);

        impl From<#inner> for #name {
            fn from(value: #inner) -> Self {
                Self(value)
            }
        }
    }
}

/// `pub type UserId = String;`
fn alias(api: &Api, def: &TypeDef, target: &TypeRef) -> TokenStream {
    let (docs, deprecated, name, target) = (
        docs(&def.doc),
        deprecated(def.deprecated),
        ident(&def.ident),
        ty(api, target, Scope::Models),
    );
    quote! {
        #docs
        #deprecated
        pub type #name = #target;
    }
}
