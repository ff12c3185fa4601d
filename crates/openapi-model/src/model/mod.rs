//! The resolved document: inert data, free of any programming language.
//!
//! Every `$ref` has become a [`SchemaId`] or the thing it named, path-item parameters have been merged into their
//! operations, and defaults of the specification (styles, `explode`, security) have been written out.

mod operation;
mod path;
mod pointer;
mod schema;

pub use operation::{
    Encoding, Example, Header, Location, MediaType, Method, Operation, Parameter, ParameterContent,
    RequestBody, Response, SecurityRequirement, StatusSpec, Style,
};
pub use path::{PathError, PathSegment, PathTemplate};
pub use pointer::Pointer;
pub use schema::{AdditionalProperties, Bound, Discriminator, Schema, SchemaId, Schemas, Type, TypeSet};

use indexmap::IndexMap;
use serde_json::Value;

/// Specification extensions (`x-…`) of one object, in document order.
pub type Extensions = IndexMap<String, Value>;

/// A whole document, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// The document's title, version and description.
    pub info: Info,
    /// The declared servers, in order; empty when the document has none.
    pub servers: Vec<Server>,
    /// The path part of the first server's URL, without a trailing slash: `/v1`, or the empty string.
    pub base_path: String,
    /// Declared tags, in order.
    pub tags: Vec<Tag>,
    /// `components.securitySchemes`, by name.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// Every operation, in document order.
    pub operations: Vec<Operation>,
    /// Every schema of the document, addressed by [`SchemaId`].
    pub schemas: Schemas,
    /// `components.schemas`, by name, in document order.
    pub components: IndexMap<String, SchemaId>,
    /// Extensions at the root of the document.
    pub extensions: Extensions,
}

/// `info`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// The API's title.
    pub title: String,
    /// The document's own version.
    pub version: String,
    /// What the API is for.
    pub description: Option<String>,
}

/// One entry of `servers`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Server {
    /// The URL with its variables replaced by their defaults.
    pub url: String,
    /// What the server is for.
    pub description: Option<String>,
}

/// One entry of `tags`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    /// The tag's name, as operations use it.
    pub name: String,
    /// What the tag groups.
    pub description: Option<String>,
}

/// A security scheme of `components`.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// Where it stands in the document.
    pub pointer: Pointer,
    /// How the credential travels.
    pub kind: SecuritySchemeKind,
    /// What the document says of it.
    pub description: Option<String>,
    /// Extensions of the scheme.
    pub extensions: Extensions,
}

/// How a credential travels.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SecuritySchemeKind {
    /// `http` with the scheme `bearer`, or `oauth2` and `openIdConnect`, whose tokens travel the same way.
    Bearer {
        /// `bearerFormat`, a hint for people.
        format: Option<String>,
    },
    /// `http` with the scheme `basic`.
    Basic,
    /// `http` with any other scheme of the `Authorization` header, lower-cased.
    Http(String),
    /// `apiKey`: a named header, query parameter or cookie.
    ApiKey {
        /// `header`, `query` or `cookie`; never `path`.
        location: Location,
        /// The header's, parameter's or cookie's name.
        name: String,
    },
}
