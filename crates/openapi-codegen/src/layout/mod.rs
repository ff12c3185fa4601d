//! The text of generated code: prettyplease's formatting, with a blank line between items.

mod table;

use proc_macro2::TokenStream;
use syn::{File, Item};

use crate::emit::{Items, Piece};

const STEP: usize = 4;

/// Formats items, below a text they follow.
pub(crate) fn file(above: String, items: Items<'_>) -> String {
    let mut text = Text {
        written: above,
        indent: 0,
        previous: Previous::Nothing,
    };
    text.add(items);
    text.written
}

fn indent(text: &mut String, spaces: usize) {
    const SPACES: &str = "                                ";
    let mut missing = spaces;
    while missing > 0 {
        let now = missing.min(SPACES.len());
        text.push_str(SPACES.get(..now).unwrap_or_default());
        missing -= now;
    }
}

/// Formatted items, one below the other.
struct Text {
    written: String,
    indent: usize,
    previous: Previous,
}

/// What stands above the next item, in the same module.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Previous {
    Nothing,
    Import,
    Item,
}

impl Text {
    fn add(&mut self, items: Items<'_>) {
        for piece in items {
            match piece {
                Piece::Tokens(tokens) => self.add_tokens(tokens),
                Piece::Item(item) => self.add_item(*item),
                Piece::Definition(definition) => {
                    self.part(Previous::Item);
                    self.lines(&table::definition(&definition));
                }
                Piece::Module { opening, items } => self.add_module(opening, items),
            }
        }
    }

    fn add_tokens(&mut self, tokens: TokenStream) {
        match syn::parse2::<File>(tokens) {
            Ok(file) => file.items.into_iter().for_each(|item| self.add_item(item)),
            // Emitters produce items and nothing else; were one to fail at it, the compiler would say so.
            Err(error) => self.lines(&error.into_compile_error().to_string()),
        }
    }

    fn add_item(&mut self, item: Item) {
        self.part(if matches!(item, Item::Use(_)) {
            Previous::Import
        } else {
            Previous::Item
        });
        self.lines(&prettyplease::unparse(&File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        }));
    }

    /// `opening` is a module without items.
    fn add_module(&mut self, opening: TokenStream, items: Items<'_>) {
        self.add_tokens(opening);
        let opened = self.written.trim_end().trim_end_matches('}').len();
        self.written.truncate(opened);
        self.written.push('\n');
        self.indent += STEP;
        self.previous = Previous::Nothing;
        self.add(items);
        self.indent -= STEP;
        self.previous = Previous::Item;
        self.lines("}\n");
    }

    /// A blank line, unless imports follow each other.
    fn part(&mut self, next: Previous) {
        let joined = match self.previous {
            Previous::Nothing => true,
            Previous::Import => next == Previous::Import,
            Previous::Item => false,
        };
        if !joined {
            self.written.push('\n');
        }
        self.previous = next;
    }

    /// Writes lines, indented. Line breaks inside literals are written as escapes, so every line is one of code.
    fn lines(&mut self, text: &str) {
        if self.indent == 0 {
            return self.written.push_str(text);
        }
        for line in text.split_inclusive('\n') {
            if line != "\n" {
                indent(&mut self.written, self.indent);
            }
            self.written.push_str(line);
        }
    }
}
