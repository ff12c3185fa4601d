use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Api, Status, TypeRef};
use crate::naming::ident;

/// The module a type is named in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    /// `models` itself.
    Models,
    /// `operations`, beside `models`.
    Operations,
    /// The module around both.
    Root,
}

/// A type as it is written in a scope.
pub(super) fn ty(api: &Api, ty: &TypeRef, scope: Scope) -> TokenStream {
    let inner = |inner: &TypeRef| self::ty(api, inner, scope);
    match ty {
        TypeRef::Bool => quote! { bool },
        TypeRef::I32 => quote! { i32 },
        TypeRef::I64 => quote! { i64 },
        TypeRef::U32 => quote! { u32 },
        TypeRef::U64 => quote! { u64 },
        TypeRef::Number => quote! { ::api_support::Number },
        TypeRef::String => quote! { String },
        TypeRef::Value => quote! { ::api_support::Value },
        TypeRef::Opaque => quote! { ::api_support::Opaque },
        TypeRef::List(item) => {
            let item = inner(item);
            quote! { Vec<#item> }
        }
        TypeRef::Map(value) => {
            let value = inner(value);
            quote! { ::api_support::IndexMap<String, #value> }
        }
        TypeRef::Nullable(value) => {
            let value = inner(value);
            quote! { Option<#value> }
        }
        TypeRef::Boxed(value) => {
            let value = inner(value);
            quote! { Box<#value> }
        }
        TypeRef::Named(def) => {
            let name = ident(api.types.get(*def).map_or("Unknown", |def| def.ident.as_str()));
            match scope {
                Scope::Models => quote! { #name },
                Scope::Operations => quote! { super::models::#name },
                Scope::Root => quote! { models::#name },
            }
        }
        TypeRef::Operation(name) => {
            let name = ident(name);
            match scope {
                Scope::Operations => quote! { #name },
                Scope::Models => quote! { super::operations::#name },
                Scope::Root => quote! { operations::#name },
            }
        }
    }
}

/// The type of a body: its only media type's, or the enum over several.
pub(super) fn content(content: &crate::ir::Content) -> TypeRef {
    match (&content.ident, content.media.first()) {
        (Some(name), _) => TypeRef::Operation(name.clone()),
        (None, Some(media)) => media.ty.clone(),
        (None, None) => TypeRef::Value,
    }
}

/// The code of a status: the document's, or that of the variable that holds it.
pub(super) fn status_code(status: Status, variable: &TokenStream) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote! { #code }
        }
        Status::Range(_) | Status::Default => quote! { #variable.as_u16() },
    }
}

/// Whether a status is part of the answer's value, since the document leaves it open.
pub(super) fn carries_status(status: Status) -> bool {
    !matches!(status, Status::Code(_))
}
