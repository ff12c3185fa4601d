use std::fmt;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::check::{Checker, Direction};
use super::equality::is_text_among;
use super::steps::Steps;
use crate::schema::{Additional, Schema, SchemaTable, Types};

/// Whether a text is JSON that is valid under the schema at `index` and can be read into types as it stands. It is not
/// where a value in between makes a difference, as for `1.0` where an integer is wanted: then, and to say what is wrong
/// with it, make it a value and [`check`](super::check()) that.
///
/// A value takes up many times what its text does. This makes none, except of parts that several schemas speak of.
#[must_use]
pub fn is_valid_text(table: &SchemaTable, index: usize, text: &[u8], direction: Direction) -> bool {
    is_text(table, index, text, direction, false)
}

/// Whether a text is JSON that is [valid](is_valid_text) in a request, and has no member that is not documented, that the
/// document advises against or that only the server sends. Where schemas are composed that takes a value, and a text for
/// one may be all of it and yet not be found so.
pub(crate) fn is_documented_text(table: &SchemaTable, index: usize, text: &[u8]) -> bool {
    is_text(table, index, text, Direction::Request, true)
}

fn is_text(
    table: &SchemaTable,
    index: usize,
    text: &[u8],
    direction: Direction,
    only_documented: bool,
) -> bool {
    let steps = Steps::for_text(text);
    let mut checker = Checker::new(table, direction, &steps, true);
    let mut reader = serde_json::Deserializer::from_slice(text);
    let whole = Reading {
        checker: &mut checker,
        index: Some(index),
        only_documented,
    };
    whole.deserialize(&mut reader).is_ok() && reader.end().is_ok() && !steps.are_too_many()
}

/// A value that is being read, and the schema it has to be valid under; none where everything is.
struct Reading<'c, 'a> {
    checker: &'c mut Checker<'a>,
    index: Option<usize>,
    /// Whether what is documented is all that may be there.
    only_documented: bool,
}

/// The rules that are checked while reading; the others need the value as a whole.
fn is_simple(schema: &Schema) -> bool {
    let counts_members = schema.min_properties.is_some() || schema.max_properties.is_some();
    let is_of_parts = schema.types.contains(Types::ARRAY) || schema.types.contains(Types::OBJECT);
    !is_composed(schema)
        && !counts_members
        && !schema.unique_items
        && schema.not.is_none()
        && (schema.enumeration.is_empty() || !is_of_parts)
        && schema.required.len() <= Missing::MOST
}

fn is_composed(schema: &Schema) -> bool {
    [schema.all_of, schema.any_of, schema.one_of]
        .iter()
        .any(|parts| !parts.is_empty())
}

impl<'a> Reading<'_, 'a> {
    fn schema(&self) -> &'static Schema {
        self.index
            .map_or(&Schema::ANY, |index| self.checker.table.get(index))
    }

    /// A value below this one.
    fn inner(&mut self, index: Option<usize>) -> Reading<'_, 'a> {
        Reading {
            checker: &mut *self.checker,
            index,
            only_documented: self.only_documented,
        }
    }

    fn whole<E: Error>(self, value: &Value) -> Result<(), E> {
        if let Some(index) = self.index {
            self.checker.schema(index, value, 0);
        }
        self.end()
    }

    fn scalar<E: Error>(self, value: &Value) -> Result<(), E> {
        let types = self.schema().types;
        let is_to_be_unified = matches!(value, Value::Number(number) if number.is_f64())
            && types.contains(Types::INTEGER)
            && !types.contains(Types::NUMBER);
        if is_to_be_unified {
            return Err(invalid());
        }
        self.whole(value)
    }

    fn end<E: Error>(self) -> Result<(), E> {
        if self.checker.has_found() {
            Err(invalid())
        } else {
            Ok(())
        }
    }
}

/// Whether a schema documents the members it names and no others. One that names none documents any, and so does one that
/// says it is open.
fn names_all(schema: &Schema) -> bool {
    !schema.properties.is_empty() && !schema.open
}

/// Nobody reads it.
fn invalid<E: Error>() -> E {
    E::custom("invalid")
}

impl<'de> DeserializeSeed<'de> for Reading<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        let schema = self.schema();
        let is_off = schema.read_only || schema.deprecated;
        let names_others = is_composed(schema) || schema.discriminator.is_some();
        if self.only_documented && (is_off || names_others) {
            return Err(invalid());
        }
        if is_simple(schema) {
            return reader.deserialize_any(self);
        }
        let value = Value::deserialize(reader)?;
        let has_parts = value.is_array() || value.is_object();
        if has_whole_float(&value) || (self.only_documented && has_parts) {
            return Err(invalid());
        }
        self.whole(&value)
    }
}

