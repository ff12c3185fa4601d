use std::fmt;

/// A JSON pointer (RFC 6901) into a document; the empty pointer is its root.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Pointer(String);

impl Pointer {
    /// The root of the document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// A pointer from its text, as in the fragment of a `$ref` (`/components/schemas/Pet`), already
    /// percent-decoded.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// This pointer and one more step, escaped as RFC 6901 asks.
    #[must_use]
    pub fn join(&self, token: impl AsRef<str>) -> Self {
        let token = token.as_ref();
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        if token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
            text.push_str(&token.replace('~', "~0").replace('/', "~1"));
        } else {
            text.push_str(token);
        }
        Self(text)
    }

    /// This pointer and the index of an array's item.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The pointer without its last step; the root is its own parent.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self(
            self.0
                .rsplit_once('/')
                .map_or("", |(parent, _)| parent)
                .to_owned(),
        )
    }

    /// The last step, unescaped; `None` at the root.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.0.rsplit_once('/').map(|(_, last)| unescape(last))
    }

    /// The steps from the root, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The pointer's text, escapes included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `other` is this place or lies below it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other
            .0
            .strip_prefix(&self.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "/" } else { &self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_with_a_slash_or_tilde_is_escaped_and_comes_back() {
        let pointer = Pointer::root().join("paths").join("/a/{b}~c").join("get");
        assert_eq!(pointer.as_str(), "/paths/~1a~1{b}~0c/get");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a/{b}~c", "get"]);
        assert_eq!(pointer.parent().last().as_deref(), Some("/a/{b}~c"));
    }

    #[test]
    fn a_place_contains_what_is_below_it_and_not_what_merely_begins_alike() {
        let pet = Pointer::from_text("/components/schemas/Pet");
        assert!(pet.contains(&pet.join("properties")));
        assert!(!pet.contains(&Pointer::from_text("/components/schemas/Pets")));
    }
}
