//! What requests are looked for by, and in what a request differs from it.

use std::cell::OnceCell;

use api_support::{JsonPointer, Operation, Plus, Value, serde_json};
use membership_apis::control::models::{ApiName, Difference, Method, Patterns, RequestMatch};
use percent_encoding::percent_decode_str;

use super::Exchange;
use super::redaction::{self, MASK, Secrets, is_secret};
use super::subset::{self, Lack};
use crate::glob::Glob;
use crate::served::APIS;

/// What a request has to be. All that is named has to hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pattern {
    api: Option<ApiName>,
    /// The name as it was given, and the operations that have it.
    operation: Option<(String, Vec<&'static Operation>)>,
    method: Option<Method>,
    path: Option<(String, Glob)>,
    query: Vec<Named>,
    headers: Vec<Named>,
    body: Option<Value>,
    status: Option<i64>,
}

/// The name of a parameter or header, and its value, as it was given and as it is looked for.
type Named = (String, String, Glob);

/// No operation has this name.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("names no operation{}: {name:?}{}", .api.map_or(String::new(), |api| format!(" of {api}")), .nearest.map_or(String::new(), |nearest| format!("; the nearest is {nearest}")))]
pub(crate) struct UnknownOperation {
    name: String,
    api: Option<ApiName>,
    nearest: Option<&'static str>,
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
            let body = &self.exchange.body;
            (!body.is_truncated())
                .then(|| serde_json::from_slice(&body.kept).ok())
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

/// The operations of a name: an `operationId`, or the readable name in Rust.
fn operations(name: &str, api: Option<ApiName>) -> Result<Vec<&'static Operation>, UnknownOperation> {
    let served = || {
        let all = APIS.iter();
        all.filter(move |served| api.is_none_or(|api| api.as_str() == served.name))
            .flat_map(|served| served.operations)
    };
    let named: Vec<_> = served()
        .filter(|operation| operation.id == name || operation.name == name)
        .collect();
    if !named.is_empty() {
        return Ok(named);
    }
    let alike = |operation: &&Operation| {
        let by = |known| strsim::normalized_damerau_levenshtein(known, name);
        by(operation.id).max(by(operation.name))
    };
    let nearest = served().max_by(|left, right| alike(left).total_cmp(&alike(right)));
    Err(UnknownOperation {
        name: name.to_owned(),
        api,
        nearest: nearest
            .filter(|operation| alike(operation) > 0.6)
            .map(|operation| operation.id),
    })
}

impl Pattern {
    pub(crate) fn new(wanted: &RequestMatch) -> Result<Self, UnknownOperation> {
        let operation = match &wanted.operation {
            Some(name) => Some((name.clone(), operations(name, wanted.api)?)),
            None => None,
        };
        Ok(Self {
            api: wanted.api,
            operation,
            method: wanted.method,
            path: wanted
                .path
                .as_ref()
                .map(|path| (path.clone(), Glob::of_path(path))),
            query: by_name(wanted.query.as_ref(), str::to_owned),
            headers: by_name(wanted.headers.as_ref(), str::to_ascii_lowercase),
            body: wanted.body.clone().filter(|body| !body.is_null()),
            status: wanted.status,
        })
    }

    pub(crate) fn matches(&self, candidate: &Candidate<'_>) -> bool {
        self.lacks(candidate, |_| ()).next().is_none()
    }

    /// In what a request differs, its secrets masked.
    pub(crate) fn differences(&self, candidate: &Candidate<'_>) -> Vec<Difference> {
        self.lacks(candidate, |lack| lack.shown(candidate.secrets()))
            .collect()
    }

    /// How much a request lacks: the fewer, the nearer. Another operation is further off than another value, and so is no
    /// body at all.
    pub(crate) fn distance(&self, candidate: &Candidate<'_>) -> u64 {
        let weight = |lack: Lack<'_>| match &*lack.place {
            "api" | "operation" => 16,
            "method" | "path" | "body" => 8,
            _ => 1,
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
        let wanted = self.api?;
        let found = exchange.api_name();
        (found != Some(wanted)).then(|| {
            let found = found.map_or("none", ApiName::as_str);
            Lack::plain("api", wanted.as_str(), found)
        })
    }

