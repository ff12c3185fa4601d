//! What requests are looked for by, and in what a request differs from it.

use std::cell::OnceCell;

use api_support::validation::abridged;
use api_support::{JsonPointer, Plus, Value, serde_json};
use membership_apis::control::models::{Difference, RequestMatch};
use percent_encoding::percent_decode_str;

use super::Exchange;
use super::redaction::{self, MASK, Secrets, is_secret};
use super::subset::{self, Lack};
use crate::request_pattern::{self, Named, Operations, RequestPattern, Wanted};

/// In so many places a request is told to differ.
const MOST_DIFFERENCES: usize = 50;

/// What a request has to be. All that is named has to hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pattern {
    request: RequestPattern,
    query: Vec<Named>,
    body: Option<Value>,
    status: Option<i64>,
}

/// Something that no request can be: the member that asks for it, and what is wrong with it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{member} {detail}")]
pub(crate) struct Impossible {
    pub(crate) member: &'static str,
    pub(crate) detail: String,
}

/// Whether a request is one of those that are looked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Match {
    Yes,
    No,
    /// It cannot be told: it is by all but its body, which did not come whole or was too long to be kept so.
    Maybe,
}

/// An exchange that is compared, and what comparing it takes, made when it is first needed.
pub(crate) struct Candidate<'a> {
    pub(crate) exchange: &'a Exchange,
    body: OnceCell<Option<Value>>,
    secrets: OnceCell<Secrets>,
}

impl<'a> Candidate<'a> {
    pub(crate) fn new(exchange: &'a Exchange) -> Self {
        Self {
            exchange,
            body: OnceCell::new(),
            secrets: OnceCell::new(),
        }
    }

    fn body(&self) -> Option<&Value> {
        let read = || {
            let is_known = self.exchange.is_body_known();
            is_known
                .then(|| serde_json::from_slice(&self.exchange.body.kept).ok())
                .flatten()
        };
        self.body.get_or_init(read).as_ref()
    }

    pub(crate) fn secrets(&self) -> &Secrets {
        self.secrets.get_or_init(|| Secrets::of(self.exchange))
    }

    fn status(&self) -> Option<i64> {
        let answer = self.exchange.answer.as_ref();
        answer.map(|sent| sent.status.as_u16().into())
    }
}

impl Pattern {
    /// Everything that is impossible is told.
    pub(crate) fn new(wanted: &RequestMatch) -> Result<Self, Vec<Impossible>> {
        let api = wanted.api.and_then(request_pattern::served);
        let mut impossible = Vec::new();
        let operation = wanted.operation.as_deref();
        let operation = operation.and_then(|name| {
            let named = Operations::named(name, api).map_err(|unknown| unknown.to_string());
            or_tell(named, "operation", &mut impossible)
        });
        let path = wanted.path.as_deref();
        let path = path.and_then(|path| {
            let path = Wanted::path(path).map_err(str::to_owned);
            or_tell(path, "path", &mut impossible)
        });
        if !impossible.is_empty() {
            return Err(impossible);
        }
        Ok(Self {
            request: RequestPattern {
                api,
                operation,
                method: wanted.method.and_then(request_pattern::method),
                path,
                headers: Named::headers(wanted.headers.as_ref()),
            },
            query: Named::parameters(wanted.query.as_ref()),
            body: wanted.body.clone().filter(|body| !body.is_null()),
            status: wanted.status,
        })
    }

    pub(crate) fn matches(&self, candidate: &Candidate<'_>) -> bool {
        self.compare(candidate) == Match::Yes
    }

