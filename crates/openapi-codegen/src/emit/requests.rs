use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::{Item, Type, parse_quote};

use super::docs::{docs, docs_of};
use super::expression::Expression;
use super::implementation::Implementation;
use super::types::{self, Scope, ty};
use super::{Items, Piece, definition};
use crate::ir::{Api, Encoding, MediaType, Operation, Parameter, RequestBody};
use crate::naming::ident;

/// For the module `operations`: a struct per operation with everything its request carries.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let some = from_input(&quote! { mut input });
    let nothing = from_input(&quote! { _ });
    let emitted = |operation: &&Operation| operation.skipped.is_none();
    let requests = api.operations.iter().filter(emitted).flat_map(move |operation| {
        let is_empty = operation.parameters.is_empty() && operation.body.is_none();
        let implementation = if is_empty { &nothing } else { &some };
        let name = ident(&operation.request_ident);
        let items = [
            Some(request(api, operation)),
            Some(implementation.of(&name, [reading(operation)])),
            body_enum(api, operation),
        ];
        items.into_iter().flatten()
    });
    Box::new(requests.map(Piece::from))
}

/// `pub struct GetPet { pub pet_id: String, pub verbose: Option<bool>, pub body: PetPatch }`
fn request(api: &Api, operation: &Operation) -> Item {
    let doc = format!(
        " The request of `{} {}`, operation `{}`.",
        operation.verb, operation.path, operation.id
    );
    let fields = operation.parameters.iter().map(|parameter| {
        definition::field(
            docs_of(&parameter.doc, parameter.deprecated),
            ident(&parameter.ident),
            parameter_type(api, parameter),
        )
    });
    let body = operation.body.as_ref().map(|body| {
        let name = Ident::new("body", Span::call_site());
        definition::field(docs(&body.doc), name, body_type(api, body))
    });
    let attributes = vec![
        definition::doc(&doc),
        definition::list("derive", quote! { Clone, Debug, PartialEq }),
    ];
    definition::structure(attributes, ident(&operation.request_ident), fields.chain(body))
}

fn parameter_type(api: &Api, parameter: &Parameter) -> Type {
    let ty = ty(api, &parameter.ty, Scope::Operations);
    if parameter.optional { types::option(ty) } else { ty }
}

fn body_type(api: &Api, body: &RequestBody) -> Type {
    let ty = ty(api, &types::content(&body.content), Scope::Operations);
    if body.required { ty } else { types::option(ty) }
}

/// `impl FromInput for GetPet { … }`, but for its type and what it comes to.
fn from_input(input: &TokenStream) -> Implementation {
    Implementation::new(parse_quote! {
        impl server::FromInput for Request {
            fn from_input(#input: server::Input) -> Result<Self, ::api_support::Rejection> {}
        }
    })
}

/// `Ok(Self { pet_id: input.parameter(0)?, body: input.body()? })`
fn reading(operation: &Operation) -> Expression {
    let parameters = operation
        .parameters
        .iter()
        .enumerate()
        .map(|(position, parameter)| {
            let read = input("parameter", [Expression::index(position)]);
            (ident(&parameter.ident), read)
        });
    let body = operation
        .body
        .as_ref()
        .map(|body| (Ident::new("body", Span::call_site()), read_body(body)));
    let request = Expression::this(parameters.chain(body));
    Expression::name("Ok").invoked([request])
}

/// `input.method(argument)?`
fn input<const N: usize>(method: &str, arguments: [Expression; N]) -> Expression {
    Expression::name("input").method(method, arguments).tried()
}

fn read_body(body: &RequestBody) -> Expression {
    let read = match (&body.content.ident, body.content.media.as_slice()) {
        (Some(name), media) => {
            let name = ident(name);
            let arms = media.iter().enumerate().map(|(position, media)| {
                let (position, variant, read) = (
                    Literal::usize_unsuffixed(position),
                    ident(&media.ident),
                    read_media(media).into_syntax(),
                );
                quote! { Some(#position) => #name::#variant(#read), }
            });
            Expression::written(parse_quote! {
                match input.media_type() {
                    #(#arms)*
                    _ => return Err(::api_support::Rejection::MissingBody),
                }
            })
        }
        (None, [media, ..]) => read_media(media),
        (None, []) => input("body", []),
    };
    if body.required {
        return read;
    }
    let read = read.into_syntax();
    Expression::written(parse_quote! { if input.media_type().is_some() { Some(#read) } else { None } })
}

fn read_media(media: &MediaType) -> Expression {
    let method = match media.encoding {
        Encoding::Json | Encoding::Form(_) => "body",
        Encoding::Text => "text",
        Encoding::Bytes => "bytes",
    };
    input(method, [])
}

/// `pub enum CreatePetBody { Json(Pet), Form(Pet) }`, where a body has several media types.
fn body_enum(api: &Api, operation: &Operation) -> Option<Item> {
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
pub(super) fn content_enum(api: &Api, content: &crate::ir::Content, doc: &str) -> Option<Item> {
    let name = ident(content.ident.as_ref()?);
    let variants = content.media.iter().map(|media| {
        let ty = ty(api, &media.ty, Scope::Operations);
        let doc = definition::doc(&format!(" `{}`", media.media_type));
        definition::variant(vec![doc], ident(&media.ident), vec![ty])
    });
    let attributes = vec![
        definition::doc(doc),
        definition::list("derive", quote! { Clone, Debug, PartialEq }),
    ];
    Some(definition::enumeration(attributes, name, variants))
}
