//! From the lowered document to tokens. Nothing here can fail: whatever could was settled before.
//!
//! One file per emitted thing, each with one entry function; [`EMITTERS`] is the list of them.

mod credentials;
mod docs;
mod enums;
mod fakes;
mod handlers;
mod literals;
mod models;
mod operations;
mod refusals;
mod requests;
mod responses;
mod router;
mod schemas;
mod structs;
mod types;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Api;

/// Emits one thing of an API.
pub(crate) type Emitter = fn(&Api) -> TokenStream;

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
pub(crate) fn file(api: &Api) -> TokenStream {
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
    ] = EMITTERS.map(|(_, emit)| emit(api));
    let base_path = &api.base_path;
    let models_doc = format!(" The types of {}: one per schema of the document.", api.title);
    let operations_doc = format!(
        "The operations of {}: a request and a response type for each.",
        api.title
    );
    let allow = allowances();
    quote! {
        #[doc = #models_doc]
        #allow
        pub mod models {
            #models
        }

        #[doc = #operations_doc]
        #allow
        pub mod operations {
            #requests
            #responses
        }

        #refusals
        #credentials
        #handlers
        #router

        /// The path of the first server of the document, which the paths of the operations are relative to.
        pub const BASE_PATH: &str = #base_path;

        #operations
        #schemas
    }
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
        .to_string()
        .replace(' ', "")
}
