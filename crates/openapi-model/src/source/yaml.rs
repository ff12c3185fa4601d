use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use serde_json::Value;

use super::ambiguity;
use super::scalar;
use super::text::Source;
use super::tree::{Builder, NodeId, NodeKind, Reading, Stop};
use crate::diagnostic::Diagnostic;
use crate::fault::Fault;

/// Of more words that YAML 1.1 takes for something else only the first is told of, and that there are more.
const MOST_WORDS: usize = 100;

/// What a text is read as.
pub(super) struct Read {
    pub(super) reading: Reading,
    /// Whether another parser might read it otherwise.
    pub(super) is_ambiguous: bool,
    /// What parsers of YAML 1.1 read otherwise for certain.
    pub(super) warnings: Vec<Diagnostic>,
}

/// Reads YAML.
pub(super) fn read(source: &Source) -> Result<Read, Stop> {
    let mut events = Events {
        source,
        builder: Builder::for_lines(source.lines()),
        anchors: BTreeMap::new(),
        documents: 0,
        flow_depth: 0,
        is_ambiguous: ambiguity::in_text(source.text()),
        warnings: Vec::new(),
    };
    let mut parser = Parser::new_from_str(source.text());
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) => events.take(event, span)?,
            Err(error) => {
                let at = source.end_if_beyond(source.byte(error.marker().index()));
                return Err(Fault::YamlSyntax {
                    problem: error.info().to_owned(),
                }
                .at_span(at..at)
                .into());
            }
        }
    }
    Ok(Read {
        reading: events.builder.finish(),
        is_ambiguous: events.is_ambiguous,
        warnings: events.warnings,
    })
}

/// Where a text has words that YAML 1.1 takes for a boolean, in their order; up to where it is no YAML.
pub(super) fn words_of_11(source: &Source) -> Vec<Range<usize>> {
    let mut parser = Parser::new_from_str(source.text());
    let events = std::iter::from_fn(|| parser.next_event()?.ok());
    let words = events.filter_map(|(event, span)| match event {
        Event::Scalar(text, ScalarStyle::Plain, _, None) if scalar::boolean_of_11(&text).is_some() => {
            let start = source.byte(span.start.index());
            Some(start..start + text.len())
        }
        _ => None,
    });
    words.collect()
}

struct Events<'t> {
    source: &'t Source,
    builder: Builder,
    anchors: BTreeMap<usize, NodeId>,
    documents: usize,
    /// How many brackets are open.
    flow_depth: usize,
    is_ambiguous: bool,
    warnings: Vec<Diagnostic>,
}

