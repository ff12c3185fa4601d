use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::document::{Document, is_true, items, members, text};

/// Which way a value travels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Way {
    Request,
    Response,
    Either,
}

/// Holds values against the schemas of a document with a validator that is not ours. What OpenAPI 3.0 says in its
/// own way is said in JSON Schema's 2020-12 first.
pub(crate) struct Judge<'a> {
    document: &'a Document,
    way: Way,
    components: Value,
    /// Components with a discriminator that others have in their `allOf`, without what the discriminator adds.
    bases: Value,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(document: &'a Document, way: Way) -> Self {
        let mut judge = Self {
            document,
            way,
            components: Value::Null,
            bases: Value::Null,
        };
        let components = document
            .schemas()
            .map(|(name, schema)| (name.to_owned(), judge.component(name, schema)));
        judge.components = Value::Object(components.collect());
        let bases = document
            .schemas()
            .map(|(name, schema)| (name.to_owned(), judge.translate(schema)));
        judge.bases = Value::Object(bases.collect());
        judge
    }

    /// What is wrong with a value; empty: nothing.
    pub(crate) fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        self.validator(schema)
            .iter_errors(value)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect()
    }

    /// A validator of a schema of the document, to be asked several times.
    pub(crate) fn validator(&self, schema: &Value) -> Validator {
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": {"schemas": self.components, "bases": self.bases},
            "allOf": [self.translate(schema)],
        });
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_format("byte", |text: &str| STANDARD.decode(text).is_ok());
        options
            .build(&whole)
            .unwrap_or_else(|error| panic!("{schema} is no schema: {error}"))
    }

    fn translate(&self, schema: &Value) -> Value {
        let Some(keywords) = schema.as_object() else {
            return json!(true);
        };
        if let Some(target) = keywords.get("$ref") {
            return json!({"$ref": target});
        }
        let mut said: Map<String, Value> = keywords
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), self.keyword(schema, name, value)?)))
            .collect();
        let mut also = Vec::new();
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            if is_true(schema, exclusive)
                && let Some(limit) = said.remove(bound)
            {
                said.insert(exclusive.to_owned(), limit);
            }
        }
        also.extend(width(text(schema, "format")));
        also.extend(self.discriminated(schema, &mut said));
        if !also.is_empty() {
            let parts = said.entry("allOf").or_insert_with(|| json!([]));
            parts.as_array_mut().expect("allOf is a list").extend(also);
        }
        nullable(schema, said)
    }

    /// A component. One with a discriminator and no alternatives of its own is, when used by its name, what of its
    /// children the discriminator says.
    fn component(&self, name: &str, schema: &Value) -> Value {
        let discriminator = schema
            .get("discriminator")
            .filter(|_| schema.get("oneOf").is_none() && schema.get("anyOf").is_none());
        let Some(property) = discriminator.and_then(|it| text(it, "propertyName")) else {
            return self.translate(schema);
        };
        let children = self
            .document
            .schemas()
            .filter(|(_, child)| self.extends(child, name));
        let named = children.map(|(child, _)| {
            json!({
                "required": [property],
                "properties": {property: {"enum": self.tags(property, child)}},
                "$ref": format!("#/components/schemas/{child}"),
            })
        });
        let own =
            json!({"required": [property], "properties": {property: {"enum": self.tags(property, name)}}});
        let any: Vec<Value> = named.chain([own]).collect();
        json!({"$ref": format!("#/components/bases/{name}"), "anyOf": any})
    }

    /// The values of a property that any mapping gives to a component; else the component's name.
    fn tags(&self, property: &str, name: &str) -> Vec<&str> {
        let discriminators = self
            .document
            .schemas()
            .filter_map(|(_, schema)| schema.get("discriminator"));
        let tags: Vec<&str> = discriminators
            .filter(|it| text(it, "propertyName") == Some(property))
            .flat_map(|it| members(it.get("mapping")))
            .filter(|(_, target)| is_named(target.as_str(), name))
            .map(|(tag, _)| tag)
            .collect();
        if tags.is_empty() {
            self.document
                .schemas()
                .map(|(known, _)| known)
                .filter(|known| *known == name)
                .collect()
        } else {
            tags
        }
    }

    /// Whether a schema has a component in its `allOf`, at any remove.
    fn extends(&self, schema: &Value, name: &str) -> bool {
        items(schema.get("allOf")).any(|part| {
            let target = text(part, "$ref").unwrap_or_default();
            is_named(Some(target), name) || self.extends(self.document.resolve(part), name)
        })
    }

    /// A part of an `allOf`: a base is meant there without its children.
    fn part(&self, schema: &Value) -> Value {
        match text(schema, "$ref") {
            Some(target) => json!({"$ref": target.replace("/schemas/", "/bases/")}),
            None => self.translate(schema),
        }
    }

    fn keyword(&self, schema: &Value, name: &str, value: &Value) -> Option<Value> {
        Some(match name {
            "type" | "enum" | "minimum" | "maximum" | "multipleOf" | "minLength" | "maxLength"
            | "pattern" | "format" | "minItems" | "maxItems" | "uniqueItems" | "minProperties"
            | "maxProperties" => value.clone(),
            "items" | "not" => self.translate(value),
            "additionalProperties" if value.is_boolean() => value.clone(),
            "additionalProperties" => self.translate(value),
            "properties" => members(Some(value))
                .map(|(name, schema)| (name.to_owned(), self.translate(schema)))
                .collect(),
            "anyOf" | "oneOf" => items(Some(value)).map(|schema| self.translate(schema)).collect(),
            "allOf" => items(Some(value)).map(|schema| self.part(schema)).collect(),
            "required" => items(Some(value))
                .filter(|name| !self.is_exempt(schema, name))
                .cloned()
                .collect(),
            _ => return None,
        })
    }

    /// Whether a required member may be missing on this way.
    fn is_exempt(&self, schema: &Value, name: &Value) -> bool {
        let property = schema
            .get("properties")
            .and_then(|properties| properties.get(name.as_str()?));
        let Some(property) = property.map(|property| self.document.resolve(property)) else {
            return false;
        };
        let (read_only, write_only) = (is_true(property, "readOnly"), is_true(property, "writeOnly"));
        match self.way {
            Way::Request => read_only,
            Way::Response => write_only,
            Way::Either => read_only || write_only,
        }
    }

    /// With a discriminator, the alternative it names is the one that counts: each gets the names it goes by.
    fn discriminated(&self, schema: &Value, said: &mut Map<String, Value>) -> Option<Value> {
        let discriminator = schema.get("discriminator")?;
        let property = text(discriminator, "propertyName")?;
        let alternatives = said.remove("oneOf").or_else(|| said.remove("anyOf"))?;
        let named = |alternative: &Value| {
            let target = text(alternative, "$ref").unwrap_or_default();
            let implicit = target.rsplit('/').next().unwrap_or_default();
            let explicit = members(discriminator.get("mapping"))
                .filter(|(_, to)| *to == target || *to == implicit)
                .map(|(name, _)| name);
            let names: Vec<&str> = explicit.chain([implicit]).collect();
            json!({"allOf": [alternative, {"required": [property], "properties": {property: {"enum": names}}}]})
        };
        Some(json!({"anyOf": items(Some(&alternatives)).map(named).collect::<Vec<_>>()}))
    }
}

