//! The text of tables, laid out as prettyplease would: an expression that does not fit on its line has each of its
//! parts on a line of its own. So have lists of whole numbers and booleans here, whose lines prettyplease fills: one that
//! is added or taken away changes one line.

use crate::emit::{ConstExpression, Definition, Form, Link, width_of};

/// The width of a line.
const MARGIN: usize = 89;

/// How much a line may hold however far it is indented.
const NARROWEST: usize = 60;

const STEP: usize = 4;

/// A definition, its line break included.
pub(super) fn definition(definition: &Definition) -> String {
    let Definition {
        doc,
        keyword,
        name,
        ty,
        value,
    } = definition;
    let doc = doc.map_or_else(String::new, |doc| format!("/// {doc}\n"));
    let opening = format!("{keyword} {name}: {ty} = ");
    let mut lines = Lines {
        room: MARGIN.saturating_sub(opening.len()),
        written: doc + &opening,
    };
    lines.expression(value, 0, ";".len());
    lines.written.push_str(";\n");
    lines.written
}

struct Lines {
    written: String,
    /// How much the line at hand still holds.
    room: usize,
}

impl Lines {
    fn word(&mut self, word: &str) {
        self.written.push_str(word);
        self.room = self.room.saturating_sub(word.len());
    }

    fn next_line(&mut self, indent: usize) {
        self.written.push('\n');
        super::indent(&mut self.written, indent);
        self.room = MARGIN.saturating_sub(indent).max(NARROWEST);
    }

    /// Writes an expression that is followed by so many more bytes before the next place for a line break.
    fn expression(&mut self, expression: &ConstExpression, indent: usize, after: usize) {
        if expression.width() + after <= self.room {
            return self.on_one_line(expression);
        }
        match expression.form() {
            Form::Word(word) => self.word(word),
            Form::List(items) => self.on_lines("&[", items, "]", indent),
            Form::Pair(parts) => self.on_lines("(", parts.as_slice(), ")", indent),
            Form::Call {
                ty,
                function,
                arguments,
            } => {
                self.path(ty, function);
                self.on_lines("(", arguments, ")", indent);
            }
            Form::Chain { base, calls } => self.chain(base, calls, indent + STEP, after),
        }
    }

    fn chain(&mut self, base: &ConstExpression, calls: &[Link], indent: usize, after: usize) {
        self.expression(base, indent, 0);
        for (index, Link { name, arguments }) in calls.iter().enumerate() {
            let after = if index + 1 < calls.len() { 0 } else { after };
            self.next_line(indent);
            self.word(".");
            self.word(name);
            if "()".len() + width_of(arguments) + after <= self.room {
                self.in_brackets("(", arguments, ")");
            } else {
                self.on_lines("(", arguments, ")", indent);
            }
        }
    }

    fn on_lines(&mut self, opening: &str, items: &[ConstExpression], closing: &str, indent: usize) {
        self.word(opening);
        for (index, item) in items.iter().enumerate() {
            let is_last = index + 1 == items.len();
            self.next_line(indent + STEP);
            // The last comma is only there where there is a line break, and so no part of what has to fit.
            self.expression(item, indent + STEP, if is_last { 0 } else { ",".len() });
            self.word(",");
        }
        if !items.is_empty() {
            self.next_line(indent);
        }
        self.word(closing);
    }

    fn on_one_line(&mut self, expression: &ConstExpression) {
        match expression.form() {
            Form::Word(word) => self.word(word),
            Form::List(items) => self.in_brackets("&[", items, "]"),
            Form::Pair(parts) => self.in_brackets("(", parts.as_slice(), ")"),
            Form::Call {
                ty,
                function,
                arguments,
            } => {
                self.path(ty, function);
                self.in_brackets("(", arguments, ")");
            }
            Form::Chain { base, calls } => {
                self.on_one_line(base);
                for Link { name, arguments } in calls {
                    self.word(".");
                    self.word(name);
                    self.in_brackets("(", arguments, ")");
                }
            }
        }
    }

    fn in_brackets(&mut self, opening: &str, items: &[ConstExpression], closing: &str) {
        self.word(opening);
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.word(", ");
            }
            self.on_one_line(item);
        }
        self.word(closing);
    }

    fn path(&mut self, ty: &str, function: &str) {
        self.word(ty);
        self.word("::");
        self.word(function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(count: usize) -> impl Iterator<Item = ConstExpression> {
        (0..count).map(|index| ConstExpression::text(&"word".repeat(index % 5 + 1)))
    }

    /// A call, a list and a chain around so many words, each within the other.
    fn nested(count: usize, depth: usize) -> ConstExpression {
        if depth == 0 {
            return ConstExpression::list(words(count));
        }
        let inner = nested(count, depth - 1);
        let pair = ConstExpression::pair(ConstExpression::boolean(true), inner);
        ConstExpression::call("Schema", "new", words(count + 1).chain([pair]))
            .with("first", ConstExpression::index(count))
            .with_flag("second", depth.is_multiple_of(2))
            .with_list("third", words(count))
    }

    #[test]
    fn a_table_is_laid_out_as_prettyplease_lays_it_out() {
        let on_paths = |count| {
            ConstExpression::member("Schema", "STRING")
                .with("pattern", ConstExpression::text(&"x".repeat(count)))
                .with("format", ConstExpression::member("Format", "DateTime"))
        };
        let values = (0..12)
            .flat_map(|count| (0..8).map(move |depth| nested(count, depth)))
            .chain((0..90).map(on_paths));
        for value in values {
            let table = Definition {
                doc: Some("A table."),
                keyword: "pub static",
                name: "TABLE".to_owned(),
                ty: "&[Schema]",
                value,
            };
            let written = definition(&table);
            let parsed = syn::parse_file(&written).unwrap_or_else(|error| panic!("{error}:\n{written}"));
            assert_eq!(written, prettyplease::unparse(&parsed));
        }
    }

    #[test]
    fn a_list_of_numbers_that_does_not_fit_has_one_on_each_line() {
        let list = |count: u64| Definition {
            doc: None,
            keyword: "static",
            name: "LIST".to_owned(),
            ty: "&[u64]",
            value: ConstExpression::list((0..count).map(|index| ConstExpression::count(1_000 + index))),
        };
        let unparsed = |text: &str| prettyplease::unparse(&syn::parse_file(text).unwrap());
        let short = definition(&list(9));
        assert_eq!(short, unparsed(&short));
        let long = definition(&list(30));
        let lines: String = (0..30).map(|index| format!("    {},\n", 1_000 + index)).collect();
        assert_eq!(long, format!("static LIST: &[u64] = &[\n{lines}];\n"));
        assert_ne!(long, unparsed(&long), "prettyplease fills the lines");
    }
}
