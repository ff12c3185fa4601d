//! Reads an OpenAPI 3.0 document, in YAML or JSON, into a resolved, language-neutral [`Api`], or into a [`Report`]
//! that points at every mistake in it.
//!
//! ```text
//! Source ──parse──▶ Document ──structure──▶ resolve ──read──▶ Api ──check──▶ Loaded
//!  text             value and     shapes and   every $ref    model   what JSON types cannot say
//!                   places        keywords
//! ```
//!
//! Each stage adds what it finds to one report and goes on, so that one run shows everything; only text that cannot
//! be parsed, or a version that is not read, ends it early. Nothing here knows a programming language.
//!
//! Start at [`load()`]:
//!
//! ```
//! use openapi_model::{RenderOptions, Source, load};
//!
//! let text = "
//! openapi: 3.0.3
//! info: { title: Tea room, version: '1' }
//! paths:
//!   /pots/{pot_id}:
//!     get:
//!       parameters:
//!         - { name: pot_id, in: path, required: true, schema: { type: string } }
//!       responses:
//!         '200': { description: The pot. }
//! ";
//! let loaded = load(Source::new("tea.yaml", text));
//! let api = loaded.api.expect("the document is sound");
//! assert_eq!(api.operations[0].path.as_str(), "/pots/{pot_id}");
//!
//! let loaded = load(Source::new("tea.yaml", text.replace("in: path", "in: query")));
//! assert!(loaded.api.is_none());
//! assert!(loaded.report.render(RenderOptions::default()).contains("spec::path_parameter_not_declared"));
//! ```
//!
//! To read another kind of YAML file with the same places and limits, start at [`Document::parse`].

mod check;
mod diagnostic;
mod fault;
mod load;
mod model;
mod names;
mod render;
mod report;
mod resolve;
mod source;

pub use diagnostic::{Anchor, Diagnostic, Place, Severity};
pub use load::{Loaded, load};
pub use model::{
    AdditionalProperties, Api, Bound, Discriminator, Encoding, Example, Extensions, Header, Info, Location,
    MediaType, Method, Operation, Parameter, ParameterContent, PathError, PathSegment, PathTemplate, Pointer,
    RequestBody, Response, Schema, SchemaId, Schemas, SecurityRequirement, SecurityScheme,
    SecuritySchemeKind, Server, StatusSpec, Style, Tag, Type, TypeSet,
};
pub use render::RenderOptions;
pub use report::Report;
pub use source::{
    Document, MAX_ALIAS_NODES, MAX_ALIAS_TEXT, MAX_BYTES, MAX_DEPTH, MAX_NODES, Source, to_yaml,
};
