use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::responses::{answer_arm, payload_types};
use super::types::{Scope, carries_status, status_code};
use super::{Items, one};
use crate::ir::{Api, Refusal, Status};
use crate::naming::ident;

/// ```text
/// pub enum ClerkRefusal { BadRequest(models::ClerkErrors), …, Undocumented(Answer) }
/// ```
pub(super) fn emit(api: &Api) -> Items<'_> {
    let name = format_ident!("{}Refusal", api.name);
    let doc = format!(
        " Every error answer that {} documents anywhere: what its hooks refuse a request with.",
        api.title
    );
    let emitted = api
        .operations
        .iter()
        .filter(|operation| operation.skipped.is_none())
        .count();
    let variants = api.refusals.iter().map(|refusal| variant(api, refusal, emitted));
    let answers = api.refusals.iter().map(|refusal| {
        answer_arm(
            &refusal.ident,
            refusal.status,
            refusal.content.as_ref(),
            refusal.header_set,
            Scope::Root,
        )
    });
    let documented = api.refusals.iter().map(documented_as);
    // A document without error answers leaves one variant, and nothing to match on.
    let (answer, documented_as) = if api.refusals.is_empty() {
        (
            quote! { let Self::Undocumented(answer) = self; answer },
            quote! { None },
        )
    } else {
        (
            quote! {
                use ::api_support::server;

                match self { #(#answers)* Self::Undocumented(answer) => answer }
            },
            quote! { match self { #(#documented)* Self::Undocumented(_) => None } },
        )
    };
    one(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[must_use]
        #[allow(clippy::large_enum_variant, reason = "the sizes are those of the document's schemas")]
        pub enum #name {
            #(#variants)*
            /// An answer outside the contract, for what no operation documents an answer to.
            Undocumented(::api_support::Answer),
        }

        impl ::api_support::server::IntoAnswer for #name {
            fn into_answer(self) -> ::api_support::Answer {
                #answer
            }
        }

        impl ::api_support::server::Refusal for #name {
            fn documented_as(&self) -> Option<(u16, Option<usize>)> {
                #documented_as
            }
        }
    })
}

/// `emitted` is the number of operations.
fn variant(api: &Api, refusal: &Refusal, emitted: usize) -> TokenStream {
    let name = ident(&refusal.ident);
    let status = match refusal.status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}xx"),
        Status::Default => "Any other status".to_owned(),
    };
    let doc = match refusal.operations.len() {
        all if all == emitted => format!(" {status}, documented by every operation."),
        several if several > 5 => format!(" {status}, documented by {several} operations."),
        _ => {
            let methods: Vec<_> = refusal
                .operations
                .iter()
                .map(|method| format!("`{method}`"))
                .collect();
            format!(" {status}, documented by {}.", methods.join(", "))
        }
    };
    let payload = payload_types(
        api,
        refusal.status,
        refusal.content.as_ref(),
        refusal.header_set,
        Scope::Root,
    );
    if payload.is_empty() {
        quote! { #[doc = #doc] #name, }
    } else {
        quote! { #[doc = #doc] #name(#(#payload),*), }
    }
}

/// `Self::BadRequest(..) => Some((400, Some(7))),`
fn documented_as(refusal: &Refusal) -> TokenStream {
    let name = ident(&refusal.ident);
    let open = carries_status(refusal.status);
    let rest = refusal.content.is_some() || refusal.header_set.is_some();
    let pattern = match (open, rest) {
        (true, true) => quote! { Self::#name(status, ..) },
        (true, false) => quote! { Self::#name(status) },
        (false, true) => quote! { Self::#name(..) },
        (false, false) => quote! { Self::#name },
    };
    let status = status_code(refusal.status, &quote! { status });
    let schema = refusal
        .content
        .as_ref()
        .and_then(|content| content.media.first())
        .and_then(|media| media.schema);
    let schema = super::literals::option(schema.map(|schema| {
        let schema = Literal::usize_unsuffixed(schema);
        quote! { #schema }
    }));
    quote! { #pattern => Some((#status, #schema)), }
}
