use serde_json::Value;

use super::difference::differences;
use super::memory::Memory;
use crate::wire::Answer;

/// Something that has to be true of an answer, or that is kept of it.
#[derive(Clone, Debug)]
pub enum AnswerCheck {
    /// At this place of the body there is this value.
    Has(String, Value),
    /// There is nothing.
    Lacks(String),
    /// There is another value than this one.
    Differs(String, Value),
    /// There is a value that this JSON schema allows.
    Fits(String, Value),
    /// There is a list whose items have these values at a place of theirs.
    Lists(String, String, Vec<Value>),
    /// There is a header of this value.
    Header(&'static str, String),
    /// There is no such header.
    LacksHeader(&'static str),
    /// There are links of these relations to these addresses, in whichever order, and no others.
    Links(Vec<(&'static str, String)>),
    /// What is at this place is kept under this name.
    Keep(String, &'static str),
    /// The value of a header is kept under this name.
    KeepHeader(&'static str, &'static str),
    /// Where the link of this relation leads is kept under this name.
    KeepLink(&'static str, &'static str),
}

impl AnswerCheck {
    /// What is wrong with an answer; empty: nothing.
    pub(super) fn problems(&self, answer: &Answer, memory: &mut Memory) -> Vec<String> {
        let body = answer.json();
        match self {
            Self::Has(place, value) => {
                let wanted = memory.recalled(value);
                match at(&body, place) {
                    Some(found) => differences(place, &wanted, found),
                    None => vec![format!("{}: nothing instead of {wanted}", named(place))],
                }
            }
            Self::Lacks(place) => at(&body, place)
                .map(|found| format!("{}: {found}, where there should be nothing", named(place)))
                .into_iter()
                .collect(),
            Self::Differs(place, value) => match at(&body, place) {
                Some(found) if *found != memory.recalled(value) => Vec::new(),
                Some(found) => vec![format!("{}: {found}, as before", named(place))],
                None => vec![format!("{}: nothing", named(place))],
            },
            Self::Fits(place, schema) => {
                let found = at(&body, place).cloned().unwrap_or_default();
                let error = jsonschema::validate(schema, &found).err();
                error
                    .map(|error| format!("{}: {error}", named(place)))
                    .into_iter()
                    .collect()
            }
            Self::Lists(place, of_each, values) => {
                let items = at(&body, place).and_then(Value::as_array);
                let found = items.into_iter().flatten();
                let found = found.map(|item| at(item, of_each).cloned().unwrap_or_default());
                differences(
                    &format!("{place}.*.{of_each}"),
                    &memory.recalled(&Value::Array(values.clone())),
                    &found.collect(),
                )
            }
            Self::Header(name, value) => {
                let (wanted, found) = (memory.text(value), answer.header(name));
                (found != Some(wanted.as_str()))
                    .then(|| format!("header {name}: {found:?} instead of {wanted:?}"))
                    .into_iter()
                    .collect()
            }
            Self::LacksHeader(name) => answer
                .header(name)
                .map(|found| format!("header {name}: {found:?}, where there should be none"))
                .into_iter()
                .collect(),
            Self::Links(links) => {
                let wanted = links
                    .iter()
                    .map(|(relation, target)| ((*relation).to_owned(), memory.text(target).into()));
                let found = answer
                    .links()
                    .into_iter()
                    .map(|(relation, target)| (relation, target.into()));
                differences(
                    "links",
                    &Value::Object(wanted.collect()),
                    &Value::Object(found.collect()),
                )
            }
            Self::Keep(place, name) => match at(&body, place) {
                Some(found) => {
                    memory.keep(name, found.clone());
                    Vec::new()
                }
                None => vec![format!("{}: nothing to keep as {name}", named(place))],
            },
            Self::KeepHeader(header, name) => match answer.header(header) {
                Some(found) => {
                    memory.keep(name, found.into());
                    Vec::new()
                }
                None => vec![format!("header {header}: nothing to keep as {name}")],
            },
            Self::KeepLink(relation, name) => match answer.links().remove(*relation) {
                Some(found) => {
                    memory.keep(name, found.into());
                    Vec::new()
                }
                None => vec![format!("no link {relation} to keep as {name}")],
            },
        }
    }
}

/// What is at a place such as `errors.0.code`.
fn at<'a>(body: &'a Value, place: &str) -> Option<&'a Value> {
    if place.is_empty() {
        return Some(body);
    }
    body.pointer(&format!("/{}", place.replace('.', "/")))
}

fn named(place: &str) -> &str {
    if place.is_empty() { "the body" } else { place }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn count(check: &AnswerCheck) -> usize {
        let body = json!({ "a": { "b": [1, { "c": "x" }] }, "n": null });
        let answer = Answer {
            status: 200,
            headers: vec![
                ("h".to_owned(), "x".to_owned()),
                (
                    "link".to_owned(),
                    "</a?x>; rel=\"next\", </b>; rel=\"last\"".to_owned(),
                ),
            ],
            body: body.to_string().into_bytes(),
        };
        let mut memory = Memory::default();
        memory.keep("seen", json!("x"));
        check.problems(&answer, &mut memory).len()
    }

    #[test]
    fn a_check_finds_what_is_not_as_it_says() {
        let place = |place: &str| place.to_owned();
        for (check, problems) in [
            (AnswerCheck::Has(place("a.b.1.c"), json!("{seen}")), 0),
            (AnswerCheck::Has(place("a.b.1.c"), json!("y")), 1),
            (AnswerCheck::Has(place("a.b"), json!([2, { "c": "y" }])), 2),
            (AnswerCheck::Has(place("gone"), json!(1)), 1),
            (AnswerCheck::Has(place("n"), json!(null)), 0),
            (AnswerCheck::Lacks(place("gone")), 0),
            (AnswerCheck::Lacks(place("n")), 1),
            (AnswerCheck::Differs(place("a.b.0"), json!(2)), 0),
            (AnswerCheck::Differs(place("a.b.0"), json!(1)), 1),
            (AnswerCheck::Differs(place("gone"), json!(1)), 1),
            (AnswerCheck::Fits(place("a.b.0"), json!({ "minimum": 1 })), 0),
            (AnswerCheck::Fits(place("a.b.0"), json!({ "minimum": 2 })), 1),
            (
                AnswerCheck::Lists(place("a.b"), place("c"), vec![json!(null), json!("x")]),
                0,
            ),
            (AnswerCheck::Lists(place("a.b"), place("c"), vec![json!("x")]), 2),
            (AnswerCheck::Header("h", "{seen}".to_owned()), 0),
            (AnswerCheck::Header("g", "x".to_owned()), 1),
            (AnswerCheck::LacksHeader("g"), 0),
            (AnswerCheck::LacksHeader("h"), 1),
            (
                AnswerCheck::Links(vec![("last", place("/b")), ("next", place("/a?{seen}"))]),
                0,
            ),
            (AnswerCheck::Links(vec![("last", place("/c"))]), 2),
            (AnswerCheck::Keep(place("gone"), "g"), 1),
            (AnswerCheck::KeepHeader("h", "g"), 0),
            (AnswerCheck::KeepHeader("g", "g"), 1),
            (AnswerCheck::KeepLink("next", "g"), 0),
            (AnswerCheck::KeepLink("prev", "g"), 1),
        ] {
            assert_eq!(count(&check), problems, "{check:?}");
        }
    }
}
