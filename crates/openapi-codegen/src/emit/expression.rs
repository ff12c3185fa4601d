//! The expressions that tables are made of, built as syntax: tables are the larger part of what is emitted, and tokens
//! would have to be parsed once more before they can be formatted.

use std::str::FromStr as _;

use proc_macro2::{Ident, Literal, Span};
use syn::punctuated::Punctuated;
use syn::{
    Expr, ExprArray, ExprCall, ExprLit, ExprMethodCall, ExprPath, ExprReference, ExprTuple, Lit, Path, Token,
    token,
};

/// An expression of a table.
pub(super) struct Expression(Expr);

impl Expression {
    /// `NOT_FOUND`
    pub(super) fn constant(name: &Ident) -> Self {
        Self::path([name.clone()])
    }

    /// `Method::GET`
    pub(super) fn member(ty: &str, name: &str) -> Self {
        Self::path([ty, name].map(|part| Ident::new(part, Span::call_site())))
    }

    fn path<const N: usize>(parts: [Ident; N]) -> Self {
        let path = Path {
            leading_colon: None,
            segments: parts.into_iter().map(syn::PathSegment::from).collect(),
        };
        Self(Expr::Path(ExprPath {
            attrs: Vec::new(),
            qself: None,
            path,
        }))
    }

    /// `Example::new("full", "{}")`
    pub(super) fn call(ty: &str, function: &str, arguments: impl IntoIterator<Item = Self>) -> Self {
        Self(Expr::Call(ExprCall {
            attrs: Vec::new(),
            func: Box::new(Self::member(ty, function).0),
            paren_token: token::Paren::default(),
            args: separated(arguments),
        }))
    }

    /// `self.name(argument)`
    pub(super) fn with(self, name: &str, argument: Self) -> Self {
        self.method(name, [argument])
    }

    /// The same, where there is an argument.
    pub(super) fn with_some(self, name: &str, argument: Option<Self>) -> Self {
        match argument {
            Some(argument) => self.with(name, argument),
            None => self,
        }
    }

    /// `self.name(&[…])`, where the list has items.
    pub(super) fn with_list(self, name: &str, items: impl IntoIterator<Item = Self>) -> Self {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return self;
        }
        self.with(name, Self::list(items))
    }

    /// `self.name()`, where the flag is set.
    pub(super) fn with_flag(self, name: &str, is_set: bool) -> Self {
        if is_set { self.method(name, []) } else { self }
    }

    fn method<const N: usize>(self, name: &str, arguments: [Self; N]) -> Self {
        Self(Expr::MethodCall(ExprMethodCall {
            attrs: Vec::new(),
            receiver: Box::new(self.0),
            dot_token: <Token![.]>::default(),
            method: Ident::new(name, Span::call_site()),
            turbofish: None,
            paren_token: token::Paren::default(),
            args: separated(arguments),
        }))
    }

    /// `&[…]`
    pub(super) fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self(Expr::Array(ExprArray {
            attrs: Vec::new(),
            bracket_token: token::Bracket::default(),
            elems: separated(items),
        }))
        .borrowed()
    }

    /// `("id", 38)`
    pub(super) fn pair(first: Self, second: Self) -> Self {
        Self(Expr::Tuple(ExprTuple {
            attrs: Vec::new(),
            paren_token: token::Paren::default(),
            elems: separated([first, second]),
        }))
    }

    /// `&self`
    pub(super) fn borrowed(self) -> Self {
        Self(Expr::Reference(ExprReference {
            attrs: Vec::new(),
            and_token: <Token![&]>::default(),
            mutability: None,
            expr: Box::new(self.0),
        }))
    }

    /// A string: raw where that spares the reader escapes. Anything that is not plainly visible is escaped.
    pub(super) fn text(text: &str) -> Self {
        Self::token(string(text))
    }

    /// The position of a schema.
    pub(super) fn index(index: usize) -> Self {
        Self::token(Literal::usize_unsuffixed(index))
    }

    /// A whole number.
    pub(super) fn count(count: u64) -> Self {
        Self::token(Literal::u64_unsuffixed(count))
    }

    /// `true` or `false`
    pub(super) fn boolean(value: bool) -> Self {
        Self::path([Ident::new(
            if value { "true" } else { "false" },
            Span::call_site(),
        )])
    }

    pub(super) fn token(literal: Literal) -> Self {
        Self(Expr::Lit(ExprLit {
            attrs: Vec::new(),
            lit: Lit::Verbatim(literal),
        }))
    }

    pub(super) fn into_syntax(self) -> Box<Expr> {
        Box::new(self.0)
    }
}

fn separated(items: impl IntoIterator<Item = Expression>) -> Punctuated<Expr, Token![,]> {
    items.into_iter().map(|item| item.0).collect()
}

fn string(text: &str) -> Literal {
    let escaped = |c: char| matches!(c, '"' | '\\');
    let visible = |c: char| c.is_alphanumeric() || c == ' ' || c.is_ascii_punctuation();
    if !text.contains(escaped) || !text.chars().all(visible) {
        return Literal::string(text);
    }
    let hashes = (0..)
        .map(|count| "#".repeat(count))
        .find(|hashes| !text.contains(&format!("\"{hashes}")))
        .unwrap_or_default();
    Literal::from_str(&format!("r{hashes}\"{text}\"{hashes}")).unwrap_or_else(|_| Literal::string(text))
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn a_string_is_raw_where_that_spares_escapes_and_hides_nothing() {
        let cases = [
            ("plain", r#""plain""#),
            (r#"{"a":1}"#, r###"r#"{"a":1}"#"###),
            (r"^\d+$", r#"r"^\d+$""#),
            (r##"a "# b"##, r####"r##"a "# b"##"####),
            ("a \"line\"\n", r#""a \"line\"\n""#),
            ("\u{202e}\\", r#""\u{202e}\\""#),
        ];
        for (text, written) in cases {
            assert_eq!(string(text).to_string(), written);
        }
    }
}
