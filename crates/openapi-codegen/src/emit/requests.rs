use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{deprecated, docs};
use super::types::{self, Scope, ty};
use super::{Items, Piece};
use crate::ir::{Api, Encoding, MediaType, Operation, Parameter, RequestBody};
use crate::naming::ident;

/// For the module `operations`: a struct per operation with everything its request carries.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let requests = api
        .operations
        .iter()
        .filter(|operation| operation.skipped.is_none())
        .map(|operation| {
            let (body_enum, request, reading) = (
                body_enum(api, operation),
                request(api, operation),
                reading(operation),
            );
            quote! { #request #reading #body_enum }
        });
    Box::new(requests.map(Piece::Tokens))
}

/// `pub struct GetPet { pub pet_id: String, pub verbose: Option<bool>, pub body: PetPatch }`
fn request(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(&operation.request_ident);
    let doc = format!(
        " The request of `{} {}`, operation `{}`.",
        operation.verb, operation.path, operation.id
    );
    let fields = operation.parameters.iter().map(|parameter| {
        let (docs, deprecated, name) = (
            docs(&parameter.doc),
            deprecated(parameter.deprecated),
            ident(&parameter.ident),
        );
        let ty = parameter_type(api, parameter);
        quote! { #docs #deprecated pub #name: #ty, }
    });
    let body = operation.body.as_ref().map(|body| {
        let (docs, ty) = (docs(&body.doc), body_type(api, body));
        quote! { #docs pub body: #ty, }
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name {
            #(#fields)*
            #body
        }
    }
}

fn parameter_type(api: &Api, parameter: &Parameter) -> TokenStream {
    let ty = ty(api, &parameter.ty, Scope::Operations);
    if parameter.optional {
        quote! { Option<#ty> }
    } else {
        ty
    }
}

fn body_type(api: &Api, body: &RequestBody) -> TokenStream {
    let ty = ty(api, &types::content(&body.content), Scope::Operations);
    if body.required {
        ty
    } else {
        quote! { Option<#ty> }
    }
}

/// `impl FromInput for GetPet { … }`
fn reading(operation: &Operation) -> TokenStream {
    let name = ident(&operation.request_ident);
    let parameters = operation
        .parameters
        .iter()
        .enumerate()
        .map(|(position, parameter)| {
            let (name, position) = (ident(&parameter.ident), Literal::usize_unsuffixed(position));
            quote! { #name: input.parameter(#position)?, }
        });
    let body = operation.body.as_ref().map(|body| {
        let read = read_body(body);
        quote! { body: #read, }
    });
    let is_empty = operation.parameters.is_empty() && operation.body.is_none();
    let input = if is_empty {
        quote! { _ }
    } else {
        quote! { mut input }
    };
    quote! {
        impl server::FromInput for #name {
            fn from_input(#input: server::Input) -> Result<Self, ::api_support::Rejection> {
                Ok(Self { #(#parameters)* #body })
            }
        }
    }
}

fn read_body(body: &RequestBody) -> TokenStream {
    let read = match (&body.content.ident, body.content.media.as_slice()) {
        (Some(name), media) => {
            let name = ident(name);
            let arms = media.iter().enumerate().map(|(position, media)| {
                let (position, variant, read) = (
                    Literal::usize_unsuffixed(position),
                    ident(&media.ident),
                    read_media(media),
                );
                quote! { Some(#position) => #name::#variant(#read), }
            });
            quote! {
                match input.media_type() {
                    #(#arms)*
                    _ => return Err(::api_support::Rejection::MissingBody),
                }
            }
        }
        (None, [media, ..]) => read_media(media),
        (None, []) => quote! { input.body()? },
    };
    if body.required {
        read
    } else {
        quote! { if input.media_type().is_some() { Some(#read) } else { None } }
    }
}

fn read_media(media: &MediaType) -> TokenStream {
    match media.encoding {
        Encoding::Json | Encoding::Form(_) => quote! { input.body()? },
        Encoding::Text => quote! { input.text()? },
        Encoding::Bytes => quote! { input.bytes()? },
    }
}

/// `pub enum CreatePetBody { Json(Pet), Form(Pet) }`, where a body has several media types.
fn body_enum(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    content_enum(
        api,
        &body.content,
        &format!(
            " The body of the request of operation `{}`, by media type.",
            operation.id
        ),
    )
}

/// The enum over the media types of a body, where there are several.
pub(super) fn content_enum(api: &Api, content: &crate::ir::Content, doc: &str) -> Option<TokenStream> {
    let name = ident(content.ident.as_ref()?);
    let variants = content.media.iter().map(|media| {
        let (variant, ty) = (ident(&media.ident), ty(api, &media.ty, Scope::Operations));
        let doc = format!(" `{}`", media.media_type);
        quote! { #[doc = #doc] #variant(#ty), }
    });
    Some(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name {
            #(#variants)*
        }
    })
}
