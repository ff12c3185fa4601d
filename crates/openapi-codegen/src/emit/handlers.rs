use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::{
    AngleBracketedGenericArguments, AssocType, FnArg, GenericArgument, Item, ItemTrait, Path, PathArguments,
    PathSegment, ReturnType, Stmt, Token, TraitBound, TraitBoundModifiers, TraitItem, TraitItemFn, Type,
    TypeImplTrait, TypeParamBound, parse_quote,
};

use super::docs::docs_of;
use super::expression::Expression;
use super::{Items, one, types};
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
    let empty = empty_method();
    let methods = api
        .operations
        .iter()
        .filter(|operation| operation.skipped.is_none())
        .map(|operation| method(&empty, operation));
    let mut handlers: ItemTrait = parse_quote! {
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
        }
    };
    handlers.items.extend(methods);
    one(Item::Trait(handlers))
}

/// A method but for its documentation, its name, the types it deals in and what it answers.
fn empty_method() -> TraitItemFn {
    parse_quote! {
        fn empty(&self, context: Self::Context, request: Request) {
            let _ = (context, request);
        }
    }
}

/// ```text
/// /// Finds a pet.
/// fn get_pet(&self, context: Self::Context, request: operations::GetPet)
///     -> impl Future<Output = Result<operations::GetPetResponse, Self::Error>> + Send {
///     let _ = (context, request);
///     async { Ok(operations::GetPetResponse::Unimplemented) }
/// }
/// ```
fn method(empty: &TraitItemFn, operation: &Operation) -> TraitItem {
    let (request, response) = (ident(&operation.request_ident), ident(&operation.response_ident));
    let mut method = empty.clone();
    method.attrs = docs_of(&operation.doc, operation.deprecated);
    method.sig.ident = ident(&operation.method_ident);
    if let Some(FnArg::Typed(argument)) = method.sig.inputs.last_mut() {
        *argument.ty = types::path(["operations"], request);
    }
    method.sig.output = ReturnType::Type(<Token![->]>::default(), Box::new(future(response.clone())));
    if let Some(body) = &mut method.default {
        let [operations, unimplemented] =
            ["operations", "Unimplemented"].map(|name| Ident::new(name, Span::call_site()));
        let answer = Expression::of([operations, response, unimplemented]);
        let answer = Expression::name("Ok").invoked([answer]).deferred();
        body.stmts.push(Stmt::Expr(*answer.into_syntax(), None));
    }
    TraitItem::Fn(method)
}

/// `impl ::std::future::Future<Output = Result<operations::GetPetResponse, Self::Error>> + Send`
fn future(response: Ident) -> Type {
    let word = |name| Ident::new(name, Span::call_site());
    let response = types::path(["operations"], response);
    let error = types::path(["Self"], word("Error"));
    let result = types::of(types::path([], word("Result")), [response, error]);
    let output = GenericArgument::AssocType(AssocType {
        ident: word("Output"),
        generics: None,
        eq_token: <Token![=]>::default(),
        ty: result,
    });
    let future = PathSegment {
        ident: word("Future"),
        arguments: PathArguments::AngleBracketed(AngleBracketedGenericArguments {
            colon2_token: None,
            lt_token: <Token![<]>::default(),
            args: std::iter::once(output).collect(),
            gt_token: <Token![>]>::default(),
        }),
    };
    let modules = ["std", "future"].map(|name| PathSegment::from(word(name)));
    let future = Path {
        leading_colon: Some(<Token![::]>::default()),
        segments: modules.into_iter().chain([future]).collect(),
    };
    let bounds = [future, word("Send").into()].map(bound);
    Type::ImplTrait(TypeImplTrait {
        attrs: Vec::new(),
        impl_token: <Token![impl]>::default(),
        bounds: bounds.into_iter().collect(),
    })
}

fn bound(path: Path) -> TypeParamBound {
    TypeParamBound::Trait(TraitBound {
        paren_token: None,
        lifetimes: None,
        modifiers: TraitBoundModifiers::default(),
        maybe: None,
        path,
    })
}
