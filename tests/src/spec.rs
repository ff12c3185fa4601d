//! The API documents, read as plain text: what is documented, and what an answer has to look like.

mod document;
mod operation;
mod parameter;
mod response;
mod schema;

use std::sync::LazyLock;

use crate::wire::Answer;

pub use document::Document;
pub use operation::{Operation, RequestBody};
pub use parameter::{Location, Parameter};
pub use response::{Header, Media, Response, Status};
pub use schema::Schema;

/// One API as its document describes it.
#[derive(Debug)]
pub struct Spec {
    /// The name of the file, and of the API in paths.
    pub name: &'static str,
    /// The title of the document.
    pub title: String,
    /// Every operation, in document order.
    pub operations: Vec<Operation>,
    /// The statuses that the published contract has, which are those not marked as additions; for each API the number
    /// is known, so that a status can only be dropped by changing this line.
    pub pairs: usize,
}

/// How many statuses the document of the control API has.
const CONTROL_PAIRS: usize = 166;

static SPECS: LazyLock<Vec<Spec>> = LazyLock::new(|| {
    [("clerk", 20), ("enhance", 59), ("logto", 70), ("whylabs", 4)]
        .map(|(name, pairs)| Spec::read(name, pairs))
        .into()
});

/// The four vendors' documents.
#[must_use]
pub fn specs() -> &'static [Spec] {
    &SPECS
}

static CONTROL: LazyLock<Spec> = LazyLock::new(|| Spec::read("control", CONTROL_PAIRS));

/// The document of what steers the mock server itself.
#[must_use]
pub fn control() -> &'static Spec {
    &CONTROL
}

impl Spec {
    fn read(name: &'static str, pairs: usize) -> Self {
        let document = Document::read(name);
        Self {
            name,
            title: document.title().to_owned(),
            operations: document.operations(),
            pairs,
        }
    }

    /// What is wrong with an error answer that belongs to no operation: it should look like the API's other errors.
    #[must_use]
    pub fn problems_of_error(&self, answer: &Answer) -> Vec<String> {
        let documented = self
            .operations
            .iter()
            .flat_map(|operation| &operation.responses)
            .filter(|r| r.is_error());
        let mut nearest: Option<Vec<String>> = None;
        for response in documented.filter(|response| !response.content.is_empty()) {
            let problems = response.problems(answer);
            if nearest
                .as_ref()
                .is_none_or(|nearest| problems.len() < nearest.len())
            {
                nearest = Some(problems);
            }
        }
        nearest.unwrap_or_else(|| vec![format!("{} documents no error body", self.name)])
    }
}
