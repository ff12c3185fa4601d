use proc_macro2::TokenStream;
use quote::quote;

/// `/// …` for every line of a text. prettyplease writes a multi-line `doc` attribute as one block, so each line is
/// an attribute of its own.
pub(super) fn docs(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote! { #(#[doc = #lines])* }
}

/// `#[deprecated]`, where the document advises against using the item.
pub(super) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote! { #[deprecated] })
}