/// Whether a reference or a bare name is that of a component.
fn is_named(target: Option<&str>, name: &str) -> bool {
    target.and_then(|target| target.rsplit('/').next()) == Some(name)
}

/// The formats that bound an integer.
fn width(format: Option<&str>) -> Option<Value> {
    match format? {
        "int32" => Some(json!({"minimum": i32::MIN, "maximum": i32::MAX})),
        "int64" => Some(json!({"minimum": i64::MIN, "maximum": i64::MAX})),
        "uint32" => Some(json!({"minimum": 0, "maximum": u32::MAX})),
        "uint64" => Some(json!({"minimum": 0, "maximum": u64::MAX})),
        _ => None,
    }
}

fn nullable(schema: &Value, mut said: Map<String, Value>) -> Value {
    if !is_true(schema, "nullable") {
        return Value::Object(said);
    }
    match said.get_mut("type") {
        Some(ty) => {
            *ty = json!([ty.clone(), "null"]);
            Value::Object(said)
        }
        None => json!({"anyOf": [{"type": "null"}, said]}),
    }
}

/// Equality as JSON has it: numbers by value, members in any order.
pub(crate) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => match (a.as_i64(), b.as_i64(), a.as_u64(), b.as_u64()) {
            (Some(a), Some(b), ..) => a == b,
            (_, _, Some(a), Some(b)) => a == b,
            _ => a.as_f64() == b.as_f64(),
        },
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => left == right,
    }
}
