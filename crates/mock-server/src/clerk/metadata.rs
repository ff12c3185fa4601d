//! A bag of metadata: a JSON object that its owner fills as they like.

use std::sync::{Arc, LazyLock};

use api_support::serde::Serialize;
use api_support::serde::de::DeserializeOwned;
use api_support::{IndexMap, Value};
use serde_json::Map;

use crate::fixtures::{MOST_LEVELS, is_too_deep};

/// The most bytes a bag may take up as compact JSON (clerk/clerk-docs, the guide to metadata).
pub(super) const MOST_BYTES: usize = 8192;

/// Why a bag cannot be stored.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Excess {
    /// It takes up too many bytes.
    Bytes,
    /// It nests too deeply.
    Levels,
}

/// A JSON object, kept as compact text: it is small, and so is everything that remembers how it once was.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Metadata(Arc<str>);

impl Default for Metadata {
    fn default() -> Self {
        // Nearly every bag is empty, and all that are share one text.
        static EMPTY: LazyLock<Arc<str>> = LazyLock::new(|| "{}".into());
        Self(Arc::clone(&EMPTY))
    }
}

impl Metadata {
    /// This metadata with a patch merged into it: objects key by key at any depth, `null` removing a key, anything else
    /// replacing what was there.
    #[must_use]
    pub(super) fn merged(&self, patch: IndexMap<String, Value>) -> Self {
        let mut members: Map<String, Value> = self.read();
        merge(&mut members, patch);
        Self::written(&members)
    }

    /// What there is too much of in it to be stored, if anything.
    pub(super) fn excess(&self) -> Option<Excess> {
        if self.0.len() > MOST_BYTES {
            return Some(Excess::Bytes);
        }
        // Nearly none is deep: one with fewer brackets need not be read.
        let brackets = self.0.bytes().filter(|byte| matches!(byte, b'{' | b'['));
        let is_deep = || serde_json::from_str(&self.0).map_or(true, |members| is_too_deep(&members));
        (brackets.count() > MOST_LEVELS && is_deep()).then_some(Excess::Levels)
    }

    /// The object itself.
    pub(super) fn members(&self) -> IndexMap<String, Value> {
        self.read()
    }

    pub(super) fn is_empty(&self) -> bool {
        &*self.0 == "{}"
    }

    fn read<T: DeserializeOwned + Default>(&self) -> T {
        serde_json::from_str(&self.0).unwrap_or_default()
    }

    fn written(members: &impl Serialize) -> Self {
        serde_json::to_string(members).map_or_else(|_| Self::default(), |text| Self(text.into()))
    }
}

impl From<IndexMap<String, Value>> for Metadata {
    fn from(members: IndexMap<String, Value>) -> Self {
        Self::written(&members)
    }
}

/// What to merge into a membership's two bags.
#[derive(Clone, Debug)]
pub(super) struct MetadataPatch {
    pub(super) public: Patch,
    pub(super) private: Patch,
}

/// What to merge into one bag, if anything.
#[derive(Clone, Debug)]
pub(super) struct Patch(pub(super) Option<IndexMap<String, Value>>);

impl Patch {
    pub(super) fn onto(self, stored: &Metadata) -> Metadata {
        self.0
            .map_or_else(|| stored.clone(), |patch| stored.merged(patch))
    }
}

/// An object that replaces something else is merged into nothing, which drops its nulls at every level, as JSON Merge
/// Patch (RFC 7396) has it. Nulls inside arrays stay.
fn merge(into: &mut Map<String, Value>, patch: impl IntoIterator<Item = (String, Value)>) {
    for (key, value) in patch {
        match value {
            Value::Null => {
                into.shift_remove(&key);
            }
            Value::Object(inner) => {
                let slot = into.entry(key).or_insert_with(|| Value::Object(Map::new()));
                if !slot.is_object() {
                    *slot = Value::Object(Map::new());
                }
                if let Value::Object(members) = slot {
                    merge(members, inner);
                }
            }
            other => {
                into.insert(key, other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn merged(stored: &Value, patch: &Value) -> Value {
        let object = |value: &Value| {
            value
                .as_object()
                .unwrap()
                .clone()
                .into_iter()
                .collect::<IndexMap<_, _>>()
        };
        json!(Metadata::from(object(stored)).merged(object(patch)).members())
    }

    #[test]
    fn merging_follows_the_rules_at_every_depth() {
        for (stored, patch, result) in [
            (
                json!({"a": {"b": 1, "c": 2}}),
                json!({"a": {"b": null, "d": 3}}),
                json!({"a": {"c": 2, "d": 3}}),
            ),
            (json!({"a": [1, 2]}), json!({"a": [null]}), json!({"a": [null]})),
            (
                json!({"a": 1}),
                json!({"a": {"b": null, "c": {"d": null}}}),
                json!({"a": {"c": {}}}),
            ),
            (
                json!({"a": {"b": 1}}),
                json!({"a": {"b": null}}),
                json!({"a": {}}),
            ),
            (json!({"a": {"b": 1}}), json!({"a": "x"}), json!({"a": "x"})),
            (json!({"a": 1}), json!({"gone": null}), json!({"a": 1})),
            (json!({"a": 1}), json!({}), json!({"a": 1})),
        ] {
            assert_eq!(merged(&stored, &patch), result, "{stored} with {patch}");
        }
    }

    #[test]
    fn the_size_is_that_of_compact_json() {
        let bag =
            |length: usize| Metadata::from(IndexMap::from([("k".to_owned(), json!("x".repeat(length)))]));
        assert_eq!(bag(MOST_BYTES - r#"{"k":""}"#.len()).excess(), None);
        assert_eq!(
            bag(MOST_BYTES - r#"{"k":""}"#.len() + 1).excess(),
            Some(Excess::Bytes)
        );
    }

    #[test]
    fn levels_are_counted_where_they_nest_and_not_beside_each_other() {
        let bag = |value: Value| Metadata::from(IndexMap::from([("k".to_owned(), value)]));
        let nested = |levels| (2..levels).fold(json!({}), |value, _| json!({ "a": value }));
        assert_eq!(bag(nested(MOST_LEVELS)).excess(), None);
        for levels in [MOST_LEVELS + 1, 127, 200] {
            assert_eq!(bag(nested(levels)).excess(), Some(Excess::Levels), "{levels}");
        }
        assert_eq!(bag(json!(vec![json!({}); 100])).excess(), None);
        assert_eq!(bag(json!("[".repeat(100))).excess(), None);
    }
}
