use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::docs;
use super::types::{self, Scope, carries_status, status_code, ty};
use super::{Items, Piece, fakes, requests};
use crate::ir::{
    Api, Content, Encoding, HeaderField, HeaderSet, MediaType, Operation, Response, Serialization, Status,
};
use crate::naming::ident;

/// For the module `operations`: an enum per operation with a variant per documented status, and the structs of
/// their headers.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let emitted = api
        .operations
        .iter()
        .enumerate()
        .filter(|(_, operation)| operation.skipped.is_none());
    let responses = emitted.map(|(index, operation)| {
        let (definition, answer, fake) = (
            response_enum(api, operation),
            into_answer(index, operation),
            fakes::emit(api, index, operation),
        );
        let bodies = operation
            .responses
            .iter()
            .filter_map(|response| body_enum(api, operation, response));
        quote! { #definition #answer #fake #(#bodies)* }
    });
    let header_sets = api.header_sets.iter().map(|set| header_set(api, set));
    Box::new(responses.chain(header_sets).map(Piece::Tokens))
}

/// ```text
/// #[must_use]
/// pub enum GetPetResponse { Ok(Pet, GetPetOkHeaders), NotFound(Error), Default(StatusCode, Error), Unimplemented }
/// ```
fn response_enum(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(&operation.response_ident);
    let doc = format!(" What operation `{}` documents as its answers.", operation.id);
    let variants = operation
        .responses
        .iter()
        .map(|response| variant(api, response, Scope::Operations));
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[must_use]
        pub enum #name {
            #(#variants)*
            /// Not documented: the handler is not written yet. Answers 501.
            Unimplemented,
        }
    }
}

