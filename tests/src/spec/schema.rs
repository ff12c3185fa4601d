use std::sync::OnceLock;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::document::{Document, is_true};

/// A schema of a document, with an independent validator for it.
#[derive(Debug)]
pub struct Schema {
    document: Document,
    raw: Value,
    validator: OnceLock<Validator>,
}

impl Schema {
    /// A schema that stands in a document.
    #[must_use]
    pub fn new(document: &Document, raw: &Value) -> Self {
        Self {
            document: document.clone(),
            raw: raw.clone(),
            validator: OnceLock::new(),
        }
    }

    /// The document it stands in.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What the document says, its reference followed.
    #[must_use]
    pub fn raw(&self) -> &Value {
        self.document.resolve(&self.raw)
    }

    /// What is wrong with a value; empty: nothing.
    #[must_use]
    pub fn problems(&self, value: &Value) -> Vec<String> {
        self.validator()
            .iter_errors(value)
            .map(|error| format!("{error} at '{}'", error.instance_path()))
            .collect()
    }

    /// Whether nothing is.
    #[must_use]
    pub fn allows(&self, value: &Value) -> bool {
        self.validator().is_valid(value)
    }

    /// What is wrong with a value that was sent as text, as in a header.
    #[must_use]
    pub fn problems_of_text(&self, text: &str) -> Vec<String> {
        let read = match self.raw().get("type").and_then(Value::as_str) {
            Some("integer" | "number" | "boolean") => {
                serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
            }
            _ => Value::from(text),
        };
        self.problems(&read)
    }

    fn validator(&self) -> &Validator {
        self.validator.get_or_init(|| {
            let whole =
                json!({ "definitions": self.document.definitions(), "allOf": [translated(&self.raw)] });
            let mut options = jsonschema::options()
                .with_draft(Draft::Draft4)
                .should_validate_formats(true);
            // OpenAPI knows them, Draft 4 does not.
            for format in ["date", "uuid"] {
                let later = json!({ "format": format });
                let later = jsonschema::options()
                    .with_draft(Draft::Draft202012)
                    .should_validate_formats(true)
                    .build(&later);
                let later = later.expect("invariant: it is a schema");
                options = options.with_format(format, move |text: &str| later.is_valid(&Value::from(text)));
            }
            options
                .build(&whole)
                .unwrap_or_else(|error| panic!("{} is no schema: {error}", self.raw))
        })
    }
}

/// What OpenAPI 3.0 says, in the words of JSON Schema's Draft 4, which it is a dialect of: `nullable` becomes a type,
/// and references lead to `definitions`.
pub(super) fn translated(schema: &Value) -> Value {
    let Some(keywords) = schema.as_object() else {
        return json!({});
    };
    if let Some(target) = keywords.get("$ref").and_then(Value::as_str) {
        return json!({ "$ref": target.replace("#/components/schemas/", "#/definitions/") });
    }
    let mut said: Map<String, Value> = keywords
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), keyword(name, value)?)))
        .collect();
    if !is_true(schema, "nullable") {
        return Value::Object(said);
    }
    match said.get_mut("type") {
        Some(of_type) => {
            *of_type = json!([of_type.clone(), "null"]);
            Value::Object(said)
        }
        None => json!({ "anyOf": [{ "type": "null" }, said] }),
    }
}

/// A keyword that constrains values; the others only speak to people.
fn keyword(name: &str, value: &Value) -> Option<Value> {
    Some(match name {
        "type" | "enum" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf"
        | "minLength" | "maxLength" | "pattern" | "format" | "minItems" | "maxItems" | "uniqueItems"
        | "minProperties" | "maxProperties" | "required" => value.clone(),
        "additionalProperties" if value.is_boolean() => value.clone(),
        "additionalProperties" | "items" | "not" => translated(value),
        "properties" => value
            .as_object()?
            .iter()
            .map(|(name, schema)| (name.clone(), translated(schema)))
            .collect(),
        "allOf" | "anyOf" | "oneOf" => value.as_array()?.iter().map(translated).collect(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(schema: &Value, value: &Value) -> bool {
        let document =
            Document::new(json!({ "components": { "schemas": { "Word": { "type": "string" } } } }));
        Schema::new(&document, schema).allows(value)
    }

    #[test]
    fn what_draft_4_does_not_say_openapis_way_is_translated() {
        for (schema, good, bad) in [
            (
                json!({ "type": "string", "nullable": true }),
                json!(null),
                json!(1),
            ),
            (
                json!({ "$ref": "#/components/schemas/Word", "nullable": true }),
                json!("a"),
                json!(null),
            ),
            (
                json!({ "allOf": [{ "$ref": "#/components/schemas/Word" }], "nullable": true }),
                json!(null),
                json!(1),
            ),
            (
                json!({ "type": "number", "minimum": 1, "exclusiveMinimum": true }),
                json!(1.5),
                json!(1),
            ),
            (
                json!({ "type": "string", "format": "uuid" }),
                json!("0c0b637a-6c2e-4fe8-9bce-f078e3acf019"),
                json!("0c0b"),
            ),
            (
                json!({ "type": "string", "format": "date" }),
                json!("2024-02-29"),
                json!("2023-02-29"),
            ),
            (
                json!({ "type": "string", "format": "date-time" }),
                json!("2024-02-29T01:02:03Z"),
                json!("2024-02-29"),
            ),
            (
                json!({ "type": "string", "format": "email" }),
                json!("a@b.c"),
                json!("a"),
            ),
        ] {
            assert!(allows(&schema, &good), "{schema} should allow {good}");
            assert!(!allows(&schema, &bad), "{schema} should not allow {bad}");
        }
    }

    #[test]
    fn a_property_may_be_called_like_a_keyword() {
        let schema = json!({ "type": "object", "properties": { "example": { "type": "string" } } });
        assert!(!allows(&schema, &json!({ "example": 1 })));
    }
}
