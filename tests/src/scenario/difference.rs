use std::collections::BTreeSet;

use serde_json::Value;

/// Where two values are not alike, a line for each place.
pub(super) fn differences(place: &str, wanted: &Value, found: &Value) -> Vec<String> {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            let names: BTreeSet<_> = wanted.keys().chain(found.keys()).collect();
            let of = |name: &String| of_member(&below(place, name), wanted.get(name), found.get(name));
            names.into_iter().flat_map(of).collect()
        }
        (Value::Array(wanted), Value::Array(found)) => {
            let length = wanted.len().max(found.len());
            let of = |index: usize| {
                let place = below(place, &index.to_string());
                of_member(&place, wanted.get(index), found.get(index))
            };
            (0..length).flat_map(of).collect()
        }
        _ if wanted == found => Vec::new(),
        _ => vec![line(place, Some(wanted), Some(found))],
    }
}

fn of_member(place: &str, wanted: Option<&Value>, found: Option<&Value>) -> Vec<String> {
    match (wanted, found) {
        (Some(wanted), Some(found)) => differences(place, wanted, found),
        _ => vec![line(place, wanted, found)],
    }
}

fn line(place: &str, wanted: Option<&Value>, found: Option<&Value>) -> String {
    let text = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
    let place = if place.is_empty() { "the body" } else { place };
    format!("{place}: {} instead of {}", text(found), text(wanted))
}

fn below(place: &str, name: &str) -> String {
    if place.is_empty() {
        name.to_owned()
    } else {
        format!("{place}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_place_that_differs_has_a_line() {
        let wanted = json!({ "a": [1, 2], "b": "x", "same": {} });
        let found = json!({ "a": [1, 3, 4], "c": null, "same": {} });
        let lines = [
            "a.1: 3 instead of 2",
            "a.2: 4 instead of nothing",
            "b: nothing instead of \"x\"",
            "c: null instead of nothing",
        ];
        assert_eq!(differences("", &wanted, &found), lines);
        assert_eq!(
            differences("", &json!(1), &json!(2)),
            ["the body: 2 instead of 1"]
        );
    }
}
