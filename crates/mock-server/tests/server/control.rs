//! The control API by itself.

use std::io::Write as _;
use std::time::{Duration, Instant};

use mock_server::{Limits, MockServer};
use serde_json::{Value, json};

use crate::acme::MEMBERS;
use crate::case::{JSON, case, check};
use crate::client::{Reply, connect, read_to_end, send};

pub(crate) fn steer(server: &MockServer, request: &str, body: &Value) -> Reply {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let reply = send(server.addr(), request, &[JSON], &body);
    assert_eq!(server.undocumented(), 0, "{request}: {reply:?}");
    reply
}

pub(crate) fn pointers(reply: &Reply) -> Vec<String> {
    let errors = reply.json()["errors"].clone();
    let errors = errors
        .as_array()
        .unwrap_or_else(|| panic!("no errors in {reply:?}"));
    errors
        .iter()
        .map(|error| error["pointer"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_server_says_what_it_serves_and_by_which_documents() {
    let server = MockServer::start().unwrap();
    check(
        &server,
        &case(
            "GET /_mock/health",
            &[],
            "",
            200,
            &[
                ("/ready", json!(true)),
                ("/apis", json!(["clerk", "logto", "whylabs", "enhance"])),
            ],
        ),
    );
    check(
        &server,
        &case(
            "GET /_mock/apis",
            &[],
            "",
            200,
            &[
                ("/apis/0/base_url", json!(server.clerk_url())),
                ("/apis/3/operations", json!(14)),
                ("/apis/1/openapi_yaml", json!("/_mock/apis/logto/openapi.yaml")),
            ],
        ),
    );
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs");
    for name in ["clerk", "logto", "whylabs", "enhance", "control"] {
        let written = std::fs::read_to_string(format!("{folder}/{name}.yaml")).unwrap();
        let yaml = send(
            server.addr(),
            &format!("GET /_mock/apis/{name}/openapi.yaml"),
            &[],
            "",
        );
        assert_eq!(
            (yaml.status, yaml.header("content-type")),
            (200, Some("application/yaml"))
        );
        assert!(yaml.body == written, "{name} is not served as it is written");
        let json = send(
            server.addr(),
            &format!("GET /_mock/apis/{name}/openapi.json"),
            &[],
            "",
        )
        .json();
        let read = mock_server_document(&written);
        assert!(json == read, "{name} differs as JSON");
    }
    assert_eq!(
        send(server.addr(), "GET /_mock/apis/nobody/openapi.yaml", &[], "").status,
        404
    );
    assert_eq!(
        send(server.addr(), "GET /_mock/apis/nobody/openapi.json", &[], "").status,
        404
    );
    let head = send(server.addr(), "HEAD /_mock/apis/clerk/openapi.yaml", &[], "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

fn mock_server_document(text: &str) -> Value {
    let source = openapi_model::Source::new("document", text);
    openapi_model::Document::parse(source).unwrap().value().clone()
}

#[test]
fn a_path_that_steers_nothing_is_answered_with_what_does() {
    let server = MockServer::start().unwrap();
    for path in ["/_mock", "/_mock/", "/_mock/world", "/_mock/worlds/a/states"] {
        let reply = send(server.addr(), &format!("GET {path}"), &[], "");
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (404, Some("application/problem+json")),
            "{path}"
        );
        assert!(reply.body.contains("/_mock/"), "{path}: {reply:?}");
        assert_eq!(
            send(server.addr(), &format!("HEAD {path}"), &[], "").status,
            404,
            "{path}"
        );
    }
    let wrong = send(server.addr(), "POST /_mock/health", &[], "");
    assert_eq!((wrong.status, wrong.header("allow")), (405, Some("GET, HEAD")));
}

#[test]
fn a_server_is_gone_at_once_while_somebody_is_still_sending_it_a_state() {
    let server = MockServer::start().unwrap();
    let mut stream = connect(server.addr());
    let head = "PUT /_mock/worlds/a/state HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    stream.write_all(head.as_bytes()).unwrap();
    assert_eq!(send(server.addr(), "GET /_mock/worlds", &[], "").status, 200);
    let begun = Instant::now();
    drop(server);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn a_page_of_another_machine_steers_nothing_and_one_of_this_machine_does() {
    let server = MockServer::start().unwrap();
    let from = |request: &str, origin: &str| {
        let headers = [JSON, ("origin", origin)];
        send(server.addr(), request, &headers, r#"{"name":"theirs"}"#).status
    };
    assert_eq!(from("POST /_mock/worlds", "https://evil.test"), 403);
    assert_eq!(from("GET /_mock/worlds/default/requests", "null"), 403);
    assert_eq!(from("GET /_mock/worlds/theirs", "http://localhost:3000"), 404);
    assert_eq!(from("POST /_mock/worlds", "http://localhost:3000"), 201);
    assert_eq!(from("GET /_mock/health", "https://evil.test"), 200);
}

#[test]
fn a_name_that_leads_here_steers_nothing_unless_it_is_this_machines_own() {
    let open = MockServer::start().unwrap();
    let with_token = MockServer::builder()
        .control_token("s3cret".parse().unwrap())
        .start()
        .unwrap();
    let ask = |server: &MockServer, path: &str, host: &str| {
        let mut stream = connect(server.addr());
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer s3cret\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        read_to_end(&mut stream)
    };
    let refused = ask(&open, "/_mock/worlds", "evil.test:4010");
    assert_eq!(
        (refused.status, refused.header("content-type")),
        (403, Some("application/problem+json"))
    );
    for word in ["evil.test:4010", "127.0.0.1", "--control-token"] {
        assert!(refused.body.contains(word), "{refused:?}");
    }
    assert_eq!(ask(&open, "/_mock/health", "evil.test").status, 200);
    assert_eq!(ask(&open, "/v1/nothing", "evil.test").status, 401, "an API");
    for own in [
        "localhost",
        "localhost.:1",
        "mock.localhost:1",
        "127.0.0.1",
        "[::1]:4010",
    ] {
        assert_eq!(ask(&open, "/_mock/worlds", own).status, 200, "{own}");
    }
    let whole = |host: &str| format!("http://{host}/_mock/worlds");
    let refused = ask(&open, &whole("evil.test"), "localhost");
    assert!(
        refused.status == 403 && refused.body.contains("evil.test"),
        "{refused:?}"
    );
    assert_eq!(ask(&open, &whole("localhost"), "evil.test").status, 200);
    assert_eq!(ask(&with_token, "/_mock/worlds", "evil.test").status, 200);
    assert_eq!(open.undocumented() + with_token.undocumented(), 0);
}

#[test]
fn bodies_that_trickle_in_keep_nobody_from_steering() {
    let server = MockServer::start().unwrap();
    // More than there are threads that may be blocked.
    let senders: Vec<_> = (0..600)
        .map(|_| {
            let mut stream = connect(server.addr());
            stream
                .write_all(b"PUT /_mock/worlds/a/state HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{")
                .unwrap();
            stream
        })
        .collect();
    let begun = Instant::now();
    assert_eq!(
        steer(&server, "GET /_mock/worlds/a/clock", &Value::Null).status,
        200
    );
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    drop(senders);
}

#[test]
fn a_body_that_says_a_thing_twice_is_refused_with_where() {
    let server = MockServer::start().unwrap();
    let state = "/_mock/worlds/a/state";
    let before = steer(&server, &format!("GET {state}"), &Value::Null).body;
    for (request, body, expected) in [
        (
            format!("PUT {state}"),
            r#"{"clerk":{"users":[{"id":"u1"}],"users":[]}}"#,
            "/clerk/users",
        ),
        (format!("PUT {state}"), r#"{"seed":1,"seed":2}"#, "/seed"),
        (
            format!("PATCH {state}"),
            r#"{"clerk":{"users":[{"id":"u1"},{"id":"u2","id":"u3"}]}}"#,
            "/clerk/users/1/id",
        ),
        (
            "POST /_mock/worlds/a/faults".to_owned(),
            r#"{"effect":{"kind":"raw","status":500,"status":501}}"#,
            "/effect/status",
        ),
    ] {
        let reply = send(server.addr(), &request, &[JSON], body);
        assert_eq!(reply.status, 400, "{body}: {reply:?}");
        assert_eq!(pointers(&reply), [expected], "{body}");
        assert!(reply.body.contains("given once"), "{reply:?}");
    }
    assert_eq!(steer(&server, &format!("GET {state}"), &Value::Null).body, before);
    assert_eq!(server.undocumented(), 0);
}

#[test]
fn a_body_that_is_not_said_to_be_json_is_refused() {
    let server = MockServer::start().unwrap();
    for headers in [
        &[][..],
        &[("content-type", "")],
        &[("content-type", "text/plain")],
    ] {
        for request in [
            "PUT /_mock/worlds/a/state",
            "PATCH /_mock/worlds/a/state",
            "POST /_mock/worlds",
        ] {
            let reply = send(server.addr(), request, headers, "{}");
            assert_eq!(reply.status, 415, "{request} {headers:?}: {reply:?}");
        }
    }
    assert_eq!(server.undocumented(), 0);
}

#[test]
fn a_body_announced_as_too_large_is_refused_before_it_comes() {
    let limits = Limits {
        body_bytes: 100,
        control_body_bytes: 100,
        ..Limits::default()
    };
    let server = MockServer::builder().limits(limits).start().unwrap();
    for (request, token, status) in [
        ("PUT /_mock/worlds/a/state", "any", 413),
        // What these vendors answer to any body they cannot use.
        (&*format!("POST {MEMBERS}"), "sk_test_rollcall", 400),
        ("POST /api/organizations", "mock-token", 400),
    ] {
        for expect in ["", "expect: 100-continue\r\n"] {
            let mut stream = connect(server.addr());
            let head = format!(
                "{request} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
                 content-type: application/json\r\ncontent-length: 101\r\n{expect}\r\n"
            );
            let begun = Instant::now();
            stream.write_all(head.as_bytes()).unwrap();
            let reply = read_to_end(&mut stream);
            assert_eq!(reply.status, status, "{request} {expect}: {reply:?}");
            assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        }
    }
    assert_eq!(server.undocumented(), 0);
}
