//! One request, and what may come of it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use libtest_mimic::{Failed, Trial};
use mock_server::{Builder, MockServer};

use crate::outside::Outside;
use crate::server::{self, Server};
use crate::spec::{Operation, Spec};
use crate::wire::{Address, Answer, Connection, Ended, Request, exchange};

/// One test.
#[derive(Debug)]
pub struct Row {
    /// The API it is about.
    pub spec: &'static Spec,
    /// What it is about: method and path, mostly.
    pub subject: String,
    /// What is done; the matrix tells rows of one subject apart by it.
    pub kind: &'static str,
    /// What it is done to.
    pub detail: String,
    /// The operation that has to document the answer; none where no operation is meant.
    pub operation: Option<&'static Operation>,
    /// What else the server is told when it starts.
    pub settings: Option<fn(Builder) -> Builder>,
    /// What is sent before, so that there is what it is about.
    pub before: Vec<Request>,
    /// What is sent.
    pub message: Message,
    /// What has to come of it.
    pub expected: Expected,
    /// The answers outside the documents that are fine here.
    pub outside: Vec<&'static Outside>,
    /// Headers the answer has to have, with the items of their lists.
    pub headers: Vec<(&'static str, String)>,
    /// Why another server than ours could not be held to it.
    pub ours_only: Option<&'static str>,
    outcome: OnceLock<Outcome>,
}

/// What is sent.
#[derive(Clone, Debug)]
pub enum Message {
    /// A request.
    Request(Request),
    /// Bytes that need not be one. An answer is waited for, or a close; the sending side ends first.
    Bytes(Vec<u8>),
}

/// What has to come of a request, besides being documented.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Expected {
    /// The operation's success.
    Success,
    /// A status from 400 to 499.
    Refusal,
    /// Whatever is documented.
    Documented,
    /// An answer that the documents do not have, or a close where that is what the row allows.
    Outside,
    /// This status.
    Status(u16),
}

/// What came of it.
#[derive(Clone, Debug)]
struct Outcome {
    answer: Result<Answer, Ended>,
    undocumented: u64,
    address: Address,
}

impl Row {
    /// A row about an operation.
    #[must_use]
    pub fn new(
        spec: &'static Spec,
        operation: &'static Operation,
        kind: &'static str,
        request: Request,
    ) -> Self {
        Self {
            operation: Some(operation),
            subject: operation.to_string(),
            ..Self::about(spec, "", kind, request)
        }
    }

    /// A row about something else.
    #[must_use]
    pub fn about(
        spec: &'static Spec,
        subject: impl Into<String>,
        kind: &'static str,
        request: Request,
    ) -> Self {
        Self {
            spec,
            subject: subject.into(),
            kind,
            detail: String::new(),
            operation: None,
            settings: None,
            before: Vec::new(),
            message: Message::Request(request),
            expected: Expected::Documented,
            outside: Vec::new(),
            headers: Vec::new(),
            ours_only: None,
            outcome: OnceLock::new(),
        }
    }

    /// The same, listed under another operation than the one that is called.
    #[must_use]
    pub fn under(mut self, operation: &Operation) -> Self {
        self.subject = operation.to_string();
        self
    }

