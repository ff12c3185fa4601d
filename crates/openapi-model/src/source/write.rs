use serde_json::Value;

use super::{Document, Source, yaml};

/// A value as YAML, in block style where that can hold it and as JSON where not; [`Document::parse`](super::Document::parse) reads it back.
#[must_use]
pub fn to_yaml(value: &Value) -> String {
    let block = quoted(serde_yaml::to_string(value).unwrap_or_default());
    let read = Document::parse(Source::new("written", block.as_str()));
    if read.is_ok_and(|read| read.value() == value) {
        block
    } else {
        // A key that is `<<`, a line separator within a line: what block style gets wrong, JSON says plainly.
        format!("{value:#}\n")
    }
}

/// A YAML text with quotes around what readers of YAML 1.1 would take for a boolean.
fn quoted(text: String) -> String {
    let source = Source::new("written", text);
    let text = source.text();
    let mut quoted = String::new();
    let mut rest = 0;
    for word in yaml::words_of_11(&source) {
        quoted.push_str(text.get(rest..word.start).unwrap_or_default());
        quoted.extend(["'", text.get(word.clone()).unwrap_or_default(), "'"]);
        rest = word.end;
    }
    quoted.push_str(text.get(rest..).unwrap_or_default());
    quoted
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let value = json!({
            "text": ["", "null", "true", "1", "1e3", "0x1f", "~", "on", "2024-01-01", "- a", "a: b", "#", "é\n\n b ", "\t"],
            "other": [null, true, 1, -1, 1.5, 18_446_744_073_709_551_615_u64, {}, []],
            "No": ["on", {"off": "yes"}],
            "deep": {"a b": {"": [[1], [{"x": {}}]]}},
        });
        let odd = [
            json!({"a": "p\u{2028}q\u{85}"}),
            json!({"<<": {"a": 1}}),
            json!([{"=": null}]),
        ];
        for value in [value].into_iter().chain(odd) {
            let document = Document::parse(Source::new("written", to_yaml(&value))).unwrap();
            assert_eq!(*document.value(), value);
            assert!(document.report().is_empty());
        }
    }

    #[test]
    fn writing_quotes_as_many_words_as_there_are_at_once() {
        let time = |word: &str| {
            let value: Value = (0..4_000).map(|at| json!({"name": word, "at": at})).collect();
            let begun = Instant::now();
            let text = to_yaml(&value);
            (begun.elapsed(), text)
        };
        let (plain, _) = time("Nora");
        let (quoted, text) = time("No");
        assert_eq!(text.matches("name: 'No'\n").count(), 4_000);
        assert!(quoted < plain * 6, "{quoted:?} where {plain:?} would do");
    }
}
