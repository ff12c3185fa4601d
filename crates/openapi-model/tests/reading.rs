//! Text to values with places: the traps of YAML, one by one.

use std::path::{Path, PathBuf};

use openapi_model::{Document, Pointer, Source};
use serde_json::{Value, json};

fn parse(text: &str) -> Document {
    Document::parse(Source::new("a.yaml", text))
        .unwrap_or_else(|report| panic!("{}", report.render(Default::default())))
}

fn codes(text: &str) -> Vec<String> {
    let report = match Document::parse(Source::new("a.yaml", text)) {
        Ok(document) => document.report(),
        Err(report) => report,
    };
    report
        .diagnostics()
        .iter()
        .map(|diagnostic| diagnostic.code().to_owned())
        .collect()
}

fn pointer(text: &str) -> Pointer {
    Pointer::from_text(text)
}

#[track_caller]
fn assert_places(document: &Document, at: &str, key: Option<&str>, value: &str) {
    let text = |span: Option<std::ops::Range<usize>>| span.map(|span| &document.source().text()[span]);
    assert_eq!(text(document.key_span(&pointer(at))), key, "the key at {at}");
    assert_eq!(
        text(document.value_span(&pointer(at))),
        Some(value),
        "the value at {at}"
    );
}

#[test]
fn spans_count_bytes_where_the_parser_counts_characters() {
    let document = parse("título: 'é'\nlist:\n  - ü: {a: ñ}\n  - b\n");
    assert_places(&document, "/título", Some("título"), "'é'");
    assert_places(&document, "/list/0/ü", Some("ü"), "{a: ñ}");
    assert_places(&document, "/list/0/ü/a", Some("a"), "ñ");
    assert_places(&document, "/list/1", None, "b");
    assert_places(&document, "/list", Some("list"), "- ü: {a: ñ}\n  - b");
    assert_eq!(document.position(&pointer("/list/1")), (4, 5));
}

#[test]
fn spans_survive_carriage_returns_and_a_byte_order_mark() {
    let document = parse("\u{feff}a: 1\r\nb:\r\n  c: two\r\n");
    assert_places(&document, "/a", Some("a"), "1");
    assert_places(&document, "/b/c", Some("c"), "two");
}

#[test]
fn block_scalars_and_quoted_ones_have_their_whole_span() {
    let document = parse("a: |\n  one\n  two\nb: \"x\\n\"\n");
    assert_eq!(document.value(), &json!({"a": "one\ntwo\n", "b": "x\n"}));
    assert_places(&document, "/b", Some("b"), "\"x\\n\"");
}

#[test]
fn a_status_is_the_same_key_with_and_without_quotes() {
    assert_eq!(
        parse("200: a\n'201': b\ntrue: c\n1.0: d\n").value(),
        &json!({"200": "a", "201": "b", "true": "c", "1.0": "d"})
    );
    assert_eq!(codes("200: a\n'200': b\n"), ["yaml::duplicate_key"]);
}

#[test]
fn an_alias_leads_to_its_anchors_place() {
    let document = parse("a: &x\n  b: 1\nc: *x\n");
    assert_eq!(document.value()["c"], json!({"b": 1}));
    assert_places(&document, "/c", Some("c"), "&x\n  b: 1");
    assert_places(&document, "/c/b", Some("b"), "1");
}

#[test]
fn merge_keys_are_written_out_and_what_is_said_wins() {
    let text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\nd:\n  <<: {w: 4}\ne: {'<<': text}\n";
    let document = parse(text);
    assert_eq!(document.value()["c"], json!({"x": 3, "y": 1, "z": 2}));
    assert_eq!(document.value()["d"], json!({"w": 4}));
    assert_places(&document, "/c/x", Some("x"), "3");
    assert_places(&document, "/c/z", Some("z"), "2");
}

#[test]
fn numbers_keep_their_values_and_dates_are_text() {
    let document =
        parse("a: 18446744073709551615\nb: 1e3\nc: 0x10\nd: 2024-01-01\ne: -0.5\nf: .inf\ng: 12:30:00\n");
    let expected = json!({"a": u64::MAX, "b": 1000.0, "c": 16, "d": "2024-01-01", "e": -0.5, "f": ".inf", "g": "12:30:00"});
    assert_eq!(document.value(), &expected);
}

