//! From the lowered document to tokens. Nothing here can fail: whatever could was settled before.
//!
//! One file per emitted thing, each with one entry function; [`EMITTERS`] is the list of them.

mod arm;
mod const_expression;
mod credentials;
mod definition;
mod docs;
mod enums;
mod expression;
mod fakes;
mod handlers;
mod implementation;
mod literals;
mod models;
mod operations;
mod refusals;
mod repeated;
mod requests;
mod responses;
mod router;
mod schemas;
mod structs;
mod types;
mod unions;

pub(crate) use const_expression::{ConstExpression, Definition, Form, Link, width_of};

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use crate::ir::Api;

/// Items, a few at a time: a large document's tokens never stand in memory all at once.
pub(crate) type Items<'a> = Box<dyn Iterator<Item = Piece<'a>> + 'a>;

/// Some items, as is easiest for whoever emits them.
pub(crate) enum Piece<'a> {
    Tokens(TokenStream),
    Item(Box<syn::Item>),
    Definition(Definition),
    /// A module, written without its items.
    Module {
        opening: TokenStream,
        items: Items<'a>,
    },
}

impl<'a> Piece<'a> {
    fn module(opening: TokenStream, items: Vec<Self>) -> Self {
        let items: Items<'a> = Box::new(items.into_iter());
        Self::Module { opening, items }
    }
}

impl From<TokenStream> for Piece<'_> {
    fn from(tokens: TokenStream) -> Self {
        Self::Tokens(tokens)
    }
}

impl From<syn::Item> for Piece<'_> {
    fn from(item: syn::Item) -> Self {
        Self::Item(Box::new(item))
    }
}

/// Emits one thing of an API.
pub(crate) type Emitter = for<'a> fn(&'a Api) -> Items<'a>;

/// Everything that is emitted, by name, in the order of the file.
pub(crate) const EMITTERS: [(&str, Emitter); 9] = [
    ("models", models::emit),
    ("requests", requests::emit),
    ("responses", responses::emit),
    ("refusals", refusals::emit),
    ("credentials", credentials::emit),
    ("handlers", handlers::emit),
    ("router", router::emit),
    ("operations", operations::emit),
    ("schemas", schemas::emit),
];

/// The whole file.
pub(crate) fn file(api: &Api) -> Items<'_> {
    let [
        models,
        requests,
        responses,
        refusals,
        credentials,
        handlers,
        router,
        operations,
        schemas,
    ] = EMITTERS.map(|(_, emit)| in_turn(api, emit));
    let modules = [
        models_module(api, models),
        operations_module(api, Box::new(requests.chain(responses))),
    ];
    let others = [
        refusals,
        credentials,
        handlers,
        router,
        base_path(api),
        operations,
        schemas,
    ];
    Box::new(modules.into_iter().chain(others.into_iter().flatten()))
}

/// What an emitter makes, once it is asked for: a large table is gone before the next is made.
fn in_turn(api: &Api, emit: Emitter) -> Items<'_> {
    Box::new(std::iter::once_with(move || emit(api)).flatten())
}

fn models_module<'a>(api: &Api, items: Items<'a>) -> Piece<'a> {
    let doc = format!(" The types of {}: one per schema of the document.", api.title);
    let allow = allowances();
    let opening = quote! {
        #[doc = #doc]
        #allow
        pub mod models {}
    };
    let import = models::names_serde(api).then(|| quote! { use ::api_support::serde; });
    Piece::Module {
        opening,
        items: Box::new(import.map(Piece::Tokens).into_iter().chain(items)),
    }
}

fn operations_module<'a>(api: &Api, items: Items<'a>) -> Piece<'a> {
    let doc = format!(
        " The operations of {}: a request and a response type for each.",
        api.title
    );
    let allow = allowances();
    let opening = quote! {
        #[doc = #doc]
        #allow
        pub mod operations {}
    };
    let is_emitted = api.operations.iter().any(|operation| operation.skipped.is_none());
    let fake = (is_emitted && api.fakes).then(|| quote! { use ::api_support::fake; });
    let server = is_emitted.then(|| quote! { use ::api_support::server; });
    Piece::Module {
        opening,
        items: Box::new(fake.into_iter().chain(server).map(Piece::Tokens).chain(items)),
    }
}

fn base_path(api: &Api) -> Items<'_> {
    let base_path = &api.base_path;
    one(quote! {
        /// The path of the first server of the document, which the paths of the operations are relative to.
        pub const BASE_PATH: &str = #base_path;
    })
}

/// Items that stand or fall together.
fn one<'a>(items: impl Into<Piece<'a>>) -> Items<'a> {
    Box::new(std::iter::once(items.into()))
}

/// What generated modules are excused from, and why: names, sizes, prose and deprecations come from the document.
fn allowances() -> TokenStream {
    quote! {
        #[allow(
            deprecated,
            clippy::large_enum_variant,
            clippy::enum_variant_names,
            clippy::upper_case_acronyms,
            clippy::doc_lazy_continuation,
            clippy::doc_markdown,
            clippy::struct_excessive_bools,
            rustdoc::bare_urls,
            rustdoc::broken_intra_doc_links,
            rustdoc::invalid_html_tags,
            reason = "names, sizes, prose and deprecations are those of the document"
        )]
    }
}

/// The Rust type of a body as text, named from beside `models` and `operations`.
pub(crate) fn type_text(api: &Api, content: &crate::ir::Content) -> String {
    types::ty(api, &types::content(content), types::Scope::Root)
        .to_token_stream()
        .to_string()
        .replace(' ', "")
}
