use std::sync::Arc;

use openapi_model::Source;
use serde_json::{Map, Value, json};

use super::operation::Operation;
use crate::repository;

/// A document and the way around in it.
#[derive(Clone, Debug)]
pub struct Document {
    root: Arc<Value>,
    definitions: Arc<Value>,
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Document {
    /// Reads `specs/{name}.yaml`.
    ///
    /// # Panics
    /// When there is no such document, or it cannot be read.
    #[must_use]
    pub fn read(name: &str) -> Self {
        let path = repository::root().join("specs").join(format!("{name}.yaml"));
        let source = Source::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        match openapi_model::Document::parse(source) {
            Ok(document) => Self::new(document.value().clone()),
            Err(report) => panic!("{}", report.render(openapi_model::RenderOptions::default())),
        }
    }

    /// A document that is in memory.
    #[must_use]
    pub fn new(root: Value) -> Self {
        let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
        let definitions: Map<_, _> = schemas
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.clone(), super::schema::translated(schema)))
            .collect();
        Self {
            root: Arc::new(root),
            definitions: Arc::new(Value::Object(definitions)),
        }
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        let title = self.root.pointer("/info/title");
        title.and_then(Value::as_str).unwrap_or_default()
    }

    /// Every operation.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in members(self.root.get("paths")) {
            for (method, operation) in members(Some(item)).filter(|(key, _)| METHODS.contains(key)) {
                operations.push(Operation::read(self, method, path, item, operation));
            }
        }
        operations
    }

    /// What stands before every path.
    ///
    /// # Panics
    /// When the first server is no URL.
    #[must_use]
    pub fn base_path(&self) -> &str {
        let url = self
            .root
            .pointer("/servers/0/url")
            .and_then(Value::as_str)
            .unwrap_or("/");
        let path = url
            .split_once("://")
            .map_or(url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        path.trim_end_matches('/')
    }

    /// The security that holds where an operation says nothing else.
    #[must_use]
    pub fn security(&self) -> Option<&Value> {
        self.root.get("security")
    }

    /// A security scheme.
    #[must_use]
    pub fn security_scheme(&self, name: &str) -> Option<&Value> {
        self.root.pointer("/components/securitySchemes")?.get(name)
    }

    /// What a value says, or what it refers to.
    ///
    /// # Panics
    /// When a reference leads nowhere.
    #[must_use]
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            None => value,
            Some(target) => {
                let pointer = target.strip_prefix('#').unwrap_or(target);
                let found = self
                    .root
                    .pointer(pointer)
                    .unwrap_or_else(|| panic!("{target} leads nowhere"));
                self.resolve(found)
            }
        }
    }

    /// The component schemas in JSON Schema's words, by name.
    #[must_use]
    pub fn definitions(&self) -> &Value {
        &self.definitions
    }
}

/// The members of an object; none where it is no object.
pub(super) fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
}

/// The items of a list; none where it is no list.
pub(super) fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// The text of a member.
pub(super) fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str)
}

/// Whether a member is `true`.
pub(super) fn is_true(value: &Value, member: &str) -> bool {
    value.get(member) == Some(&json!(true))
}

/// The values of the examples a parameter or media type gives, by name; one without a name is called `default`. Where it
/// gives none, its schema's is the one.
pub(super) fn examples(document: &Document, holder: &Value) -> Vec<(String, Value)> {
    let given = own_examples(document, holder);
    let schema = holder.get("schema").map(|schema| document.resolve(schema));
    match schema.and_then(|schema| schema.get("example")) {
        Some(example) if given.is_empty() => vec![("default".to_owned(), example.clone())],
        _ => given,
    }
}

fn own_examples(document: &Document, holder: &Value) -> Vec<(String, Value)> {
    let named = members(holder.get("examples")).filter_map(|(name, example)| {
        Some((name.to_owned(), document.resolve(example).get("value")?.clone()))
    });
    named
        .chain(
            holder
                .get("example")
                .map(|value| ("default".to_owned(), value.clone())),
        )
        .collect()
}
