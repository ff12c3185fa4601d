//! The text of generated code: prettyplease's formatting, with a blank line between items.

use proc_macro2::TokenStream;
use syn::{File, Item, ItemMod};

/// Formats a file's worth of items.
pub(crate) fn format(tokens: &TokenStream) -> String {
    match syn::parse2::<File>(tokens.clone()) {
        Ok(file) => items(file.items),
        // Emitters produce items and nothing else; were one to fail at it, the compiler's message about the
        // unformatted text says more than a panic here.
        Err(_) => tokens.to_string(),
    }
}

fn items(items: Vec<Item>) -> String {
    let mut text = String::new();
    let mut after_import = false;
    for one in items {
        let is_import = matches!(one, Item::Use(_));
        let joined = text.is_empty() || is_import && after_import;
        if !joined {
            text.push('\n');
        }
        text.push_str(&item(one));
        after_import = is_import;
    }
    text
}

fn item(item: Item) -> String {
    match item {
        Item::Mod(ItemMod {
            attrs,
            vis,
            unsafety,
            mod_token,
            ident,
            content: Some((brace, inner)),
            semi,
        }) => {
            let body = indented(&items(inner));
            let empty = ItemMod {
                attrs,
                vis,
                unsafety,
                mod_token,
                ident,
                content: Some((brace, Vec::new())),
                semi,
            };
            match unparse(Item::Mod(empty)).trim_end().strip_suffix("{}") {
                Some(opening) => format!("{opening}{{\n{body}}}\n"),
                None => body,
            }
        }
        other => unparse(other),
    }
}

fn unparse(item: Item) -> String {
    prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

/// Indents every line. Line breaks inside literals are written as escapes, so every line is one of code.
fn indented(text: &str) -> String {
    text.lines()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("    {line}\n")
            }
        })
        .collect()
}
