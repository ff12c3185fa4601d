use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::check::MOST_VIOLATIONS;
use super::violation::{Part, Received, Rule, Violation};
use crate::json_pointer::JsonPointer;

/// The members that their objects have had before, in a JSON text; none where it is no JSON, which is to be told first.
///
/// Nothing is made of what the members have, and names without escapes stay where they are in the text.
pub(crate) fn doubled_members(text: &[u8]) -> Vec<Violation> {
    let mut walk = Walk::default();
    let mut reader = serde_json::Deserializer::from_slice(text);
    let is_json = Value(&mut walk).deserialize(&mut reader).is_ok() && reader.end().is_ok();
    if is_json { walk.found } else { Vec::new() }
}

/// So many names are looked through one by one; of larger objects they are hashed.
const FEW: usize = 16;

#[derive(Default)]
struct Walk<'de> {
    /// The names that the objects around this place have had so far, those of the outer ones first.
    names: Vec<Cow<'de, str>>,
    /// The way to this place.
    steps: Vec<Step>,
    found: Vec<Violation>,
}

#[derive(Clone, Copy)]
enum Step {
    /// The member whose name has this position.
    Member(usize),
    Item(usize),
}

impl<'de> Walk<'de> {
    /// Notes that the member at this place stands there again.
    fn doubled(&mut self, name: &str) {
        if self.found.len() >= MOST_VIOLATIONS {
            return;
        }
        let mut pointer = JsonPointer::root();
        for step in &self.steps {
            match step {
                Step::Member(position) => {
                    pointer.push(self.names.get(*position).map_or("", |name| &**name));
                }
                Step::Item(position) => pointer.push(&position.to_string()),
            }
        }
        pointer.push(name);
        self.found.push(Violation {
            part: Part::Body,
            pointer: pointer.into(),
            rule: Rule::Repeated,
            received: Received::Again,
        });
    }

    /// Whether the object whose names begin at a position has not had this one before.
    fn is_new(&self, first: usize, name: &str, many: &mut HashSet<Cow<'de, str>>) -> bool {
        let own = self.names.get(first..).unwrap_or_default();
        if own.len() < FEW {
            return !own.iter().any(|known| known == name);
        }
        // Those that are there since it was asked last.
        many.extend(own.iter().skip(many.len()).cloned());
        !many.contains(name)
    }
}

/// A value to be walked through.
struct Value<'w, 'de>(&'w mut Walk<'de>);

impl<'de> DeserializeSeed<'de> for Value<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self(walk) = self;
        let depth = walk.steps.len();
        for position in 0.. {
            walk.steps.push(Step::Item(position));
            let item = items.next_element_seed(Value(walk))?;
            walk.steps.truncate(depth);
            if item.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self(walk) = self;
        let (first, depth) = (walk.names.len(), walk.steps.len());
        let mut many = HashSet::new();
        while let Some(name) = members.next_key_seed(Name)? {
            if !walk.is_new(first, &name, &mut many) {
                walk.doubled(&name);
                members.next_value::<IgnoredAny>()?;
                continue;
            }
            walk.steps.push(Step::Member(walk.names.len()));
            walk.names.push(name);
            members.next_value_seed(Value(walk))?;
            walk.steps.truncate(depth);
        }
        walk.names.truncate(first);
        Ok(())
    }
}

/// The name of a member.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Cow<'de, str>, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers(text: &str) -> Vec<String> {
        let found = doubled_members(text.as_bytes()).into_iter();
        found.map(|violation| violation.pointer).collect()
    }

    #[test]
    fn each_member_that_stands_again_is_told_with_its_place() {
        for (text, expected) in [
            (r#"{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}"#, &[][..]),
            (r#"{"a":1,"b":2,"a":[]}"#, &["/a"]),
            (r#"{"a":1,"\u0061":2}"#, &["/a"]),
            (
                r#"{"x":[{},{"y/z":{"a":1,"a":{"a":1,"a":1}}}],"x":null}"#,
                &["/x/1/y~1z/a", "/x"],
            ),
            (r#"[[0,{"":1,"":2}]]"#, &["/0/1/"]),
            (r#"{"a":1,"a":1,"a":1}"#, &["/a", "/a"]),
        ] {
            assert_eq!(pointers(text), expected, "{text}");
        }
        let told = doubled_members(br#"{"a":1,"a":2}"#);
        let told: Vec<_> = told.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["/a in the body must be given once, and is there again"]);
    }

    #[test]
    fn of_an_object_of_many_members_none_is_missed() {
        let members: Vec<_> = (0..100).map(|number| format!("\"m{number}\":{{}}")).collect();
        let members = members.join(",");
        assert_eq!(pointers(&format!("{{{members}}}")), [""; 0]);
        for again in [0, FEW - 1, FEW, 99] {
            let text = format!("{{\"o\":{{{members},\"m{again}\":1}}}}");
            assert_eq!(pointers(&text), [format!("/o/m{again}")]);
        }
        let many = vec!["\"a\":1"; MOST_VIOLATIONS + 9].join(",");
        assert_eq!(pointers(&format!("{{{many}}}")).len(), MOST_VIOLATIONS);
    }

    #[test]
    fn of_what_is_no_json_nothing_is_told() {
        for text in [r#"{"a":1,"a":2"#, r#"{"a":1,"a":2} x"#, ""] {
            assert_eq!(pointers(text), [""; 0], "{text}");
        }
    }
}
