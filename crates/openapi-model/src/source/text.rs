use std::ops::Range;
use std::path::Path;

use super::characters::Characters;

/// A document's text and the name it goes by in reports.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Source {
    name: String,
    text: String,
    /// The byte each line begins at, the first excepted.
    line_starts: Vec<usize>,
    characters: Characters,
}

impl Source {
    /// A source from text at hand. A name that ends in `.json` asks for strict JSON; everything else is YAML, of
    /// which JSON is a part. A byte order mark is dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let line_starts = text.match_indices('\n').map(|(newline, _)| newline + 1).collect();
        Self {
            name: name.into(),
            line_starts,
            characters: Characters::of(&text),
            text,
        }
    }

    /// Reads a file; the path, as given, becomes the name.
    ///
    /// # Errors
    /// When the file cannot be read or is no UTF-8.
    pub fn read(path: &Path) -> std::io::Result<Self> {
        Ok(Self::new(
            path.display().to_string(),
            std::fs::read_to_string(path)?,
        ))
    }

    /// The name reports show.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the name asks for strict JSON.
    pub(super) fn is_json(&self) -> bool {
        Path::new(&self.name)
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> usize {
        self.line_starts.len() + 1
    }

    /// Line and column of a byte, both from 1; columns count characters.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.line_of(offset);
        let before = |byte: usize| self.characters.before(&self.text, byte);
        let offset = self.text.floor_char_boundary(offset);
        (line + 1, before(offset) - before(self.line_start(line)) + 1)
    }

    /// The byte a character begins at, from 0; of one beyond the last, the end of the text.
    pub(super) fn byte(&self, character: usize) -> usize {
        self.characters.byte(&self.text, character)
    }

    /// The line a byte stands on, from 0.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// The byte a line, from 0, begins at; of a line beyond the last, the end of the text.
    pub(crate) fn line_start(&self, line: usize) -> usize {
        match line.checked_sub(1) {
            None => 0,
            Some(index) => self.line_starts.get(index).copied().unwrap_or(self.text.len()),
        }
    }

    /// The byte at a line and column, both from 1, where the column counts bytes.
    pub(super) fn offset(&self, line: usize, column: usize) -> usize {
        let offset = self.line_start(line.saturating_sub(1)) + column.saturating_sub(1);
        self.text.floor_char_boundary(offset)
    }

    /// The offset, or the end of what can be seen where it lies beyond that: the place of "more was expected".
    pub(super) fn end_if_beyond(&self, offset: usize) -> usize {
        offset.min(self.text.trim_end().len())
    }

    /// The span cut to its first line, to a length that can be shown, and to character boundaries; never beyond the
    /// text.
    pub(crate) fn first_line(&self, span: &Range<usize>) -> Range<usize> {
        const LONGEST: usize = 200;
        let start = self.text.floor_char_boundary(span.start);
        let end = self.text.floor_char_boundary(span.end.min(start + LONGEST));
        let rest = self.text.get(start..end).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end();
        start..start + line.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(Source::new("a.yaml", "\u{feff}a: 1").text(), "a: 1");
    }

    #[test]
    fn columns_count_characters_and_offsets_count_bytes() {
        let source = Source::new("a.yaml", "é: 1\r\nb: ü x\n");
        let x = source.text().find('x').unwrap();
        assert_eq!(source.line_column(x), (2, 6));
        assert_eq!(source.offset(2, 1), source.text().find('b').unwrap());
        assert_eq!(source.offset(99, 99), source.text().len());
    }
}
