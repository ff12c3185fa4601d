//! Where good YAML parsers may part.
//!
//! Most of a document is common ground: mappings and lists in block or flow style, words, quoted texts on one line,
//! decimal numbers. What is not, by the differences between YAML 1.1 and 1.2 and by what parsers are known to get
//! wrong, is named here. The claim that nothing else is ambiguous is held by tests: over every document at hand, and
//! over mutations of them, the readings of unambiguous text must agree.

use saphyr_parser::ScalarStyle;
use serde_json::Value;

/// Line breaks, white space and marks that parsers treat differently, and what divides a text into documents.
pub(super) fn in_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    is_directive(bytes)
        || bytes.iter().enumerate().any(|(at, byte)| match byte {
            // Nearly all of a text, and so the first to be asked about.
            b' '..=b'~' => false,
            _ => in_character(bytes.get(at..).unwrap_or_default()),
        })
}

/// The same for the beginning of what is left of a text.
fn in_character(rest: &[u8]) -> bool {
    let next = |ahead: usize| rest.get(ahead).copied().unwrap_or_default();
    match next(0) {
        b'\n' => {
            let line = rest.get(1..).unwrap_or_default();
            is_directive(line) || line.starts_with(b"---")
        }
        b' '..=b'~' => false,
        b'\r' => next(1) != b'\n',
        0..b' ' | 0x7f => true,
        0xc2 => next(1) < 0xa0,
        // The separators of lines and paragraphs, the byte order mark.
        0xe2 => next(1) == 0x80 && matches!(next(2), 0xa8 | 0xa9),
        0xef => matches!((next(1), next(2)), (0xbb, 0xbf) | (0xbf, 0xbe..)),
        _ => false,
    }
}

/// Whether a line is for the parser.
fn is_directive(line: &[u8]) -> bool {
    line.starts_with(b"%") || line.starts_with(b"...")
}

/// A scalar without a tag and an anchor, as it stands between `before` and the rest of the text.
pub(super) struct Scalar<'t> {
    /// The text up to it.
    pub(super) before: &'t str,
    /// The text after it.
    pub(super) after: &'t str,
    /// The bytes it is written in.
    pub(super) raw: &'t str,
    /// What a parser made of them.
    pub(super) text: &'t str,
    /// Its value, when that is no text.
    pub(super) value: Option<&'t Value>,
    pub(super) style: ScalarStyle,
    pub(super) is_key: bool,
    /// Whether it stands between brackets.
    pub(super) in_flow: bool,
}

impl Scalar<'_> {
    /// Whether parsers may differ on this scalar.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.is_odd_scalar()
            || self.is_key && self.is_odd_key()
            || self.in_flow && !self.is_plainly_between()
            || !self.in_flow && !self.is_plainly_ended()
    }

    fn is_odd_scalar(&self) -> bool {
        match self.style {
            ScalarStyle::Plain => self.is_odd_plain(),
            ScalarStyle::SingleQuoted => has_odd_break(self.raw),
            ScalarStyle::DoubleQuoted => has_odd_break(self.raw) || has_odd_escape(self.raw),
            ScalarStyle::Literal => self.is_odd_block(),
            ScalarStyle::Folded => {
                // Lines that are indented further are not folded, and neither are the breaks around them.
                self.is_odd_block() || self.text.contains("\n ") || self.text.contains("\n\n")
            }
        }
    }

    fn is_odd_plain(&self) -> bool {
        const MARKS: [char; 14] = [
            '%', '@', '`', '!', '&', '*', '|', '>', '?', ':', ',', '#', '\'', '"',
        ];
        let odd_in_flow = || self.raw.is_empty() || self.raw.contains(['?', '\n']) || self.raw.ends_with(':');
        has_odd_break(self.raw)
            || self.raw.starts_with(MARKS)
            || is_odd_number(self.raw)
            || self.in_flow && odd_in_flow()
    }

    /// Whether a scalar within brackets has what JSON would have before and after it.
    fn is_plainly_between(&self) -> bool {
        let before = self.before.trim_end().ends_with(['{', '[', ',', ':']);
        let after = self.after.trim_start_matches(' ');
        let after = if self.is_key {
            self.after.starts_with(": ")
        } else {
            after.starts_with([',', ']', '}', '\n', '\r'])
        };
        before && after
    }

    /// Whether a scalar without brackets around it ends its line, or is a key and the colon follows.
    fn is_plainly_ended(&self) -> bool {
        if matches!(self.style, ScalarStyle::Literal | ScalarStyle::Folded) {
            return true; // Whatever is indented less ends a block.
        }
        if self.is_key {
            return self.after.starts_with(": ")
                || self.after.starts_with(":\n")
                || self.after.starts_with(":\r");
        }
        let after = self.after.trim_start_matches(' ');
        let comment = after.starts_with('#') && after.len() < self.after.len();
        after.is_empty() || after.starts_with(['\n', '\r']) || comment
    }

    /// `? key`, a merge, a key on several lines or a very long one, and keys that are values: `True`, `1.0`, `0x10`.
    fn is_odd_key(&self) -> bool {
        const LONGEST: usize = 1_000;
        let explicit = self.before.trim_end_matches(' ').ends_with('?');
        let odd_value = match self.value {
            None | Some(Value::Bool(_)) => !matches!(self.text, "true" | "false") && self.value.is_some(),
            Some(Value::Number(number)) => number.as_u64().is_none() || self.text.starts_with('-'),
            Some(_) => true,
        };
        let long = self.raw.len() > LONGEST || self.raw.contains('\n');
        explicit || odd_value || long || matches!(self.text, "<<" | "=")
    }

    /// A block whose header says more than `|` or `>` and `-`, which does not begin at its first letter, or whose last
    /// line is not ended.
    fn is_odd_block(&self) -> bool {
        let header = self.before.trim_end();
        let header = header.strip_suffix('-').unwrap_or(header);
        let unended = self.after.is_empty() && !self.raw.ends_with('\n');
        !header.ends_with(['|', '>']) || self.text.starts_with([' ', '\n']) || self.text.is_empty() || unended
    }
}

/// What some parser might take for a number or an item, and does not look like a plain decimal.
fn is_odd_number(text: &str) -> bool {
    const LONGEST: usize = 15;
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return false;
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let magnitude = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = magnitude.split_once('.').unwrap_or((magnitude, "0"));
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    let decimal = digits(whole) && digits(fraction) && !leading_zero && magnitude.len() <= LONGEST;
    let version = text.split('.').count() > 2 && text.split('.').all(digits);
    let radix = ["0x", "0o", "0b", "0X"]
        .iter()
        .any(|prefix| magnitude.trim_start_matches('+').starts_with(prefix));
    let numeric = text.bytes().all(|byte| {
        byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-' | b'.' | b',' | b':' | b'e' | b'E')
    });
    let special = text.to_ascii_lowercase().ends_with(".inf") || text.to_ascii_lowercase().ends_with(".nan");
    let item = text
        .strip_prefix('-')
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) && !decimal);
    special || radix || item || numeric && !decimal && !version
}

/// White space before a line break.
fn has_odd_break(raw: &str) -> bool {
    // Most scalars are on one line, which is soon found out.
    raw.contains('\n') && (raw.contains(" \n") || raw.contains("\r\n"))
}

/// An escape beyond those of JSON's daily use.
fn has_odd_escape(raw: &str) -> bool {
    let mut rest = raw;
    while let Some((_, escape)) = rest.split_once('\\') {
        if !escape.starts_with(['"', '\\', 'n', 't', '\n']) {
            return true;
        }
        rest = escape.get(1..).unwrap_or_default();
    }
    false
}
