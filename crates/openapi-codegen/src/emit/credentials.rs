use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::docs;
use super::{Items, one};
use crate::ir::{Api, Scheme, SchemeKind};
use crate::naming::ident;

/// ```text
/// pub struct ClerkCredentials { pub bearer_auth: Credential<String> }
/// impl Credentials for ClerkCredentials { … }
/// ```
pub(super) fn emit(api: &Api) -> Items<'_> {
    let name = format_ident!("{}Credentials", api.name);
    let doc = format!(
        " What a request to {} carried for each security scheme.",
        api.title
    );
    let fields = api.schemes.iter().map(|scheme| {
        let (docs, name, ty) = (docs(&scheme.doc), ident(&scheme.ident), ty(&scheme.kind));
        quote! { #(#docs)* pub #name: ::api_support::Credential<#ty>, }
    });
    let reads = api.schemes.iter().map(read);
    let states = api.schemes.iter().map(|scheme| {
        let (wire, name) = (&scheme.name, ident(&scheme.ident));
        quote! { #wire => ::api_support::credentials::state(&self.#name), }
    });
    let is_empty = api.schemes.is_empty();
    let scheme = if is_empty {
        quote! { _ }
    } else {
        quote! { scheme }
    };
    let state = if is_empty {
        quote! { ::api_support::credentials::State::Absent }
    } else {
        quote! {
            match scheme {
                #(#states)*
                _ => ::api_support::credentials::State::Absent,
            }
        }
    };
    let parts = if is_empty {
        quote! { _ }
    } else {
        quote! { parts }
    };
    one(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, Eq, PartialEq)]
        pub struct #name {
            #(#fields)*
        }

        impl ::api_support::Credentials for #name {
            fn read(#parts: &::api_support::http::request::Parts) -> Self {
                Self { #(#reads)* }
            }

            fn state(&self, #scheme: &str) -> ::api_support::credentials::State {
                #state
            }
        }
    })
}

fn ty(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::Basic => quote! { ::api_support::Basic },
        _ => quote! { String },
    }
}

fn read(scheme: &Scheme) -> TokenStream {
    let name = ident(&scheme.ident);
    let read = match &scheme.kind {
        SchemeKind::Bearer => quote! { bearer(parts) },
        SchemeKind::Basic => quote! { basic(parts) },
        SchemeKind::Http(scheme) => quote! { http_scheme(parts, #scheme) },
        SchemeKind::HeaderKey(header) => quote! { api_key_header(parts, #header) },
        SchemeKind::QueryKey(parameter) => quote! { api_key_query(parts, #parameter) },
        SchemeKind::CookieKey(cookie) => quote! { api_key_cookie(parts, #cookie) },
    };
    quote! { #name: ::api_support::credentials::#read, }
}
