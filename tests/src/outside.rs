//! The closed list: every answer that may be given although no document has it.
//!
//! A row says which entries apply to it; none applies by default. So whatever else is answered outside the documents
//! fails a test.

use crate::spec::Spec;
use crate::wire::Answer;

/// An answer that is outside the documents on purpose.
#[derive(Debug)]
pub struct Outside {
    /// What it is the answer to.
    pub cause: &'static str,
    /// Its status.
    pub status: u16,
    /// What its body looks like.
    pub shape: Shape,
    /// A header it has to have.
    pub header: Option<&'static str>,
}

/// What a body outside the documents looks like.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Shape {
    /// Like the API's own errors.
    Api,
    /// A problem of RFC 9457.
    Problem,
    /// Like the token endpoint of RFC 6749.
    OAuth,
    /// The memberships of whoever is signed in, in JSON.
    Memberships,
    /// There is none.
    Empty,
    /// Whatever it was told to be.
    Told,
}

/// A path that is not documented, of an API that is.
pub static UNKNOWN_ROUTE: Outside = Outside::new("an unknown route", 404, Shape::Api);
/// A path that belongs to no API.
pub static UNKNOWN_API: Outside = Outside::new("a path of no API", 404, Shape::Problem);
/// A method that is not documented for its path.
pub static WRONG_METHOD: Outside = Outside {
    header: Some("allow"),
    ..Outside::new("a wrong method", 405, Shape::Api)
};
/// A body over the limit, where the operation documents nothing that fits.
pub static BODY_TOO_LARGE: Outside = Outside::new("a body that is too large", 413, Shape::Api);
/// A head or a body that does not come.
pub static TOO_SLOW: Outside = Outside::new("a request that takes too long", 408, Shape::Problem);
/// A path and query over the limit.
pub static URI_TOO_LONG: Outside = Outside::new("a path and query that are too long", 414, Shape::Problem);
/// A path and query so long that they are not even read.
pub static URI_UNREAD: Outside =
    Outside::new("a path and query that are too long to be read", 414, Shape::Empty);
/// Headers over the limit.
pub static HEADERS_TOO_LARGE: Outside = Outside::new("headers that are too large", 431, Shape::Problem);
/// Headers so large that they are not even read.
pub static HEADERS_UNREAD: Outside = Outside::new("headers that are too large to be read", 431, Shape::Empty);
/// More connections or worlds than there may be.
pub static NO_ROOM: Outside = Outside::new(
    "more connections or worlds than there may be",
    503,
    Shape::Problem,
);
/// A world's name that is none, or two worlds in one request.
pub static BAD_WORLD: Outside = Outside::new("a bad world", 400, Shape::Problem);
/// A wish for an answer that is not documented.
pub static BAD_WISH: Outside = Outside::new("a wish for what is not documented", 400, Shape::Problem);
/// What is not HTTP. The connection is closed after it, or instead of it.
pub static NOT_HTTP: Outside = Outside::new("what is not HTTP", 400, Shape::Empty);
/// A browser that asks whether a page may call.
pub static PREFLIGHT: Outside = Outside {
    header: Some("access-control-allow-methods"),
    ..Outside::new("a preflight", 204, Shape::Empty)
};
/// A token for an application that asks Logto for one.
pub static TOKEN: Outside = Outside::new("a request for a token", 200, Shape::OAuth);
/// A request for a token that asks for nothing there is.
pub static NO_TOKEN: Outside = Outside::new("a bad request for a token", 400, Shape::OAuth);
/// A request for a token by nobody who could have one.
pub static UNKNOWN_CLIENT: Outside = Outside::new("a request for a token by a stranger", 401, Shape::OAuth);
/// The page that a one-time login link of Enhance's leads to; it starts a session.
pub static LOGIN_PAGE: Outside = Outside {
    header: Some("set-cookie"),
    ..Outside::new("a one-time login link", 200, Shape::Memberships)
};
/// The same, when the link works no longer or never did.
pub static SPENT_LOGIN_LINK: Outside = Outside::new("a login link that works no longer", 401, Shape::Api);

impl Outside {
    const fn new(cause: &'static str, status: u16, shape: Shape) -> Self {
        Self {
            cause,
            status,
            shape,
            header: None,
        }
    }

    /// What a fault was told to send.
    #[must_use]
    pub const fn told(status: u16) -> Self {
        Self::new("what a fault is told to send", status, Shape::Told)
    }

    /// What is wrong with an answer of this status.
    #[must_use]
    pub fn problems(&self, spec: &Spec, answer: &Answer, had_head: bool) -> Vec<String> {
        let mut problems = match self.shape {
            _ if had_head => Vec::new(),
            Shape::Told => Vec::new(),
            Shape::Api => spec.problems_of_error(answer),
            Shape::Problem => problems_of_problem(answer),
            Shape::OAuth => problems_of_token_answer(answer),
            Shape::Memberships => problems_of_memberships(answer),
            Shape::Empty if answer.body.is_empty() => Vec::new(),
            Shape::Empty => vec![format!("a body where there should be none: {}", answer.text())],
        };
        let missing = self.header.filter(|header| answer.header(header).is_none());
        problems.extend(missing.map(|header| format!("header {header} is missing")));
        problems
    }
}

fn problems_of_memberships(answer: &Answer) -> Vec<String> {
    if answer.media_type() != Some("application/json") {
        let media_type = answer.media_type();
        return vec![format!("media type {media_type:?} instead of application/json")];
    }
    let memberships = answer.json()["memberships"].as_array().map_or(0, Vec::len);
    if memberships > 0 {
        Vec::new()
    } else {
        vec!["there are no memberships".to_owned()]
    }
}

/// What is wrong with an answer that should be a problem of RFC 9457.
#[must_use]
pub fn problems_of_problem(answer: &Answer) -> Vec<String> {
    let mut problems = Vec::new();
    if answer.media_type() != Some("application/problem+json") {
        problems.push(format!(
            "media type {:?} instead of application/problem+json",
            answer.media_type()
        ));
    }
    let body = answer.json();
    if body.get("status").and_then(serde_json::Value::as_u64) != Some(u64::from(answer.status)) {
        problems.push(format!(
            "the problem does not repeat its status: {}",
            answer.text()
        ));
    }
    for member in ["title", "detail"] {
        if body
            .get(member)
            .and_then(serde_json::Value::as_str)
            .is_none_or(str::is_empty)
        {
            problems.push(format!("the problem has no {member}: {}", answer.text()));
        }
    }
    problems
}

/// What is wrong with an answer that a token endpoint gives.
fn problems_of_token_answer(answer: &Answer) -> Vec<String> {
    let mut problems = Vec::new();
    if answer.media_type() != Some("application/json") {
        problems.push(format!(
            "media type {:?} instead of application/json",
            answer.media_type()
        ));
    }
    if answer.header("cache-control") != Some("no-store") {
        problems.push("what is about tokens has to be marked as not to be stored".to_owned());
    }
    let members: &[&str] = if answer.status == 200 {
        &["access_token", "token_type"]
    } else {
        &["error"]
    };
    let body = answer.json();
    for member in members {
        if body
            .get(member)
            .and_then(serde_json::Value::as_str)
            .is_none_or(str::is_empty)
        {
            problems.push(format!("there is no {member}: {}", answer.text()));
        }
    }
    problems
}