impl<'de> Visitor<'de> for Reading<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar(&Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(&Value::from(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(&Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(&Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(&Value::from(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let schema = self.schema();
        if !schema.types.contains(Types::STRING) {
            return Err(invalid());
        }
        if !schema.enumeration.is_empty() && !is_text_among(schema.enumeration, text) {
            return Err(invalid());
        }
        self.checker.string(schema, text);
        self.end()
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        let schema = self.schema();
        if !schema.types.contains(Types::ARRAY) {
            return Err(invalid());
        }
        let mut length: u64 = 0;
        while items.next_element_seed(self.inner(schema.items))?.is_some() {
            length += 1;
        }
        let is_too_short = schema.min_items.is_some_and(|least| length < least);
        let is_too_long = schema.max_items.is_some_and(|most| length > most);
        if is_too_short || is_too_long {
            return Err(invalid());
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let schema = self.schema();
        if !schema.types.contains(Types::OBJECT) {
            return Err(invalid());
        }
        let mut missing = Missing::of(schema);
        while let Some(Member { property, required }) = members.next_key_seed(Name(schema))? {
            let index = match (property, schema.additional) {
                (Some(index), _) | (None, Additional::Schema(index)) => Some(index),
                (None, Additional::Any) if self.only_documented && names_all(schema) => return Err(invalid()),
                (None, Additional::Any) => None,
                (None, Additional::Forbidden) => return Err(invalid()),
            };
            missing.is_there(required);
            members.next_value_seed(self.inner(index))?;
        }
        for name in missing.names(schema) {
            self.checker.missing(schema, name);
        }
        self.end()
    }
}

/// The required members of an object that have not been read, as bits.
struct Missing(u64);

impl Missing {
    const MOST: usize = 63;

    fn of(schema: &Schema) -> Self {
        Self((1 << schema.required.len()) - 1)
    }

    fn is_there(&mut self, position: Option<usize>) {
        self.0 &= !position.map_or(0, |position| 1 << position);
    }

    fn names(self, schema: &'static Schema) -> impl Iterator<Item = &'static str> {
        let names = schema.required.iter().enumerate();
        names
            .filter(move |(position, _)| self.0 & (1 << position) != 0)
            .map(|(_, name)| *name)
    }
}

/// The name of a member, to be found in a schema.
struct Name(&'static Schema);

/// What a schema says of a member.
struct Member {
    /// Its schema.
    property: Option<usize>,
    /// Its position among the required ones.
    required: Option<usize>,
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Member;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Member, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Member, E> {
        let mut properties = self.0.properties.iter();
        Ok(Member {
            property: properties
                .find(|(known, _)| *known == name)
                .map(|(_, index)| *index),
            required: self.0.required.iter().position(|required| *required == name),
        })
    }
}

fn has_whole_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64() && crate::schema::is_whole(number),
        Value::Array(items) => items.iter().any(has_whole_float),
        Value::Object(members) => members.values().any(has_whole_float),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Literal;

    static TABLE: SchemaTable = SchemaTable::new(
        &[
            Schema::OBJECT.properties(&[
                ("name", 1),
                ("roles", 2),
                ("id", 4),
                ("old", 5),
                ("either", 6),
                ("open", 7),
            ]),
            Schema::STRING,
            Schema::ARRAY.items(3),
            Schema::STRING.enumeration(&[Literal::String("a"), Literal::String("b")]),
            Schema::STRING.read_only(),
            Schema::STRING.deprecated(),
            Schema::ANY.one_of(&[1, 2]),
            Schema::OBJECT.properties(&[("name", 1)]).open(),
        ],
        &[],
    );

    #[test]
    fn a_text_of_documented_members_is_told_from_any_other_without_a_value() {
        let texts = [
            (r#"{}"#, true),
            (r#"{"name": "x", "roles": ["a", "b", "\u0061"]}"#, true),
            (r#"{"open": {"name": "x", "other": {"any": 1}}}"#, true),
            (r#"{"roles": ["c"]}"#, false),
            (r#"{"other": 1}"#, false),
            (r#"{"id": "x"}"#, false),
            (r#"{"old": "x"}"#, false),
            // Which of the alternatives documents its members takes a value.
            (r#"{"either": "x"}"#, false),
        ];
        for (text, is_documented) in texts {
            assert_eq!(
                is_documented_text(&TABLE, 0, text.as_bytes()),
                is_documented,
                "{text}"
            );
        }
    }
}
