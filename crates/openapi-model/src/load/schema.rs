use indexmap::{IndexMap, IndexSet};
use serde_json::{Number, Value};

use super::kind::Kind;
use super::node::{Node, member};
use super::reader::Reader;
use crate::fault::Fault;
use crate::model::{AdditionalProperties, Bound, Discriminator, Pointer, Schema, SchemaId, Type, TypeSet};
use crate::names::nearest;

impl<'d> Reader<'d> {
    /// Reads one schema, in the terms of 3.1; the schemas below it are only given addresses.
    pub(super) fn read_schema(&mut self, node: &Node<'d>) -> Schema {
        let types = self.types(node);
        let named = node.pointer.parent().as_str() == "/components/schemas";
        if let Some(xml) = node.get("xml") {
            self.diagnostics.push(Fault::XmlIgnored.at_key(&xml.pointer));
        }
        Schema {
            name: node.pointer.last().filter(|_| named),
            title: node.owned_text("title"),
            description: node.owned_text("description"),
            format: node.owned_text("format"),
            default: node.get("default").map(|default| default.value.clone()),
            examples: node
                .get("example")
                .map(|example| example.value.clone())
                .into_iter()
                .collect(),
            enumeration: self.enumeration(node, &types),
            deprecated: node.flag("deprecated").unwrap_or_default(),
            read_only: node.flag("readOnly").unwrap_or_default(),
            write_only: node.flag("writeOnly").unwrap_or_default(),
            minimum: self.bound(node, "minimum", "exclusiveMinimum"),
            maximum: self.bound(node, "maximum", "exclusiveMaximum"),
            multiple_of: number(node, "multipleOf"),
            min_length: count(node, "minLength"),
            max_length: count(node, "maxLength"),
            pattern: node.owned_text("pattern"),
            items: self.items(node, &types),
            min_items: count(node, "minItems"),
            max_items: count(node, "maxItems"),
            unique_items: node.flag("uniqueItems").unwrap_or_default(),
            properties: self.properties(node),
            required: required(node),
            additional_properties: self.additional_properties(node),
            min_properties: count(node, "minProperties"),
            max_properties: count(node, "maxProperties"),
            all_of: self.alternatives(node, "allOf"),
            any_of: self.alternatives(node, "anyOf"),
            one_of: self.alternatives(node, "oneOf"),
            not: self.schema_at(node, "not"),
            discriminator: self.discriminator(node),
            extensions: node.extensions(),
            types,
            pointer: node.pointer.clone(),
            ..Schema::default()
        }
    }

    /// `type`, and `null` where `nullable` adds it.
    fn types(&mut self, node: &Node<'d>) -> TypeSet {
        let mut types = TypeSet::default();
        if let Some(word) = node.text("type") {
            match Type::parse(word) {
                Some(ty) if ty != Type::Null => types.insert(ty),
                _ => {
                    let meant = nearest(word, TYPE_WORDS).map(str::to_owned);
                    let fault = Fault::UnknownType {
                        found: word.to_owned(),
                        meant,
                    };
                    self.diagnostics.push(fault.at(&node.pointer.join("type")));
                    return types;
                }
            }
        }
        if node.flag("nullable") == Some(true) {
            if types.is_any() {
                return self.untyped_nullable(node);
            }
            types.insert(Type::Null);
        }
        types
    }

    /// By the letter of 3.0.3 `nullable` needs a `type` beside it. Documents that leave it out put it beside `allOf`
    /// and mean null; so it is read, as every type by name, `null` among them.
    fn untyped_nullable(&mut self, node: &Node<'d>) -> TypeSet {
        let composed = ["allOf", "anyOf", "oneOf"]
            .iter()
            .any(|keyword| node.has(keyword));
        if composed {
            let place = node.pointer.join("nullable");
            self.diagnostics.push(Fault::NullableWithoutType.at_key(&place));
        }
        if composed || node.has("enum") {
            ALL_TYPES.into_iter().collect()
        } else {
            TypeSet::default()
        }
    }

    fn enumeration(&mut self, node: &Node<'d>, types: &TypeSet) -> Option<Vec<Value>> {
        let list = node.get("enum")?;
        let items = list.value.as_array()?;
        let mut values: IndexSet<Value> = IndexSet::new();
        for (index, value) in items.iter().enumerate() {
            let place = || list.pointer.index(index);
            if !types.is_any() && !types.iter().any(|ty| ty.accepts(value)) {
                let fault = Fault::EnumValueOfOtherType {
                    value: value.to_string(),
                };
                self.diagnostics.push(fault.at(&place()));
            } else if !values.insert(value.clone()) {
                self.diagnostics.push(
                    Fault::DuplicateEnumValue {
                        value: value.to_string(),
                    }
                    .at(&place()),
                );
            }
        }
        if values.is_empty() {
            self.diagnostics.push(Fault::EmptyEnum.at_key(&list.pointer));
        } else if types.nullable() && !values.contains(&Value::Null) {
            self.diagnostics
                .push(Fault::NullableEnumWithoutNull.at_key(&list.pointer));
            values.insert(Value::Null);
        }
        Some(values.into_iter().collect())
    }