fn variant(api: &Api, response: &Response, scope: Scope) -> TokenStream {
    let name = ident(&response.ident);
    let text = match response.status {
        Status::Code(code) => format!("{code}: {}", response.description.trim()),
        Status::Range(class) => format!("{class}xx: {}", response.description.trim()),
        Status::Default => format!("Any other status: {}", response.description.trim()),
    };
    let docs = docs(&text);
    let payload = payload_types(
        api,
        response.status,
        response.content.as_ref(),
        response.header_set,
        scope,
    );
    if payload.is_empty() {
        quote! { #docs #name, }
    } else {
        quote! { #docs #name(#(#payload),*), }
    }
}

/// What a response's variant holds: its status where that is open, its body, its headers.
pub(super) fn payload_types(
    api: &Api,
    status: Status,
    content: Option<&Content>,
    headers: Option<usize>,
    scope: Scope,
) -> Vec<TokenStream> {
    let status = carries_status(status).then(|| quote! { ::api_support::http::StatusCode });
    let body = content.map(|content| ty(api, &types::content(content), scope));
    let headers = headers
        .and_then(|position| api.header_sets.get(position))
        .map(|set| ty(api, &crate::ir::TypeRef::Operation(set.ident.clone()), scope));
    status.into_iter().chain(body).chain(headers).collect()
}

/// `impl IntoAnswer for GetPetResponse { … }`: the one place that sets status, media type and headers.
fn into_answer(index: usize, operation: &Operation) -> TokenStream {
    let name = ident(&operation.response_ident);
    let index = Literal::usize_unsuffixed(index);
    let arms = operation.responses.iter().map(|response| {
        answer_arm(
            &response.ident,
            response.status,
            response.content.as_ref(),
            response.header_set,
            Scope::Operations,
        )
    });
    quote! {
        impl server::IntoAnswer for #name {
            fn into_answer(self) -> ::api_support::Answer {
                match self {
                    #(#arms)*
                    Self::Unimplemented => server::unwritten(&super::OPERATIONS[#index]),
                }
            }
        }
    }
}

/// `Self::NotFound(body, headers) => headers.add_to(server::json(404, …)),`, where `server` is imported.
pub(super) fn answer_arm(
    name: &str,
    status: Status,
    content: Option<&Content>,
    headers: Option<usize>,
    scope: Scope,
) -> TokenStream {
    let name = ident(name);
    let open = carries_status(status).then(|| quote! { status });
    let body = content.is_some().then(|| quote! { body });
    let header_binding = headers.is_some().then(|| quote! { headers });
    let bindings: Vec<_> = open.iter().chain(&body).chain(&header_binding).collect();
    let pattern = if bindings.is_empty() {
        quote! { Self::#name }
    } else {
        quote! { Self::#name(#(#bindings),*) }
    };
    let status = status_code(status, &quote! { status });
    let answer = match content {
        None => quote! { server::empty(#status) },
        Some(content) => written(content, &status, scope),
    };
    let answer = if headers.is_some() {
        quote! { headers.add_to(#answer) }
    } else {
        answer
    };
    quote! { #pattern => #answer, }
}

fn written(content: &Content, status: &TokenStream, scope: Scope) -> TokenStream {
    let Some(name) = &content.ident else {
        return content
            .media
            .first()
            .map(|media| written_as(media, status))
            .unwrap_or_default();
    };
    let name = ident(name);
    let name = match scope {
        Scope::Root => quote! { operations::#name },
        Scope::Models | Scope::Operations => quote! { #name },
    };
    let arms = content.media.iter().map(|media| {
        let (variant, written) = (ident(&media.ident), written_as(media, status));
        quote! { #name::#variant(body) => #written, }
    });
    quote! { match body { #(#arms)* } }
}

fn written_as(media: &MediaType, status: &TokenStream) -> TokenStream {
    let media_type = &media.media_type;
    match media.encoding {
        Encoding::Json | Encoding::Form(_) => {
            let media_type = if media_type.contains('*') {
                "application/json"
            } else {
                media_type
            };
            quote! { server::json(#status, #media_type, &body) }
        }
        Encoding::Text => quote! { server::text(#status, #media_type, body) },
        Encoding::Bytes => quote! { server::opaque(#status, body) },
    }
}

fn body_enum(api: &Api, operation: &Operation, response: &Response) -> Option<TokenStream> {
    let content = response.content.as_ref()?;
    let doc = format!(
        " The body of the answer `{}` of operation `{}`, by media type.",
        response.ident, operation.id
    );
    requests::content_enum(api, content, &doc)
}

/// ```text
/// pub struct GetPetOkHeaders { pub total_number: i64, pub link: Option<String> }
/// impl GetPetOkHeaders { fn add_to(self, answer: Answer) -> Answer }
/// ```
fn header_set(api: &Api, set: &HeaderSet) -> TokenStream {
    let name = ident(&set.ident);
    let doc = format!(
        " The headers {}.",
        set.fields
            .iter()
            .map(|field| format!("`{}`", field.wire))
            .collect::<Vec<_>>()
            .join(", ")
    );
    let fields = set.fields.iter().map(|field| {
        let (docs, name, ty) = (docs(&field.doc), ident(&field.ident), header_type(api, field));
        quote! { #docs pub #name: #ty, }
    });
    let default = set
        .fields
        .iter()
        .all(|field| !field.required)
        .then(|| quote! { Default, });
    let additions = set.fields.iter().map(header_addition);
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, #default PartialEq)]
        pub struct #name {
            #(#fields)*
        }

        impl #name {
            /// Adds the headers to an answer.
            #[must_use]
            pub fn add_to(self, answer: ::api_support::Answer) -> ::api_support::Answer {
                answer #(#additions)*
            }
        }
    }
}

fn header_type(api: &Api, field: &HeaderField) -> TokenStream {
    let ty = ty(api, &field.ty, Scope::Operations);
    if field.required {
        ty
    } else {
        quote! { Option<#ty> }
    }
}

fn header_addition(field: &HeaderField) -> TokenStream {
    let (wire, name) = (&field.wire, ident(&field.ident));
    let method = match field.serialization {
        Serialization::Json => quote! { with_json_header },
        Serialization::Style(_, true) => quote! { with_exploded_header },
        Serialization::Style(_, false) => quote! { with_header },
    };
    quote! { .#method(#wire, &self.#name) }
}
