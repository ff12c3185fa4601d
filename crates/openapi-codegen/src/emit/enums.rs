use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::{Item, Variant};

use super::definition;
use super::docs::docs_of;
use crate::ir::{EnumVariant, TypeDef};
use crate::naming::ident;

/// ```text
/// pub enum Color { /** `red` */ Red, … }
/// ::api_support::string_enum! { Color; Red = "red", … }
/// ```
pub(super) fn strings(def: &TypeDef, variants: &[EnumVariant<String>]) -> [Item; 2] {
    let name = ident(&def.ident);
    let idents = idents(variants);
    let texts = variants.iter().map(|variant| &variant.value);
    let members = idents.iter().zip(variants);
    let members = members.map(|(ident, variant)| member(ident, &variant.value));
    let ties = quote! { #name; #(#idents = #texts),* };
    [
        definition(def, members, None),
        definition::invocation("string_enum", ties),
    ]
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
    let members = idents.iter().zip(variants);
    let members = members.map(|(ident, variant)| member(ident, &variant.value.to_string()));
    let conversion = quote! { crate = "::api_support::serde", into = "i64", try_from = "i64" };
    let definition = definition(def, members, Some(conversion));
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

/// ```text
/// /// `red`
/// Red
/// ```
fn member(name: &Ident, value: &str) -> Variant {
    let doc = definition::doc(&format!(" `{}`", shown(value)));
    definition::variant(vec![doc], name.clone(), Vec::new())
}

/// `pub enum Color { … }` with its derives; `serde` is what serde is told, where it has a part in it.
fn definition(def: &TypeDef, members: impl Iterator<Item = Variant>, serde: Option<TokenStream>) -> Item {
    let traits = serde
        .is_some()
        .then(|| quote! { , serde::Deserialize, serde::Serialize });
    let mut attributes = docs_of(&def.doc, def.deprecated);
    attributes.push(definition::list(
        "derive",
        quote! { Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd #traits },
    ));
    attributes.extend(serde.map(|serde| definition::list("serde", serde)));
    definition::enumeration(attributes, ident(&def.ident), members)
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
