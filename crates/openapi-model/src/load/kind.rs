//! The kinds of objects OpenAPI has, and what there is to say of their keywords.

/// A kind of object of the specification.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Kind {
    Root,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OauthFlows,
    OauthFlow,
    SecurityRequirement,
}

/// What the value of a keyword must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Any,
    Text,
    Flag,
    Number,
    /// A whole number, zero or more.
    Count,
    Texts,
    Values,
    /// An object of texts.
    TextMap,
    /// An object of anything.
    AnyMap,
    One(Kind),
    Many(Kind),
    Map(Kind),
    /// `additionalProperties`.
    SchemaOrFlag,
}

/// The keywords of one kind.
pub(crate) struct Grammar {
    /// What a report calls the kind.
    pub(crate) name: &'static str,
    pub(crate) keywords: &'static [Keyword],
    /// The shape of keys that are no keywords, where the document chooses them (paths, statuses).
    pub(crate) free: Option<Shape>,
    /// The section of `components` that holds such objects; a `$ref` may stand for them.
    pub(crate) section: Option<&'static str>,
}

impl Grammar {
    pub(crate) fn keyword(&self, name: &str) -> Option<&'static Keyword> {
        self.keywords.iter().find(|keyword| keyword.name == name)
    }
}

pub(crate) struct Keyword {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
}

pub(super) const fn may(name: &'static str, shape: Shape) -> Keyword {
    Keyword {
        name,
        shape,
        required: false,
    }
}

pub(super) const fn must(name: &'static str, shape: Shape) -> Keyword {
    Keyword {
        name,
        shape,
        required: true,
    }
}

pub(super) const fn of(name: &'static str, keywords: &'static [Keyword]) -> Grammar {
    Grammar {
        name,
        keywords,
        free: None,
        section: None,
    }
}

pub(super) const fn referable(
    name: &'static str,
    section: &'static str,
    keywords: &'static [Keyword],
) -> Grammar {
    Grammar {
        name,
        keywords,
        free: None,
        section: Some(section),
    }
}

pub(super) const fn keyed(name: &'static str, free: Shape) -> Grammar {
    Grammar {
        name,
        keywords: &[],
        free: Some(free),
        section: None,
    }
}

impl Kind {
    /// Whether `$ref` may stand for such an object.
    pub(crate) fn referable(self) -> bool {
        self == Self::PathItem || self.grammar().section.is_some()
    }
}
