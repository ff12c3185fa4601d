//! The arms of a `match`, built as syntax.

use proc_macro2::{Ident, Literal, Span};
use syn::{Arm, ExprLit, ExprPath, Lit, Pat, PatIdent, PatTupleStruct, PatWild, Path, Token, token};

use super::expression::Expression;

/// `pattern => body,`
pub(super) fn new(pattern: Pattern, body: Expression) -> Arm {
    Arm {
        attrs: Vec::new(),
        pat: pattern.0,
        fat_arrow_token: <Token![=>]>::default(),
        body: body.into_syntax(),
        comma: Some(<Token![,]>::default()),
    }
}

/// What an arm is for.
pub(super) struct Pattern(Pat);

impl Pattern {
    /// `_`
    pub(super) fn any() -> Self {
        Self(Pat::Wild(PatWild {
            attrs: Vec::new(),
            underscore_token: <Token![_]>::default(),
        }))
    }

    /// `3`
    pub(super) fn index(index: usize) -> Self {
        Self(Pat::Lit(ExprLit {
            attrs: Vec::new(),
            lit: Lit::Verbatim(Literal::usize_unsuffixed(index)),
        }))
    }

    /// `Self::Ok(body, headers)`, or `Self::Ok` where nothing is held.
    pub(super) fn variant(name: &Ident, held: &[&str]) -> Self {
        let enumeration = Ident::new("Self", Span::call_site());
        let path = Path {
            leading_colon: None,
            segments: [enumeration, name.clone()]
                .map(syn::PathSegment::from)
                .into_iter()
                .collect(),
        };
        if held.is_empty() {
            return Self(Pat::Path(ExprPath {
                attrs: Vec::new(),
                qself: None,
                path,
            }));
        }
        Self(Pat::TupleStruct(PatTupleStruct {
            attrs: Vec::new(),
            qself: None,
            path,
            paren_token: token::Paren::default(),
            elems: held.iter().map(|name| binding(name)).collect(),
        }))
    }
}

/// `body`
fn binding(name: &str) -> Pat {
    Pat::Ident(PatIdent {
        attrs: Vec::new(),
        by_ref: None,
        mutability: None,
        ident: Ident::new(name, Span::call_site()),
        subpat: None,
    })
}