/// The scalars on which YAML parsers like to differ: here the two readings must not.
#[test]
fn both_readings_agree_on_unusual_scalars() {
    let scalars = [
        "",
        "~",
        "Null",
        "True",
        "y",
        "nO",
        "'yes'",
        "0o17",
        "0x1F",
        "0b11",
        "017",
        "1_000",
        "+1",
        "-0",
        ".5",
        "1.",
        "1e3",
        "-1E-3",
        ".inf",
        "-.INF",
        "+.inf",
        ".NaN",
        "1e400",
        "18446744073709551615",
        "-9223372036854775808",
        "0.1e+1",
        "12:30",
        "=",
        "2001-12-14t21:59:43.10-05:00",
        "0x",
        "++1",
        "e3",
        "1e",
        "\"\\u00e9\"",
        "'it''s'",
    ];
    for scalar in scalars {
        assert_eq!(codes(&format!("a: {scalar}\n")), [""; 0], "{scalar}");
    }
}

/// What other parsers take for something else is not common ground: it is read again and warned of.
#[test]
fn texts_on_which_parsers_part_are_read_twice() {
    let texts = [
        "0x10: a\n",
        "-0: a\n",
        "1.10: a\n",
        "a: {0o7: b}\n",
        "a: >\n  b",
        "a: {b:, c: d}\n",
        ">\na\n",
    ];
    for text in texts {
        assert_eq!(codes(text), ["yaml::readings_differ"], "{text}");
        assert!(parse(text).cross_check().is_some(), "{text}");
    }
}

#[test]
fn an_alias_of_a_key_is_the_keys_text() {
    assert_eq!(
        parse("&a key: 1\nb: *a\n").value(),
        &json!({"key": 1, "b": "key"})
    );
}

#[test]
fn core_tags_are_followed_and_others_refused() {
    assert_eq!(
        parse("a: !!str 200\nb: !!int '7'\n").value(),
        &json!({"a": "200", "b": 7})
    );
    assert_eq!(codes("a: !!int x\n"), ["yaml::unknown_tag"]);
    assert_eq!(codes("a: !custom {b: 1}\n"), ["yaml::unknown_tag"]);
}

#[test]
fn json_may_be_indented_by_tabs_and_escape_surrogate_pairs() {
    let text = "{\n\t\"a\":\"\\ud83d\\ude00 \\/\",\n\t\"b\": [1, -2.5e3, null, true]\n}\n";
    for name in ["a.json", "a.yaml"] {
        let document = Document::parse(Source::new(name, text)).unwrap();
        assert_eq!(
            document.value(),
            &json!({"a": "😀 /", "b": [1, -2500.0, null, true]})
        );
        assert_places(&document, "/b/1", None, "-2.5e3");
        assert_places(&document, "/b", Some("\"b\""), "[1, -2.5e3, null, true]");
    }
}

#[test]
fn a_json_file_is_strict_and_says_where_it_fails() {
    let report = Document::parse(Source::new("a.json", "{\n  \"a\": 1,\n  \"b\" 2\n}")).unwrap_err();
    let row = &report.to_json()[0];
    assert_eq!(
        (&row["code"], &row["line"], &row["column"]),
        (&json!("json::syntax"), &json!(3), &json!(7))
    );
    assert!(Document::parse(Source::new("a.json", "a: 1")).is_err());
}

