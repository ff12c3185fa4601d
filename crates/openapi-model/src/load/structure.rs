use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::keywords_of_31::is_of_31;
use super::kind::{Kind, Shape};
use super::node::{Node, member};
use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::model::Pointer;
use crate::names::nearest;

/// Checks the document against the keyword tables: unknown keywords, missing ones, values of the wrong JSON type.
///
/// This comes before any typed reading, because it knows exactly where a fault stands and what was expected there.
#[derive(Debug, Default)]
pub(crate) struct Structure<'d> {
    /// Every object seen, in the order it was seen in, and as what.
    seen: IndexMap<Pointer, Seen<'d>>,
    /// Objects something is wrong in; typed reading leaves them alone.
    faulty: BTreeSet<Pointer>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

#[derive(Clone, Copy, Debug)]
struct Seen<'d> {
    value: &'d Value,
    kind: Kind,
}

impl<'d> Structure<'d> {
    /// Walks an object and everything below it, unless that was done before.
    pub(crate) fn walk(&mut self, node: &Node<'d>, kind: Kind) {
        let value = node.value;
        if self
            .seen
            .insert(node.pointer.clone(), Seen { value, kind })
            .is_some()
        {
            return;
        }
        let Some(object) = node.object() else {
            self.wrong_type(node, "an object", &node.pointer);
            return;
        };
        if kind.referable() && member(object, "$ref").is_some() {
            self.reference(node, kind);
            if kind != Kind::PathItem {
                return;
            }
        }
        let grammar = kind.grammar();
        for keyword in grammar.keywords.iter().filter(|keyword| keyword.required) {
            if member(object, keyword.name).is_none() {
                let fault = Fault::MissingKeyword {
                    keyword: keyword.name,
                    kind: grammar.name,
                };
                self.fault(&node.pointer, fault.at_key(&node.pointer));
            }
        }
        for (key, value) in object {
            let child = || Node::new(node.pointer.join(key), value);
            let shape = match grammar.keyword(key) {
                Some(keyword) => Some(keyword.shape),
                None if key.starts_with("x-") => continue,
                None => grammar.free,
            };
            match shape {
                // Most values are of this sort, and need no place of their own.
                Some(shape) if shape.is_plainly(value) => {}
                Some(shape) => self.shape(&child(), shape, &node.pointer),
                None => self.unknown(&child(), key, kind),
            }
        }
    }

    /// An object that was walked, and as what.
    pub(crate) fn get(&self, pointer: &Pointer) -> Option<(&'d Value, Kind)> {
        self.seen.get(pointer).map(|seen| (seen.value, seen.kind))
    }

    /// Whether the object itself, not one below it, is well-formed.
    pub(crate) fn is_sound(&self, pointer: &Pointer) -> bool {
        !self.faulty.contains(pointer)
    }

    pub(crate) fn objects(&self) -> impl Iterator<Item = (&Pointer, &'d Value, Kind)> {
        self.seen
            .iter()
            .map(|(pointer, seen)| (pointer, seen.value, seen.kind))
    }

    fn shape(&mut self, node: &Node<'d>, shape: Shape, owner: &Pointer) {
        match shape {
            Shape::Count => self.count(node, owner),
            Shape::Texts => self.texts(node, owner),
            Shape::TextMap => self.text_map(node, owner),
            Shape::One(kind) => self.walk(node, kind),
            Shape::Many(kind) => self.many(node, kind, owner),
            Shape::Map(kind) => self.map(node, kind, owner),
            Shape::SchemaOrFlag if node.value.is_object() => self.walk(node, Kind::Schema),
            shape if shape.is_plainly(node.value) => {}
            shape => self.wrong_type(node, shape.expected(), owner),
        }
    }

    fn count(&mut self, node: &Node<'_>, owner: &Pointer) {
        if node.value.as_f64().is_some_and(|number| number < 0.0) {
            self.fault(owner, Fault::NegativeCount.at(&node.pointer));
        } else {
            self.wrong_type(node, Shape::Count.expected(), owner);
        }
    }

