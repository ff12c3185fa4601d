use serde_json::{Value, json};

use super::answer_check::AnswerCheck;
use crate::outside::Outside;

/// What has to come of a request.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The status.
    pub status: u16,
    /// The answer that no document has and that is the right one here.
    pub outside: Option<&'static Outside>,
    /// What has to be true of the answer, and what is kept of it, in order.
    pub checks: Vec<AnswerCheck>,
}

/// An answer of this status.
#[must_use]
pub fn answer(status: u16) -> Outcome {
    Outcome {
        status,
        outside: None,
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

    /// The same with this value at a place.
    #[must_use]
    pub fn has(self, place: &str, value: impl Into<Value>) -> Self {
        self.and(AnswerCheck::Has(place.to_owned(), value.into()))
    }

    /// The same with nothing at a place.
    #[must_use]
    pub fn lacks(self, place: &str) -> Self {
        self.and(AnswerCheck::Lacks(place.to_owned()))
    }

    /// The same with a value at a place that is another than this one.
    #[must_use]
    pub fn differs(self, place: &str, value: impl Into<Value>) -> Self {
        self.and(AnswerCheck::Differs(place.to_owned(), value.into()))
    }

    /// The same with a text at a place that a regular expression finds something in.
    #[must_use]
    pub fn matches(self, place: &str, pattern: &str) -> Self {
        let schema = json!({ "type": "string", "pattern": pattern });
        self.and(AnswerCheck::Fits(place.to_owned(), schema))
    }

    /// The same with a list at a place whose items have these values, in this order, at a place of theirs.
    #[must_use]
    pub fn lists<T: Clone + Into<Value>>(self, place: &str, of_each: &str, values: &[T]) -> Self {
        let values = values.iter().cloned().map(Into::into).collect();
        self.and(AnswerCheck::Lists(place.to_owned(), of_each.to_owned(), values))
    }

    /// The same with a header of this value.
    #[must_use]
    pub fn header(self, name: &'static str, value: &str) -> Self {
        self.and(AnswerCheck::Header(name, value.to_owned()))
    }

    /// The same without such a header.
    #[must_use]
    pub fn lacks_header(self, name: &'static str) -> Self {
        self.and(AnswerCheck::LacksHeader(name))
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
        self.and(AnswerCheck::Keep(place.to_owned(), name))
    }

    /// The same, keeping the value of a header under a name.
    #[must_use]
    pub fn keep_header(self, header: &'static str, name: &'static str) -> Self {
        self.and(AnswerCheck::KeepHeader(header, name))
    }

    /// The same, keeping where the link of a relation leads under a name.
    #[must_use]
    pub fn keep_link(self, relation: &'static str, name: &'static str) -> Self {
        self.and(AnswerCheck::KeepLink(relation, name))
    }

    fn and(mut self, check: AnswerCheck) -> Self {
        self.checks.push(check);
        self
    }
}
