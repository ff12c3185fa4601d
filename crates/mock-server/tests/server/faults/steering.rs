use mock_server::MockServer;
use serde_json::{Value, json};

use super::{CREATE, FAULTS, LIST, add, call, with};
use crate::case::JSON;
use crate::client::send;

#[test]
fn faults_are_made_listed_newest_first_and_removed() {
    let server = MockServer::start().unwrap();
    let fault =
        json!({ "match": { "api": "logto", "times": 2 }, "effect": { "kind": "raw", "status": 503 } });
    assert_eq!(add(&server, &fault), "fault-1");
    assert_eq!(
        add(&server, &json!({ "delay": { "milliseconds": 0 } })),
        "fault-2"
    );
    let list = || send(server.addr(), &format!("GET {FAULTS}"), &[], "").json();
    let both = json!([
        { "id": "fault-2", "match": {}, "delay": { "milliseconds": 0 }, "matched": 0, "applied": 0 },
        { "id": "fault-1", "match": { "api": "logto", "times": 2 }, "effect": { "kind": "raw", "status": 503 }, "matched": 0, "applied": 0 },
    ]);
    assert_eq!(list()["faults"], both);
    let delete = |path: &str| send(server.addr(), &format!("DELETE {path}"), &[], "");
    assert_eq!(delete(&format!("{FAULTS}/fault-2")).status, 204);
    let gone = delete(&format!("{FAULTS}/fault-2"));
    assert_eq!(
        (gone.status, gone.header("content-type")),
        (404, Some("application/problem+json"))
    );
    assert!(gone.body.contains("fault-2"), "{}", gone.body);
    assert_eq!(call(&server, LIST).status, 503);
    assert_eq!(delete(FAULTS).status, 204);
    assert_eq!(list()["faults"], json!([]));
    assert_eq!(call(&server, LIST).status, 200);
    assert_eq!(add(&server, &fault), "fault-3");
}

#[test]
fn faults_that_make_no_sense_are_refused_with_a_pointer_to_what_does_not() {
    let server = MockServer::start().unwrap();
    let documented = |status: &str| json!({ "kind": "documented", "status": status });
    let raw = |headers: Value| json!({ "effect": { "kind": "raw", "status": 200, "headers": headers } });
    let matching = |calls: Value| json!({ "match": calls, "effect": { "kind": "empty_body" } });
    for (fault, pointer, said) in [
        (json!({ "match": { "api": "logto" } }), "", "neither"),
        (json!({ "efect": {} }), "/efect", ""),
        (
            json!({ "effect": { "kind": "nonsense" } }),
            "/effect/kind",
            "slow_body",
        ),
        (
            json!({ "delay": { "milliseconds": 20, "up_to_milliseconds": 10 } }),
            "/delay/up_to_milliseconds",
            "milliseconds",
        ),
        (
            json!({ "delay": { "milliseconds": 600_001 } }),
            "/delay/milliseconds",
            "600000",
        ),
        (
            matching(json!({ "operation": "getMembes" })),
            "/match/operation",
            "getMembers",
        ),
        (
            matching(json!({ "api": "clerk", "operation": "getMembers" })),
            "/match/operation",
            "enhance, not of clerk",
        ),
        (
            matching(json!({ "api": "logto", "operation": "list_organization" })),
            "/match/operation",
            "list_organizations",
        ),
        (
            matching(json!({ "operation": "getMembers", "method": "POST" })),
            "/match/method",
            "GET",
        ),
        (
            matching(json!({ "operation": "getMembers", "path": "/v1/**" })),
            "/match/path",
            "/orgs/{org_id}/members",
        ),
        (
            json!({ "match": { "path": "/oidc/*" }, "effect": documented("404") }),
            "/effect/status",
            "no operation",
        ),
        (matching(json!({ "path": "orgs" })), "/match/path", "slash"),
        (
            matching(json!({ "path": "/orgs?limit=1" })),
            "/match/path",
            "query",
        ),
        (
            matching(json!({ "headers": { "a b/c": "*" } })),
            "/match/headers/a b~1c",
            "name",
        ),
        (matching(json!({ "probability": 0 })), "/match/probability", ""),
        (matching(json!({ "nth": 0 })), "/match/nth", ""),
        (matching(json!({ "times": 0 })), "/match/times", ""),
        (
            raw(json!({ "Content-Length": "1" })),
            "/effect/headers/Content-Length",
            "server's",
        ),
        (
            raw(json!({ "transfer-encoding": "chunked" })),
            "/effect/headers/transfer-encoding",
            "server's",
        ),
        (
            raw(json!({ "Connection": "close" })),
            "/effect/headers/Connection",
            "server's",
        ),
        (raw(json!({ "x": "a\r\nb: c" })), "/effect/headers/x", "value"),
        (raw(json!({ "x y": "a" })), "/effect/headers/x y", "name"),
        (
            json!({ "effect": { "kind": "raw", "status": 204, "body": "x" } }),
            "/effect/body",
            "204",
        ),
        (
            json!({ "effect": { "kind": "raw", "status": 304, "body": "x" } }),
            "/effect/body",
            "304",
        ),
        (
            json!({ "effect": { "kind": "raw", "status": 101 } }),
            "/effect/status",
            "",
        ),
        (
            json!({ "effect": documented("418") , "match": { "operation": "getMembers" } }),
            "/effect/status",
            "getMembers documents 200",
        ),
        (json!({ "effect": documented("teapot") }), "/effect/status", ""),
        (
            json!({ "effect": { "kind": "documented", "status": "404", "example": "nonsense" } }),
            "/effect/example",
            "example",
        ),
        (
            json!({ "effect": { "kind": "slow_body", "bytes_per_second": 0 } }),
            "/effect/bytes_per_second",
            "",
        ),
        (
            json!({ "effect": { "kind": "rate_limit", "requests": 1, "seconds": 0 } }),
            "/effect/seconds",
            "",
        ),
    ] {
        let reply = send(
            server.addr(),
            &format!("POST {FAULTS}"),
            &[JSON],
            &fault.to_string(),
        );
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (400, Some("application/problem+json")),
            "{fault}: {}",
            reply.body
        );
        let errors = reply.json()["errors"].as_array().unwrap().clone();
        let here: Vec<_> = errors
            .iter()
            .filter(|error| error["pointer"] == pointer)
            .collect();
        let [error] = here.as_slice() else {
            panic!("{fault}: {}", reply.body)
        };
        assert!(
            error["detail"].as_str().unwrap().contains(said),
            "{fault}: {error}"
        );
    }
    assert!(server.world().faults().is_empty());
}

