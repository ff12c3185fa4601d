use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::text::Source;
use super::tree::{Builder, NodeKind, Reading, Stop};
use crate::fault::Fault;

/// Reads strict JSON.
///
/// JSON goes its own way, although YAML contains it, because YAML's parsers part from it where real documents go:
/// tabs as indentation, keys beyond 1,024 characters, escaped surrogate pairs. `serde_json` first says whether the
/// text is JSON at all; the scanner below may rely on that and only finds out where things stand.
pub(super) fn read(source: &Source) -> Result<Reading, Stop> {
    let mut scanner = Scanner {
        text: source.text(),
        at: 0,
        builder: Builder::default(),
    };
    let syntax = serde_json::from_str::<IgnoredAny>(source.text());
    let scanned = scanner.run();
    match (syntax, scanned) {
        (Ok(_), Ok(())) => Ok(scanner.builder.finish()),
        (_, Err(ScanEnd::Fault(fault))) => Err(fault),
        (Err(error), _) => {
            let at = source.end_if_beyond(source.offset(error.line(), error.column()));
            Err(Fault::JsonSyntax {
                problem: problem(&error),
            }
            .at_span(at..at)
            .into())
        }
        (Ok(_), Err(ScanEnd::Stray)) => {
            let problem = "a text that cannot be decoded".to_owned();
            Err(Fault::JsonSyntax { problem }
                .at_span(scanner.at..scanner.at)
                .into())
        }
    }
}

/// Whether a text is to be read as JSON: its name says so, or it is.
pub(super) fn is_meant(source: &Source) -> bool {
    source.is_json() || looks_like_json(source.text())
}

fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// `serde_json`'s message without its own " at line 3 column 4": the report shows the place.
fn problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ")
        .map_or(text.clone(), |(problem, _)| problem.to_owned())
}

enum ScanEnd {
    Fault(Stop),
    Stray,
}

impl From<Stop> for ScanEnd {
    fn from(fault: Stop) -> Self {
        Self::Fault(fault)
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    builder: Builder,
}

impl Scanner<'_> {
    fn run(&mut self) -> Result<(), ScanEnd> {
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            let start = self.at;
            match byte {
                b'{' => {
                    self.builder
                        .open(NodeKind::Mapping(Vec::new()), start..start + 1)?;
                }
                b'[' => {
                    self.builder
                        .open(NodeKind::Sequence(Vec::new()), start..start + 1)?;
                }
                b'}' | b']' => self.builder.close(start + 1),
                b'"' => {
                    let span = self.string();
                    self.scalar(span)?;
                    continue;
                }
                b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' => {}
                _ => {
                    let span = self.word();
                    self.scalar(span)?;
                    continue;
                }
            }
            self.at += 1;
        }
        Ok(())
    }

    fn scalar(&mut self, span: Range<usize>) -> Result<(), ScanEnd> {
        let text = self.text.get(span.clone()).unwrap_or_default();
        let value: Value = serde_json::from_str(text).map_err(|_| ScanEnd::Stray)?;
        self.at = span.end;
        match value {
            Value::String(text) if self.builder.expects_key() => self.builder.key(text, span, false),
            value => {
                self.builder.scalar(value, span)?;
            }
        }
        Ok(())
    }

    fn string(&self) -> Range<usize> {
        let mut escaped = false;
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        let length = rest.iter().position(|byte| {
            let closes = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            closes
        });
        self.at..length.map_or(self.text.len(), |length| self.at + length + 2)
    }

    fn word(&self) -> Range<usize> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest
            .find(|c: char| matches!(c, ',' | ':' | ']' | '}' | '"' | '[' | '{') || c.is_whitespace())
            .unwrap_or(rest.len());
        self.at..self.at + length.max(1)
    }
}
