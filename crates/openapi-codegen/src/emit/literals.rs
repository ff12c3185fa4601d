use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::expression::Expression;

/// A JSON value as a `Literal`, in a module that names the table's types.
pub(super) fn literal(value: &Value) -> Expression {
    let of = |variant, value| Expression::call("Literal", variant, [value]);
    match value {
        Value::Null => Expression::member("Literal", "Null"),
        Value::Bool(value) => of("Bool", Expression::boolean(*value)),
        Value::String(text) => of("String", Expression::text(text)),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(whole), _) => of("Int", Expression::token(Literal::i64_unsuffixed(whole))),
            (None, Some(whole)) => of("Uint", Expression::count(whole)),
            (None, None) => {
                let float = number.as_f64().unwrap_or_default();
                of("Float", Expression::token(Literal::f64_unsuffixed(float)))
            }
        },
        Value::Array(items) => of("Array", Expression::list(items.iter().map(literal))),
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| Expression::pair(Expression::text(name), literal(value));
            of("Object", Expression::list(members.iter().map(member)))
        }
    }
}

/// `Some(…)` or `None`.
pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote! { None }, |value| quote! { Some(#value) })
}
