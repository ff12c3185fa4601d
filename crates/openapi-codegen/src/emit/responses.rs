use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Arm, Item, Type, Variant, parse_quote};

use super::arm::{self, Pattern};
use super::docs::docs;
use super::expression::Expression;
use super::fakes::{self, Fakes};
use super::implementation::Implementation;
use super::types::{self, Scope, carries_status, ty};
use super::{Items, Piece, definition, operations, requests};
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
    let answer = Implementation::new(parse_quote! {
        impl server::IntoAnswer for Response {
            fn into_answer(self) -> ::api_support::Answer {}
        }
    });
    let fakes = api.fakes.then(Fakes::new);
    let responses = emitted.flat_map(move |(index, operation)| {
        let name = ident(&operation.response_ident);
        let mut items = vec![
            response_enum(api, operation),
            answer.of(&name, [into_answer(index, operation)]),
        ];
        items.extend(fakes.as_ref().map(|fakes| fakes.of(index, operation)));
        let bodies = operation
            .responses
            .iter()
            .filter_map(|response| body_enum(api, operation, response));
        items.extend(bodies);
        items
    });
    let header_sets = api.header_sets.iter().map(|set| header_set(api, set));
    Box::new(responses.map(Piece::from).chain(header_sets.map(Piece::Tokens)))
}

/// ```text
/// #[must_use]
/// pub enum GetPetResponse { Ok(Pet, GetPetOkHeaders), NotFound(Error), Default(StatusCode, Error), Unimplemented }
/// ```
fn response_enum(api: &Api, operation: &Operation) -> Item {
    let doc = format!(" What operation `{}` documents as its answers.", operation.id);
    let variants = operation
        .responses
        .iter()
        .map(|response| variant(api, response, Scope::Operations));
    let unimplemented = definition::variant(
        vec![definition::doc(
            " Not documented: the handler is not written yet. Answers 501.",
        )],
        Ident::new("Unimplemented", Span::call_site()),
        Vec::new(),
    );
    let attributes = vec![
        definition::doc(&doc),
        definition::list("derive", quote! { Clone, Debug, PartialEq }),
        definition::flag("must_use"),
    ];
    let name = ident(&operation.response_ident);
    definition::enumeration(attributes, name, variants.chain([unimplemented]))
}

fn variant(api: &Api, response: &Response, scope: Scope) -> Variant {
    let text = match response.status {
        Status::Code(code) => format!("{code}: {}", response.description.trim()),
        Status::Range(class) => format!("{class}xx: {}", response.description.trim()),
        Status::Default => format!("Any other status: {}", response.description.trim()),
    };
    let payload = payload_types(
        api,
        response.status,
        response.content.as_ref(),
        response.header_set,
        scope,
    );
    definition::variant(docs(&text), ident(&response.ident), payload)
}

/// What a response's variant holds: its status where that is open, its body, its headers.
pub(super) fn payload_types(
    api: &Api,
    status: Status,
    content: Option<&Content>,
    headers: Option<usize>,
    scope: Scope,
) -> Vec<Type> {
    let status = carries_status(status).then(types::status);
    let body = content.map(|content| ty(api, &types::content(content), scope));
    let headers = headers
        .and_then(|position| api.header_sets.get(position))
        .map(|set| ty(api, &crate::ir::TypeRef::Operation(set.ident.clone()), scope));
    status.into_iter().chain(body).chain(headers).collect()
}

/// `match self { … }`: the one place that sets status, media type and headers.
fn into_answer(index: usize, operation: &Operation) -> Expression {
    let arms = operation.responses.iter().map(|response| {
        answer_arm(
            &response.ident,
            response.status,
            response.content.as_ref(),
            response.header_set,
            Scope::Operations,
        )
    });
    let unimplemented = Ident::new("Unimplemented", Span::call_site());
    let unwritten = Expression::call("server", "unwritten", [operations::entry(index)]);
    let unwritten = arm::new(Pattern::variant(&unimplemented, &[]), unwritten);
    Expression::name("self").matched(arms.chain([unwritten]))
}

/// `Self::NotFound(body, headers) => headers.add_to(server::json(404, …)),`, where `server` is imported.
pub(super) fn answer_arm(
    name: &str,
    status: Status,
    content: Option<&Content>,
    headers: Option<usize>,
    scope: Scope,
) -> Arm {
    let held = [
        carries_status(status).then_some("status"),
        content.is_some().then_some("body"),
        headers.is_some().then_some("headers"),
    ];
    let held: Vec<_> = held.into_iter().flatten().collect();
    let answer = match content {
        None => Expression::call("server", "empty", [code(status)]),
        Some(content) => written(content, status, scope),
    };
    let answer = if headers.is_some() {
        Expression::name("headers").with("add_to", answer)
    } else {
        answer
    };
    arm::new(Pattern::variant(&ident(name), &held), answer)
}

/// `404`, or `status.as_u16()` where the document leaves the status open.
fn code(status: Status) -> Expression {
    match status {
        Status::Code(code) => Expression::count(code.into()),
        Status::Range(_) | Status::Default => Expression::name("status").method("as_u16", []),
    }
}

fn written(content: &Content, status: Status, scope: Scope) -> Expression {
    let Some(name) = &content.ident else {
        let media = content.media.first();
        return media.map_or_else(|| Expression::name("body"), |media| written_as(media, status));
    };
    let name = ident(name);
    let name = match scope {
        Scope::Root => quote! { operations::#name },
        Scope::Models | Scope::Operations => quote! { #name },
    };
    let arms = content.media.iter().map(|media| {
        let (variant, written) = (ident(&media.ident), written_as(media, status).into_syntax());
        quote! { #name::#variant(body) => #written, }
    });
    Expression::written(parse_quote! { match body { #(#arms)* } })
}

fn written_as(media: &MediaType, status: Status) -> Expression {
    let media_type = media.media_type.as_str();
    let body = Expression::name("body");
    match media.encoding {
        Encoding::Json | Encoding::Form(_) => {
            let media_type = if media_type.contains('*') {
                "application/json"
            } else {
                media_type
            };
            let written = [code(status), Expression::text(media_type), body.borrowed()];
            Expression::call("server", "json", written)
        }
        Encoding::Text => Expression::call(
            "server",
            "text",
            [code(status), Expression::text(media_type), body],
        ),
        Encoding::Bytes => Expression::call("server", "opaque", [code(status), body]),
    }
}

fn body_enum(api: &Api, operation: &Operation, response: &Response) -> Option<Item> {
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
        quote! { #(#docs)* pub #name: #ty, }
    });
    let default = set
        .fields
        .iter()
        .all(|field| !field.required)
        .then(|| quote! { Default, });
    let fake = api.fakes.then(|| fakes::headers(set));
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

        #fake
    }
}

fn header_type(api: &Api, field: &HeaderField) -> Type {
    let ty = ty(api, &field.ty, Scope::Operations);
    if field.required { ty } else { types::option(ty) }
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
