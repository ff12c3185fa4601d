use std::collections::BTreeSet;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde_json::{Error, Map, Value};

use super::kind::{Kind, Shape};
use super::node::member;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fault::Fault;
use crate::load::structure::Structure;
use crate::model::Pointer;

/// Reads every object in which nothing was found singly through `openapiv3`, and reports what that refuses.
///
/// It is the second opinion on our own reading: another author's idea of what the specification asks. Each object is
/// read without the objects below it, which have their own turn, so that a refusal names the place it is about.
pub(crate) fn second_opinion(structure: &Structure<'_>, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let errors = found
        .iter()
        .filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let places = errors
        .filter_map(Diagnostic::pointer)
        .flat_map(|pointer| [pointer.clone(), pointer.parent()]);
    let faulty: BTreeSet<Pointer> = places.collect();
    let objects = structure
        .objects()
        .filter(|(pointer, ..)| structure.is_sound(pointer) && !faulty.contains(*pointer));
    objects
        .filter_map(|(pointer, value, kind)| refusal(pointer, value.as_object()?, kind))
        .collect()
}

fn refusal(pointer: &Pointer, object: &Map<String, Value>, kind: Kind) -> Option<Diagnostic> {
    if member(object, "$ref").is_some() {
        return None;
    }
    let object = Shallow { object, kind };
    let problem = match kind {
        Kind::Info => read::<openapiv3::Info>(object),
        Kind::Server => read::<openapiv3::Server>(object),
        Kind::Operation => read::<openapiv3::Operation>(object),
        Kind::Parameter => read::<openapiv3::Parameter>(object),
        Kind::RequestBody => read::<openapiv3::RequestBody>(object),
        Kind::MediaType => read::<openapiv3::MediaType>(object),
        Kind::Encoding => read::<openapiv3::Encoding>(object),
        Kind::Response => read::<openapiv3::Response>(object),
        Kind::Example => read::<openapiv3::Example>(object),
        Kind::Link => read::<openapiv3::Link>(object),
        Kind::Header => read::<openapiv3::Header>(object),
        Kind::Tag => read::<openapiv3::Tag>(object),
        Kind::Schema => read::<openapiv3::Schema>(object),
        Kind::Discriminator => read::<openapiv3::Discriminator>(object),
        Kind::SecurityScheme => read::<openapiv3::SecurityScheme>(object),
        _ => None,
    };
    let fault = Fault::Refused {
        kind: kind.grammar().name,
        problem: problem?,
    };
    Some(fault.at_key(pointer))
}

fn read<T: DeserializeOwned>(object: Shallow<'_>) -> Option<String> {
    T::deserialize(object.deserializer())
        .err()
        .map(|error| error.to_string())
}

/// An object with empty ones for those below it, and without values that may be anything. It is read in place:
/// copying what it leaves of a document would cost as much as the rest of the reading.
#[derive(Clone, Copy)]
struct Shallow<'d> {
    object: &'d Map<String, Value>,
    kind: Kind,
}

impl<'d> Shallow<'d> {
    fn deserializer(self) -> MapDeserializer<'d, impl Iterator<Item = (&'static str, Part<'d>)>, Error> {
        let grammar = self.kind.grammar();
        MapDeserializer::new(self.object.iter().filter_map(move |(name, value)| {
            let keyword = grammar.keyword(name)?;
            let part = match (keyword.shape, value) {
                (
                    Shape::Any | Shape::Values | Shape::AnyMap | Shape::One(Kind::Discriminator | Kind::Xml),
                    _,
                ) => {
                    return None;
                }
                (Shape::One(kind @ (Kind::OauthFlows | Kind::OauthFlow)), Value::Object(object)) => {
                    Part::Object(Shallow { object, kind })
                }
                (Shape::One(Kind::Schema | Kind::Responses) | Shape::Map(_), _)
                | (Shape::SchemaOrFlag, Value::Object(_)) => Part::EmptyObject,
                (Shape::One(_), _) => return None,
                (Shape::Many(_), _) => Part::EmptyList,
                (_, value) => Part::Value(value),
            };
            Some((keyword.name, part))
        }))
    }
}

/// What a keyword of a [`Shallow`] object has.
#[derive(Clone, Copy)]
enum Part<'d> {
    Value(&'d Value),
    Object(Shallow<'d>),
    EmptyObject,
    EmptyList,
}

impl<'d> IntoDeserializer<'d, Error> for Part<'d> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Part<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Value(value) => value.deserialize_any(visitor),
            Self::Object(object) => visitor.visit_map(object.deserializer()),
            Self::EmptyObject => visitor.visit_map(MapDeserializer::new(std::iter::empty::<(&str, Self)>())),
            Self::EmptyList => visitor.visit_seq(SeqDeserializer::new(std::iter::empty::<Self>())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Value(value) => value.deserialize_option(visitor),
            part => visitor.visit_some(part),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Value(value) => value.deserialize_enum(name, variants, visitor),
            part => part.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}
