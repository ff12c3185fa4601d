use proc_macro2::Ident;
use syn::{ImplItem, Item, ItemImpl, Stmt, Type, TypePath};

use super::expression::Expression;

/// An `impl` that many types have, its functions empty: parsed once, and completed for each.
pub(super) struct Implementation(ItemImpl);

impl Implementation {
    pub(super) fn new(empty: ItemImpl) -> Self {
        Self(empty)
    }

    /// The `impl` for a type, with what each function comes to, in their order.
    pub(super) fn of<const N: usize>(&self, name: &Ident, bodies: [Expression; N]) -> Item {
        let mut complete = self.0.clone();
        *complete.self_ty = Type::Path(TypePath {
            attrs: Vec::new(),
            qself: None,
            path: name.clone().into(),
        });
        let functions = complete.items.iter_mut().filter_map(|item| match item {
            ImplItem::Fn(function) => Some(function),
            _ => None,
        });
        for (function, body) in functions.zip(bodies) {
            function.block.stmts.push(Stmt::Expr(*body.into_syntax(), None));
        }
        Item::Impl(complete)
    }
}
