use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

use super::limits::MAX_BYTES;
use super::spans::Spans;
use super::text::Source;
use super::{json, second_reading, value, yaml};
use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::model::Pointer;
use crate::report::Report;

/// A YAML or JSON document: its value, and where every part of it stands in the text.
#[derive(Clone, Debug)]
pub struct Document {
    source: Arc<Source>,
    value: Arc<Value>,
    spans: Arc<Spans>,
    warnings: Vec<Diagnostic>,
}

impl Document {
    /// Reads a text, once, within the limits of this crate ([`MAX_BYTES`] and its neighbours).
    ///
    /// # Errors
    /// The report of what is wrong with the text: its syntax, keys that stand twice, limits.
    pub fn parse(source: Source) -> Result<Self, Report> {
        let source = Arc::new(source);
        match read(&source) {
            Ok((value, spans, warnings)) => Ok(Self {
                source,
                value: Arc::new(value),
                spans: Arc::new(spans),
                warnings,
            }),
            Err((spans, faults)) => {
                let mut report = Report::new(source, Arc::new(spans));
                report.extend(faults);
                Err(report)
            }
        }
    }

    /// The text and its name.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The value, with aliases and merge keys written out.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The value at a pointer.
    #[must_use]
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.value.pointer(pointer.as_str())
    }

    /// The bytes of the key a pointer's last step names; none for the root, list items, and what is not there.
    #[must_use]
    pub fn key_span(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let place = self.spans.find(pointer);
        place.key.filter(|_| place.exact)
    }

    /// The bytes of the value at a pointer; where an alias stands, those of its anchor.
    #[must_use]
    pub fn value_span(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let place = self.spans.find(pointer);
        place.exact.then_some(place.value)
    }

    /// Line and column of the key (or, in a list, the item) at a pointer, both from 1. Where nothing stands there,
    /// of the nearest place above.
    #[must_use]
    pub fn position(&self, pointer: &Pointer) -> (usize, usize) {
        let place = self.spans.find(pointer);
        self.source.line_column(place.key.unwrap_or(place.value).start)
    }

    /// Reads YAML once more, through `serde_yaml`, and gives the first place where that finds another value.
    ///
    /// [`parse`](Self::parse) does so by itself where YAML leaves room for parsers to differ, and warns of what it finds;
    /// this asks whatever the text holds. Of JSON there is one reading.
    #[must_use]
    pub fn cross_check(&self) -> Option<Diagnostic> {
        if json::is_meant(&self.source) {
            return None;
        }
        second_reading::compare(self.source.text(), &self.value)
    }

    /// A report on this document; it begins with what reading the text gave cause to warn of.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut report = Report::new(Arc::clone(&self.source), Arc::clone(&self.spans));
        report.extend(self.warnings.iter().cloned());
        report
    }
}

type Reading = Result<(Value, Spans, Vec<Diagnostic>), (Spans, Vec<Diagnostic>)>;

fn read(source: &Source) -> Reading {
    if source.text().len() > MAX_BYTES {
        let fault = Fault::TooLong {
            limit: MAX_BYTES,
            length: source.text().len(),
        };
        return Err((Spans::default(), vec![fault.at_span(0..0)]));
    }
    let is_json = json::is_meant(source);
    let read = if is_json {
        json::read(source).map(|reading| yaml::Read {
            reading,
            is_ambiguous: false,
            warnings: Vec::new(),
        })
    } else {
        yaml::read(source)
    };
    let yaml::Read {
        reading,
        is_ambiguous,
        mut warnings,
    } = read.map_err(|fault| (Spans::default(), vec![*fault]))?;
    let (tree, value) = value::expand(reading);
    let spans = Spans::new(tree);
    match value {
        Ok(value) => {
            let difference = is_ambiguous.then(|| second_reading::compare(source.text(), &value));
            warnings.extend(difference.flatten());
            Ok((value, spans, warnings))
        }
        Err(faults) => Err((spans, faults)),
    }
}
