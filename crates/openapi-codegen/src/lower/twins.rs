//! What the run-time library decides once more, as generated code must not depend on this crate: both hold the same.

use api_support::schema::{Format, compile_pattern};
use api_support::{essence, media_type_parameters};

use super::{content, table};

#[test]
fn the_formats_taken_for_checked_are_those_that_are_checked() {
    assert_eq!(table::CHECKED_FORMATS, Format::ALL.map(Format::as_str));
}

#[test]
fn media_types_are_taken_apart_alike() {
    let media_types = [
        "application/json",
        " Application/JSON ; charset=UTF-8",
        "application/json;v=1;V=\"2\"",
        "text/plain; a=\"x; y\\\"z\\\\\"; b = c ;bare",
        "*/*",
        "garbage",
        "",
        ";",
        "text/plain; a=\"never closed; b=c",
    ];
    for media_type in media_types {
        assert_eq!(content::essence(media_type), essence(media_type), "{media_type}");
        let parameters = media_type_parameters(media_type);
        assert_eq!(content::parameters(media_type), parameters, "{media_type}");
    }
}

#[test]
fn patterns_are_compiled_alike() {
    let patterns = [
        "^[a-z]+$",
        r"^\p{Lu}.$",
        r"^\-\_a$",
        r"(?<year>\d{4})-\k<year>",
        r"^(?=.*\d).{3,}$",
        "^.$",
        "(?i)^a$",
        "[",
        "a{2,1}",
        r"\u{1F600}",
    ];
    let texts = ["a", "abc", "Ñx", "-_a", "2024-2024", "ab1", "😀", ""];
    for pattern in patterns {
        match (table::compile(pattern), compile_pattern(pattern)) {
            (Ok(ours), Ok(theirs)) => {
                for text in texts {
                    let found = [&ours, &theirs].map(|regex| regex.find(text).map(|found| found.range()));
                    assert_eq!(found[0], found[1], "{pattern} in {text}");
                }
            }
            (Err(ours), Err(theirs)) => assert_eq!(ours, theirs, "{pattern}"),
            (ours, theirs) => panic!("{pattern}: {ours:?}, {theirs:?}"),
        }
    }
}
