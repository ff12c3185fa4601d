use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs_of;
use super::types::{Scope, ty};
use super::{Items, Piece, definition, enums, structs, unions};
use crate::ir::{Api, TypeDef, TypeKind, TypeRef};
use crate::naming::ident;

/// The module `models`: a type per schema, and what ties them to the schema table.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let defs = api.types.iter().flat_map(|def| defined(api, def));
    let ties = own(api).map(|def| {
        let (name, schema) = (
            ident(&def.ident),
            proc_macro2::Literal::usize_unsuffixed(def.schema),
        );
        quote! { #name = #schema }
    });
    let ties = definition::invocation("models", quote! { super::SCHEMAS; #(#ties),* });
    Box::new(defs.chain(std::iter::once(Piece::from(ties))))
}

/// The types that are definitions of their own.
fn own(api: &Api) -> impl Iterator<Item = &TypeDef> {
    let is_own = |def: &&TypeDef| !matches!(def.kind, TypeKind::Alias(_));
    api.types.iter().filter(is_own)
}

/// Whether there is a type whose definition names serde.
pub(super) fn names_serde(api: &Api) -> bool {
    own(api).any(|def| !matches!(def.kind, TypeKind::StringEnum(_)))
}

fn defined<'a>(api: &Api, def: &TypeDef) -> Vec<Piece<'a>> {
    match &def.kind {
        TypeKind::Struct(body) => vec![Piece::from(structs::emit(api, def, body))],
        TypeKind::StringEnum(variants) => enums::strings(def, variants).map(Piece::from).into(),
        TypeKind::IntegerEnum(variants) => vec![Piece::Tokens(enums::integers(def, variants))],
        TypeKind::Union(variants) => vec![Piece::Tokens(unions::emit(api, def, variants))],
        TypeKind::Newtype(inner) => vec![Piece::Tokens(newtype(api, def, inner))],
        TypeKind::Alias(target) => vec![Piece::Tokens(alias(api, def, target))],
    }
}

/// `pub struct Tags(pub Vec<String>);`
fn newtype(api: &Api, def: &TypeDef, inner: &TypeRef) -> TokenStream {
    let (docs, name, inner) = (
        docs_of(&def.doc, def.deprecated),
        ident(&def.ident),
        ty(api, inner, Scope::Models),
    );
    quote! {
        #(#docs)*
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
    let (docs, name, target) = (
        docs_of(&def.doc, def.deprecated),
        ident(&def.ident),
        ty(api, target, Scope::Models),
    );
    quote! {
        #(#docs)*
        pub type #name = #target;
    }
}