    /// The requests that match, the others, and how many of those may match after all.
    pub(super) fn sort<'c, 'a>(
        &self,
        candidates: &'c [Candidate<'a>],
    ) -> (Vec<&'c Candidate<'a>>, Vec<&'c Candidate<'a>>, usize) {
        let (mut matched, mut others, mut maybe) = (Vec::new(), Vec::new(), 0);
        for candidate in candidates {
            match self.compare(candidate) {
                Match::Yes => matched.push(candidate),
                Match::No => others.push(candidate),
                Match::Maybe => {
                    others.push(candidate);
                    maybe += 1;
                }
            }
        }
        (matched, others, maybe)
    }

    fn compare(&self, candidate: &Candidate<'_>) -> Match {
        // The body is looked at last.
        match self.lacks(candidate, |lack| lack.place == "body").next() {
            None => Match::Yes,
            Some(true) if !candidate.exchange.is_body_known() => Match::Maybe,
            Some(_) => Match::No,
        }
    }

    /// In what a request differs, its secrets masked and long texts cut.
    pub(crate) fn differences(&self, candidate: &Candidate<'_>) -> Vec<Difference> {
        self.lacks(candidate, |lack| lack.shown(candidate.secrets()))
            .take(MOST_DIFFERENCES)
            .collect()
    }

    /// How much a request lacks: the less, the nearer. Another operation is further off than another value, and so is no
    /// value at all.
    pub(crate) fn distance(&self, candidate: &Candidate<'_>) -> u64 {
        let weight = |lack: Lack<'_>| match &*lack.place {
            "api" | "operation" => 16,
            "method" | "path" | "body" => 8,
            _ => lack.weight(),
        };
        self.lacks(candidate, weight).sum()
    }

    /// What a request lacks, looked for one by one.
    fn lacks<'a, T: 'a>(
        &'a self,
        candidate: &'a Candidate<'_>,
        told: impl Fn(Lack<'_>) -> T + 'a,
    ) -> impl Iterator<Item = T> + 'a {
        let exchange = candidate.exchange;
        let first = [
            self.api_lack(exchange),
            self.operation_lack(exchange),
            self.method_lack(exchange),
            self.path_lack(exchange),
            self.status_lack(candidate),
        ];
        let query = self
            .query
            .iter()
            .filter_map(move |wanted| query_lack(wanted, exchange));
        let headers = self
            .request
            .headers
            .iter()
            .filter_map(move |wanted| header_lack(wanted, exchange));
        let body = std::iter::once_with(move || self.body_lacks(candidate)).flatten();
        first
            .into_iter()
            .flatten()
            .chain(query)
            .chain(headers)
            .chain(body)
            .map(told)
    }

    fn api_lack(&self, exchange: &Exchange) -> Option<Lack<'static>> {
        let wanted = self.request.api?;
        let found = exchange.api;
        (!self.request.is_for(found)).then(|| {
            let found = found.map_or("none", |found| found.name);
            Lack::plain("api", wanted.name, found)
        })
    }

    fn operation_lack(&self, exchange: &Exchange) -> Option<Lack<'static>> {
        let wanted = self.request.operation.as_ref()?;
        let found = exchange.operation;
        (!self.request.calls(found))
            .then(|| Lack::plain("operation", &wanted.name, found.map_or("none", |found| found.id)))
    }

    fn method_lack(&self, exchange: &Exchange) -> Option<Lack<'static>> {
        let wanted = self.request.method.as_ref()?;
        let found = &exchange.method;
        (!self.request.has_method(found)).then(|| Lack::plain("method", wanted.as_str(), found.as_str()))
    }

    fn path_lack(&self, exchange: &Exchange) -> Option<Lack<'static>> {
        let wanted = self.request.path.as_ref()?;
        (!self.request.has_path(&exchange.path)).then(|| Lack::plain("path", &wanted.text, &exchange.path))
    }

    fn status_lack(&self, candidate: &Candidate<'_>) -> Option<Lack<'static>> {
        let wanted = self.status?;
        let found = candidate.status();
        (found != Some(wanted)).then(|| {
            let found = found.map_or("no answer".to_owned(), |found| found.to_string());
            Lack::plain("status", &wanted.to_string(), &found)
        })
    }

    fn body_lacks<'a>(&'a self, candidate: &'a Candidate<'_>) -> Vec<Lack<'a>> {
        let Some(wanted) = &self.body else {
            return Vec::new();
        };
        match candidate.body() {
            Some(found) => subset::lacks(wanted, found),
            None => {
                let body = &candidate.exchange.body;
                let found = match body.bytes {
                    0 if candidate.exchange.is_whole => None,
                    bytes if body.is_truncated() => Some(format!("{bytes} bytes, too many to be kept whole")),
                    bytes if !candidate.exchange.is_whole => {
                        Some(format!("{bytes} bytes of a body that did not come whole"))
                    }
                    bytes => Some(format!("{bytes} bytes that are no JSON")),
                };
                vec![Lack::body(&JsonPointer::root(), wanted, found)]
            }
        }
    }

    /// In words, secrets masked and long texts cut: `operation createThing, status 409`.
    pub(crate) fn described(&self) -> String {
        let RequestPattern {
            api,
            operation,
            method,
            path,
            headers,
        } = &self.request;
        let mut words: Vec<String> = Vec::new();
        words.extend(api.map(|api| format!("api {}", api.name)));
        words.extend(
            operation
                .as_ref()
                .map(|operations| format!("operation {}", operations.name)),
        );
        words.extend(method.as_ref().map(|method| format!("method {method}")));
        words.extend(
            path.as_ref()
                .map(|path| format!("path {}", abridged(&redaction::path(&path.text)))),
        );
        words.extend(self.query.iter().map(|Named { name, wanted }| {
            format!("query {name}={}", abridged(&shown_parameter(name, &wanted.text)))
        }));
        words.extend(headers.iter().map(|Named { name, wanted }| {
            format!("header {name}: {}", abridged(&shown_header(name, &wanted.text)))
        }));
        words.extend(self.body.clone().map(|body| {
            let shown = redaction::value(body, &Secrets::default());
            format!("body {}", abridged(&shown.to_string()))
        }));
        words.extend(self.status.map(|status| format!("status {status}")));
        if words.is_empty() {
            "any request".to_owned()
        } else {
            words.join(", ")
        }
    }
}