    fn texts(&mut self, node: &Node<'_>, owner: &Pointer) {
        let Some(items) = node.value.as_array() else {
            return self.wrong_type(node, Shape::Texts.expected(), owner);
        };
        for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_string()) {
            self.wrong_type(
                &Node::new(node.pointer.index(index), item),
                Shape::Text.expected(),
                owner,
            );
        }
    }

    fn text_map(&mut self, node: &Node<'_>, owner: &Pointer) {
        if !node.value.is_object() {
            return self.wrong_type(node, Shape::TextMap.expected(), owner);
        }
        for (_, entry) in node.own_entries().filter(|(_, entry)| !entry.value.is_string()) {
            self.wrong_type(&entry, Shape::Text.expected(), owner);
        }
    }

    fn many(&mut self, node: &Node<'d>, kind: Kind, owner: &Pointer) {
        let Some(items) = node.value.as_array() else {
            return self.wrong_type(node, "a list", owner);
        };
        for (index, item) in items.iter().enumerate() {
            self.walk(&Node::new(node.pointer.index(index), item), kind);
        }
    }

    fn map(&mut self, node: &Node<'d>, kind: Kind, owner: &Pointer) {
        if !node.value.is_object() {
            return self.wrong_type(node, "an object", owner);
        }
        let is_component = node.pointer.parent().as_str() == "/components";
        for (key, entry) in node.own_entries() {
            if is_component {
                self.component_name(&entry, key);
            }
            // A media type has a slash, so an extension among them cannot be meant as one. Properties and headers
            // are another matter: `x-trace-id` is a fine name for either.
            if kind != Kind::MediaType || !key.starts_with("x-") {
                self.walk(&entry, kind);
            }
        }
    }

    fn component_name(&mut self, node: &Node<'_>, name: &str) {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if name.is_empty() || !name.chars().all(allowed) {
            let fault = Fault::ComponentName {
                name: name.to_owned(),
            };
            self.diagnostics.push(fault.at_key(&node.pointer));
        }
    }

    fn reference(&mut self, node: &Node<'_>, kind: Kind) {
        let Some(target) = node.get("$ref") else { return };
        if !target.value.is_string() {
            self.wrong_type(&target, Shape::Text.expected(), &node.pointer);
        }
        if kind == Kind::PathItem {
            return; // What stands beside it is read by the path item's own keywords.
        }
        // A name or a description beside a reference changes nothing; a rule there is one its writer counts on.
        let harmless = ["$ref", "summary", "description"];
        let siblings = node
            .own_entries()
            .filter(|(key, _)| !key.starts_with("x-") && !harmless.contains(key));
        for (key, sibling) in siblings {
            let fault = Fault::BesideReference {
                keyword: key.to_owned(),
            };
            self.diagnostics.push(fault.at_key(&sibling.pointer));
        }
    }

    fn unknown(&mut self, node: &Node<'_>, key: &str, kind: Kind) {
        let keyword = key.to_owned();
        let grammar = kind.grammar();
        let fault = if is_of_31(kind, key) {
            Fault::KeywordOf31 { keyword }
        } else {
            let meant = nearest(key, grammar.keywords.iter().map(|keyword| keyword.name));
            Fault::UnknownKeyword {
                keyword,
                kind: grammar.name,
                meant: meant.map(str::to_owned),
            }
        };
        self.diagnostics.push(fault.at_key(&node.pointer));
    }

    fn wrong_type(&mut self, node: &Node<'_>, expected: &'static str, owner: &Pointer) {
        let keyword = node.pointer.last();
        let in_schema = self.get(owner).is_some_and(|(_, kind)| kind == Kind::Schema);
        let fault = match (keyword.as_deref(), node.value) {
            (Some("type"), Value::Array(_)) if in_schema => Fault::ListOfTypes,
            (Some("exclusiveMinimum" | "exclusiveMaximum"), Value::Number(_)) if in_schema => {
                Fault::NumericExclusiveBound
            }
            // The value only chooses the advice; a large one is not carried along for that.
            (_, value) if value.is_array() => Fault::WrongType {
                expected,
                found: describe(value),
                value: Value::Array(Vec::new()),
            },
            (_, value) if value.is_object() => Fault::WrongType {
                expected,
                found: describe(value),
                value: Value::Object(serde_json::Map::new()),
            },
            (_, value) => Fault::WrongType {
                expected,
                found: describe(value),
                value: value.clone(),
            },
        };
        self.fault(owner, fault.at(&node.pointer));
    }

    fn fault(&mut self, owner: &Pointer, diagnostic: Diagnostic) {
        self.faulty.insert(owner.clone());
        self.diagnostics.push(diagnostic);
    }
}

impl Shape {
    /// Whether a value that has no objects or texts of its own to look at has this shape.
    fn is_plainly(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Text => value.is_string(),
            Self::Flag | Self::SchemaOrFlag => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Count => value.is_u64(),
            Self::Values => value.is_array(),
            Self::AnyMap => value.is_object(),
            Self::Texts | Self::TextMap | Self::One(_) | Self::Many(_) | Self::Map(_) => false,
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Text => "text",
            Self::Flag => "`true` or `false`",
            Self::Number => "a number",
            Self::Count => "a whole number",
            Self::Texts | Self::Values | Self::Many(_) => "a list",
            Self::TextMap | Self::AnyMap | Self::One(_) | Self::Map(_) => "an object",
            Self::SchemaOrFlag => "a schema, `true` or `false`",
        }
    }
}

/// A value's type in words, with the value when it is short.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 40 => format!("the text {value}"),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
