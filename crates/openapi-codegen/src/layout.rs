//! The text of generated code: prettyplease's formatting, with a blank line between items.

use proc_macro2::TokenStream;
use syn::{File, Item, ItemMod};

use crate::emit::{Part, Piece};

/// Formats the parts of a file.
pub(crate) fn file<'a>(parts: impl IntoIterator<Item = Part<'a>>) -> String {
    let mut text = Text::default();
    for part in parts {
        match part {
            Part::Items(items) => text.add(items),
            Part::Module { opening, items } => text.add_module(opening, items),
        }
    }
    text.written
}

/// Formats items.
pub(crate) fn items(items: impl Iterator<Item = Piece>) -> String {
    let mut text = Text::default();
    text.add(items);
    text.written
}

/// Formatted items, one below the other.
#[derive(Default)]
struct Text {
    written: String,
    after_import: bool,
}

impl Text {
    fn add(&mut self, items: impl Iterator<Item = Piece>) {
        for piece in items {
            match piece {
                Piece::Tokens(tokens) => self.add_tokens(tokens),
                Piece::Item(item) => self.add_item(*item),
            }
        }
    }

    fn add_tokens(&mut self, tokens: TokenStream) {
        match syn::parse2::<File>(tokens) {
            Ok(file) => file.items.into_iter().for_each(|item| self.add_item(item)),
            // Emitters produce items and nothing else; were one to fail at it, the compiler would say so.
            Err(error) => self.written.push_str(&error.into_compile_error().to_string()),
        }
    }

    fn add_item(&mut self, item: Item) {
        let is_import = matches!(item, Item::Use(_));
        self.part(is_import);
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
                let empty = ItemMod {
                    attrs,
                    vis,
                    unsafety,
                    mod_token,
                    ident,
                    content: Some((brace, Vec::new())),
                    semi,
                };
                let mut body = Self::default();
                inner.into_iter().for_each(|item| body.add_item(item));
                self.enclose(&unparse(Item::Mod(empty)), &body.written);
            }
            other => self.written.push_str(&unparse(other)),
        }
    }

    /// `opening` is a module without items.
    fn add_module(&mut self, opening: TokenStream, items: impl Iterator<Item = Piece>) {
        self.part(false);
        let opening = self::items(std::iter::once(Piece::Tokens(opening)));
        self.enclose(&opening, &self::items(items));
    }

    /// A blank line, unless imports follow each other.
    fn part(&mut self, is_import: bool) {
        let joined = self.written.is_empty() || is_import && self.after_import;
        if !joined {
            self.written.push('\n');
        }
        self.after_import = is_import;
    }

    /// Writes items between the braces of an empty module, indented. Line breaks inside literals are written as
    /// escapes, so every line is one of code.
    fn enclose(&mut self, empty: &str, body: &str) {
        let opening = empty.trim_end();
        self.written
            .push_str(opening.strip_suffix('}').unwrap_or(opening));
        self.written.push('\n');
        for line in body.lines() {
            if !line.is_empty() {
                self.written.push_str("    ");
                self.written.push_str(line);
            }
            self.written.push('\n');
        }
        self.written.push_str("}\n");
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
