//! Every rule about identifiers.
//!
//! Words are split as Rust's own conventions do (case changes and anything that is no letter or digit part words). A
//! leading sign is read out (`+1` becomes `plus_1`), a text without any letter or digit gets a word for what it is,
//! and a name that would begin with a digit begins with an underscore. Names that collide are numbered in document
//! order: the first keeps the name, the next gets a 2.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};

/// Words that are no identifiers, and cannot be made raw ones.
const NOT_EVEN_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// The keywords of every edition, in alphabetical order.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Type names that generated code uses unqualified.
const USED_TYPES: [&str; 12] = [
    "Option", "Vec", "Box", "String", "Result", "Some", "None", "Ok", "Err", "Self", "From", "TryFrom",
];

/// Those that the module `operations` uses.
pub(crate) const USED_BESIDE_OPERATIONS: [&str; 5] = ["Option", "Vec", "Box", "String", "Result"];

/// The name of a field, method or parameter: `snake_case`.
pub(crate) fn value_name(text: &str) -> String {
    guard_digit(spoken(text).to_snake_case())
}

/// The name of a type or variant: `UpperCamelCase`.
pub(crate) fn type_name(text: &str) -> String {
    guard_digit(spoken(text).to_upper_camel_case())
}

/// The name of a constant: `SHOUTY_SNAKE_CASE`.
pub(crate) fn constant_name(text: &str) -> String {
    guard_digit(spoken(text).to_shouty_snake_case())
}

/// The name of a type of the module `models`: as [`type_name`], except that names generated code itself uses get
/// `Model` appended.
pub(crate) fn model_name(text: &str) -> String {
    let name = type_name(text);
    if USED_TYPES.contains(&name.as_str()) {
        format!("{name}Model")
    } else {
        name
    }
}

/// The identifier of a name, raw where it is a keyword.
pub(crate) fn ident(name: &str) -> proc_macro2::Ident {
    let span = proc_macro2::Span::call_site();
    if NOT_EVEN_RAW.contains(&name) {
        proc_macro2::Ident::new(&format!("{name}_"), span)
    } else if KEYWORDS.binary_search(&name).is_ok() {
        proc_macro2::Ident::new_raw(name, span)
    } else {
        proc_macro2::Ident::new(name, span)
    }
}

/// Reads out what would otherwise leave no trace in a name.
fn spoken(text: &str) -> String {
    let mut spoken = match text.chars().next() {
        Some('+') => text.replacen('+', "plus ", 1),
        Some('-') => text.replacen('-', "minus ", 1),
        _ => text.to_owned(),
    };
    if !spoken.chars().any(|c| c.is_ascii_alphanumeric()) {
        let letters: String = spoken
            .chars()
            .filter(|c| c.is_alphanumeric() && unicode_ident::is_xid_continue(*c))
            .collect();
        spoken = match (text, letters.is_empty()) {
            ("", _) => "empty".to_owned(),
            (_, false) => letters,
            ("*", _) => "any".to_owned(),
            ("<", _) => "less".to_owned(),
            (">", _) => "more".to_owned(),
            ("=", _) => "equal".to_owned(),
            _ => "symbol".to_owned(),
        };
    }
    // Letters that are no identifier characters in Rust (such as superscripts) part words too.
    spoken
        .chars()
        .map(|c| if unicode_ident::is_xid_continue(c) { c } else { ' ' })
        .collect()
}

fn guard_digit(name: String) -> String {
    if name.starts_with(|c: char| !unicode_ident::is_xid_start(c)) {
        format!("_{name}")
    } else {
        name
    }
}

/// Names already given in one place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    taken: BTreeSet<String>,
    /// For names that were asked for again, the number to try next: all below it are taken.
    next: BTreeMap<String, u32>,
}

impl Names {
    /// Names that must not be given.
    pub(crate) fn reserving<'a>(reserved: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            taken: reserved.into_iter().map(str::to_owned).collect(),
            next: BTreeMap::new(),
        }
    }

    /// Gives the name, or the name with the first number that is free.
    pub(crate) fn give(&mut self, name: String) -> String {
        let free = if self.taken.contains(&name) {
            self.numbered(name)
        } else {
            name
        };
        self.taken.insert(free.clone());
        free
    }

    fn numbered(&mut self, name: String) -> String {
        let first = self.next.get(&name).copied().unwrap_or(2);
        let free = (first..)
            .map(|number| (number, format!("{name}{number}")))
            .find(|(_, numbered)| !self.taken.contains(numbered));
        let Some((number, numbered)) = free else {
            return name;
        };
        self.next.insert(name, number + 1);
        numbered
    }

    /// Whether the name is free.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_names_by_rule() {
        let cases = [
            ("fooBar", "foo_bar", "FooBar"),
            ("X-Trace.Id", "x_trace_id", "XTraceId"),
            ("filter[name]", "filter_name", "FilterName"),
            ("+1", "plus_1", "Plus1"),
            ("-1", "minus_1", "Minus1"),
            ("2fa", "_2fa", "_2fa"),
            ("", "empty", "Empty"),
            ("a b", "a_b", "AB"),
            ("*", "any", "Any"),
            ("straße", "straße", "Straße"),
            ("HTTPServer", "http_server", "HttpServer"),
            ("日本", "日本", "日本"),
            ("€", "symbol", "Symbol"),
            ("²", "symbol", "Symbol"),
        ];
        for (text, value, ty) in cases {
            assert_eq!(
                (value_name(text).as_str(), type_name(text).as_str()),
                (value, ty),
                "{text}"
            );
        }
    }

    #[test]
    fn keywords_become_raw_or_get_an_underscore() {
        for (name, written) in [
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("Self", "Self_"),
            ("crate", "crate_"),
            ("a", "a"),
        ] {
            assert_eq!(ident(name).to_string(), written);
        }
        assert!(KEYWORDS.is_sorted());
        for keyword in KEYWORDS {
            assert_eq!(ident(keyword).to_string(), format!("r#{keyword}"));
        }
    }

    #[test]
    fn colliding_names_are_numbered_in_order() {
        let mut names = Names::default();
        let given: Vec<_> = ["a", "a", "a2", "a"]
            .map(|name| names.give(name.to_owned()))
            .into();
        assert_eq!(given, ["a", "a2", "a22", "a3"]);
    }

    #[test]
    fn a_name_asked_for_many_times_is_numbered_in_an_instant() {
        let mut names = Names::default();
        let last = (0..50_000).map(|_| names.give("same".to_owned())).last();
        assert_eq!(last.as_deref(), Some("same50000"));
    }

    #[test]
    fn models_do_not_take_the_names_that_generated_code_uses() {
        assert_eq!(model_name("option"), "OptionModel");
        assert_eq!(model_name("self"), "SelfModel");
        assert_eq!(model_name("Optional"), "Optional");
    }
}
