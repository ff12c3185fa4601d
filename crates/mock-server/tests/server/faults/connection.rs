use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use mock_server::MockServer;
use serde_json::json;

use super::{CREATE, LIST, add, call, counts, organizations, with};
use crate::client::connect;

/// What comes on a connection that would be kept, until it is closed.
fn answer(server: &MockServer, request: &str, body: &str) -> String {
    let mut stream = connect(server.addr());
    let head = format!(
        "{request} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer mock-token\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_connection_is_cut_without_a_byte_of_an_answer_before_the_api_did_its_work_or_after() {
    for after_handling in [false, true] {
        let server = MockServer::start().unwrap();
        let before = organizations(&server);
        let effect = json!({ "kind": "cut_connection", "after_handling": after_handling });
        let id = add(&server, &json!({ "match": { "times": 1 }, "effect": effect }));
        let begun = Instant::now();
        assert_eq!(answer(&server, CREATE, r#"{"name":"made"}"#), "");
        assert!(begun.elapsed() < Duration::from_secs(5));
        assert_eq!(counts(&server, &id), (1, 1));
        assert_eq!(organizations(&server) > before, after_handling);
        assert_eq!(call(&server, LIST).status, 200);
    }
}

#[test]
fn a_head_is_cut_too() {
    let (server, _) = with(&json!({ "effect": { "kind": "cut_connection" } }));
    assert_eq!(answer(&server, "HEAD /api/organizations", ""), "");
}

#[test]
fn answers_before_the_one_that_is_cut_come_whole() {
    let (server, _) = with(&json!({ "match": { "nth": 3 }, "effect": { "kind": "cut_connection" } }));
    let mut stream = connect(server.addr());
    let one = "GET /v1/nothing HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(one.repeat(4).as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert_eq!(text.matches("HTTP/1.1 401").count(), 2, "{text}");
    assert!(text.ends_with('}'), "{text}");
}

#[test]
fn a_client_that_waits_to_be_asked_for_its_body_is_not_asked_by_a_fault() {
    for (effect, expected) in [
        (json!({ "kind": "cut_connection" }), ""),
        (json!({ "kind": "raw", "status": 503 }), "HTTP/1.1 503"),
    ] {
        let (server, _) = with(&json!({ "effect": effect }));
        let mut stream = connect(server.addr());
        let head = format!(
            "{CREATE} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: 100\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert_eq!(text.get(..12).unwrap_or_default(), expected);
    }
}

#[test]
fn a_connection_is_cut_though_the_request_is_not_all_there() {
    let (server, _) = with(&json!({ "effect": { "kind": "cut_connection" } }));
    let mut stream = connect(server.addr());
    let head = format!("{CREATE} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{{");
    stream.write_all(head.as_bytes()).unwrap();
    let begun = Instant::now();
    assert_eq!(stream.read(&mut [0]).unwrap_or(0), 0);
    assert!(begun.elapsed() < Duration::from_secs(5));
}