#[test]
fn everything_that_is_wrong_with_a_fault_is_said_at_once() {
    let server = MockServer::start().unwrap();
    let fault = json!({
        "match": { "operation": "nothing", "path": "orgs" },
        "effect": { "kind": "raw", "status": 200, "headers": { "te st": "", "upgrade": "h2c" } },
    });
    let reply = send(
        server.addr(),
        &format!("POST {FAULTS}"),
        &[JSON],
        &fault.to_string(),
    );
    let body = reply.json();
    let pointers: Vec<_> = body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(
        pointers,
        [
            "/match/operation",
            "/match/path",
            "/effect/headers/te st",
            "/effect/headers/upgrade"
        ]
    );
}

#[test]
fn a_world_has_a_thousand_faults_at_most() {
    let server = MockServer::start().unwrap();
    let fault = json!({ "match": { "path": "/never" }, "delay": { "milliseconds": 0 } });
    let given: mock_server::control::models::NewFault = serde_json::from_value(fault.clone()).unwrap();
    for _ in 0..1000 {
        server.world().add_fault(given.clone()).unwrap();
    }
    let reply = send(
        server.addr(),
        &format!("POST {FAULTS}"),
        &[JSON],
        &fault.to_string(),
    );
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (409, Some("application/problem+json"))
    );
    assert!(reply.body.contains("1000"), "{}", reply.body);
    assert_eq!(call(&server, LIST).status, 200);
}

#[test]
fn a_fault_made_in_rust_is_checked_as_one_that_was_sent() {
    let server = MockServer::start().unwrap();
    let mut fault = mock_server::control::models::NewFault::default();
    server.world().add_fault(fault.clone()).unwrap_err();
    fault.delay = Some(mock_server::control::models::Delay {
        milliseconds: -1,
        up_to_milliseconds: None,
    });
    let error = server.world().add_fault(fault).unwrap_err().to_string();
    assert!(error.contains("/delay/milliseconds"), "{error}");
}

#[test]
fn a_reset_ends_all_faults_and_begins_their_ids_anew() {
    let server = MockServer::start().unwrap();
    let fault = json!({ "effect": { "kind": "raw", "status": 500 } });
    add(&server, &fault);
    assert_eq!(call(&server, CREATE).status, 500);
    server.world().reset();
    assert_eq!(call(&server, CREATE).status, 201);
    assert_eq!(add(&server, &fault), "fault-1");
}

#[test]
fn the_faults_of_a_world_are_no_other_worlds() {
    let server = MockServer::start().unwrap();
    let fault = json!({ "effect": { "kind": "raw", "status": 500 } }).to_string();
    let made = send(server.addr(), "POST /_mock/worlds/a/faults", &[JSON], &fault);
    assert_eq!(
        (made.status, made.header("location")),
        (201, Some("/_mock/worlds/a/faults/fault-1"))
    );
    assert_eq!(call(&server, "GET /w/a/api/organizations").status, 500);
    assert_eq!(call(&server, "GET /w/b/api/organizations").status, 200);
    assert_eq!(call(&server, LIST).status, 200);
}

#[test]
fn what_steers_the_server_never_goes_wrong_on_purpose() {
    let (server, _) = with(&json!({ "effect": { "kind": "cut_connection" } }));
    assert_eq!(send(server.addr(), &format!("GET {FAULTS}"), &[], "").status, 200);
    assert_eq!(send(server.addr(), "GET /", &[], "").status, 200);
    assert_eq!(send(server.addr(), "GET /no/api", &[], "").status, 404);
    assert_eq!(super::counts(&server, "fault-1"), (0, 0));
}
