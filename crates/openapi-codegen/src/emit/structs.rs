use quote::quote;
use syn::Item;

use super::definition::{self, list};
use super::docs::docs_of;
use super::types::{self, Scope, ty};
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
pub(super) fn emit(api: &Api, def: &TypeDef, body: &Struct) -> Item {
    let fields = body.fields.iter().map(|one| field(api, one));
    let additional = body.additional.as_ref().map(|one| additional(api, one));
    let closed = body.closed.then(|| quote! { , deny_unknown_fields });
    let is_optional =
        |field: &Field| matches!(field.presence, Presence::Optional | Presence::OptionalNullable);
    let default = body.fields.iter().all(is_optional).then(|| quote! { Default, });
    let mut attributes = docs_of(&def.doc, def.deprecated);
    attributes.extend([
        list(
            "derive",
            quote! { Clone, Debug, #default PartialEq, serde::Deserialize, serde::Serialize },
        ),
        list("serde", quote! { crate = "::api_support::serde" #closed }),
    ]);
    definition::structure(attributes, ident(&def.ident), fields.chain(additional))
}

fn field(api: &Api, field: &Field) -> syn::Field {
    let mut attributes = docs_of(&field.doc, field.deprecated);
    let name = ident(&field.ident);
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
            types::option(inner),
        ),
        Presence::Nullable => (
            Some(quote! { deserialize_with = "::api_support::required_nullable" }),
            types::option(inner),
        ),
        Presence::OptionalNullable => (
            Some(quote! { default, skip_serializing_if = "::api_support::Field::is_absent" }),
            types::of(types::support(["Field"]), [inner]),
        ),
    };
    if renamed.is_some() || rules.is_some() {
        attributes.push(list("serde", quote! { #renamed #rules }));
    }
    definition::field(attributes, name, outer)
}

fn additional(api: &Api, additional: &Additional) -> syn::Field {
    let value = ty(api, &additional.ty, Scope::Models);
    let attributes = vec![
        definition::doc(" Members that the document does not name."),
        list("serde", quote! { flatten }),
    ];
    definition::field(attributes, ident(&additional.ident), types::map(value))
}