    fn bound(&mut self, node: &Node<'d>, bound: &'static str, exclusive: &'static str) -> Option<Bound> {
        let is_exclusive = node.flag(exclusive).unwrap_or_default();
        if is_exclusive && !node.has(bound) {
            let fault = Fault::ExclusiveWithoutBound { exclusive, bound };
            self.diagnostics.push(fault.at_key(&node.pointer.join(exclusive)));
        }
        let number = number(node, bound)?;
        Some(if is_exclusive {
            Bound::Exclusive(number)
        } else {
            Bound::Inclusive(number)
        })
    }

    fn items(&mut self, node: &Node<'d>, types: &TypeSet) -> Option<SchemaId> {
        if node.text("type") == Some("array") && types.contains(Type::Array) && !node.has("items") {
            self.diagnostics
                .push(Fault::ArrayWithoutItems.at(&node.pointer.join("type")));
        }
        self.schema_at(node, "items")
    }

    fn properties(&mut self, node: &Node<'d>) -> IndexMap<String, SchemaId> {
        let entries = node.entries("properties");
        entries
            .map(|(name, property)| (name.to_owned(), self.schema(property)))
            .collect()
    }

    fn additional_properties(&mut self, node: &Node<'d>) -> AdditionalProperties {
        let Some(rest) = node.get("additionalProperties") else {
            return AdditionalProperties::Unspecified;
        };
        match rest.value {
            Value::Bool(false) => AdditionalProperties::Forbidden,
            Value::Object(object) if !object.is_empty() => AdditionalProperties::Schema(self.schema(rest)),
            _ => AdditionalProperties::Any,
        }
    }

    fn alternatives(&mut self, node: &Node<'d>, key: &str) -> Vec<SchemaId> {
        if let Some(list) = node
            .get(key)
            .filter(|list| list.value.as_array().is_some_and(Vec::is_empty))
        {
            self.diagnostics.push(
                Fault::EmptyComposition {
                    keyword: key.to_owned(),
                }
                .at_key(&list.pointer),
            );
        }
        node.items(key)
            .map(|alternative| self.schema(alternative))
            .collect()
    }

    /// The discriminator with the mapping as written; what the names of alternatives imply is added when all
    /// schemas are read.
    fn discriminator(&mut self, node: &Node<'d>) -> Option<Discriminator> {
        let discriminator = node.get("discriminator")?;
        let property_name = discriminator.owned_text("propertyName")?;
        let mut mapping = IndexMap::new();
        for (value, target) in discriminator.entries("mapping") {
            let Some(text) = target.value.as_str() else {
                continue;
            };
            if let Some(id) = self.mapping_target(text, &target.pointer) {
                mapping.insert(value.to_owned(), id);
            }
        }
        Some(Discriminator {
            property_name,
            mapping,
        })
    }

    /// A mapping names a schema by its component's name, or by a reference.
    fn mapping_target(&mut self, text: &str, place: &Pointer) -> Option<SchemaId> {
        let schemas = self
            .root
            .get("components")
            .and_then(|components| components.get("schemas"));
        if let Some(schema) = schemas.as_ref().and_then(|schemas| schemas.get(text)) {
            return Some(self.schema(schema));
        }
        if let Ok(target) = self.resolver.target(text, Kind::Schema) {
            return Some(self.schema(target));
        }
        let name = text.rsplit('/').next().unwrap_or(text);
        let known = schemas
            .iter()
            .filter_map(Node::object)
            .flat_map(|schemas| schemas.keys());
        let meant = nearest(name, known.map(String::as_str)).map(str::to_owned);
        let fault = Fault::UnknownMapping {
            target: text.to_owned(),
            meant,
        };
        self.diagnostics.push(fault.at(place));
        None
    }
}

const TYPE_WORDS: [&str; 6] = ["boolean", "integer", "number", "string", "array", "object"];

const ALL_TYPES: [Type; 7] = [
    Type::Null,
    Type::Boolean,
    Type::Integer,
    Type::Number,
    Type::String,
    Type::Array,
    Type::Object,
];

fn number(node: &Node<'_>, key: &str) -> Option<Number> {
    match member(node.object()?, key)? {
        Value::Number(number) => Some(number.clone()),
        _ => None,
    }
}

fn count(node: &Node<'_>, key: &str) -> Option<u64> {
    member(node.object()?, key)?.as_u64()
}

fn required(node: &Node<'_>) -> Vec<String> {
    let names = node
        .object()
        .and_then(|object| object.get("required")?.as_array());
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names
        .collect::<IndexSet<_>>()
        .into_iter()
        .map(str::to_owned)
        .collect()
}
