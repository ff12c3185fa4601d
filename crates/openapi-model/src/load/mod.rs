//! From a document to the model.
//!
//! [`structure`] walks the raw tree by the tables of [`keywords`]; [`reader`] and the files beside it then read each
//! kind of object, asking `resolve` for what references name; [`typed`] has `openapiv3` read the same objects.

mod api;
mod body;
mod keywords;
mod keywords_of_31;
pub(crate) mod kind;
mod link;
pub(crate) mod node;
mod operation;
mod parameter;
mod reader;
mod schema;
mod security;
pub(crate) mod structure;
mod typed;
mod version;

use crate::check;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, Pointer};
use crate::report::Report;
use crate::resolve::Resolver;
use crate::source::{Document, Source};
use kind::Kind;
use node::Node;
use reader::Reader;
use structure::Structure;

/// What became of a document.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The model; none exactly when the report has errors.
    pub api: Option<Api>,
    /// How many operations the document has under valid paths, sound or not; zero when it could not be read so far.
    pub operations: usize,
    /// Everything found on the way.
    pub report: Report,
}

impl Loaded {
    fn nothing(report: Report) -> Self {
        Self {
            api: None,
            operations: 0,
            report,
        }
    }
}

/// Reads a whole OpenAPI 3.0 document.
#[must_use]
pub fn load(source: Source) -> Loaded {
    let document = match Document::parse(source) {
        Ok(document) => document,
        Err(report) => return Loaded::nothing(report),
    };
    let mut report = document.report();
    let root = Node::new(Pointer::root(), document.value());
    if let Err(fault) = version::check(&root) {
        let place = if root.has("swagger") { "swagger" } else { "openapi" };
        report.push(fault.at(&Pointer::root().join(place)));
        return Loaded::nothing(report);
    }
    let (api, diagnostics) = read(root);
    report.extend(diagnostics);
    Loaded {
        operations: api.operations.len(),
        api: Some(api).filter(|_| !report.has_errors()),
        report,
    }
}

fn read(root: Node<'_>) -> (Api, Vec<Diagnostic>) {
    let mut structure = Structure::default();
    structure.walk(&root, Kind::Root);
    let references: Vec<_> = structure
        .objects()
        .filter(|(_, value, kind)| kind.referable() && value.get("$ref").is_some())
        .map(|(pointer, value, kind)| (Node::new(pointer.clone(), value), kind))
        .collect();
    let mut resolver = Resolver::new(root.value, structure);
    for (node, kind) in references {
        resolver.follow(node, kind);
    }
    let mut reader = Reader::new(root, resolver);
    let mut api = reader.api();
    let mut diagnostics = check::check(&mut api);
    diagnostics.append(&mut reader.diagnostics);
    diagnostics.append(&mut reader.resolver.diagnostics);
    diagnostics.append(&mut reader.resolver.structure.diagnostics);
    let refusals = typed::second_opinion(&reader.resolver.structure, &diagnostics);
    diagnostics.extend(refusals);
    (api, diagnostics)
}
