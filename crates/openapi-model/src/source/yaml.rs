use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, Tag};
use serde_json::Value;

use super::scalar;
use super::text::Source;
use super::tree::{Builder, Leaf, NodeId, NodeKind, Stop, Tree};
use crate::fault::Fault;

/// Reads YAML text into a tree.
pub(super) fn read(source: &Source) -> Result<Tree, Stop> {
    let mut reading = Reading {
        offsets: Offsets::of(source.text()),
        text: source.text(),
        builder: Builder::default(),
        anchors: BTreeMap::new(),
        documents: 0,
    };
    let mut parser = Parser::new_from_str(source.text());
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) => reading.event(event, span)?,
            Err(error) => {
                let at = source.end_if_beyond(reading.offsets.byte(error.marker()));
                return Err(Fault::YamlSyntax {
                    problem: error.info().to_owned(),
                }
                .at_span(at..at)
                .into());
            }
        }
    }
    Ok(reading.builder.finish())
}

struct Reading<'t> {
    text: &'t str,
    offsets: Offsets,
    builder: Builder,
    anchors: BTreeMap<usize, NodeId>,
    documents: usize,
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        let place = self.offsets.span(&span);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Fault::SeveralDocuments.at_span(place).into());
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let leaf =
                    leaf(&text, style, tag.as_deref()).map_err(|fault| fault.at_span(place.clone()))?;
                let id = self.builder.scalar(leaf, place)?;
                self.anchors.insert(anchor, id);
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(NodeKind::Sequence(Vec::new()), anchor, tag, "seq", place)?;
            }
            Event::MappingStart(anchor, tag) => {
                self.open(NodeKind::Mapping(Vec::new()), anchor, tag, "map", place)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                // Only flow style ends at a bracket; the end of a block is wherever the next thing begins.
                let bracket = self
                    .text
                    .get(place.clone())
                    .is_some_and(|text| matches!(text, "]" | "}"));
                self.builder.close(if bracket { place.end } else { 0 });
            }
            Event::Alias(anchor) => {
                if let Some(target) = self.anchors.get(&anchor) {
                    self.builder.alias(*target, place)?;
                }
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        kind: NodeKind,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        expected: &str,
        place: Range<usize>,
    ) -> Result<(), Stop> {
        if let Some(tag) = tag
            && !(tag.is_yaml_core_schema() && tag.suffix == expected)
        {
            return Err(Fault::UnknownTag { tag: tag.to_string() }.at_span(place).into());
        }
        let id = self.builder.open(kind, place)?;
        self.anchors.insert(anchor, id);
        Ok(())
    }
}

fn leaf(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Leaf, Fault> {
    let quoted = || Value::String(text.to_owned());
    let value = match tag {
        None if style == ScalarStyle::Plain => scalar::plain(text),
        None => quoted(),
        Some(tag) if tag.is_yaml_core_schema() => {
            let plain = scalar::plain(text);
            match (tag.suffix.as_str(), plain) {
                ("str", _) => quoted(),
                ("null", plain @ Value::Null)
                | ("bool", plain @ Value::Bool(_))
                | ("int" | "float", plain @ Value::Number(_)) => plain,
                _ => {
                    return Err(Fault::UnknownTag {
                        tag: format!("!!{}", tag.suffix),
                    });
                }
            }
        }
        Some(tag) if tag.handle.is_empty() && tag.suffix == "!" => quoted(),
        Some(tag) => return Err(Fault::UnknownTag { tag: tag.to_string() }),
    };
    // A key is always text in JSON: `200:` and `'200':` are the same key. Only "no key at all" is none.
    let key = (!value.is_null()).then(|| text.to_owned());
    let merge = style == ScalarStyle::Plain && tag.is_none() && text == "<<";
    Ok(Leaf { value, key, merge })
}

/// The parser counts characters, reports count bytes.
struct Offsets {
    /// The byte of each character; empty for ASCII text, where both counts agree.
    bytes: Vec<usize>,
    end: usize,
}

impl Offsets {
    fn of(text: &str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(byte, _)| byte).collect()
        };
        Self {
            bytes,
            end: text.len(),
        }
    }

    fn byte(&self, marker: &Marker) -> usize {
        let index = marker.index();
        if self.bytes.is_empty() {
            return index.min(self.end);
        }
        self.bytes.get(index).copied().unwrap_or(self.end)
    }

    fn span(&self, span: &Span) -> Range<usize> {
        let start = self.byte(&span.start);
        start..self.byte(&span.end).max(start)
    }
}