impl Events<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        let place = self.place(span);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Fault::SeveralDocuments.at_span(place).into());
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, style, anchor, tag.as_deref(), place)?
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(NodeKind::Sequence(Vec::new()), anchor, tag, "seq", place)?;
            }
            Event::MappingStart(anchor, tag) => {
                self.open(NodeKind::Mapping(Vec::new()), anchor, tag, "map", place)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                // Only flow style ends at a bracket; the end of a block is wherever the next thing begins.
                let bracket = matches!(self.text(&place), "]" | "}");
                self.flow_depth -= usize::from(bracket && self.flow_depth > 0);
                self.builder.close(if bracket { place.end } else { 0 });
            }
            Event::Alias(anchor) => {
                self.is_ambiguous = true;
                if let Some(target) = self.anchors.get(&anchor) {
                    self.builder.alias(*target, place)?;
                }
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        place: Range<usize>,
    ) -> Result<(), Stop> {
        let value = special(&text, style, tag).map_err(|fault| fault.at_span(place.clone()))?;
        let is_key = self.builder.expects_key();
        if style == ScalarStyle::Plain && tag.is_none() {
            self.warn_of_boolean(&text, is_key);
        }
        self.is_ambiguous |= self.builder.is_empty(); // A scalar alone, which nobody writes and some parsers misread.
        // The parser counts the white space after a plain scalar on several lines as its own.
        let end = match style {
            ScalarStyle::Plain => place.start + self.text(&place).trim_end().len(),
            _ => place.end,
        };
        let is_ambiguous = tag.is_some()
            || anchor > 0
            || ambiguity::Scalar {
                before: self.text(&(0..place.start)),
                raw: self.text(&(place.start..end)),
                after: self.text(&(end..self.source.text().len())),
                text: &text,
                value: value.as_ref(),
                style,
                is_key,
                in_flow: self.flow_depth > 0,
            }
            .is_ambiguous();
        self.is_ambiguous |= is_ambiguous;
        if !is_key {
            let value = value.unwrap_or_else(|| Value::String(text.into_owned()));
            let id = self.builder.scalar(value, place)?;
            self.anchor(anchor, id);
            return Ok(());
        }
        // A key is always text in JSON: `200:` and `'200':` are the same key. Only "no key at all" is none.
        if value == Some(Value::Null) {
            return Err(Fault::KeyIsNotText.at_span(place).into());
        }
        if anchor > 0 {
            let value = value.unwrap_or_else(|| Value::String(text.clone().into_owned()));
            let id = self.builder.loose_scalar(value, place.clone())?;
            self.anchor(anchor, id);
        }
        let merge = style == ScalarStyle::Plain && tag.is_none() && text == "<<";
        self.builder.key(text.into_owned(), place, merge);
        Ok(())
    }

    fn warn_of_boolean(&mut self, text: &str, is_key: bool) {
        let Some(value) = scalar::boolean_of_11(text).filter(|_| self.warnings.len() <= MOST_WORDS) else {
            return;
        };
        let fault = if self.warnings.len() < MOST_WORDS {
            let word = text.to_owned();
            Fault::BooleanOf11 { word, value }
        } else {
            Fault::MoreBooleansOf11 { limit: MOST_WORDS }
        };
        let place = self.builder.next_place(is_key.then_some(text));
        self.warnings.push(if is_key {
            fault.at_key(&place)
        } else {
            fault.at(&place)
        });
    }

    fn open(
        &mut self,
        kind: NodeKind,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        expected: &str,
        place: Range<usize>,
    ) -> Result<(), Stop> {
        self.is_ambiguous |= tag.is_some() || anchor > 0;
        if let Some(tag) = tag
            && !(tag.is_yaml_core_schema() && tag.suffix == expected)
        {
            return Err(Fault::UnknownTag { tag: tag.to_string() }.at_span(place).into());
        }
        let in_brackets = self.text(&place).starts_with(['[', '{']);
        // `[a: b]` is a list of one mapping.
        self.is_ambiguous |= self.flow_depth > 0 && !in_brackets;
        self.flow_depth += usize::from(in_brackets);
        let id = self.builder.open(kind, place)?;
        self.anchor(anchor, id);
        Ok(())
    }

    /// Remembers what an anchor names; zero is none.
    fn anchor(&mut self, anchor: usize, id: NodeId) {
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
    }

    fn text(&self, place: &Range<usize>) -> &str {
        self.source.text().get(place.clone()).unwrap_or_default()
    }

    /// The parser counts characters, reports count bytes.
    fn place(&self, span: Span) -> Range<usize> {
        let start = self.source.byte(span.start.index());
        start..self.source.byte(span.end.index()).max(start)
    }
}

/// What a scalar is when it is no text.
fn special(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Option<Value>, Fault> {
    match tag {
        None if style == ScalarStyle::Plain => Ok(scalar::plain(text)),
        None => Ok(None),
        Some(tag) if tag.is_yaml_core_schema() => match (tag.suffix.as_str(), scalar::plain(text)) {
            ("str", _) => Ok(None),
            ("null", plain @ Some(Value::Null))
            | ("bool", plain @ Some(Value::Bool(_)))
            | ("int" | "float", plain @ Some(Value::Number(_))) => Ok(plain),
            _ => Err(Fault::UnknownTag {
                tag: format!("!!{}", tag.suffix),
            }),
        },
        Some(tag) if tag.handle.is_empty() && tag.suffix == "!" => Ok(None),
        Some(tag) => Err(Fault::UnknownTag { tag: tag.to_string() }),
    }
}
