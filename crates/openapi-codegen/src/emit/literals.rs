use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::const_expression::ConstExpression;

/// A JSON value as a `Literal`, in a module that names the table's types.
pub(super) fn literal(value: &Value) -> ConstExpression {
    let of = |variant, value| ConstExpression::call("Literal", variant, [value]);
    match value {
        Value::Null => ConstExpression::member("Literal", "Null"),
        Value::Bool(value) => of("Bool", ConstExpression::boolean(*value)),
        Value::String(text) => of("String", ConstExpression::text(text)),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(whole), _) => of("Int", ConstExpression::word(whole.to_string())),
            (None, Some(whole)) => of("Uint", ConstExpression::count(whole)),
            (None, None) => {
                let float = number.as_f64().unwrap_or_default();
                of(
                    "Float",
                    ConstExpression::word(Literal::f64_unsuffixed(float).to_string()),
                )
            }
        },
        Value::Array(items) => of("Array", ConstExpression::list(items.iter().map(literal))),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                ConstExpression::pair(ConstExpression::text(name), literal(value))
            };
            of("Object", ConstExpression::list(members.iter().map(member)))
        }
    }
}

/// `Some(…)` or `None`.
pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote! { None }, |value| quote! { Some(#value) })
}

/// A string: raw where that spares the reader escapes. Anything that is not plainly visible is escaped.
pub(super) fn string(text: &str) -> String {
    /// As many as Rust takes.
    const MOST_HASHES: usize = 255;
    let escaped = |c: char| matches!(c, '"' | '\\');
    let visible = |c: char| c.is_alphanumeric() || c == ' ' || c.is_ascii_punctuation();
    // Nearly all strings, and the rules for the others are looked up letter by letter.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !escaped(char::from(byte));
    if text.bytes().all(is_plain) {
        return ["\"", text, "\""].concat();
    }
    if !text.contains(escaped) || !text.chars().all(visible) {
        return Literal::string(text).to_string();
    }
    let mut hashes = (0..=MOST_HASHES).map(|count| "#".repeat(count));
    match hashes.find(|hashes| !text.contains(&format!("\"{hashes}"))) {
        Some(hashes) => format!("r{hashes}\"{text}\"{hashes}"),
        None => Literal::string(text).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn a_string_is_raw_where_that_spares_escapes_and_hides_nothing() {
        let cases = [
            ("plain", r#""plain""#),
            ("it's", r#""it's""#),
            (r#"{"a":1}"#, r###"r#"{"a":1}"#"###),
            (r"^\d+$", r#"r"^\d+$""#),
            (r##"a "# b"##, r####"r##"a "# b"##"####),
            ("a \"line\"\n", r#""a \"line\"\n""#),
            ("\u{202e}\\", r#""\u{202e}\\""#),
            ("é\t", r#""é\t""#),
        ];
        for (text, written) in cases {
            assert_eq!(string(text), written);
        }
    }

    #[test]
    fn a_string_that_no_number_of_hashes_could_enclose_is_escaped() {
        let text = format!("\"{}", "#".repeat(255));
        assert_eq!(string(&text), format!("\"\\\"{}\"", "#".repeat(255)));
    }
}
