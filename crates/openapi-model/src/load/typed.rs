use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::kind::{Kind, Shape};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fault::Fault;
use crate::load::structure::Structure;
use crate::model::Pointer;

/// Reads every object in which nothing was found singly through `openapiv3`, and reports what that refuses.
///
/// It is the second opinion on our own reading: another author's idea of what the specification asks. Each object is
/// read without the objects below it, which have their own turn, so that a refusal names the place it is about.
pub(crate) fn second_opinion(root: &Value, structure: &Structure, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let errors = found
        .iter()
        .filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let places = errors
        .filter_map(Diagnostic::pointer)
        .flat_map(|pointer| [pointer.clone(), pointer.parent()]);
    let faulty: BTreeSet<Pointer> = places.collect();
    let objects = structure
        .objects()
        .filter(|(pointer, _)| structure.is_sound(pointer) && !faulty.contains(*pointer));
    objects
        .filter_map(|(pointer, kind)| refusal(root, pointer, kind))
        .collect()
}

fn refusal(root: &Value, pointer: &Pointer, kind: Kind) -> Option<Diagnostic> {
    let object = root.pointer(pointer.as_str())?.as_object()?;
    if object.contains_key("$ref") {
        return None;
    }
    let value = Value::Object(shallow(object, kind));
    let problem = match kind {
        Kind::Info => read::<openapiv3::Info>(value),
        Kind::Server => read::<openapiv3::Server>(value),
        Kind::Operation => read::<openapiv3::Operation>(value),
        Kind::Parameter => read::<openapiv3::Parameter>(value),
        Kind::RequestBody => read::<openapiv3::RequestBody>(value),
        Kind::MediaType => read::<openapiv3::MediaType>(value),
        Kind::Encoding => read::<openapiv3::Encoding>(value),
        Kind::Response => read::<openapiv3::Response>(value),
        Kind::Example => read::<openapiv3::Example>(value),
        Kind::Link => read::<openapiv3::Link>(value),
        Kind::Header => read::<openapiv3::Header>(value),
        Kind::Tag => read::<openapiv3::Tag>(value),
        Kind::Schema => read::<openapiv3::Schema>(value),
        Kind::Discriminator => read::<openapiv3::Discriminator>(value),
        Kind::SecurityScheme => read::<openapiv3::SecurityScheme>(value),
        _ => None,
    };
    let fault = Fault::Refused {
        kind: kind.grammar().name,
        problem: problem?,
    };
    Some(fault.at_key(pointer))
}

fn read<T: DeserializeOwned>(value: Value) -> Option<String> {
    serde_json::from_value::<T>(value)
        .err()
        .map(|error| error.to_string())
}

/// An object with empty ones for those below it, and without values that may be anything.
fn shallow(object: &Map<String, Value>, kind: Kind) -> Map<String, Value> {
    let mut copy = Map::new();
    for keyword in kind.grammar().keywords {
        let Some(value) = object.get(keyword.name) else {
            continue;
        };
        let value = match (keyword.shape, value) {
            (Shape::Any | Shape::Values | Shape::AnyMap | Shape::One(Kind::Discriminator | Kind::Xml), _) => {
                continue;
            }
            (Shape::One(below @ (Kind::OauthFlows | Kind::OauthFlow)), Value::Object(flows)) => {
                Value::Object(shallow(flows, below))
            }
            (Shape::One(Kind::Schema | Kind::Responses) | Shape::Map(_), _) => Value::Object(Map::new()),
            (Shape::SchemaOrFlag, Value::Object(_)) => Value::Object(Map::new()),
            (Shape::One(_), _) => continue,
            (Shape::Many(_), _) => Value::Array(Vec::new()),
            (_, value) => value.clone(),
        };
        copy.insert(keyword.name.to_owned(), value);
    }
    copy
}
