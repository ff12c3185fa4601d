use serde_json::{Value, json};

use super::answer_check::AnswerCheck;
use super::place::Place;
use crate::outside::Outside;
use crate::wire::Answer;

/// What has to come of a request.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The status.
    pub status: u16,
    /// The answer that no document has and that is the right one here.
    pub outside: Option<&'static Outside>,
    /// Whether the world has to be as it was before. Of reading and of refusals that is expected anyway.
    pub changes_nothing: bool,
    /// What has to be true of the answer, and what is kept of it, in order.
    pub checks: Vec<AnswerCheck>,
}

/// An answer of this status.
#[must_use]
pub fn answer(status: u16) -> Outcome {
    Outcome {
        status,
        outside: None,
        changes_nothing: false,
        checks: Vec::new(),
    }
}

/// Places in a body are written as `errors.0.code`; the empty place is the whole body. In the values that are expected
/// `{name}` stands for what was kept under that name, and `{server}` for the server's own address.
impl Outcome {
    /// An answer that no document has.
    #[must_use]
    pub fn outside(outside: &'static Outside) -> Self {
        Self {
            outside: Some(outside),
            ..answer(outside.status)
        }
    }

    /// The same, leaving the world as it was.
    #[must_use]
    pub fn unchanged(self) -> Self {
        Self {
            changes_nothing: true,
            ..self
        }
    }

    /// The same with this value at a place.
    #[must_use]
    pub fn has(self, place: &str, value: impl Into<Value>) -> Self {
        self.and(AnswerCheck::Has(body(place), value.into()))
    }

    /// The same with nothing at a place.
    #[must_use]
    pub fn lacks(self, place: &str) -> Self {
        self.and(AnswerCheck::Lacks(body(place)))
    }

    /// The same with a value at a place that is another than this one.
    #[must_use]
    pub fn differs(self, place: &str, value: impl Into<Value>) -> Self {
        self.and(AnswerCheck::Differs(body(place), value.into()))
    }

    /// The same with a text at a place that a regular expression finds something in.
    #[must_use]
    pub fn matches(self, place: &str, pattern: &str) -> Self {
        self.and(AnswerCheck::Fits(body(place), text_like(pattern)))
    }

    /// The same with a list at a place whose items have these values, in this order, at a place of theirs.
    #[must_use]
    pub fn lists<T: Clone + Into<Value>>(self, place: &str, of_each: &str, values: &[T]) -> Self {
        let values = values.iter().cloned().map(Into::into).collect();
        self.and(AnswerCheck::Lists(body(place), of_each.to_owned(), values))
    }

    /// The same with a header of this value.
    #[must_use]
    pub fn header(self, name: &'static str, value: &str) -> Self {
        self.and(AnswerCheck::Has(Place::Header(name), value.into()))
    }

    /// The same without a header.
    #[must_use]
    pub fn lacks_header(self, name: &'static str) -> Self {
        self.and(AnswerCheck::Lacks(Place::Header(name)))
    }

    /// The same with a header in whose value a regular expression finds something.
    #[must_use]
    pub fn header_matches(self, name: &'static str, pattern: &str) -> Self {
        self.and(AnswerCheck::Fits(Place::Header(name), text_like(pattern)))
    }

    /// The same with links of these relations to these paths of the server, in whichever order, and no others.
    #[must_use]
    pub fn links(self, links: &[(&'static str, &str)]) -> Self {
        let links = links.iter();
        let links = links.map(|(relation, path)| (*relation, format!("{{server}}{path}")));
        self.and(AnswerCheck::Links(links.collect()))
    }

    /// The same, keeping what is at a place under a name.
    #[must_use]
    pub fn keep(self, place: &str, name: &'static str) -> Self {
        self.and(AnswerCheck::Keep(body(place), name))
    }

    /// The same, keeping under a name what the first group of a regular expression finds in the text at a place.
    #[must_use]
    pub fn keep_part(self, place: &str, pattern: &'static str, name: &'static str) -> Self {
        self.and(AnswerCheck::KeepPart(body(place), pattern, name))
    }

    /// The same, keeping the value of a header under a name.
    #[must_use]
    pub fn keep_header(self, header: &'static str, name: &'static str) -> Self {
        self.and(AnswerCheck::Keep(Place::Header(header), name))
    }

    /// The same, keeping under a name what the first group of a regular expression finds in the value of a header.
    #[must_use]
    pub fn keep_part_of_header(
        self,
        header: &'static str,
        pattern: &'static str,
        name: &'static str,
    ) -> Self {
        self.and(AnswerCheck::KeepPart(Place::Header(header), pattern, name))
    }

    /// The same, keeping where the link of a relation leads under a name.
    #[must_use]
    pub fn keep_link(self, relation: &'static str, name: &'static str) -> Self {
        self.and(AnswerCheck::KeepLink(relation, name))
    }

    /// The same with a value at a place that this JSON schema allows.
    #[must_use]
    pub fn fits(self, place: &str, schema: Value) -> Self {
        self.and(AnswerCheck::Fits(body(place), schema))
    }

    /// The same with this text somewhere in the body.
    #[must_use]
    pub fn mentions(self, text: impl Into<String>) -> Self {
        self.and(AnswerCheck::Mentions(text.into(), true))
    }

    /// The same with this text nowhere in the body.
    #[must_use]
    pub fn hides(self, text: impl Into<String>) -> Self {
        self.and(AnswerCheck::Mentions(text.into(), false))
    }

    /// The same, having somebody look at all of the answer who says what is wrong.
    #[must_use]
    pub fn holds(self, look: fn(&Answer) -> Result<(), String>) -> Self {
        self.and(AnswerCheck::Holds(look))
    }

    fn and(mut self, check: AnswerCheck) -> Self {
        self.checks.push(check);
        self
    }
}

fn body(place: &str) -> Place {
    Place::Body(place.to_owned())
}

fn text_like(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}
