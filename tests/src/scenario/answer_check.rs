use serde_json::Value;

use super::difference::differences;
use super::memory::Memory;
use super::place::Place;
use crate::wire::Answer;

/// Something that has to be true of an answer, or that is kept of it.
#[derive(Clone, Debug)]
pub enum AnswerCheck {
    /// At this place there is this value.
    Has(Place, Value),
    /// There is nothing.
    Lacks(Place),
    /// There is another value than this one.
    Differs(Place, Value),
    /// There is a value that this JSON schema allows.
    Fits(Place, Value),
    /// There is a list whose items have these values at a place of theirs.
    Lists(Place, String, Vec<Value>),
    /// There are links of these relations to these addresses, in whichever order, and no others.
    Links(Vec<(&'static str, String)>),
    /// What is at this place is kept under this name.
    Keep(Place, &'static str),
    /// What the first group of a regular expression finds there is kept under this name.
    KeepPart(Place, &'static str, &'static str),
    /// Where the link of this relation leads is kept under this name.
    KeepLink(&'static str, &'static str),
    /// The body, as text, has this in it, wherever, or has not.
    Mentions(String, bool),
    /// Who looks at all of the answer finds nothing wrong.
    Holds(fn(&Answer) -> Result<(), String>),
}

impl AnswerCheck {
    /// What is wrong with an answer; empty: nothing.
    pub(super) fn problems(&self, answer: &Answer, memory: &mut Memory) -> Vec<String> {
        match self {
            Self::Has(place, value) => {
                let wanted = memory.recalled(value);
                match place.of(answer) {
                    Some(found) => differences(&place.to_string(), &wanted, &found),
                    None => vec![format!("{place}: nothing instead of {wanted}")],
                }
            }
            Self::Lacks(place) => place
                .of(answer)
                .map(|found| format!("{place}: {found}, where there should be nothing"))
                .into_iter()
                .collect(),
            Self::Differs(place, value) => match place.of(answer) {
                Some(found) if found != memory.recalled(value) => Vec::new(),
                Some(found) => vec![format!("{place}: {found}, as before")],
                None => vec![format!("{place}: nothing")],
            },
            Self::Fits(place, schema) => {
                let found = place.of(answer).unwrap_or_default();
                let error = jsonschema::validate(&memory.recalled(schema), &found).err();
                error
                    .map(|error| format!("{place}: {error}"))
                    .into_iter()
                    .collect()
            }
            Self::Lists(place, of_each, values) => {
                let items = place.of(answer).unwrap_or_default();
                let items = items.as_array().into_iter().flatten();
                let each = Place::Body(of_each.clone());
                differences(
                    &format!("{place}.*.{of_each}"),
                    &memory.recalled(&Value::Array(values.clone())),
                    &items.map(|item| each.within(item).unwrap_or_default()).collect(),
                )
            }
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
            Self::Keep(place, name) => kept(place, name, place.of(answer), memory),
            Self::KeepPart(place, pattern, name) => {
                let whole = place.of(answer).unwrap_or_default();
                let part = part(whole.as_str().unwrap_or_default(), pattern);
                kept(place, name, part.map(Value::from), memory)
            }
            Self::KeepLink(relation, name) => {
                let place = Place::Header("link");
                let found = answer.links().remove(*relation).map(Value::from);
                kept(&place, name, found, memory)
            }
            Self::Mentions(text, is_there) => {
                let text = memory.text(text);
                let is_wrong = answer.text().contains(&text) != *is_there;
                let wanted = if *is_there { "should be" } else { "should not be" };
                is_wrong
                    .then(|| format!("{text:?} {wanted} in the body"))
                    .into_iter()
                    .collect()
            }
            Self::Holds(look) => look(answer).err().into_iter().collect(),
        }
    }
}

fn kept(place: &Place, name: &'static str, found: Option<Value>, memory: &mut Memory) -> Vec<String> {
    match found {
        Some(found) => {
            memory.keep(name, found);
            Vec::new()
        }
        None => vec![format!("{place}: nothing to keep as {name}")],
    }
}

/// What the first group of a regular expression finds in a text.
fn part(text: &str, pattern: &str) -> Option<String> {
    let regex = regress::Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
    let found = regex.find(text)?;
    text.get(found.group(1)?).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn count(check: &AnswerCheck) -> usize {
        let body = json!({ "a": { "b": [1, { "c": "x" }] }, "n": null, "url": "http://h/k?e" });
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
        let place = |place: &str| Place::Body(place.to_owned());
        let header = Place::Header;
        for (check, problems) in [
            (AnswerCheck::Has(place("a.b.1.c"), json!("{seen}")), 0),
            (AnswerCheck::Has(place("a.b.1.c"), json!("y")), 1),
            (AnswerCheck::Has(place("a.b"), json!([2, { "c": "y" }])), 2),
            (AnswerCheck::Has(place("gone"), json!(1)), 1),
            (AnswerCheck::Has(place("n"), json!(null)), 0),
            (AnswerCheck::Has(header("h"), json!("{seen}")), 0),
            (AnswerCheck::Has(header("g"), json!("x")), 1),
            (AnswerCheck::Lacks(place("gone")), 0),
            (AnswerCheck::Lacks(place("n")), 1),
            (AnswerCheck::Lacks(header("h")), 1),
            (AnswerCheck::Differs(place("a.b.0"), json!(2)), 0),
            (AnswerCheck::Differs(place("a.b.0"), json!(1)), 1),
            (AnswerCheck::Differs(place("gone"), json!(1)), 1),
            (AnswerCheck::Fits(place("a.b.0"), json!({ "minimum": 1 })), 0),
            (AnswerCheck::Fits(place("a.b.0"), json!({ "minimum": 2 })), 1),
            (
                AnswerCheck::Fits(header("h"), json!({ "pattern": "^{seen}$" })),
                0,
            ),
            (
                AnswerCheck::Lists(place("a.b"), "c".to_owned(), vec![json!(null), json!("x")]),
                0,
            ),
            (
                AnswerCheck::Lists(place("a.b"), "c".to_owned(), vec![json!("x")]),
                2,
            ),
            (
                AnswerCheck::Links(vec![("last", "/b".to_owned()), ("next", "/a?{seen}".to_owned())]),
                0,
            ),
            (AnswerCheck::Links(vec![("last", "/c".to_owned())]), 2),
            (AnswerCheck::KeepLink("next", "g"), 0),
            (AnswerCheck::KeepLink("prev", "g"), 1),
            (AnswerCheck::Keep(place("gone"), "g"), 1),
            (AnswerCheck::Keep(header("h"), "g"), 0),
            (AnswerCheck::Keep(header("g"), "g"), 1),
            (AnswerCheck::KeepPart(place("url"), "/([a-z])[?]", "g"), 0),
            (AnswerCheck::KeepPart(place("url"), "/([0-9])[?]", "g"), 1),
            (AnswerCheck::KeepPart(place("gone"), "(.*)x", "g"), 1),
            (AnswerCheck::Mentions("\"c\":\"{seen}\"".to_owned(), true), 0),
            (AnswerCheck::Mentions("y".to_owned(), true), 1),
            (AnswerCheck::Mentions("y".to_owned(), false), 0),
            (AnswerCheck::Mentions("{seen}".to_owned(), false), 1),
            (AnswerCheck::Holds(|_| Ok(())), 0),
            (AnswerCheck::Holds(|_| Err("it does not".to_owned())), 1),
        ] {
            assert_eq!(count(&check), problems, "{check:?}");
        }
    }

    #[test]
    fn a_part_is_what_the_first_group_finds() {
        assert_eq!(part("id0=abc; Path=/", "^id0=([^;]*)"), Some("abc".to_owned()));
        assert_eq!(part("id1=abc", "^id0=([^;]*)"), None);
    }
}
