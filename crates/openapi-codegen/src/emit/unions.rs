use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{docs, docs_of};
use super::types::{Scope, ty};
use crate::ir::{Api, TypeDef, TypeKind, TypeRef, UnionVariant};
use crate::naming::ident;

/// ```text
/// #[derive(Serialize)] #[serde(untagged)]
/// pub enum Shape { Circle(Circle), Square(Square) }
/// impl<'de> Deserialize<'de> for Shape { … }
/// ```
///
/// serde's own untagged reading takes the first variant that deserialises, which for open objects is nearly always the
/// first; so the schema table says which alternative a value is.
pub(super) fn emit(api: &Api, def: &TypeDef, variants: &[UnionVariant]) -> TokenStream {
    let (docs_of_type, name) = (docs_of(&def.doc, def.deprecated), ident(&def.ident));
    let members = variants.iter().map(|variant| {
        let (docs, name, ty) = (
            docs(&variant.doc),
            ident(&variant.ident),
            ty(api, &variant.ty, Scope::Models),
        );
        quote! { #(#docs)* #name(#ty), }
    });
    let schema = Literal::usize_unsuffixed(def.schema);
    let alternatives = variants
        .iter()
        .map(|variant| Literal::usize_unsuffixed(variant.schema));
    let arms = variants.iter().enumerate().map(|(position, variant)| {
        let (position, name) = (Literal::usize_unsuffixed(position), ident(&variant.ident));
        quote! { Some(#position) => ::api_support::serde_json::from_value(value).map(Self::#name), }
    });
    let conversions = conversions(api, def, variants);
    let message = format!("no alternative of `{}` matches", def.ident);
    quote! {
        #(#docs_of_type)*
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        #[serde(crate = "::api_support::serde", untagged)]
        pub enum #name {
            #(#members)*
        }

        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use serde::de::Error as _;

                let value = ::api_support::Value::deserialize(deserializer)?;
                let read = match ::api_support::pick(&super::SCHEMAS, #schema, &[#(#alternatives),*], &value) {
                    #(#arms)*
                    _ => return Err(D::Error::custom(#message)),
                };
                read.map_err(D::Error::custom)
            }
        }

        #conversions
    }
}

/// `From` for every alternative whose Rust type is that of no other.
fn conversions(api: &Api, def: &TypeDef, variants: &[UnionVariant]) -> TokenStream {
    let name = ident(&def.ident);
    let mut uses: BTreeMap<TypeRef, usize> = BTreeMap::new();
    for variant in variants {
        *uses.entry(resolved(api, &variant.ty)).or_default() += 1;
    }
    let unique = variants
        .iter()
        .filter(|variant| uses.get(&resolved(api, &variant.ty)) == Some(&1));
    let conversions = unique.map(|variant| {
        let (variant_name, ty) = (ident(&variant.ident), ty(api, &variant.ty, Scope::Models));
        quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant_name(value)
                }
            }
        }
    });
    quote! { #(#conversions)* }
}

/// A type with aliases followed, since an alias is its target to the compiler.
fn resolved(api: &Api, ty: &TypeRef) -> TypeRef {
    let inner = |inner: &TypeRef| Box::new(resolved(api, inner));
    match ty {
        TypeRef::Named(def) => match api.types.get(*def).map(|def| &def.kind) {
            Some(TypeKind::Alias(target)) => resolved(api, target),
            _ => ty.clone(),
        },
        TypeRef::List(item) => TypeRef::List(inner(item)),
        TypeRef::Map(value) => TypeRef::Map(inner(value)),
        TypeRef::Nullable(value) => TypeRef::Nullable(inner(value)),
        TypeRef::Boxed(value) => TypeRef::Boxed(inner(value)),
        _ => ty.clone(),
    }
}
