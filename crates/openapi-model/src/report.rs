use std::ops::Range;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::diagnostic::{Anchor, Diagnostic, Place, Severity};
use crate::render::{self, RenderOptions};
use crate::source::{Source, Spans};

/// Everything found about one document, in the order of the document.
#[derive(Clone, Debug)]
pub struct Report {
    source: Arc<Source>,
    spans: Arc<Spans>,
    /// Sorted by where they are, then by code.
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    pub(crate) fn new(source: Arc<Source>, spans: Arc<Spans>) -> Self {
        Self {
            source,
            spans,
            diagnostics: Vec::new(),
        }
    }

    /// Adds a finding at its place in the order. The same finding is kept once, however often it is made.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.extend([diagnostic]);
    }

    /// Adds findings at their places in the order.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.diagnostics.extend(diagnostics);
        let (source, spans) = (Arc::clone(&self.source), Arc::clone(&self.spans));
        self.diagnostics.sort_by_cached_key(|diagnostic| {
            let start = span_of(&source, &spans, &diagnostic.place).start;
            (start, diagnostic.code.clone(), diagnostic.message.clone())
        });
        self.diagnostics.dedup();
    }

    /// All findings, by their place in the document, then by code.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The text all of it is about.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// How many errors there are.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .count()
    }

    /// How many warnings there are.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.diagnostics.len() - self.errors()
    }

    /// Whether the document is unusable.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Makes every warning an error.
    pub fn deny_warnings(&mut self) {
        for diagnostic in &mut self.diagnostics {
            diagnostic.severity = Severity::Error;
        }
    }

    /// The findings for people: each with the lines it is about. Ends with a line that counts them; empty when
    /// there are none.
    #[must_use]
    pub fn render(&self, options: RenderOptions) -> String {
        render::render(self, options)
    }

    /// The findings for programs: a list of `code`, `severity`, `message`, `help`, `pointer`, `file`, `line` and
    /// `column`. `help` and `pointer` are null where there is none.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let rows = self.diagnostics.iter().map(|diagnostic| {
            let (line, column) = self.source.line_column(self.span(&diagnostic.place).start);
            json!({
                "code": diagnostic.code,
                "severity": diagnostic.severity.as_str(),
                "message": diagnostic.message,
                "help": diagnostic.help,
                "pointer": diagnostic.pointer().map(crate::Pointer::as_str),
                "file": self.source.name(),
                "line": line,
                "column": column,
            })
        });
        Value::Array(rows.collect())
    }

    pub(crate) fn shared_source(&self) -> Arc<Source> {
        Arc::clone(&self.source)
    }

    /// The bytes to show for a place; never more than a line.
    pub(crate) fn span(&self, place: &Place) -> Range<usize> {
        span_of(&self.source, &self.spans, place)
    }
}

fn span_of(source: &Source, spans: &Spans, place: &Place) -> Range<usize> {
    let (pointer, anchor) = match place {
        Place::Span(span) => return source.first_line(span),
        Place::Pointer(pointer, anchor) => (pointer, *anchor),
    };
    let found = spans.find(pointer);
    let one_line = source
        .text()
        .get(found.value.clone())
        .is_some_and(|text| !text.contains('\n'));
    match found.key {
        // What is not there, or too long to show, is shown by the key above it.
        Some(key) if anchor == Anchor::Key || !found.exact || !one_line => source.first_line(&key),
        Some(key) if found.value.is_empty() => source.first_line(&key),
        _ => source.first_line(&found.value),
    }
}
