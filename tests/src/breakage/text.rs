use crate::spec::Schema;

use super::value::{beyond_limits, type_of};

/// A value of a parameter that is wrong, or at least odd.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Broken {
    /// In which way.
    pub kind: &'static str,
    /// The value, not yet encoded.
    pub text: String,
    /// Whether the schema forbids it.
    pub is_invalid: bool,
}

/// Values for a parameter, each wrong in a way its schema speaks of.
#[must_use]
pub fn broken_texts(schema: &Schema) -> Vec<Broken> {
    let raw = schema.raw();
    let mut texts: Vec<(&'static str, String)> = Vec::new();
    match type_of(raw) {
        "integer" | "number" => texts.extend([
            ("of another type", "many".to_owned()),
            ("a fraction", "1.5".to_owned()),
            ("a huge number", format!("1{}", "0".repeat(30))),
        ]),
        "boolean" => texts.push(("of another type", "perhaps".to_owned())),
        _ => texts.push(("very long", "x".repeat(2000))),
    }
    let beyond = beyond_limits(schema.document(), raw);
    texts.extend(beyond.into_iter().map(|(kind, value)| {
        (
            kind,
            value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        )
    }));
    let broken = |(kind, text): (&'static str, String)| {
        let is_invalid = !schema.problems_of_text(&text).is_empty();
        Broken {
            kind,
            text,
            is_invalid,
        }
    };
    texts.into_iter().map(broken).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::spec::Document;

    fn kinds(schema: &Value) -> Vec<(&'static str, bool)> {
        let schema = Schema::new(&Document::new(json!({})), schema);
        broken_texts(&schema)
            .into_iter()
            .map(|broken| (broken.kind, broken.is_invalid))
            .collect()
    }

    #[test]
    fn a_number_is_broken_in_its_type_and_beyond_each_limit() {
        let schema = json!({ "type": "integer", "minimum": 1, "maximum": 5 });
        let broken = [
            "of another type",
            "a fraction",
            "a huge number",
            "below the minimum",
            "above the maximum",
        ];
        assert_eq!(kinds(&schema), broken.map(|kind| (kind, true)));
    }

    #[test]
    fn a_value_that_is_only_odd_is_told_from_one_that_is_wrong() {
        assert_eq!(kinds(&json!({ "type": "string" })), [("very long", false)]);
        let kinds = kinds(&json!({ "type": "string", "enum": ["a"] }));
        assert_eq!(kinds, [("very long", true), ("not of the enumeration", true)]);
    }
}
