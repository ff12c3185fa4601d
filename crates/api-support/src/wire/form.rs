//! Reading `application/x-www-form-urlencoded`.

use http::HeaderMap;
use serde_json::Value;

use super::coerce::Coercion;
use super::parameters::{Raw, Reader};
use super::query::Pairs;
use super::rules::WireRules;
use crate::json_pointer::JsonPointer;
use crate::operation::{Location, Parameter, Serialization, Style};
use crate::schema::SchemaTable;
use crate::validation::{Part, Violation};

/// Reads a form as an object of its schema. `encodings` says how the properties are written that are not written in
/// the form's usual way.
#[expect(clippy::result_large_err, reason = "one violation ends the reading")]
pub(super) fn decode_form(
    table: &'static SchemaTable,
    schema: usize,
    encodings: &[(&'static str, Serialization)],
    text: &str,
) -> Result<Value, Violation> {
    let rules = WireRules::STRICT;
    let headers = HeaderMap::new();
    let raw = Raw {
        path: &[],
        query: text,
        headers: &headers,
    };
    let coercion = Coercion {
        table,
        lenient_booleans: false,
    };
    let reader = Reader {
        coercion,
        rules: &rules,
        raw: &raw,
        query: Pairs::parse(text, rules.plus),
    };
    let mut members = serde_json::Map::new();
    let broken = |name: &str, (rule, received)| Violation {
        part: Part::Body,
        pointer: JsonPointer::of([name]).into(),
        rule,
        received,
    };
    for name in coercion.property_names(schema) {
        let property = form_property(coercion, schema, encodings, name);
        if let Some(value) = reader.find(&property).map_err(|fault| broken(name, fault))? {
            members.insert(name.to_owned(), value);
        }
    }
    let claimed = |name: &str| members.contains_key(name) || name.contains('[');
    let mut others = Vec::new();
    for (name, value) in reader.query.iter().filter(|(name, _)| !claimed(name)) {
        let text = reader.decoded_query(value).map_err(|fault| broken(name, fault))?;
        let value = coercion.property(schema, name, 0).map_or_else(
            || Value::from(text.as_str()),
            |index| coercion.scalar(index, &text),
        );
        others.push((name.to_owned(), value));
    }
    members.extend(others);
    Ok(Value::Object(members))
}

/// A property of a form, as if it were a query parameter: spread as `form` does, objects as JSON.
fn form_property(
    coercion: Coercion,
    schema: usize,
    encodings: &[(&'static str, Serialization)],
    name: &'static str,
) -> Parameter {
    let index = coercion.property(schema, name, 0).unwrap_or(usize::MAX);
    let usual = if coercion.is_object(index) {
        Serialization::Json
    } else {
        Serialization::Style {
            style: Style::Form,
            explode: true,
        }
    };
    let serialization = encodings
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(usual, |(_, given)| *given);
    Parameter {
        name,
        location: Location::Query,
        required: false,
        deprecated: false,
        allow_empty: true,
        schema: index,
        serialization,
        default: None,
        example: None,
    }
}
