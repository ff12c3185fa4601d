//! Definitions built as syntax, for what a document has hundreds of: tokens would have to be parsed once more before
//! they can be formatted.

use std::str::FromStr as _;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, Field, FieldModifiers, Fields, FieldsNamed, FieldsUnnamed, Generics,
    Item, ItemEnum, ItemMacro, ItemStruct, Lit, LitStr, Macro, MacroDelimiter, Meta, MetaList, MetaNameValue,
    Path, Token, Type, Variant, Visibility, token,
};

/// `#[must_use]`
pub(super) fn flag(name: &str) -> Attribute {
    attribute(Meta::Path(word(name)))
}

/// `#[derive(Clone, Debug)]`
pub(super) fn list(name: &str, tokens: TokenStream) -> Attribute {
    attribute(Meta::List(MetaList {
        path: word(name),
        delimiter: MacroDelimiter::Paren(token::Paren::default()),
        tokens,
    }))
}

/// `#[doc = " A line."]`, which is formatted as `/// A line.`
pub(super) fn doc(line: &str) -> Attribute {
    attribute(Meta::NameValue(MetaNameValue {
        path: word("doc"),
        eq_token: <Token![=]>::default(),
        value: Expr::Lit(ExprLit {
            attrs: Vec::new(),
            lit: doc_text(line),
        }),
    }))
}

/// What is formatted as a comment may be written in any way: raw is read back the fastest.
fn doc_text(line: &str) -> Lit {
    let raw = (!line.contains('"')).then(|| Literal::from_str(&["r\"", line, "\""].concat()));
    match raw {
        Some(Ok(raw)) => Lit::new(raw),
        _ => Lit::Str(LitStr::new(line, Span::call_site())),
    }
}

fn attribute(meta: Meta) -> Attribute {
    Attribute {
        pound_token: <Token![#]>::default(),
        style: AttrStyle::Outer,
        bracket_token: token::Bracket::default(),
        meta,
    }
}

fn word(name: &str) -> Path {
    Path::from(Ident::new(name, Span::call_site()))
}

/// `pub name: Type`
pub(super) fn field(attributes: Vec<Attribute>, name: Ident, ty: Type) -> Field {
    Field {
        attrs: attributes,
        vis: public(),
        modifiers: FieldModifiers::default(),
        ident: Some(name),
        colon_token: Some(<Token![:]>::default()),
        ty,
        default: None,
    }
}

/// `pub struct Name { … }`
pub(super) fn structure(
    attributes: Vec<Attribute>,
    name: Ident,
    fields: impl Iterator<Item = Field>,
) -> Item {
    Item::Struct(ItemStruct {
        attrs: attributes,
        vis: public(),
        struct_token: <Token![struct]>::default(),
        ident: name,
        generics: Generics::default(),
        fields: Fields::Named(FieldsNamed {
            brace_token: token::Brace::default(),
            named: fields.collect(),
        }),
        semi_token: None,
    })
}

/// `Name(Type, …)`, or `Name` where nothing is held.
pub(super) fn variant(attributes: Vec<Attribute>, name: Ident, held: Vec<Type>) -> Variant {
    let held = held.into_iter().map(|ty| Field {
        attrs: Vec::new(),
        vis: Visibility::Inherited,
        modifiers: FieldModifiers::default(),
        ident: None,
        colon_token: None,
        ty,
        default: None,
    });
    let fields = if held.len() == 0 {
        Fields::Unit
    } else {
        Fields::Unnamed(FieldsUnnamed {
            paren_token: token::Paren::default(),
            unnamed: held.collect(),
        })
    };
    Variant {
        attrs: attributes,
        ident: name,
        fields,
        discriminant: None,
    }
}

/// `pub enum Name { … }`
pub(super) fn enumeration(
    attributes: Vec<Attribute>,
    name: Ident,
    variants: impl Iterator<Item = Variant>,
) -> Item {
    Item::Enum(ItemEnum {
        attrs: attributes,
        vis: public(),
        enum_token: <Token![enum]>::default(),
        ident: name,
        generics: Generics::default(),
        brace_token: token::Brace::default(),
        variants: variants.collect(),
    })
}

/// `::api_support::name! { … }`
pub(super) fn invocation(name: &str, tokens: TokenStream) -> Item {
    let mut path = Path::from(Ident::new("api_support", Span::call_site()));
    path.leading_colon = Some(<Token![::]>::default());
    path.segments.push(Ident::new(name, Span::call_site()).into());
    Item::Macro(ItemMacro {
        attrs: Vec::new(),
        ident: None,
        mac: Macro {
            path,
            bang_token: <Token![!]>::default(),
            delimiter: MacroDelimiter::Brace(token::Brace::default()),
            tokens,
        },
        semi_token: None,
    })
}

fn public() -> Visibility {
    Visibility::Public(<Token![pub]>::default())
}
