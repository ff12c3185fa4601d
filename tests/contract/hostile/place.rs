//! Where a request has a value, and the requests that have another one there.

use std::fmt;

use contract_tests::spec::{Location, Operation, Spec};
use contract_tests::wire::{Request, percent_encoded};
use serde_json::{Value, json};

use crate::Sent;
use crate::strangers::strangers;
use crate::texts::texts;

/// How many items a list has that is far too long.
const FAR_TOO_MANY: usize = 10_000;

/// A place in the requests of an operation.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// A parameter of the path.
    Path(String),
    /// A parameter of the query.
    Query(String),
    /// A text in an example of the body, as a JSON pointer.
    Text(Value, String),
    /// A list in an example of the body, as a JSON pointer.
    List(Value, String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(name) => write!(f, "{name} in the path"),
            Self::Query(name) => write!(f, "{name} in the query"),
            Self::Text(_, pointer) => write!(f, "the text at {pointer} of the body"),
            Self::List(_, pointer) => write!(f, "the list at {pointer} of the body"),
        }
    }
}

impl Place {
    /// Every place of an operation; those of the body from the first example that has them.
    pub(crate) fn all(operation: &Operation) -> Vec<Self> {
        let named = |location| {
            operation
                .parameters_in(location)
                .map(|parameter| parameter.name.clone())
        };
        let mut places: Vec<_> = named(Location::Path).map(Self::Path).collect();
        places.extend(named(Location::Query).map(Self::Query));
        let mut in_body: Vec<Self> = Vec::new();
        for (_, example) in operation.body.iter().flat_map(|body| &body.examples) {
            let mut found = Vec::new();
            walk(example, example, "", &mut found);
            for place in found {
                if !in_body.iter().any(|known| known.to_string() == place.to_string()) {
                    in_body.push(place);
                }
            }
        }
        places.extend(in_body);
        places
    }

    /// The requests that have an odd value at this place.
    pub(crate) fn requests(&self, spec: &'static Spec, operation: &Operation) -> Vec<Sent> {
        let call = operation.call(spec);
        match self {
            Self::Path(name) => values(spec)
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(what, text)| {
                    let path = operation.path_with(name, &percent_encoded(&text));
                    (what, call.clone().at(&path))
                })
                .collect(),
            Self::Query(name) => values(spec)
                .into_iter()
                .map(|(what, text)| {
                    let query = operation.query_with(name, Some(&percent_encoded(&text)));
                    let target = format!("{}?{query}", call.path());
                    (
                        what,
                        Request {
                            target,
                            ..call.clone()
                        },
                    )
                })
                .collect(),
            Self::Text(example, pointer) => values(spec)
                .into_iter()
                .map(|(what, text)| (what, call.clone().json(&with(example, pointer, json!(text)))))
                .collect(),
            Self::List(example, pointer) => lists(spec, example.pointer(pointer))
                .into_iter()
                .map(|(what, list)| (what, call.clone().json(&with(example, pointer, json!(list)))))
                .collect(),
        }
    }
}

/// Every odd text, and every id of somebody else's.
fn values(spec: &Spec) -> Vec<(String, String)> {
    let strange = strangers(spec).into_iter().map(|id| (format!("the id {id}"), id));
    let odd = texts().into_iter().map(|(what, text)| (what.to_owned(), text));
    let nothing = ("empty".to_owned(), String::new());
    strange.chain(odd).chain([nothing]).collect()
}

/// Lists with what was in one, over and over, and with what nobody should put into it.
fn lists(spec: &Spec, sound: Option<&Value>) -> Vec<(String, Vec<Value>)> {
    let items = sound.and_then(Value::as_array).cloned().unwrap_or_default();
    let first = items.first().cloned().unwrap_or_else(|| json!("item"));
    let mut lists = vec![
        ("empty".to_owned(), Vec::new()),
        ("an item twice".to_owned(), vec![first.clone(), first.clone()]),
        (
            "everything twice".to_owned(),
            items.iter().chain(&items).cloned().collect(),
        ),
        (
            format!("an item {FAR_TOO_MANY} times"),
            vec![first.clone(); FAR_TOO_MANY],
        ),
    ];
    if !first.is_string() {
        return lists;
    }
    let numbered = |number: usize| json!(format!("{number:021}"));
    lists.push((
        format!("{FAR_TOO_MANY} ids nobody has"),
        (0..FAR_TOO_MANY).map(numbered).collect(),
    ));
    for (what, text) in values(spec) {
        lists.push((format!("{what}, alone"), vec![json!(text)]));
        lists.push((
            format!("{what}, after a sound one"),
            vec![first.clone(), json!(text)],
        ));
    }
    lists
}

/// Every text and every list in a body.
fn walk(example: &Value, value: &Value, pointer: &str, found: &mut Vec<Place>) {
    match value {
        Value::String(_) => found.push(Place::Text(example.clone(), pointer.to_owned())),
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                walk(example, member, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(items) => {
            found.push(Place::List(example.clone(), pointer.to_owned()));
            // The items of a list of texts are replaced along with the list.
            for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_string()) {
                walk(example, item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The example with another value at a place that it has.
fn with(example: &Value, pointer: &str, value: Value) -> Value {
    let mut body = example.clone();
    if let Some(place) = body.pointer_mut(pointer) {
        *place = value;
    }
    body
}
