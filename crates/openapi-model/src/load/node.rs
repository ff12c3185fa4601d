use serde_json::{Map, Value};

use crate::model::{Extensions, Pointer};

/// A value of the document and where it stands. Asking for what is absent, or has another type, gives nothing: the
/// structural check has reported that already.
#[derive(Clone, Debug)]
pub(crate) struct Node<'d> {
    pub(crate) pointer: Pointer,
    pub(crate) value: &'d Value,
}

impl<'d> Node<'d> {
    pub(crate) fn new(pointer: Pointer, value: &'d Value) -> Self {
        Self { pointer, value }
    }

    pub(crate) fn object(&self) -> Option<&'d Map<String, Value>> {
        self.value.as_object()
    }

    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.object()?.get(key)?;
        Some(Self::new(self.pointer.join(key), value))
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.object().is_some_and(|object| object.contains_key(key))
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.object()?.get(key)?.as_str()
    }

    pub(crate) fn owned_text(&self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        self.object()?.get(key)?.as_bool()
    }

    /// The items of the list at a key.
    pub(crate) fn items(&self, key: &str) -> Vec<Self> {
        let list = self.get(key);
        let items = list.iter().flat_map(|list| {
            let items = list.value.as_array().into_iter().flatten().enumerate();
            items.map(|(index, value)| Self::new(list.pointer.index(index), value))
        });
        items.collect()
    }

    /// The entries of the object at a key.
    pub(crate) fn entries(&self, key: &str) -> Vec<(&'d str, Self)> {
        self.get(key)
            .map(|object| object.own_entries())
            .unwrap_or_default()
    }

    /// The entries of this object.
    pub(crate) fn own_entries(&self) -> Vec<(&'d str, Self)> {
        let entries = self.object().into_iter().flatten();
        entries
            .map(|(key, value)| (key.as_str(), Self::new(self.pointer.join(key), value)))
            .collect()
    }

    /// The `x-…` entries of this object.
    pub(crate) fn extensions(&self) -> Extensions {
        let entries = self
            .object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| key.starts_with("x-"));
        entries.map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// The target of a `$ref`, when this is one.
    pub(crate) fn reference(&self) -> Option<&'d str> {
        self.text("$ref")
    }
}
