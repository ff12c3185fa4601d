use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use openapi_model::{Document, Source};
use serde_json::{Map, Value, json};

/// Makes a document by instructions: one fixture, changed in some places.
pub fn make(instructions: &[u8]) -> Value {
    let mut instructions = Instructions(instructions);
    let fixtures = &PARTS.documents;
    let mut document = fixtures[instructions.number(fixtures.len())].clone();
    for _ in 0..MOST_CHANGES {
        if instructions.0.is_empty() {
            break;
        }
        change(&mut document, &mut instructions);
    }
    document
}

const MOST_CHANGES: usize = 12;

/// What documents are made of.
static PARTS: LazyLock<Parts> = LazyLock::new(Parts::read);

struct Parts {
    documents: Vec<Value>,
    /// Every value that stands under a keyword in some fixture.
    by_key: BTreeMap<String, Vec<Value>>,
    keys: Vec<String>,
}

impl Parts {
    fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/accepted");
        let entries = std::fs::read_dir(folder).expect("the fixtures are there");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("a fixture").path()).collect();
        paths.sort();
        let documents: Vec<Value> = paths
            .iter()
            .map(|path| {
                let source = Source::read(path).expect("a text");
                Document::parse(source).expect("a document").value().clone()
            })
            .collect();
        let mut by_key = BTreeMap::new();
        documents
            .iter()
            .for_each(|document| collect(document, &mut by_key));
        let keys = by_key.keys().cloned().collect();
        Self {
            documents,
            by_key,
            keys,
        }
    }
}

fn collect(value: &Value, by_key: &mut BTreeMap<String, Vec<Value>>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                by_key.entry(key.clone()).or_default().push(value.clone());
                collect(value, by_key);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, by_key)),
        _ => {}
    }
}

/// The fuzzer's bytes, taken from the front; zeros when there are no more.
struct Instructions<'b>(&'b [u8]);

impl Instructions<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    /// A number below a limit, which is not zero.
    fn number(&mut self, limit: usize) -> usize {
        usize::from(u16::from_be_bytes([self.byte(), self.byte()])) % limit
    }

    fn word(&mut self) -> String {
        const WORDS: [&str; 24] = [
            "", "a", "type", "self", "Self", "crate", "_", "2fa", "-1", "+1", "*", "a b", "A-B", "é", "日本",
            "€", "\u{0}", "Option", "x-y", "{}", "{a}", "\"", "\\", "\n",
        ];
        match self.byte() {
            byte @ 0..=199 => WORDS[usize::from(byte) % WORDS.len()].to_owned(),
            _ => (0..self.number(6)).map(|_| char::from(self.byte())).collect(),
        }
    }

    fn scalar(&mut self) -> Value {
        match self.byte() % 8 {
            0 => Value::Null,
            1 => json!(true),
            2 => json!(false),
            3 => json!(i64::from(self.byte()) - 128),
            4 => json!(f64::from(self.byte()) / 7.0),
            5 => [json!(u64::MAX), json!(i64::MIN), json!(1e300), json!(-0.0)][self.number(4)].clone(),
            _ => json!(self.word()),
        }
    }
}

/// Changes one place: puts in what stands under the same key elsewhere, or under any, removes, renames, repeats.
fn change(document: &mut Value, instructions: &mut Instructions<'_>) {
    let Some(object) = some_object(document, instructions) else {
        return;
    };
    if object.is_empty() {
        return;
    }
    let index = instructions.number(object.len());
    let key = object.keys().nth(index).cloned().unwrap_or_default();
    match instructions.byte() % 8 {
        0 | 1 => {
            if let Some(donors) = PARTS.by_key.get(&key) {
                object.insert(key, donors[instructions.number(donors.len())].clone());
            }
        }
        2 | 3 => {
            let key = PARTS.keys[instructions.number(PARTS.keys.len())].clone();
            let donors = &PARTS.by_key[&key];
            object.insert(key, donors[instructions.number(donors.len())].clone());
        }
        4 => {
            object.shift_remove(&key);
        }
        5 => {
            let value = object.shift_remove(&key).unwrap_or_default();
            object.insert(instructions.word(), value);
        }
        6 => {
            let value = object[&key].clone();
            object.insert(instructions.word(), value);
        }
        _ => {
            object.insert(key, instructions.scalar());
        }
    }
}

/// An object somewhere in the document: a walk that goes on with every second byte.
fn some_object<'v>(
    document: &'v mut Value,
    instructions: &mut Instructions<'_>,
) -> Option<&'v mut Map<String, Value>> {
    let mut value = document;
    for _ in 0..40 {
        let stop = instructions.byte() % 6 == 0;
        let can_go_on = match &*value {
            Value::Object(object) => object.values().any(holds_objects),
            Value::Array(items) => items.iter().any(holds_objects),
            _ => false,
        };
        if value.is_object() && (stop || !can_go_on) {
            break;
        }
        let below: Vec<&mut Value> = match value {
            Value::Object(object) => object.values_mut().filter(|value| holds_objects(value)).collect(),
            Value::Array(items) => items.iter_mut().filter(|value| holds_objects(value)).collect(),
            _ => return None,
        };
        let index = instructions.number(below.len());
        value = below.into_iter().nth(index)?;
    }
    value.as_object_mut()
}

fn holds_objects(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().any(holds_objects),
        _ => false,
    }
}
