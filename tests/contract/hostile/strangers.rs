//! Ids that exist, and are not meant.

use std::collections::BTreeSet;

use contract_tests::spec::{Location, Spec, specs};
use serde_json::Value;

/// Ids out of the examples of all documents: those of the API's own things, which may be of another kind or belong to
/// another organization, and some of every other API's.
pub(crate) fn strangers(spec: &Spec) -> Vec<String> {
    specs()
        .iter()
        .flat_map(|other| {
            let most = if other.name == spec.name { usize::MAX } else { 3 };
            ids(other).into_iter().take(most)
        })
        .collect()
}

fn ids(spec: &Spec) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for operation in &spec.operations {
        for parameter in operation.parameters_in(Location::Path) {
            ids.insert(parameter.example.clone());
        }
        for (_, example) in operation.body.iter().flat_map(|body| &body.examples) {
            collect(example, &mut ids);
        }
        for response in &operation.responses {
            for (_, example) in response.content.iter().flat_map(|media| &media.examples) {
                collect(example, &mut ids);
            }
        }
    }
    ids
}

/// The texts of members that are called ids.
fn collect(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let is_id = name.to_ascii_lowercase().trim_end_matches('s').ends_with("id");
                match member {
                    Value::String(text) if is_id => {
                        ids.insert(text.clone());
                    }
                    Value::Array(items) if is_id => {
                        ids.extend(items.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    member => collect(member, ids),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, ids)),
        _ => {}
    }
}