    fn operation_lack(&self, exchange: &Exchange) -> Option<Lack<'static>> {
        let (name, wanted) = self.operation.as_ref()?;
        let found = exchange.operation;
        let is_wanted = found.is_some_and(|found| wanted.iter().any(|one| std::ptr::eq(*one, found)));
        (!is_wanted).then(|| Lack::plain("operation", name, found.map_or("none", |found| found.id)))
    }

    fn method_lack(&self, exchange: &Exchange) -> Option<Lack<'static>> {
        let wanted = self.method?;
        let found = exchange.method.as_str();
        (found != wanted.as_str()).then(|| Lack::plain("method", wanted.as_str(), found))
    }

    fn path_lack(&self, exchange: &Exchange) -> Option<Lack<'static>> {
        let (text, wanted) = self.path.as_ref()?;
        (!wanted.matches(exchange.path.as_ref())).then(|| Lack::plain("path", text, &exchange.path))
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
                let found = if body.bytes == 0 {
                    "nothing".to_owned()
                } else if body.is_truncated() {
                    format!("{} bytes, too many to be kept whole", body.bytes)
                } else {
                    format!("{} bytes that are no JSON", body.bytes)
                };
                vec![Lack::body(&JsonPointer::root(), Some(wanted), found)]
            }
        }
    }

    /// In words, secrets masked: `createThing with status 409`.
    pub(crate) fn described(&self) -> String {
        let mut words: Vec<String> = Vec::new();
        words.extend(self.api.map(|api| format!("api {api}")));
        words.extend(
            self.operation
                .as_ref()
                .map(|(name, _)| format!("operation {name}")),
        );
        words.extend(self.method.map(|method| format!("method {method}")));
        words.extend(
            self.path
                .as_ref()
                .map(|(text, _)| format!("path {}", redaction::path(text))),
        );
        let query = self.query.iter();
        words.extend(query.map(|(name, text, _)| format!("query {name}={}", shown_parameter(name, text))));
        let headers = self.headers.iter();
        words.extend(headers.map(|(name, text, _)| format!("header {name}: {}", shown_header(name, text))));
        words.extend(self.body.clone().map(|body| {
            let shown = redaction::value(body, &Secrets::default());
            format!("body {shown}")
        }));
        words.extend(self.status.map(|status| format!("status {status}")));
        if words.is_empty() {
            "any request".to_owned()
        } else {
            words.join(", ")
        }
    }
}

fn by_name(patterns: Option<&Patterns>, name: fn(&str) -> String) -> Vec<Named> {
    let each = patterns.into_iter().flat_map(|patterns| &patterns.0);
    each.map(|(known, text)| (name(known), text.clone(), Glob::of_value(text)))
        .collect()
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
    let found = pairs.filter(|(known, _)| decoded(known) == wanted.0);
    let found: Vec<_> = found.map(|(_, value)| decoded(value)).collect();
    lack_of("query", wanted, &found, shown_parameter)
}

fn header_lack(wanted: &Named, exchange: &Exchange) -> Option<Lack<'static>> {
    let lines = exchange.headers.iter().filter(|(known, _)| *known == wanted.0);
    let found = lines.map(|(_, value)| String::from_utf8_lossy(value).into_owned());
    lack_of("headers", wanted, &found.collect::<Vec<_>>(), shown_header)
}

/// What lacks where none of the values is what is wanted.
fn lack_of(
    part: &str,
    (name, text, wanted): &Named,
    found: &[String],
    shown: fn(&str, &str) -> String,
) -> Option<Lack<'static>> {
    if found.iter().any(|value| wanted.matches(value)) {
        return None;
    }
    let expected = shown(name, text);
    let values: Vec<_> = found.iter().map(|value| shown(name, value)).collect();
    let found = match values.join(", ") {
        _ if values.is_empty() => "nothing".to_owned(),
        // Two secrets look alike.
        found if found == expected => format!("{found}, another"),
        found => found,
    };
    Some(Lack::plain(&format!("{part}/{name}"), &expected, &found))
}
