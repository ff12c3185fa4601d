use std::collections::BTreeSet;

use syn::{ImplItem, Item, ItemImpl};

use super::error::StarterError;

/// The methods of a file's implementation of a trait, as they are written: `r#type` where that is the name.
pub(super) fn methods(text: &str, trait_name: &str) -> Result<BTreeSet<String>, StarterError> {
    let file = syn::parse_file(text).map_err(|error| StarterError::NotRust {
        reason: error.to_string(),
    })?;
    let found = find(&file.items, trait_name);
    let found = found.ok_or_else(|| StarterError::NotImplemented {
        name: trait_name.to_owned(),
    })?;
    let methods = found.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    Ok(methods.collect())
}

/// The first implementation: a second one, as of a test's double, says nothing about the server.
fn find<'f>(items: &'f [Item], trait_name: &str) -> Option<&'f ItemImpl> {
    items.iter().find_map(|item| match item {
        Item::Impl(found) => implements(found, trait_name).then_some(found),
        Item::Mod(module) => module
            .content
            .as_ref()
            .and_then(|(_, items)| find(items, trait_name)),
        _ => None,
    })
}

fn implements(item: &ItemImpl, trait_name: &str) -> bool {
    let path = item.trait_.as_ref().map(|(path, _)| path);
    path.and_then(|path| path.segments.last())
        .is_some_and(|last| last.ident == trait_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_found_however_the_trait_is_named() {
        let text = "
            struct Server;
            impl Server { fn helper() {} }
            mod inner { impl<S> crate::api::TeaApi for super::Server<S> { type E = (); fn r#type() {} async fn brew() {} } }
            impl TeaApi for Double { fn other() {} }
        ";
        let found: Vec<_> = methods(text, "TeaApi").unwrap().into_iter().collect();
        assert_eq!(found, ["brew", "r#type"]);
    }

    #[test]
    fn a_file_that_is_not_rust_or_implements_something_else_is_an_error() {
        assert!(matches!(
            methods("impl {", "TeaApi"),
            Err(StarterError::NotRust { .. })
        ));
        assert!(matches!(
            methods("impl CoffeeApi for Server {}", "TeaApi"),
            Err(StarterError::NotImplemented { .. })
        ));
    }
}
