use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use super::arm::{self, Pattern};
use super::expression::Expression;
use super::implementation::Implementation;
use super::operations;
use super::types::carries_status;
use crate::ir::{Content, HeaderSet, Operation, Response};
use crate::naming::ident;

/// ```text
/// impl FakeResponse for GetPetResponse {
///     fn table() -> fake::Table {
///         (&super::OPERATIONS[3], &super::SCHEMAS)
///     }
///     fn make(making: &mut Making<'_>) -> Option<Self> {
///         match making.response() {
///             0 => Some(Self::Ok(making.body(0)?, making.headers()?)),
///             …
/// ```
pub(super) struct Fakes(Implementation);

impl Fakes {
    pub(super) fn new() -> Self {
        Self(Implementation::new(parse_quote! {
            impl fake::FakeResponse for Response {
                fn table() -> fake::Table {}

                fn make(making: &mut fake::Making<'_>) -> Option<Self> {}
            }
        }))
    }

    pub(super) fn of(&self, index: usize, operation: &Operation) -> Item {
        let schemas = Expression::path(["super", "SCHEMAS"]).borrowed();
        let table = Expression::pair(operations::entry(index), schemas);
        let arms = operation.responses.iter().enumerate();
        let arms = arms.map(|(position, response)| {
            let made = Expression::name("Some").invoked([made(response)]);
            arm::new(Pattern::index(position), made)
        });
        let rest = arm::new(Pattern::any(), Expression::name("None"));
        let response = making("response", []);
        let make = response.matched(arms.chain([rest]));
        self.0.of(&ident(&operation.response_ident), [table, make])
    }
}

/// `Self::Ok(making.status(), making.body(0)?, making.headers()?)`, or as much of it as the variant holds.
fn made(response: &Response) -> Expression {
    let status = carries_status(response.status).then(|| making("status", []));
    let body = response.content.as_ref().map(body);
    let headers = response.header_set.map(|_| making("headers", []).tried());
    let held: Vec<_> = status.into_iter().chain(body).chain(headers).collect();
    let variant = Expression::variant(&ident(&response.ident));
    if held.is_empty() {
        variant
    } else {
        variant.invoked(held)
    }
}

/// `making.method(argument)`
fn making<const N: usize>(method: &str, arguments: [Expression; N]) -> Expression {
    Expression::name("making").method(method, arguments)
}

fn body(content: &Content) -> Expression {
    let Some(enumeration) = &content.ident else {
        return making("body", [Expression::index(0)]).tried();
    };
    let enumeration = ident(enumeration);
    let arms = content.media.iter().enumerate().map(|(media, one)| {
        let (media, variant) = (Literal::usize_unsuffixed(media), ident(&one.ident));
        quote! { #media => #enumeration::#variant(making.body(#media)?), }
    });
    Expression::written(parse_quote! {
        match making.media_type()? {
            #(#arms)*
            _ => return None,
        }
    })
}

/// ```text
/// impl FakeHeaders for PageHeaders {
///     fn make(making: &mut Making<'_>) -> Option<Self> {
///         Some(Self { total_number: making.header(0)?, link: making.header(1) })
/// ```
pub(super) fn headers(set: &HeaderSet) -> TokenStream {
    let name = ident(&set.ident);
    let fields = set.fields.iter().enumerate().map(|(header, field)| {
        let (header, name) = (Literal::usize_unsuffixed(header), ident(&field.ident));
        let required = field.required.then(|| quote! { ? });
        quote! { #name: making.header(#header) #required, }
    });
    quote! {
        impl ::api_support::fake::FakeHeaders for #name {
            fn make(making: &mut ::api_support::fake::Making<'_>) -> Option<Self> {
                Some(Self { #(#fields)* })
            }
        }
    }
}
