use std::path::Path;

use openapi_model::{Diagnostic, Report, Source, load};

use crate::inventory::Inventory;
use crate::lower::{Limit, Lowered, lower};
use crate::{emit, ir, layout};

/// Generates Rust from one document.
///
/// ```
/// use openapi_codegen::{Generator, Source};
///
/// let text = "
/// openapi: 3.0.3
/// info: { title: Tea room, version: '1' }
/// paths:
///   /pots/{pot_id}:
///     get:
///       operationId: getPot
///       parameters:
///         - { name: pot_id, in: path, required: true, schema: { type: string } }
///       responses:
///         '204': { description: The pot is full. }
/// ";
/// let outcome = Generator::new().name("tea").generate(Source::new("tea.yaml", text));
/// let generated = outcome.generated.expect("the document is sound");
/// assert!(generated.code().contains("pub trait TeaApi"));
/// assert!(generated.code().contains("fn get_pot("));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Generator {
    name: Option<String>,
    strict: bool,
    without_fakes: bool,
}

/// What came of a document: code, unless the report has errors.
#[derive(Debug)]
pub struct Outcome {
    /// The code; `None` exactly when the report has errors.
    pub generated: Option<Generated>,
    /// Everything wrong with the document, and everything that could not be carried over.
    pub report: Report,
    /// The operations that were emitted, and all that the document has, as far as it could be read.
    pub emitted: (usize, usize),
}

/// Generated code.
#[derive(Debug)]
pub struct Generated {
    api: ir::Api,
}

impl Generator {
    /// A generator with the usual settings: the API is named for its file, and warnings are only reported.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the API, in any case: `tea` gives `TeaApi`. Without it the API is named for its file.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Refuses documents with warnings.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Whether every response can be made up (`fake_response`), as it is unless said otherwise. The code then needs the
    /// feature `fake` of `api-support`, which is on unless switched off.
    #[must_use]
    pub fn fakes(mut self, fakes: bool) -> Self {
        self.without_fakes = !fakes;
        self
    }

    /// Generates code from a document.
    #[must_use]
    pub fn generate(&self, source: Source) -> Outcome {
        let file = Path::new(source.name());
        let stem = file
            .file_stem()
            .map_or_else(|| "api".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let file_name = file
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let name = self.name.clone().unwrap_or(stem);
        let loaded = load(source);
        let mut report = loaded.report;
        let mut lowered = loaded.api.map(|api| lower(api, &name, &file_name));
        if let Some(lowered) = &mut lowered {
            lowered.api.fakes = !self.without_fakes;
        }
        if let Some(Lowered { limits, .. }) = &lowered {
            report.extend(limits.iter().map(diagnostic));
        }
        if self.strict {
            report.deny_warnings();
        }
        let emitted = lowered.as_ref().map_or((0, loaded.operations), |lowered| {
            let all = &lowered.api.operations;
            (
                all.iter().filter(|operation| operation.skipped.is_none()).count(),
                all.len(),
            )
        });
        let generated = lowered
            .filter(|_| !report.has_errors())
            .map(|lowered| Generated { api: lowered.api });
        Outcome {
            generated,
            report,
            emitted,
        }
    }
}

fn diagnostic(limit: &Limit) -> Diagnostic {
    Diagnostic::warning(limit.code(), &limit.pointer, limit.message())
        .label(limit.label())
        .help(limit.help())
        .at_key()
}

impl Generated {
    /// The code: one module's worth of items, formatted.
    #[must_use]
    pub fn code(&self) -> String {
        /// Enough for most documents; what is not written to costs nothing.
        const USUAL: usize = 256 * 1024;
        let mut code = String::with_capacity(USUAL);
        code.push_str("// @generated from ");
        code.push_str(&self.api.source);
        code.push_str(" by openapi-codegen. Do not edit.\n\n");
        layout::file(code, emit::file(&self.api))
    }

    /// The output of one emitter, formatted; `None` when there is none of that name. See [`emitters`](crate::emitters).
    #[must_use]
    pub fn emitted(&self, emitter: &str) -> Option<String> {
        emit::EMITTERS
            .iter()
            .find(|(name, _)| *name == emitter)
            .map(|(_, emit)| layout::file(String::new(), emit(&self.api)))
    }

    /// The operations and their types, for people and for other generators.
    #[must_use]
    pub fn inventory(&self) -> Inventory {
        Inventory::of(&self.api)
    }
}
