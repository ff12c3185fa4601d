use serde_json::Value;

use super::{Document, Source};

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

/// The same text with quotes around what readers of YAML 1.1 would take for a boolean.
fn quoted(mut text: String) -> String {
    while let Ok(document) = Document::parse(Source::new("written", text.as_str())) {
        let report = document.report();
        let odd = report.diagnostics().iter();
        let odd = odd.filter(|diagnostic| diagnostic.code() == "yaml::boolean_of_11");
        let mut places: Vec<_> = odd.map(|diagnostic| report.span(&diagnostic.place)).collect();
        if places.is_empty() {
            break;
        }
        // The last first, so that the others stay where they are.
        places.sort_by_key(|place| std::cmp::Reverse(place.start));
        for place in places {
            text.insert(place.end, '\'');
            text.insert(place.start, '\'');
        }
    }
    text
}

#[cfg(test)]
mod tests {
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
}
