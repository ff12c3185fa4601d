use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{deprecated, docs};
use crate::ir::{EnumVariant, TypeDef};
use crate::naming::ident;

/// ```text
/// pub enum Color { #[serde(rename = "red")] Red, … }
/// impl Color { pub const ALL: …; pub fn as_str(self) -> &'static str }
/// impl Display, FromStr
/// ```
pub(super) fn strings(def: &TypeDef, variants: &[EnumVariant<String>]) -> TokenStream {
    let (docs, deprecated, name) = (docs(&def.doc), deprecated(def.deprecated), ident(&def.ident));
    let idents: Vec<_> = variants.iter().map(|variant| ident(&variant.ident)).collect();
    let texts: Vec<_> = variants.iter().map(|variant| variant.value.as_str()).collect();
    let variant_docs: Vec<_> = texts.iter().map(|text| format!(" `{}`", shown(text))).collect();
    let count = Literal::usize_unsuffixed(variants.len());
    quote! {
        #docs
        #deprecated
        #[derive(
            Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd,
            ::api_support::serde::Deserialize, ::api_support::serde::Serialize
        )]
        #[serde(crate = "::api_support::serde")]
        pub enum #name {
            #(#[doc = #variant_docs] #[serde(rename = #texts)] #idents,)*
        }

        impl #name {
            /// Every value, in the order of the document.
            pub const ALL: [Self; #count] = [#(Self::#idents),*];

            /// The value on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { #(Self::#idents => #texts,)* }
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for #name {
            type Err = ::api_support::UnknownValue;

            fn from_str(text: &str) -> ::std::result::Result<Self, ::api_support::UnknownValue> {
                Self::ALL.into_iter().find(|value| value.as_str() == text).ok_or(::api_support::UnknownValue)
            }
        }
    }
}

/// ```text
/// #[serde(into = "i64", try_from = "i64")]
/// pub enum Level { One = 1, … }
/// ```
pub(super) fn integers(def: &TypeDef, variants: &[EnumVariant<i64>]) -> TokenStream {
    let (docs, deprecated, name) = (docs(&def.doc), deprecated(def.deprecated), ident(&def.ident));
    let idents: Vec<_> = variants.iter().map(|variant| ident(&variant.ident)).collect();
    let numbers: Vec<_> = variants
        .iter()
        .map(|variant| Literal::i64_unsuffixed(variant.value))
        .collect();
    let variant_docs: Vec<_> = variants
        .iter()
        .map(|variant| format!(" `{}`", variant.value))
        .collect();
    let count = Literal::usize_unsuffixed(variants.len());
    quote! {
        #docs
        #deprecated
        #[derive(
            Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd,
            ::api_support::serde::Deserialize, ::api_support::serde::Serialize
        )]
        #[serde(crate = "::api_support::serde", into = "i64", try_from = "i64")]
        pub enum #name {
            #(#[doc = #variant_docs] #idents,)*
        }

        impl #name {
            /// Every value, in the order of the document.
            pub const ALL: [Self; #count] = [#(Self::#idents),*];
        }

        impl From<#name> for i64 {
            fn from(value: #name) -> Self {
                match value { #(#name::#idents => #numbers,)* }
            }
        }

        impl TryFrom<i64> for #name {
            type Error = ::api_support::UnknownValue;

            fn try_from(number: i64) -> ::std::result::Result<Self, ::api_support::UnknownValue> {
                Self::ALL.into_iter().find(|value| i64::from(*value) == number).ok_or(::api_support::UnknownValue)
            }
        }
    }
}

/// A value as documentation shows it: control characters as escapes, and no backtick to end the code early.
fn shown(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            if c.is_control() {
                c.escape_default().collect()
            } else {
                vec![if c == '`' { '\'' } else { c }]
            }
        })
        .collect()
}
