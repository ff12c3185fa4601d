//! From the text of a parameter to a JSON value of the type its schema asks for.

use serde_json::{Map, Number, Value};

use crate::schema::{Additional, SchemaTable, Types};
use crate::validation::{self, Direction};

/// Reads texts as values of schemas.
#[derive(Clone, Copy)]
pub(crate) struct Coercion {
    pub(crate) table: &'static SchemaTable,
    pub(crate) lenient_booleans: bool,
}

impl Coercion {
    /// The JSON types a value of the schema may have, its alternatives and parts included.
    pub(super) fn types(self, index: usize) -> Types {
        self.types_within(index, 0)
    }

    fn types_within(self, index: usize, depth: u32) -> Types {
        let schema = self.table.get(index);
        if depth > 16 {
            return schema.types;
        }
        let own = if schema.types == Types::ANY && !schema.enumeration.is_empty() {
            let named = schema
                .enumeration
                .iter()
                .map(|value| Types::of(&value.to_value()));
            named.reduce(Types::or).unwrap_or(Types::ANY)
        } else {
            schema.types
        };
        let within = |parts: &[usize], all: bool| {
            parts
                .iter()
                .map(|part| self.types_within(*part, depth + 1))
                .reduce(|left, right| if all { left.and(right) } else { left.or(right) })
                .unwrap_or(Types::ANY)
        };
        own.and(within(schema.all_of, true))
            .and(within(schema.any_of, false))
            .and(within(schema.one_of, false))
    }

    /// A text as a value of the schema. A text that is no value of any type allowed stays a string, and the check
    /// that follows says so.
    pub(super) fn scalar(self, index: usize, text: &str) -> Value {
        let types = self.types(index);
        if types == Types::ANY {
            return Value::from(text);
        }
        if types.contains(Types::INTEGER)
            && let Some(number) = number(text)
        {
            let is_held = types.contains(Types::NUMBER) || !number.is_f64();
            let number = Value::Number(number);
            if is_held || (is_whole(text) && self.is_refused(index, types, &number)) {
                return number;
            }
        }
        if types.contains(Types::BOOLEAN)
            && let Some(value) = self.boolean(text, types.contains(Types::NULL))
        {
            return value;
        }
        Value::from(text)
    }

    /// Whether the check that follows says what is wrong with a whole number that is larger than any type holds. Where no
    /// rule is about its size, nobody could but whoever reads it.
    fn is_refused(self, index: usize, types: Types, number: &Value) -> bool {
        !types.contains(Types::STRING) && !validation::matches(self.table, index, number, Direction::Request)
    }

