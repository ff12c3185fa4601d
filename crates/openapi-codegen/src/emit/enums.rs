use proc_macro2::{Ident, Literal, TokenStream};
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
    let name = ident(&def.ident);
    let idents = idents(variants);
    let texts: Vec<_> = variants.iter().map(|variant| variant.value.as_str()).collect();
    let members = idents.iter().zip(&texts).map(|(ident, text)| {
        let doc = format!(" `{}`", shown(text));
        let rename = (ident != text).then(|| quote! { #[serde(rename = #text)] });
        quote! { #[doc = #doc] #rename #ident, }
    });
    let definition = definition(def, members, None);
    let all = all(&idents);
    quote! {
        #definition

        impl #name {
            #all

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

            fn from_str(text: &str) -> Result<Self, ::api_support::UnknownValue> {
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
    let name = ident(&def.ident);
    let idents = idents(variants);
    let numbers: Vec<_> = variants
        .iter()
        .map(|variant| Literal::i64_unsuffixed(variant.value))
        .collect();
    let members = idents.iter().zip(variants).map(|(ident, variant)| {
        let doc = format!(" `{}`", variant.value);
        quote! { #[doc = #doc] #ident, }
    });
    let definition = definition(def, members, Some(&quote! { , into = "i64", try_from = "i64" }));
    let all = all(&idents);
    quote! {
        #definition

        impl #name {
            #all
        }

        impl From<#name> for i64 {
            fn from(value: #name) -> Self {
                match value { #(#name::#idents => #numbers,)* }
            }
        }

        impl TryFrom<i64> for #name {
            type Error = ::api_support::UnknownValue;

            fn try_from(number: i64) -> Result<Self, ::api_support::UnknownValue> {
                Self::ALL.into_iter().find(|value| i64::from(*value) == number).ok_or(::api_support::UnknownValue)
            }
        }
    }
}

fn idents<T>(variants: &[EnumVariant<T>]) -> Vec<Ident> {
    variants.iter().map(|variant| ident(&variant.ident)).collect()
}

/// `pub enum Color { … }` with its derives; `conversion` is what serde is told beyond the usual.
fn definition(
    def: &TypeDef,
    members: impl Iterator<Item = TokenStream>,
    conversion: Option<&TokenStream>,
) -> TokenStream {
    let (docs, deprecated, name) = (docs(&def.doc), deprecated(def.deprecated), ident(&def.ident));
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Deserialize, serde::Serialize)]
        #[serde(crate = "::api_support::serde" #conversion)]
        pub enum #name {
            #(#members)*
        }
    }
}

/// `pub const ALL: [Self; 2] = [Self::Red, Self::Green];`
fn all(idents: &[Ident]) -> TokenStream {
    let count = Literal::usize_unsuffixed(idents.len());
    quote! {
        /// Every value, in the order of the document.
        pub const ALL: [Self; #count] = [#(Self::#idents),*];
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
