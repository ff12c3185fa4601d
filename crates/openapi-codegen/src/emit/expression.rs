//! The expressions that answers are made of, built as syntax: there are many of them, and tokens would have to be
//! parsed once more before they can be formatted.

use std::str::FromStr as _;

use proc_macro2::{Ident, Literal, Span};
use syn::punctuated::Punctuated;
use syn::{
    Arm, Block, BlockModifiers, ClosureModifiers, Expr, ExprAsync, ExprAwait, ExprCall, ExprClosure,
    ExprField, ExprIndex, ExprLit, ExprMatch, ExprMethodCall, ExprPath, ExprReference, ExprStruct, ExprTry,
    ExprTuple, FieldValue, Lit, Member, Pat, PatIdent, Path, ReturnType, Stmt, Token, token,
};

use super::literals;

/// An expression.
pub(super) struct Expression(Expr);

impl Expression {
    /// `Method::GET`
    pub(super) fn member(ty: &str, name: &str) -> Self {
        Self::path([ty, name])
    }

    /// `input`
    pub(super) fn name(name: &str) -> Self {
        Self::path([name])
    }

    /// `super::SCHEMAS`
    pub(super) fn path<const N: usize>(names: [&str; N]) -> Self {
        Self::of(names.map(word))
    }

    /// `Self::Ok`
    pub(super) fn variant(name: &Ident) -> Self {
        Self::of([word("Self"), name.clone()])
    }

    /// `operations::GetPetResponse::Unimplemented`
    pub(super) fn of<const N: usize>(names: [Ident; N]) -> Self {
        let path = Path {
            leading_colon: None,
            segments: names.into_iter().map(syn::PathSegment::from).collect(),
        };
        Self(Expr::Path(ExprPath {
            attrs: Vec::new(),
            qself: None,
            path,
        }))
    }

    /// `Example::new("full", "{}")`
    pub(super) fn call(ty: &str, function: &str, arguments: impl IntoIterator<Item = Self>) -> Self {
        Self::member(ty, function).invoked(arguments)
    }

    /// `self(argument)`
    pub(super) fn invoked(self, arguments: impl IntoIterator<Item = Self>) -> Self {
        Self(Expr::Call(ExprCall {
            attrs: Vec::new(),
            func: Box::new(self.0),
            paren_token: token::Paren::default(),
            args: separated(arguments),
        }))
    }

    /// `self?`
    pub(super) fn tried(self) -> Self {
        Self(Expr::Try(ExprTry {
            attrs: Vec::new(),
            expr: Box::new(self.0),
            question_token: <Token![?]>::default(),
        }))
    }

    /// `self[3]`
    pub(super) fn at(self, index: usize) -> Self {
        Self(Expr::Index(ExprIndex {
            attrs: Vec::new(),
            expr: Box::new(self.0),
            bracket_token: token::Bracket::default(),
            index: Self::index(index).into_syntax(),
        }))
    }

    /// `match self { … }`
    pub(super) fn matched(self, arms: impl Iterator<Item = Arm>) -> Self {
        Self(Expr::Match(ExprMatch {
            attrs: Vec::new(),
            match_token: <Token![match]>::default(),
            expr: Box::new(self.0),
            brace_token: token::Brace::default(),
            arms: arms.collect(),
        }))
    }

    /// `Self { name: value }`
    pub(super) fn this(fields: impl Iterator<Item = (Ident, Self)>) -> Self {
        let fields = fields.map(|(name, value)| FieldValue {
            attrs: Vec::new(),
            member: Member::Named(name),
            colon_token: Some(<Token![:]>::default()),
            expr: value.0,
        });
        Self(Expr::Struct(ExprStruct {
            attrs: Vec::new(),
            qself: None,
            path: word("Self").into(),
            brace_token: token::Brace::default(),
            fields: fields.collect(),
            dot2_token: None,
            rest: None,
        }))
    }

    /// An expression that is written down, since it is rarely needed.
    pub(super) fn written(expression: Expr) -> Self {
        Self(expression)
    }

    /// The same for one argument.
    pub(super) fn with(self, name: &str, argument: Self) -> Self {
        self.method(name, [argument])
    }

    /// `self.name(argument)`
    pub(super) fn method<const N: usize>(self, name: &str, arguments: [Self; N]) -> Self {
        self.method_named(word(name), arguments)
    }

    /// The same where the document names the method.
    pub(super) fn method_named<const N: usize>(self, name: Ident, arguments: [Self; N]) -> Self {
        Self(Expr::MethodCall(ExprMethodCall {
            attrs: Vec::new(),
            receiver: Box::new(self.0),
            dot_token: <Token![.]>::default(),
            method: name,
            turbofish: None,
            paren_token: token::Paren::default(),
            args: separated(arguments),
        }))
    }

    /// `self.0`
    pub(super) fn inner(self) -> Self {
        Self(Expr::Field(ExprField {
            attrs: Vec::new(),
            base: Box::new(self.0),
            dot_token: <Token![.]>::default(),
            member: Member::Unnamed(0.into()),
        }))
    }

    /// `self.await`
    pub(super) fn awaited(self) -> Self {
        Self(Expr::Await(ExprAwait {
            attrs: Vec::new(),
            base: Box::new(self.0),
            dot_token: <Token![.]>::default(),
            await_token: <Token![await]>::default(),
        }))
    }

    /// `|name| self`
    pub(super) fn taking(self, name: &str) -> Self {
        let argument = Pat::Ident(PatIdent {
            attrs: Vec::new(),
            by_ref: None,
            mutability: None,
            ident: word(name),
            subpat: None,
        });
        Self(Expr::Closure(ExprClosure {
            attrs: Vec::new(),
            lifetimes: None,
            modifiers: ClosureModifiers::default(),
            constness: None,
            asyncness: None,
            capture: None,
            inputs_begin: <Token![|]>::default(),
            inputs: std::iter::once(argument).collect(),
            inputs_end: <Token![|]>::default(),
            output: ReturnType::Default,
            body: Box::new(self.0),
        }))
    }

    /// `async { self }`
    pub(super) fn deferred(self) -> Self {
        Self(Expr::Async(ExprAsync {
            attrs: Vec::new(),
            async_token: <Token![async]>::default(),
            capture: None,
            modifiers: BlockModifiers::default(),
            block: Block {
                brace_token: token::Brace::default(),
                stmts: vec![Stmt::Expr(self.0, None)],
            },
        }))
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
        let written = Literal::from_str(&literals::string(text));
        Self::token(written.unwrap_or_else(|_| Literal::string(text)))
    }

    /// The position of a schema.
    pub(super) fn index(index: usize) -> Self {
        Self::token(Literal::usize_unsuffixed(index))
    }

    /// A whole number.
    pub(super) fn count(count: u64) -> Self {
        Self::token(Literal::u64_unsuffixed(count))
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

fn word(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn separated(items: impl IntoIterator<Item = Expression>) -> Punctuated<Expr, Token![,]> {
    items.into_iter().map(|item| item.0).collect()
}