    /// The same about a part of the request.
    #[must_use]
    pub fn of(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// The same, sending these bytes instead.
    #[must_use]
    pub fn saying(mut self, bytes: Vec<u8>) -> Self {
        self.message = Message::Bytes(bytes);
        self
    }

    /// The same on a server that is started with settings of its own, where it is ours.
    #[must_use]
    pub fn server(mut self, settings: fn(Builder) -> Builder) -> Self {
        self.settings = Some(settings);
        self
    }

    /// The same, with requests that are sent before.
    #[must_use]
    pub fn after(mut self, before: Vec<Request>) -> Self {
        self.before = before;
        self
    }

    /// The same with an outcome that has to be.
    #[must_use]
    pub fn expect(mut self, expected: Expected) -> Self {
        self.expected = expected;
        self
    }

    /// The same with an answer that is fine too.
    #[must_use]
    pub fn or(mut self, outside: &'static Outside) -> Self {
        self.outside.push(outside);
        self
    }

    /// The same with a header that the answer has to have.
    #[must_use]
    pub fn and_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same, for our server alone.
    #[must_use]
    pub fn ours_only(mut self, reason: &'static str) -> Self {
        self.ours_only = Some(reason);
        self
    }

    /// Its name among the tests.
    #[must_use]
    pub fn name(&self) -> String {
        let parts = [self.spec.name, &self.subject, self.kind, &self.detail];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(": ")
    }

    /// The row as a test.
    #[must_use]
    pub fn trial(&'static self) -> Trial {
        match self.ours_only.filter(|_| server::given().is_some()) {
            Some(_) => Trial::test(self.name(), || Ok(())).with_ignored_flag(true),
            None => Trial::test(self.name(), || self.verdict()),
        }
    }

    /// What came of it, in a word: success, another status, or how it ended without one.
    #[must_use]
    pub fn result(&self) -> String {
        let documents = self.operation.filter(|_| self.expected != Expected::Outside);
        let success = documents.map(Operation::success);
        match &self.outcome().answer {
            Ok(answer) if Some(answer.status) == success => "success".to_owned(),
            Ok(answer) => answer.status.to_string(),
            Err(Ended::Closed) => "closed".to_owned(),
            Err(_) => "no answer".to_owned(),
        }
    }

    fn verdict(&self) -> Result<(), Failed> {
        let outcome = self.outcome();
        let mut problems = match &outcome.answer {
            Ok(answer) => self.problems(answer),
            // Where what was sent is no HTTP, there is nobody to answer.
            Err(Ended::Closed)
                if self
                    .outside
                    .iter()
                    .any(|outside| std::ptr::eq(*outside, &crate::outside::NOT_HTTP)) =>
            {
                Vec::new()
            }
            Err(ended) => vec![ended.to_string()],
        };
        if outcome.undocumented > 0 {
            problems.push(format!(
                "the server counts {} undocumented answers",
                outcome.undocumented
            ));
        }
        if problems.is_empty() {
            return Ok(());
        }
        Err(format!("{}\n\n{}", problems.join("\n"), self.transcript(outcome)).into())
    }

    fn problems(&self, answer: &Answer) -> Vec<String> {
        let status = answer.status;
        let unexpected = match self.expected {
            Expected::Success => self
                .operation
                .is_some_and(|operation| status != operation.success()),
            Expected::Refusal => !(400..500).contains(&status),
            Expected::Status(wanted) => status != wanted,
            Expected::Outside => !self.outside.iter().any(|outside| outside.status == status),
            Expected::Documented => false,
        };
        let mut problems: Vec<_> = unexpected
            .then(|| format!("status {status}, where {:?} is expected", self.expected))
            .into_iter()
            .collect();
        if status >= 500 && status != crate::outside::NO_ROOM.status {
            problems.push(format!("status {status}: the server failed"));
        }
        problems.extend(self.problems_of_form(answer));
        for (name, wanted) in &self.headers {
            let sent = answer.header(name).unwrap_or_default();
            if items(sent) != items(wanted) {
                problems.push(format!("header {name} is {sent:?} instead of {wanted:?}"));
            }
        }
        problems
    }

    fn problems_of_form(&self, answer: &Answer) -> Vec<String> {
        let had_head = matches!(&self.message, Message::Request(request) if request.method == "HEAD");
        let documented = self
            .operation
            .and_then(|operation| operation.response(answer.status));
        let outside = self
            .outside
            .iter()
            .filter(|outside| outside.status == answer.status);
        let verdicts: Vec<Vec<String>> = documented
            .map(|response| {
                if had_head {
                    response.problems_without_body(answer)
                } else {
                    response.problems(answer)
                }
            })
            .into_iter()
            .chain(outside.map(|outside| outside.problems(self.spec, answer, had_head)))
            .collect();
        let best = verdicts.into_iter().min_by_key(Vec::len);
        best.unwrap_or_else(|| match (self.operation, answer.status) {
            // A route that nobody documents is refused like any other where there are no credentials.
            (None, 401) if had_head => Vec::new(),
            (None, 401) => self.spec.problems_of_error(answer),
            _ => vec![format!(
                "status {} is neither documented nor on the closed list",
                answer.status
            )],
        })
    }

    fn outcome(&self) -> &Outcome {
        self.outcome.get_or_init(|| {
            let server = match self.settings.filter(|_| server::given().is_none()) {
                Some(settings) => Server::ours(settings(MockServer::builder())),
                None => Server::start(),
            };
            let address = server.address().clone();
            for request in &self.before {
                // What they are answered shows in what the row itself is.
                drop(exchange(&address, request));
            }
            let answer = match &self.message {
                Message::Request(request) => exchange(&address, request),
                Message::Bytes(bytes) => say(&address, bytes),
            };
            Outcome {
                answer,
                undocumented: server.undocumented(),
                address,
            }
        })
    }

    fn transcript(&self, outcome: &Outcome) -> String {
        let sent = match &self.message {
            Message::Request(request) => request.excerpt(&outcome.address),
            Message::Bytes(bytes) => bytes
                .get(..bytes.len().min(500))
                .unwrap_or_default()
                .escape_ascii()
                .to_string(),
        };
        let received = match &outcome.answer {
            Ok(answer) => answer.to_string(),
            Err(ended) => ended.to_string(),
        };
        format!("sent:\n{sent}\n\nreceived:\n{received}")
    }
}

/// The items of a list in a header, whose order says nothing.
fn items(header: &str) -> BTreeSet<&str> {
    header
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect()
}

/// Sends bytes that need not be a request, and nothing after them.
fn say(address: &Address, bytes: &[u8]) -> Result<Answer, Ended> {
    let mut connection = Connection::open(address)?;
    let _ = connection.send(bytes);
    connection.end_sending();
    connection.answer("GET")
}
