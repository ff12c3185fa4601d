use proc_macro2::Ident;
use quote::{format_ident, quote};
use syn::{Arm, ImplItem, ImplItemFn, Item, ItemFn, ItemImpl, ItemStruct, Stmt, parse_quote};

use super::arm::{self, Pattern};
use super::expression::Expression;
use super::{Items, Piece};
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
    let router: ItemFn = parse_quote! {
        #[doc = #doc]
        ///
        /// To serve it below a prefix, use `Router::nest_service`, which leaves a path's last slash alone.
        pub fn router<A: #name>(api: ::std::sync::Arc<A>) -> ::api_support::axum::Router {
            ::api_support::server::router(Server(api))
        }
    };
    let server: ItemStruct = parse_quote! { struct Server<A>(::std::sync::Arc<A>); };
    let mut tie: ItemImpl = parse_quote! {
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
        }
    };
    tie.items.push(ImplItem::Fn(handle(api, &refusal)));
    let items = [Item::Fn(router), Item::Struct(server), Item::Impl(tie)];
    Box::new(items.into_iter().map(Piece::from))
}

fn handle(api: &Api, refusal: &Ident) -> ImplItemFn {
    let emitted: Vec<_> = api
        .operations
        .iter()
        .enumerate()
        .filter(|(_, operation)| operation.skipped.is_none())
        .collect();
    let none = Expression::written(parse_quote! {
        Ok(::api_support::Answer::empty(::api_support::http::StatusCode::NOT_IMPLEMENTED))
    });
    let (opening, result) = if emitted.is_empty() {
        (quote! { let _ = (index, context, call, input); }, none)
    } else {
        let opening = quote! {
            use ::api_support::server;

            let fail = |error| self.0.fail(&context, call, error);
        };
        let arms = emitted.iter().map(|(index, operation)| run(*index, operation));
        let rest = arm::new(Pattern::any(), none);
        (opening, Expression::name("index").matched(arms.chain([rest])))
    };
    let allow = emitted
        .iter()
        .any(|(_, operation)| operation.deprecated)
        .then(|| quote! { #[allow(deprecated, reason = "a deprecated operation is served all the same")] });
    let mut handle: ImplItemFn = parse_quote! {
        #allow
        async fn handle(
            &self,
            index: usize,
            context: A::Context,
            call: &::api_support::Call<'_>,
            input: ::api_support::server::Input,
        ) -> Result<::api_support::Answer, ::api_support::server::Failed<#refusal>> {
            #opening
        }
    };
    handle.block.stmts.push(Stmt::Expr(*result.into_syntax(), None));
    handle
}

/// `0 => server::run(input, |request| self.0.get_pet(context.clone(), request), fail).await,`
fn run(index: usize, operation: &Operation) -> Arm {
    let api = Expression::name("self").inner();
    let context = Expression::name("context").method("clone", []);
    let arguments = [context, Expression::name("request")];
    let call = api.method_named(ident(&operation.method_ident), arguments);
    let parts = [
        Expression::name("input"),
        call.taking("request"),
        Expression::name("fail"),
    ];
    let answer = Expression::call("server", "run", parts).awaited();
    arm::new(Pattern::index(index), answer)
}
