use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{Items, one};
use crate::ir::{Api, Operation};
use crate::naming::ident;

/// `pub fn router<A: ClerkApi>(api: Arc<A>) -> Router`, and what ties the trait to the run-time library.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let (name, refusal) = (
        format_ident!("{}Api", api.name),
        format_ident!("{}Refusal", api.name),
    );
    let credentials = format_ident!("{}Credentials", api.name);
    let doc = format!(
        " An axum router that serves {}, its paths relative to [`BASE_PATH`].",
        api.title
    );
    let handle = handle(api, &refusal);
    one(quote! {
        #[doc = #doc]
        ///
        /// To serve it below a prefix, use `Router::nest_service`, which leaves a path's last slash alone.
        pub fn router<A: #name>(api: ::std::sync::Arc<A>) -> ::api_support::axum::Router {
            ::api_support::server::router(Server(api))
        }

        struct Server<A>(::std::sync::Arc<A>);

        impl<A: #name> ::api_support::server::Api for Server<A> {
            type Context = A::Context;
            type Refusal = #refusal;
            const WIRE: ::api_support::WireRules = A::WIRE;

            fn operations() -> &'static [::api_support::Operation] {
                OPERATIONS
            }

            fn schemas() -> &'static ::api_support::schema::SchemaTable {
                &SCHEMAS
            }

            fn authenticate(
                &self,
                call: &::api_support::Call<'_>,
            ) -> Result<A::Context, ::api_support::Rejection> {
                self.0.authenticate(call, <#credentials as ::api_support::Credentials>::read(call.parts))
            }

            fn admit(
                &self,
                context: &A::Context,
                call: &::api_support::Call<'_>,
            ) -> Result<(), #refusal> {
                self.0.admit(context, call)
            }

            fn reject(
                &self,
                context: Option<&A::Context>,
                call: &::api_support::Call<'_>,
                rejection: ::api_support::Rejection,
            ) -> #refusal {
                self.0.reject(context, call, rejection)
            }

            #handle
        }
    })
}

fn handle(api: &Api, refusal: &proc_macro2::Ident) -> TokenStream {
    let emitted: Vec<_> = api
        .operations
        .iter()
        .enumerate()
        .filter(|(_, operation)| operation.skipped.is_none())
        .collect();
    let arms = emitted.iter().map(|(index, operation)| arm(*index, operation));
    let none = quote! { Ok(::api_support::Answer::empty(::api_support::http::StatusCode::NOT_IMPLEMENTED)) };
    let body = if emitted.is_empty() {
        quote! {
            let _ = (index, context, call, input);
            #none
        }
    } else {
        quote! {
            use ::api_support::server;

            let fail = |error| self.0.fail(&context, call, error);
            match index {
                #(#arms)*
                _ => #none,
            }
        }
    };
    let allow = emitted
        .iter()
        .any(|(_, operation)| operation.deprecated)
        .then(|| quote! { #[allow(deprecated, reason = "a deprecated operation is served all the same")] });
    quote! {
        #allow
        async fn handle(
            &self,
            index: usize,
            context: A::Context,
            call: &::api_support::Call<'_>,
            input: ::api_support::server::Input,
        ) -> Result<::api_support::Answer, ::api_support::server::Failed<#refusal>> {
            #body
        }
    }
}

/// `0 => server::run(input, |request| self.0.get_pet(context.clone(), request), fail).await,`
fn arm(index: usize, operation: &Operation) -> TokenStream {
    let (index, name) = (Literal::usize_unsuffixed(index), ident(&operation.method_ident));
    quote! { #index => server::run(input, |request| self.0.#name(context.clone(), request), fail).await, }
}
