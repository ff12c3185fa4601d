use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, NamedSource,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::Report;
use crate::source::Source;

/// How many findings are shown; the rest is counted.
const SHOWN: usize = 200;

/// How a report is drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RenderOptions {
    /// Columns to wrap at.
    pub width: usize,
    /// Whether to colour by ANSI escapes.
    pub color: bool,
    /// Whether to draw with box characters instead of ASCII.
    pub unicode: bool,
}

impl Default for RenderOptions {
    /// 100 columns of uncoloured ASCII: what reads well in a log and in a snapshot.
    fn default() -> Self {
        Self {
            width: 100,
            color: false,
            unicode: false,
        }
    }
}

/// Draws every finding, and a last line with their number.
pub(crate) fn render(report: &Report, options: RenderOptions) -> String {
    let characters = if options.unicode {
        ThemeCharacters::unicode()
    } else {
        ThemeCharacters::ascii()
    };
    let styles = if options.color {
        ThemeStyles::ansi()
    } else {
        ThemeStyles::none()
    };
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(options.width.max(40))
        .with_context_lines(1)
        .with_links(false);
    let source = NamedSource::new(report.source().name(), SharedText(report.shared_source()));
    let mut text = String::new();
    for diagnostic in report.diagnostics().iter().take(SHOWN) {
        let shown = Shown {
            diagnostic,
            report,
            source: &source,
        };
        // Writing to a string cannot fail; a finding that cannot be drawn is still worth its message.
        if handler.render_report(&mut text, &shown).is_err() {
            text.push_str(&diagnostic.message);
        }
        text.push('\n');
    }
    text.push_str(&closing_line(report));
    text
}

fn closing_line(report: &Report) -> String {
    let count = |number: usize, noun: &str| match number {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{number} {noun}s")),
    };
    let counts = [
        count(report.errors(), "error"),
        count(report.warnings(), "warning"),
    ];
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    if counts.is_empty() {
        return String::new();
    }
    let cut = if report.diagnostics().len() > SHOWN {
        format!(", the first {SHOWN} shown")
    } else {
        String::new()
    };
    format!("{}: {}{cut}\n", report.source().name(), counts.join(", "))
}

/// The text, shared: a clone per drawn finding would cost the document each time.
#[derive(Debug)]
struct SharedText(Arc<Source>);

impl SourceCode for SharedText {
    /// The lines around a span; of lines that are too long to show (a whole document may stand on one), the part
    /// around the span.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        const LONGEST: usize = 250;
        const AROUND: usize = 40;
        let (source, text) = (&self.0, self.0.text());
        if before == 0 && after == 0 {
            return Ok(self.contents(span.offset()..span.offset() + span.len())); // Asked for the place alone.
        }
        let (span_start, span_end) = (span.offset(), span.offset() + span.len());
        let lines = source.line_of(span_start)..source.line_of(span_end) + 1;
        let shown = lines.start.saturating_sub(before)..lines.end + after;
        let mut start = source.line_start(shown.start);
        let mut end = source.line_start(shown.end);
        let length = |line: usize| source.line_start(line + 1) - source.line_start(line);
        if shown.clone().any(|line| length(line) > LONGEST) {
            if span.len() > LONGEST {
                return Err(MietteError::OutOfBounds); // Two places too far apart to be drawn together.
            }
            let (first, last) = (source.line_start(lines.start), source.line_start(lines.end));
            start = text
                .floor_char_boundary(span_start.saturating_sub(AROUND))
                .max(first);
            end = text.ceil_char_boundary(span_end + AROUND).min(last);
        }
        Ok(self.contents(start..end))
    }
}

impl SharedText {
    fn contents(&self, span: Range<usize>) -> Box<dyn SpanContents<'_> + '_> {
        let (line, column) = self.0.line_column(span.start);
        let data = self.0.text().get(span.clone()).unwrap_or_default();
        let lines = data.lines().count();
        Box::new(MietteSpanContents::new(
            data.as_bytes(),
            span.into(),
            line - 1,
            column - 1,
            lines,
        ))
    }
}

/// A finding with its spans looked up, as miette wants it.
struct Shown<'a> {
    diagnostic: &'a Diagnostic,
    report: &'a Report,
    source: &'a NamedSource<SharedText>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic.fmt(f)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.diagnostic.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.diagnostic
            .help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let main = self.report.span(&self.diagnostic.place);
        let main = LabeledSpan::new_primary_with_span(self.diagnostic.label.clone(), main);
        let related = self.diagnostic.related.iter();
        let related = related.map(|(place, label)| LabeledSpan::at(self.report.span(place), label));
        Some(Box::new(std::iter::once(main).chain(related)))
    }
}
