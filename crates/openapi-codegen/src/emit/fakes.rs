use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::types::carries_status;
use crate::ir::{Api, Content, Operation, Response};
use crate::naming::ident;

/// ```text
/// impl FakeResponse for GetPetResponse {
///     fn make(making: &mut Making<'_>) -> Option<Self> {
///         match making.response() {
///             0 => Some(Self::Ok(making.body(0)?)),
///             …
/// ```
pub(super) fn emit(api: &Api, index: usize, operation: &Operation) -> Option<TokenStream> {
    if !api.fakes {
        return None;
    }
    let name = ident(&operation.response_ident);
    let index = Literal::usize_unsuffixed(index);
    let arms = operation
        .responses
        .iter()
        .enumerate()
        .map(|(position, response)| arm(api, position, response));
    Some(quote! {
        impl fake::FakeResponse for #name {
            fn table() -> fake::Table {
                (&super::OPERATIONS[#index], &super::SCHEMAS)
            }

            fn make(making: &mut fake::Making<'_>) -> Option<Self> {
                match making.response() {
                    #(#arms)*
                    _ => None,
                }
            }
        }
    })
}

fn arm(api: &Api, position: usize, response: &Response) -> TokenStream {
    let (name, position) = (ident(&response.ident), Literal::usize_unsuffixed(position));
    let status = carries_status(response.status).then(|| quote! { making.status() });
    let body = response.content.as_ref().map(body);
    let headers = response
        .header_set
        .and_then(|set| api.header_sets.get(set))
        .map(|set| {
            let set_name = ident(&set.ident);
            let fields = set.fields.iter().enumerate().map(|(header, field)| {
                let (header, field_name) = (Literal::usize_unsuffixed(header), ident(&field.ident));
                let required = field.required.then(|| quote! { ? });
                quote! { #field_name: making.header(#header) #required, }
            });
            quote! { #set_name { #(#fields)* } }
        });
    let parts: Vec<_> = status.iter().chain(&body).chain(&headers).collect();
    let made = if parts.is_empty() {
        quote! { Self::#name }
    } else {
        quote! { Self::#name(#(#parts),*) }
    };
    quote! { #position => Some(#made), }
}

fn body(content: &Content) -> TokenStream {
    let Some(enumeration) = &content.ident else {
        return quote! { making.body(0)? };
    };
    let enumeration = ident(enumeration);
    let arms = content.media.iter().enumerate().map(|(media, one)| {
        let (media, variant) = (Literal::usize_unsuffixed(media), ident(&one.ident));
        quote! { #media => #enumeration::#variant(making.body(#media)?), }
    });
    quote! {
        match making.media_type()? {
            #(#arms)*
            _ => return None,
        }
    }
}