#[test]
fn what_yaml_1_1_takes_for_a_boolean_is_text_and_warned_of_where_it_stands() {
    let text =
        "yes: [a, {b: [Off, x: NO]}]\nc:\n  - - on\n    - 'on'\n  - OFF: |\n      no\n'no': !!str no\n";
    let document = parse(text);
    assert_eq!(document.value()["yes"][1]["b"][0], "Off");
    let report = document.report();
    let found: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|found| (found.code(), found.pointer().unwrap().as_str()))
        .collect();
    let code = "yaml::boolean_of_11";
    let places = ["/yes", "/yes/1/b/0", "/yes/1/b/1/x", "/c/0/0", "/c/1/OFF"];
    assert_eq!(found, places.map(|place| (code, place)));
    let json = Document::parse(Source::new("a.json", r#"{"yes": "no"}"#)).unwrap();
    assert!(json.report().is_empty());
}

#[test]
fn where_there_are_more_booleans_of_yaml_1_1_than_are_listed_that_is_said() {
    let codes = |words: usize| codes(&"- no\n".repeat(words));
    assert_eq!(codes(100), ["yaml::boolean_of_11"; 100]);
    for more in [101, 500] {
        let codes = codes(more);
        assert_eq!(codes.len(), 101);
        assert_eq!(codes[99..], ["yaml::boolean_of_11", "yaml::more_booleans_of_11"]);
    }
}

#[test]
fn keys_that_are_no_text_are_refused() {
    for text in ["[a]: 1\n", "{a: b}: 1\n", "~: 1\n", "a: &a x\n*a : 1\n"] {
        assert_eq!(codes(text), ["yaml::key_is_not_text"], "{text}");
    }
}

#[test]
fn what_is_nested_or_repeated_without_end_is_refused_and_not_run_into() {
    let deep = [
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        "{\"a\":".repeat(100_000),
    ];
    for text in deep {
        let codes = codes(&text);
        assert!(
            matches!(codes[0].as_str(), "yaml::too_deep" | "yaml::syntax"),
            "{codes:?}"
        );
    }
    let mut chain = "a0: &a0 [x]\n".to_owned();
    for link in 1..200 {
        chain += &format!("a{link}: &a{link} [*a{}]\n", link - 1);
    }
    assert_eq!(codes(&chain), ["yaml::too_deep"]);
    assert_eq!(codes("a: &a [*a]\n"), ["yaml::alias_of_itself"]);
}

#[test]
fn a_place_that_is_not_there_is_reported_at_the_nearest_above() {
    let document = parse("a:\n  b: 1\n");
    assert_eq!(document.value_span(&pointer("/a/c")), None);
    assert_eq!(document.position(&pointer("/a/c/d")), (1, 1));
}

/// Another parser is asked of every document, the unambiguous ones too; over all our documents they must agree, and
/// where they do not, `Document::parse` must have found so by itself.
#[test]
fn both_readings_of_every_document_agree() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut read = 0;
    for folder in ["specs", "tests/fixtures"] {
        for path in files(&repository.join(folder)) {
            let Ok(document) = Document::parse(Source::read(&path).unwrap()) else {
                continue;
            };
            let found = document.report();
            let mut codes = found.diagnostics().iter().map(openapi_model::Diagnostic::code);
            let warned = codes.any(|code| code == "yaml::readings_differ");
            let differs = document.cross_check().is_some();
            assert_eq!(warned, differs, "{}", path.display());
            assert_eq!(
                differs,
                path.ends_with("readings_differ.yaml"),
                "{}",
                path.display()
            );
            every_place_is_found(&document, document.value(), &Pointer::root());
            read += 1;
        }
    }
    assert!(read > 50, "only {read} documents were found");
}

/// Reading the bytes of a scalar's span alone gives the scalar again.
fn every_place_is_found(document: &Document, value: &Value, pointer: &Pointer) {
    let span = document
        .value_span(pointer)
        .unwrap_or_else(|| panic!("{pointer} has no place"));
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                assert!(
                    document.key_span(&pointer.join(key)).is_some(),
                    "{pointer} has no key {key}"
                );
                every_place_is_found(document, value, &pointer.join(key));
            }
        }
        Value::Array(items) => {
            let places = items.iter().enumerate();
            places.for_each(|(index, value)| every_place_is_found(document, value, &pointer.index(index)));
        }
        Value::Number(_) | Value::Bool(_) => {
            let text = &document.source().text()[span];
            assert_eq!(parse(text).value(), value, "{pointer}");
        }
        Value::Null | Value::String(_) => {}
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}
