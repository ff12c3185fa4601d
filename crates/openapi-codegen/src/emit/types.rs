use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{AngleBracketedGenericArguments, GenericArgument, Path, PathArguments, Token, Type, TypePath};

use crate::ir::{Api, Status, TypeRef};
use crate::naming::ident;

/// The module a type is named in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    /// `models` itself.
    Models,
    /// `operations`, beside `models`.
    Operations,
    /// The module around both.
    Root,
}

/// A type as it is written in a scope.
pub(super) fn ty(api: &Api, ty: &TypeRef, scope: Scope) -> Type {
    let inner = |inner: &TypeRef| self::ty(api, inner, scope);
    match ty {
        TypeRef::Bool => plain("bool"),
        TypeRef::I32 => plain("i32"),
        TypeRef::I64 => plain("i64"),
        TypeRef::U32 => plain("u32"),
        TypeRef::U64 => plain("u64"),
        TypeRef::Number => support(["Number"]),
        TypeRef::String => plain("String"),
        TypeRef::Value => support(["Value"]),
        TypeRef::Opaque => support(["Opaque"]),
        TypeRef::List(item) => of(plain("Vec"), [inner(item)]),
        TypeRef::Map(value) => map(inner(value)),
        TypeRef::Nullable(value) => option(inner(value)),
        TypeRef::Boxed(value) => of(plain("Box"), [inner(value)]),
        TypeRef::Named(def) => {
            let name = ident(api.types.get(*def).map_or("Unknown", |def| def.ident.as_str()));
            match scope {
                Scope::Models => path([], name),
                Scope::Operations => path(["super", "models"], name),
                Scope::Root => path(["models"], name),
            }
        }
        TypeRef::Operation(name) => {
            let name = ident(name);
            match scope {
                Scope::Operations => path([], name),
                Scope::Models => path(["super", "operations"], name),
                Scope::Root => path(["operations"], name),
            }
        }
    }
}

/// `Option<T>`
pub(super) fn option(value: Type) -> Type {
    of(plain("Option"), [value])
}

/// `::api_support::IndexMap<String, T>`
pub(super) fn map(value: Type) -> Type {
    of(support(["IndexMap"]), [plain("String"), value])
}

/// `::api_support::http::StatusCode`
pub(super) fn status() -> Type {
    support(["http", "StatusCode"])
}

/// `::api_support::Field`
pub(super) fn support<const N: usize>(names: [&str; N]) -> Type {
    let names = std::iter::once("api_support").chain(names).map(word);
    of_segments(Some(<Token![::]>::default()), names)
}

fn plain(name: &str) -> Type {
    path([], word(name))
}

/// `operations::GetPet`
pub(super) fn path<const N: usize>(modules: [&str; N], name: Ident) -> Type {
    of_segments(None, modules.into_iter().map(word).chain([name]))
}

fn word(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn of_segments(leading_colon: Option<Token![::]>, names: impl Iterator<Item = Ident>) -> Type {
    Type::Path(TypePath {
        attrs: Vec::new(),
        qself: None,
        path: Path {
            leading_colon,
            segments: names.map(syn::PathSegment::from).collect(),
        },
    })
}

/// `Name<T, …>`
pub(super) fn of<const N: usize>(mut name: Type, arguments: [Type; N]) -> Type {
    if let Type::Path(TypePath { path, .. }) = &mut name
        && let Some(last) = path.segments.last_mut()
    {
        last.arguments = PathArguments::AngleBracketed(AngleBracketedGenericArguments {
            colon2_token: None,
            lt_token: <Token![<]>::default(),
            args: arguments.into_iter().map(GenericArgument::Type).collect(),
            gt_token: <Token![>]>::default(),
        });
    }
    name
}

/// The type of a body: its only media type's, or the enum over several.
pub(super) fn content(content: &crate::ir::Content) -> TypeRef {
    match (&content.ident, content.media.first()) {
        (Some(name), _) => TypeRef::Operation(name.clone()),
        (None, Some(media)) => media.ty.clone(),
        (None, None) => TypeRef::Value,
    }
}

/// The code of a status: the document's, or that of the variable that holds it.
pub(super) fn status_code(status: Status, variable: &TokenStream) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote! { #code }
        }
        Status::Range(_) | Status::Default => quote! { #variable.as_u16() },
    }
}

/// Whether a status is part of the answer's value, since the document leaves it open.
pub(super) fn carries_status(status: Status) -> bool {
    !matches!(status, Status::Code(_))
}
