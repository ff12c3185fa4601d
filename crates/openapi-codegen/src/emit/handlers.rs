use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{deprecated, docs};
use super::{Items, one};
use crate::ir::{Api, Operation};
use crate::naming::ident;

/// `pub trait ClerkApi { … }`: the hooks, and a method per operation that answers 501 until it is written.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let name = format_ident!("{}Api", api.name);
    let (credentials, refusal) = (
        format_ident!("{}Credentials", api.name),
        format_ident!("{}Refusal", api.name),
    );
    let doc = format!(" A server of {}.", api.title);
    let methods = api
        .operations
        .iter()
        .filter(|operation| operation.skipped.is_none())
        .map(method);
    one(quote! {
        #[doc = #doc]
        ///
        /// A request goes through `authenticate`, the path parameters, `admit`, the other parameters, the body, and then
        /// to its operation; whatever stops it on the way is worded by `reject`.
        pub trait #name: Send + Sync + 'static {
            /// What authentication finds out: the caller, the state to work on.
            type Context: Clone + Send + Sync + 'static;
            /// What an operation could not do; `fail` words it.
            type Error: Send;
            /// How forgiving the server is about the form of requests.
            const WIRE: ::api_support::WireRules = ::api_support::WireRules::STRICT;

            /// Finds out who calls, from what the request carried. Asked for unknown routes too.
            ///
            /// # Errors
            /// Why the caller is refused.
            fn authenticate(
                &self,
                call: &::api_support::Call<'_>,
                credentials: #credentials,
            ) -> Result<Self::Context, ::api_support::Rejection>;

            /// Looks at a request before its query and body are read: whether what its path names exists, and
            /// whether the caller may go on.
            ///
            /// # Errors
            /// The answer, when the request must not go on.
            #[allow(clippy::result_large_err, reason = "a refusal is as large as the document's error bodies")]
            fn admit(
                &self,
                context: &Self::Context,
                call: &::api_support::Call<'_>,
            ) -> Result<(), #refusal> {
                let _ = (context, call);
                Ok(())
            }

            /// Words a rejection. An answer that its operation does not document becomes a 500.
            fn reject(
                &self,
                context: Option<&Self::Context>,
                call: &::api_support::Call<'_>,
                rejection: ::api_support::Rejection,
            ) -> #refusal;

            /// Words what an operation could not do.
            fn fail(&self, context: &Self::Context, call: &::api_support::Call<'_>, error: Self::Error) -> #refusal;

            #(#methods)*
        }
    })
}

fn method(operation: &Operation) -> TokenStream {
    let (docs, deprecated) = (docs(&operation.doc), deprecated(operation.deprecated));
    let (name, request, response) = (
        ident(&operation.method_ident),
        ident(&operation.request_ident),
        ident(&operation.response_ident),
    );
    quote! {
        #docs
        #deprecated
        fn #name(
            &self,
            context: Self::Context,
            request: operations::#request,
        ) -> impl ::std::future::Future<Output = Result<operations::#response, Self::Error>> + Send {
            let _ = (context, request);
            async { Ok(operations::#response::Unimplemented) }
        }
    }
}
