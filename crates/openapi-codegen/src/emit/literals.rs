use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

/// A JSON value as a `Literal`, in a module that names the table's types.
pub(super) fn literal(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote! { Literal::Null },
        Value::Bool(value) => quote! { Literal::Bool(#value) },
        Value::String(text) => quote! { Literal::String(#text) },
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), _, _) => {
                let whole = proc_macro2::Literal::i64_unsuffixed(whole);
                quote! { Literal::Int(#whole) }
            }
            (None, Some(whole), _) => {
                let whole = proc_macro2::Literal::u64_unsuffixed(whole);
                quote! { Literal::Uint(#whole) }
            }
            (None, None, float) => {
                let float = proc_macro2::Literal::f64_unsuffixed(float.unwrap_or_default());
                quote! { Literal::Float(#float) }
            }
        },
        Value::Array(items) => {
            let items = items.iter().map(literal);
            quote! { Literal::Array(&[#(#items),*]) }
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = literal(value);
                quote! { (#name, #value) }
            });
            quote! { Literal::Object(&[#(#members),*]) }
        }
    }
}

/// `Some(…)` or `None`.
pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote! { None }, |value| quote! { Some(#value) })
}
