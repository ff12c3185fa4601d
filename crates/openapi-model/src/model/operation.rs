use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Value;

use super::{Extensions, PathTemplate, Pointer, SchemaId};

/// One operation: a method on a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Where it stands in the document.
    pub pointer: Pointer,
    /// `operationId`, when the document gives one.
    pub id: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path it stands under.
    pub path: PathTemplate,
    /// Its tags, in order.
    pub tags: Vec<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Whether the document advises against using it.
    pub deprecated: bool,
    /// Its parameters: its own first to last, then those of the path item that it does not override.
    pub parameters: Vec<Parameter>,
    /// The request body, if it takes one.
    pub request_body: Option<RequestBody>,
    /// The documented responses, in document order.
    pub responses: Vec<Response>,
    /// Alternatives, one of which must be met: the operation's own, else the document's. Empty: nothing is asked.
    pub security: Vec<SecurityRequirement>,
    /// Extensions of the operation.
    pub extensions: Extensions,
}

/// One alternative of `security`: the schemes that must all be met, with their scopes. Empty: no credential.
pub type SecurityRequirement = IndexMap<String, Vec<String>>;

/// An HTTP method that OpenAPI knows.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "the variants are HTTP's own method names")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// Every method, in the order of the specification.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
    ];

    /// The key of a path item: `get`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
        }
    }

    /// The method as it stands in a request line: `GET`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// Every location.
    pub const ALL: [Self; 4] = [Self::Path, Self::Query, Self::Header, Self::Cookie];

    /// The styles a value may have there, the default first.
    #[must_use]
    pub fn styles(self) -> &'static [Style] {
        match self {
            Self::Path => &[Style::Simple, Style::Label, Style::Matrix],
            Self::Query => &[
                Style::Form,
                Style::SpaceDelimited,
                Style::PipeDelimited,
                Style::DeepObject,
            ],
            Self::Header => &[Style::Simple],
            Self::Cookie => &[Style::Form],
        }
    }

    /// The word of `in`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a value is written as text.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Style {
    Matrix,
    Label,
    Form,
    Simple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

impl Style {
    /// The word of `style`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Label => "label",
            Self::Form => "form",
            Self::Simple => "simple",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
        }
    }
}

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Where it stands in the document (its definition, when it was referred to).
    pub pointer: Pointer,
    /// Its name on the wire.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// Whether it must be sent; always true in a path.
    pub required: bool,
    /// Whether the document advises against using it.
    pub deprecated: bool,
    /// `allowEmptyValue`.
    pub allow_empty_value: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// What it means.
    pub description: Option<String>,
    /// Its type, and how it is written.
    pub content: ParameterContent,
    /// Examples by name; a lone `example` is called `default`.
    pub examples: IndexMap<String, Example>,
    /// Extensions of the parameter.
    pub extensions: Extensions,
}

/// The type of a parameter or header, and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterContent {
    /// A schema, serialised by a style.
    Schema {
        /// The value's schema.
        schema: SchemaId,
        /// The style, the location's default written out.
        style: Style,
        /// Whether arrays and objects are spread, the style's default written out.
        explode: bool,
    },
    /// One media type: the text is such a document.
    Media(Box<MediaType>),
}

impl ParameterContent {
    /// The schema of the value, however it is written.
    #[must_use]
    pub fn schema(&self) -> Option<SchemaId> {
        match self {
            Self::Schema { schema, .. } => Some(*schema),
            Self::Media(media) => media.schema,
        }
    }
}

/// The request body of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestBody {
    /// Where it stands in the document.
    pub pointer: Pointer,
    /// Whether it must be sent.
    pub required: bool,
    /// What it means.
    pub description: Option<String>,
    /// The media types it may have, in order.
    pub content: Vec<MediaType>,
    /// Extensions of the body.
    pub extensions: Extensions,
}

/// One entry of a `content` map.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaType {
    /// Where it stands in the document.
    pub pointer: Pointer,
    /// The media type or range, as written.
    pub media_type: String,
    /// The schema, if any.
    pub schema: Option<SchemaId>,
    /// Examples by name; a lone `example` is called `default`.
    pub examples: IndexMap<String, Example>,
    /// `encoding`, by property.
    pub encoding: IndexMap<String, Encoding>,
    /// Extensions of the media type.
    pub extensions: Extensions,
}

/// How one property of a form is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoding {
    /// `contentType`.
    pub content_type: Option<String>,
    /// `style`, `form` when not given.
    pub style: Style,
    /// `explode`, the style's default written out.
    pub explode: bool,
}

/// An example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Where its value stands in the document.
    pub pointer: Pointer,
    /// `summary`.
    pub summary: Option<String>,
    /// The value, shared by all who refer to it.
    pub value: Arc<Value>,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Where it stands in the document.
    pub pointer: Pointer,
    /// The name of the component it was referred to by, if it was.
    pub component: Option<String>,
    /// The status or statuses it documents.
    pub status: StatusSpec,
    /// What it means.
    pub description: String,
    /// Its headers, in order, `Content-Type` excepted.
    pub headers: Vec<Header>,
    /// The media types it may have; empty: no body.
    pub content: Vec<MediaType>,
    /// `links`, unresolved.
    pub links: IndexMap<String, Value>,
    /// Extensions of the response.
    pub extensions: Extensions,
}

/// The statuses a response documents.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum StatusSpec {
    /// One status code, 100 to 599.
    Code(u16),
    /// A hundred of them: `4` for `4XX`.
    Range(u8),
    /// Every status not documented otherwise.
    Default,
}

impl StatusSpec {
    /// The key of `responses`.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        if key == "default" {
            return Some(Self::Default);
        }
        let bytes = key.as_bytes();
        match bytes {
            [class @ b'1'..=b'5', b'X', b'X'] => Some(Self::Range(class - b'0')),
            [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(Self::Code),
            _ => None,
        }
    }
}

impl fmt::Display for StatusSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A response header.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Where it stands in the document.
    pub pointer: Pointer,
    /// Its name.
    pub name: String,
    /// Whether it is always sent.
    pub required: bool,
    /// Whether the document advises against using it.
    pub deprecated: bool,
    /// What it means.
    pub description: Option<String>,
    /// Its type; the style is always `simple`.
    pub content: ParameterContent,
    /// Examples by name; a lone `example` is called `default`.
    pub examples: IndexMap<String, Example>,
    /// Extensions of the header.
    pub extensions: Extensions,
}
