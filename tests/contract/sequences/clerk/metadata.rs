//! Bags of metadata, as the model has them.

use serde_json::Value;

/// The most bytes a bag has as JSON.
const MOST_BYTES: usize = 8192;

/// Whether a bag has more than it may.
pub(crate) fn too_large(bag: &Value) -> bool {
    bag.to_string().len() > MOST_BYTES
}

/// A value with a merge patch applied, as RFC 7396 puts it.
pub(crate) fn patched(value: &Value, patch: &Value) -> Value {
    let Value::Object(changes) = patch else {
        return patch.clone();
    };
    let mut members = value.as_object().cloned().unwrap_or_default();
    for (name, change) in changes {
        let before = members.remove(name).unwrap_or_default();
        if !change.is_null() {
            members.insert(name.clone(), patched(&before, change));
        }
    }
    Value::Object(members)
}
