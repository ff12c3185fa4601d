use mock_server::MockServer;
use mock_server::jiff::SignedDuration;
use serde_json::json;

use super::{CREATE, LIST, MEMBERSHIPS, add, call, counts, organizations, with};
use crate::client::send;

#[test]
fn a_documented_answer_is_given_by_the_operations_that_document_it_and_no_others() {
    let (server, id) =
        with(&json!({ "effect": { "kind": "documented", "status": "409", "example": "name-taken" } }));
    let taken = send(server.addr(), "POST /orgs/o/access_tokens", &[], "");
    assert_eq!(taken.status, 409);
    assert_eq!(taken.header("content-type"), Some("application/json"));
    assert!(taken.json().is_object());
    assert_eq!(call(&server, LIST).status, 200);
    assert_eq!(call(&server, "POST /oidc/token").status, 400);
    assert_eq!(counts(&server, &id), (1, 1));
}

#[test]
fn default_is_documented_as_a_client_that_forces_it_would_find_it() {
    let server = MockServer::start().unwrap();
    let list = "GET /v0/organizations/org-123/membership";
    add(
        &server,
        &json!({ "effect": { "kind": "documented", "status": "default" } }),
    );
    assert_eq!(send(server.addr(), list, &[], "").status, 200);
    assert_eq!(call(&server, MEMBERSHIPS).status, 200);
    add(
        &server,
        &json!({ "match": { "operation": "list_organizations" }, "effect": { "kind": "documented", "status": "403" } }),
    );
    assert_eq!(call(&server, LIST).status, 403);
}

#[test]
fn a_raw_answer_is_sent_as_it_is() {
    let server = MockServer::start().unwrap();
    let effect = json!({ "kind": "raw", "status": 502, "headers": { "Content-Type": "text/html; charset=utf-8", "X-É": "ü" }, "body": "<h1>schläft</h1>" });
    let bad_name = json!({ "effect": effect });
    let reply = send(
        server.addr(),
        "POST /_mock/worlds/default/faults",
        &[crate::case::JSON],
        &bad_name.to_string(),
    );
    assert_eq!(reply.status, 400);
    let effect = json!({ "kind": "raw", "status": 502, "headers": { "Content-Type": "text/html; charset=utf-8", "X-A": "ü" }, "body": "<h1>schläft</h1>" });
    add(&server, &json!({ "effect": effect }));
    let reply = call(&server, LIST);
    assert_eq!((reply.status, reply.body.as_str()), (502, "<h1>schläft</h1>"));
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(reply.header("x-a"), Some("ü"));
    assert_eq!(reply.header("content-length"), Some("17"));
    let head = call(&server, "HEAD /api/organizations");
    assert_eq!(
        (head.status, head.body.as_str(), head.header("content-length")),
        (502, "", Some("17"))
    );
    assert_eq!(server.undocumented(), 0);
}

#[test]
fn a_raw_answer_has_no_body_unless_it_is_said() {
    let server = MockServer::start().unwrap();
    for (status, length) in [(204, None), (304, None), (500, Some("0"))] {
        add(&server, &json!({ "effect": { "kind": "raw", "status": status } }));
        let reply = call(&server, LIST);
        assert_eq!((reply.status, reply.body.as_str()), (status, ""));
        assert_eq!(reply.header("content-length"), length, "{status}");
        assert_eq!(reply.header("content-type"), None, "{status}");
    }
}

#[test]
fn an_emptied_answer_has_the_status_and_headers_of_the_apis_own() {
    let server = MockServer::start().unwrap();
    let whole = call(&server, LIST);
    add(&server, &json!({ "effect": { "kind": "empty_body" } }));
    let emptied = call(&server, LIST);
    assert_eq!(
        (
            emptied.status,
            emptied.body.as_str(),
            emptied.header("content-length")
        ),
        (200, "", Some("0"))
    );
    for name in ["content-type", "total-number"] {
        assert!(whole.header(name).is_some(), "{name}: {}", whole.head);
        assert_eq!(emptied.header(name), whole.header(name));
    }
    let before = organizations(&server);
    assert_eq!(call(&server, CREATE).status, 201);
    assert_eq!(organizations(&server), before + 1);
    assert_eq!(send(server.addr(), LIST, &[], "").status, 401);
}

#[test]
fn calls_beyond_a_rate_get_429_until_the_worlds_clock_has_moved_on() {
    let server = MockServer::builder()
        .clock("2026-01-01T00:00:00Z".parse().unwrap())
        .start()
        .unwrap();
    let world = server.world();
    let id = add(
        &server,
        &json!({ "match": { "operation": "list_organizations" }, "effect": { "kind": "rate_limit", "requests": 2, "seconds": 10 } }),
    );
    let statuses = || [0; 3].map(|_| call(&server, LIST).status);
    assert_eq!(statuses(), [200, 200, 429]);
    world.advance_clock(SignedDuration::from_millis(2_500));
    let refused = call(&server, LIST);
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("8")));
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    assert_eq!(refused.json()["status"], 429);
    assert_eq!(call(&server, MEMBERSHIPS).status, 200);
    world.advance_clock(SignedDuration::from_millis(7_499));
    assert_eq!(call(&server, LIST).header("retry-after"), Some("1"));
    world.advance_clock(SignedDuration::from_millis(1));
    assert_eq!(statuses(), [200, 200, 429]);
    assert_eq!(counts(&server, &id), (8, 4));
}

#[test]
fn a_call_that_a_rate_lets_through_is_one_for_older_faults() {
    let (server, _) = with(&json!({ "effect": { "kind": "raw", "status": 500 } }));
    add(
        &server,
        &json!({ "effect": { "kind": "rate_limit", "requests": 1, "seconds": 3600 } }),
    );
    assert_eq!([0; 2].map(|_| call(&server, LIST).status), [500, 429]);
}

#[test]
fn an_error_is_not_documented_by_a_default_that_success_travels_as() {
    let (server, _) = with(&json!({ "effect": { "kind": "raw", "status": 503, "body": "" } }));
    let list = "GET /v0/organizations/org-123/membership";
    assert_eq!(send(server.addr(), list, &[], "").status, 503);
    let [request] = server.world().requests().try_into().unwrap();
    assert!(!request.documented);
    let coverage = server.world().coverage();
    let told: Vec<_> = coverage
        .undocumented
        .iter()
        .map(|answer| (answer.status, answer.times))
        .collect();
    assert_eq!(told, [(503, 1)]);
}
