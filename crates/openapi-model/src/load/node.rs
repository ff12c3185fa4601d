use serde_json::{Map, Value};

use crate::model::{Extensions, Pointer};

/// A value of the document and where it stands. Asking for what is absent, or has another type, gives nothing: the
/// structural check has reported that already.
#[derive(Clone, Debug)]
pub(crate) struct Node<'d> {
    pub(crate) pointer: Pointer,
    pub(crate) value: &'d Value,
}

/// The value at a key. Most objects have a handful of entries, and these are sooner looked through than hashed.
pub(super) fn member<'d>(object: &'d Map<String, Value>, key: &str) -> Option<&'d Value> {
    const HANDFUL: usize = 12;
    if object.len() > HANDFUL {
        return object.get(key);
    }
    object
        .iter()
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value)
}

impl<'d> Node<'d> {
    pub(crate) fn new(pointer: Pointer, value: &'d Value) -> Self {
        Self { pointer, value }
    }

    pub(crate) fn object(&self) -> Option<&'d Map<String, Value>> {
        self.value.as_object()
    }

    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = member(self.object()?, key)?;
        Some(Self::new(self.pointer.join(key), value))
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.object().is_some_and(|object| member(object, key).is_some())
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        member(self.object()?, key)?.as_str()
    }

    pub(crate) fn owned_text(&self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        member(self.object()?, key)?.as_bool()
    }

    /// The items of the list at a key.
    pub(crate) fn items(&self, key: &str) -> impl Iterator<Item = Self> + use<'d> {
        let items = self.object().and_then(|object| member(object, key)?.as_array());
        let pointer = items.map(|_| self.pointer.join(key)).unwrap_or_default();
        let items = items.into_iter().flatten().enumerate();
        items.map(move |(index, value)| Self::new(pointer.index(index), value))
    }

    /// The entries of the object at a key.
    pub(crate) fn entries(&self, key: &str) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        self.get(key).into_iter().flat_map(Self::into_entries)
    }

    /// The entries of this object.
    pub(crate) fn own_entries(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        self.clone().into_entries()
    }

    fn into_entries(self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let entries = self.object().into_iter().flatten();
        entries.map(move |(key, value)| (key.as_str(), Self::new(self.pointer.join(key), value)))
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
