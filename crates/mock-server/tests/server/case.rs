//! One request and what the answer must be.

use mock_server::MockServer;
use serde_json::Value;

use crate::client::{Reply, send};

/// A credential that Clerk, Logto and Enhance take.
pub(crate) const KEY: (&str, &str) = ("authorization", "Bearer sk_test_rollcall");
pub(crate) const JSON: (&str, &str) = ("content-type", "application/json");

/// A request, its headers and body, the status of the answer, and members of the answer's body by JSON pointer.
pub(crate) struct Case<'a> {
    request: &'a str,
    headers: &'a [(&'a str, &'a str)],
    body: &'a str,
    status: u16,
    members: &'a [(&'a str, Value)],
}

pub(crate) fn case<'a>(
    request: &'a str,
    headers: &'a [(&'a str, &'a str)],
    body: &'a str,
    status: u16,
    members: &'a [(&'a str, Value)],
) -> Case<'a> {
    Case {
        request,
        headers,
        body,
        status,
        members,
    }
}

pub(crate) fn check(server: &MockServer, case: &Case<'_>) -> Reply {
    let reply = send(server.addr(), case.request, case.headers, case.body);
    assert_eq!(reply.status, case.status, "{}: {}", case.request, reply.body);
    let body = reply.json();
    for (pointer, expected) in case.members {
        assert_eq!(
            body.pointer(pointer),
            Some(expected),
            "{} {pointer}: {body}",
            case.request
        );
    }
    assert_eq!(server.undocumented(), 0, "{}", case.request);
    reply
}