    fn boolean(self, text: &str, nullable: bool) -> Option<Value> {
        match text {
            "true" => return Some(Value::Bool(true)),
            "false" => return Some(Value::Bool(false)),
            _ if !self.lenient_booleans => return None,
            _ => {}
        }
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "y" | "on" => Some(Value::Bool(true)),
            "false" | "no" | "n" | "off" => Some(Value::Bool(false)),
            "none" | "null" if nullable => Some(Value::Null),
            _ => None,
        }
    }

    /// Texts as an array of the schema.
    pub(super) fn array(self, index: usize, texts: impl IntoIterator<Item = String>) -> Value {
        let items = self.items(index, 0);
        texts
            .into_iter()
            .map(|text| items.map_or_else(|| Value::from(text.as_str()), |items| self.scalar(items, &text)))
            .collect()
    }

    /// Named texts as an object of the schema.
    pub(super) fn object(self, index: usize, members: impl IntoIterator<Item = (String, String)>) -> Value {
        let members = members.into_iter().map(|(name, text)| {
            let value = self.property(index, &name, 0).map_or_else(
                || Value::from(text.as_str()),
                |property| self.scalar(property, &text),
            );
            (name, value)
        });
        Value::Object(members.collect::<Map<_, _>>())
    }

    pub(super) fn is_array(self, index: usize) -> bool {
        self.is_container(index, Types::ARRAY)
    }

    pub(crate) fn is_object(self, index: usize) -> bool {
        self.is_container(index, Types::OBJECT)
    }

    /// Whether the schema allows nothing but this container, and perhaps `null`.
    fn is_container(self, index: usize, container: Types) -> bool {
        let types = self.types(index);
        types.contains(container) && Types::NULL.or(container).contains(types)
    }

    fn items(self, index: usize, depth: u32) -> Option<usize> {
        let schema = self.table.get(index);
        schema
            .items
            .or_else(|| self.first_part(index, depth, |part| self.items(part, depth + 1)))
    }

    /// The schema of a property, looked for in the parts of a composed schema too.
    pub(super) fn property(self, index: usize, name: &str, depth: u32) -> Option<usize> {
        let schema = self.table.get(index);
        let declared = schema
            .properties
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, property)| *property);
        declared
            .or_else(|| self.first_part(index, depth, |part| self.property(part, name, depth + 1)))
            .or(match schema.additional {
                Additional::Schema(additional) => Some(additional),
                Additional::Any | Additional::Forbidden => None,
            })
    }

    /// The names of all declared properties, those of the parts of a composed schema included.
    pub(crate) fn property_names(self, index: usize) -> Vec<&'static str> {
        let mut names = Vec::new();
        self.collect_names(index, 0, &mut names);
        names
    }

    fn collect_names(self, index: usize, depth: u32, names: &mut Vec<&'static str>) {
        let schema = self.table.get(index);
        names.extend(schema.properties.iter().map(|(name, _)| *name));
        if depth < 16 {
            for part in schema.all_of.iter().chain(schema.any_of).chain(schema.one_of) {
                self.collect_names(*part, depth + 1, names);
            }
        }
    }

    fn first_part(self, index: usize, depth: u32, find: impl Fn(usize) -> Option<usize>) -> Option<usize> {
        let schema = self.table.get(index);
        if depth > 16 {
            return None;
        }
        schema
            .all_of
            .iter()
            .chain(schema.any_of)
            .chain(schema.one_of)
            .find_map(|part| find(*part))
    }
}

/// Whether the text of a number has neither a fraction nor an exponent.
fn is_whole(text: &str) -> bool {
    !text.contains(['.', 'e', 'E'])
}

/// A number in JSON's grammar: no leading `+`, no `inf`, no underscore.
fn number(text: &str) -> Option<Number> {
    let starts_as_json_does = text
        .bytes()
        .next()
        .is_some_and(|byte| byte == b'-' || byte.is_ascii_digit());
    if !starts_as_json_does || text.ends_with(char::is_whitespace) {
        return None;
    }
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::{Bound, Format, Literal, Schema};

    const INTEGER: Schema = Schema {
        types: Types::INTEGER,
        ..Schema::ANY
    };

    static TABLE: SchemaTable = SchemaTable::new(
        &[
            INTEGER,
            Schema {
                format: Some(Format::Int64),
                ..INTEGER
            },
            Schema {
                maximum: Some(Bound::Inclusive(Literal::Int(599))),
                ..INTEGER
            },
            Schema {
                types: Types::INTEGER.or(Types::STRING),
                format: Some(Format::Int64),
                ..Schema::ANY
            },
        ],
        &[],
    );

    #[test]
    fn a_whole_number_larger_than_any_type_is_one_where_a_rule_is_about_its_size() {
        let [plain, format, maximum, or_text] = [0, 1, 2, 3];
        let large = "99999999999999999999";
        for (schema, text, read) in [
            (format, large, json!(1e20)),
            (format, "-99999999999999999999", json!(-1e20)),
            (maximum, large, json!(1e20)),
            (maximum, "-99999999999999999999", json!("-99999999999999999999")),
            (plain, large, json!(large)),
            (or_text, large, json!(large)),
            (format, "1e20", json!("1e20")),
            (format, "99999999999999999999.0", json!("99999999999999999999.0")),
            (format, "1.0", json!("1.0")),
            (plain, "7", json!(7)),
        ] {
            let coercion = Coercion {
                table: &TABLE,
                lenient_booleans: false,
            };
            assert_eq!(coercion.scalar(schema, text), read, "{schema}: {text}");
        }
    }
}
