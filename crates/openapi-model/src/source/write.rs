use serde_json::Value;

/// A value as YAML, in block style; [`Document::parse`](super::Document::parse) reads it back.
#[must_use]
pub fn to_yaml(value: &Value) -> String {
    // Only maps with keys that are no text, and tags, cannot be written; JSON has neither.
    serde_yaml::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::{Document, Source};

    #[test]
    fn what_is_written_is_read_back() {
        let value = json!({
            "text": ["", "null", "true", "1", "1e3", "0x1f", "~", "on", "2024-01-01", "- a", "a: b", "#", "é\n\n b ", "\t"],
            "other": [null, true, 1, -1, 1.5, 18_446_744_073_709_551_615_u64, {}, []],
            "deep": {"a b": {"": [[1], [{"x": {}}]]}},
        });
        let document = Document::parse(Source::new("written", to_yaml(&value))).unwrap();
        assert_eq!(*document.value(), value);
        assert!(document.report().is_empty());
    }
}