/// A part of a pattern, unless it is impossible.
fn or_tell<T>(part: Result<T, String>, member: &'static str, impossible: &mut Vec<Impossible>) -> Option<T> {
    part.map_err(|detail| impossible.push(Impossible { member, detail }))
        .ok()
}

/// The value of a parameter as it is shown.
fn shown_parameter(name: &str, text: &str) -> String {
    if is_secret(name) {
        return MASK.to_owned();
    }
    Secrets::default().string(text)
}

/// The value of a header as it is shown.
fn shown_header(name: &str, text: &str) -> String {
    Secrets::default().header(name, text)
}

fn query_lack(wanted: &Named, exchange: &Exchange) -> Option<Lack<'static>> {
    let plus_is_space = exchange.api.is_none_or(|api| api.wire.plus == Plus::Space);
    let decoded = |text: &str| {
        let text = if plus_is_space {
            text.replace('+', " ")
        } else {
            text.to_owned()
        };
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    let pairs = exchange.query.as_deref().unwrap_or_default().split('&');
    let pairs = pairs
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let found = pairs.filter(|(known, _)| decoded(known) == wanted.name);
    let found: Vec<_> = found.map(|(_, value)| decoded(value)).collect();
    lack_of("query", wanted, &found, shown_parameter)
}

fn header_lack(wanted: &Named, exchange: &Exchange) -> Option<Lack<'static>> {
    let lines = exchange.headers.iter().filter(|(known, _)| *known == wanted.name);
    let found = lines.map(|(_, value)| String::from_utf8_lossy(value).into_owned());
    lack_of("headers", wanted, &found.collect::<Vec<_>>(), shown_header)
}

/// What lacks where none of the values is what is wanted.
fn lack_of(
    part: &str,
    Named { name, wanted }: &Named,
    found: &[String],
    shown: fn(&str, &str) -> String,
) -> Option<Lack<'static>> {
    if found.iter().any(|value| wanted.glob.matches(value)) {
        return None;
    }
    let expected = shown(name, &wanted.text);
    let place = format!("{part}/{name}");
    if found.is_empty() {
        return Some(Lack::absent(&place, &expected));
    }
    let values: Vec<_> = found.iter().map(|value| shown(name, value)).collect();
    let found = match values.join(", ") {
        // Two secrets look alike.
        found if found == expected => format!("{found}, another"),
        found => found,
    };
    Some(Lack::plain(&place, &expected, &found))
}
