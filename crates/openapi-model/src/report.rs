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
    /// Where each of them is: looking it up again for every finding that is added would be slow.
    starts: Vec<usize>,
}

impl Report {
    pub(crate) fn new(source: Arc<Source>, spans: Arc<Spans>) -> Self {
        Self {
            source,
            spans,
            diagnostics: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// Adds a finding at its place in the order. The same finding is kept once, however often it is made.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.extend([diagnostic]);
    }

    /// Adds findings at their places in the order.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        let starts = std::mem::take(&mut self.starts).into_iter();
        let mut placed: Vec<(usize, Diagnostic)> =
            starts.zip(std::mem::take(&mut self.diagnostics)).collect();
        let known = placed.len();
        placed.extend(diagnostics.into_iter().map(|diagnostic| {
            let start = span_of(&self.source, &self.spans, &diagnostic.place).start;
            (start, diagnostic)
        }));
        if placed.len() > known {
            placed.sort_by(|(start, one), (other_start, other)| {
                start
                    .cmp(other_start)
                    .then_with(|| one.code.cmp(&other.code))
                    .then_with(|| one.message.cmp(&other.message))
            });
            placed.dedup();
        }
        (self.starts, self.diagnostics) = placed.into_iter().unzip();
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
        let rows = self
            .diagnostics
            .iter()
            .zip(&self.starts)
            .map(|(diagnostic, start)| {
                let (line, column) = self.source.line_column(*start);
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
    let one_line = source.line_of(found.value.start) == source.line_of(found.value.end);
    match found.key {
        // What is not there, or too long to show, is shown by the key above it.
        Some(key) if anchor == Anchor::Key || !found.exact || !one_line => source.first_line(&key),
        Some(key) if found.value.is_empty() => source.first_line(&key),
        _ => source.first_line(&found.value),
    }
}
