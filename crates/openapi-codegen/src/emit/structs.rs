use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{deprecated, docs};
use super::types::{Scope, ty};
use crate::ir::{Additional, Api, Field, Presence, Struct, TypeDef};
use crate::naming::ident;

/// ```text
/// #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
/// pub struct Pet {
///     pub name: String,
///     #[serde(default, skip_serializing_if = "Option::is_none", …)]
///     pub nickname: Option<String>,
///     #[serde(default, skip_serializing_if = "Field::is_absent")]
///     pub note: Field<String>,
/// }
/// ```
///
/// `Default` is derived where every member may be left out.
pub(super) fn emit(api: &Api, def: &TypeDef, body: &Struct) -> TokenStream {
    let (docs, deprecated, name) = (docs(&def.doc), deprecated(def.deprecated), ident(&def.ident));
    let fields = body.fields.iter().map(|one| field(api, one));
    let additional = body.additional.as_ref().map(|one| additional(api, one));
    let closed = body.closed.then(|| quote! { , deny_unknown_fields });
    let is_optional =
        |field: &Field| matches!(field.presence, Presence::Optional | Presence::OptionalNullable);
    let default = body.fields.iter().all(is_optional).then(|| quote! { Default, });
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, #default PartialEq, serde::Deserialize, serde::Serialize)]
        #[serde(crate = "::api_support::serde" #closed)]
        pub struct #name {
            #(#fields)*
            #additional
        }
    }
}

fn field(api: &Api, field: &Field) -> TokenStream {
    let (docs, deprecated, name) = (
        docs(&field.doc),
        deprecated(field.deprecated),
        ident(&field.ident),
    );
    let inner = ty(api, &field.ty, Scope::Models);
    let renamed = (name != field.wire).then(|| {
        let wire = &field.wire;
        quote! { rename = #wire, }
    });
    let (rules, outer) = match field.presence {
        Presence::Required => (None, inner),
        // An absent member and `null` are told apart even where `null` is refused, by the model as by the table.
        Presence::Optional => (
            Some(
                quote! { default, skip_serializing_if = "Option::is_none", deserialize_with = "::api_support::optional" },
            ),
            quote! { Option<#inner> },
        ),
        Presence::Nullable => (
            Some(quote! { deserialize_with = "::api_support::required_nullable" }),
            quote! { Option<#inner> },
        ),
        Presence::OptionalNullable => (
            Some(quote! { default, skip_serializing_if = "::api_support::Field::is_absent" }),
            quote! { ::api_support::Field<#inner> },
        ),
    };
    let serde = (renamed.is_some() || rules.is_some()).then(|| quote! { #[serde(#renamed #rules)] });
    quote! {
        #docs
        #deprecated
        #serde
        pub #name: #outer,
    }
}

fn additional(api: &Api, additional: &Additional) -> TokenStream {
    let (name, value) = (ident(&additional.ident), ty(api, &additional.ty, Scope::Models));
    quote! {
        /// Members that the document does not name.
        #[serde(flatten)]
        pub #name: ::api_support::IndexMap<String, #value>,
    }
}
