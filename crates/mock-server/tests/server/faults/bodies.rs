use std::io::{ErrorKind, Read as _, Write as _};
use std::time::{Duration, Instant};

use mock_server::{Limits, MockServer};
use serde_json::json;

use super::{CREATE, LIST, MEMBERSHIPS, add, call, organizations, with};
use crate::client::connect;

#[test]
fn a_slow_body_takes_as_long_as_was_asked_and_comes_whole() {
    let server = MockServer::start().unwrap();
    let whole = call(&server, MEMBERSHIPS);
    let rate = whole.body.len() * 4;
    add(
        &server,
        &json!({ "effect": { "kind": "slow_body", "bytes_per_second": rate } }),
    );
    let begun = Instant::now();
    let slow = call(&server, MEMBERSHIPS);
    assert!(
        begun.elapsed() >= Duration::from_millis(250),
        "{:?}",
        begun.elapsed()
    );
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!((slow.status, slow.body), (200, whole.body));
    let begun = Instant::now();
    assert_eq!(call(&server, &MEMBERSHIPS.replace("GET", "HEAD")).status, 200);
    assert!(
        begun.elapsed() < Duration::from_millis(250),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn the_head_of_an_answer_with_a_slow_body_comes_at_once() {
    let (server, _) = with(&json!({ "effect": { "kind": "slow_body", "bytes_per_second": 1 } }));
    let mut stream = connect(server.addr());
    stream
        .write_all(b"GET /v1/nothing HTTP/1.1\r\nhost: x\r\n\r\n")
        .unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 401");
    // Others are served meanwhile.
    server.world().clear_faults();
    assert_eq!(call(&server, LIST).status, 200);
}

#[test]
fn a_connection_lives_on_after_a_slow_body_and_an_empty_one() {
    let (server, _) = with(&json!({ "effect": { "kind": "empty_body" }, "match": { "times": 1 } }));
    add(
        &server,
        &json!({ "effect": { "kind": "slow_body", "bytes_per_second": 10_000 }, "match": { "times": 1 } }),
    );
    let mut stream = connect(server.addr());
    let one = "GET /v1/nothing HTTP/1.1\r\nhost: x\r\n\r\n";
    let last = "GET /v1/nothing HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream.write_all(format!("{one}{one}{last}").as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert_eq!(text.matches("HTTP/1.1 401").count(), 3, "{text}");
    assert_eq!(text.matches("content-length: 0").count(), 1, "{text}");
}

#[test]
fn a_truncated_body_is_announced_whole_and_breaks_off() {
    let server = MockServer::start().unwrap();
    let whole = call(&server, MEMBERSHIPS).body;
    for (bytes, expected) in [(None, whole.len() / 2), (Some(0), 0), (Some(7), 7)] {
        let mut effect = json!({ "kind": "truncated_body" });
        if let Some(bytes) = bytes {
            effect["bytes"] = json!(bytes);
        }
        add(&server, &json!({ "effect": effect }));
        let reply = call(&server, MEMBERSHIPS);
        assert_eq!(reply.status, 200);
        assert_eq!(
            reply.header("content-length"),
            Some(whole.len().to_string().as_str())
        );
        assert_eq!(reply.body, whole[..expected], "{bytes:?}");
    }
    let head = call(&server, &MEMBERSHIPS.replace("GET", "HEAD"));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn a_connection_that_would_be_kept_is_closed_within_a_truncated_body() {
    let server = MockServer::start().unwrap();
    let before = organizations(&server);
    add(
        &server,
        &json!({ "effect": { "kind": "truncated_body", "bytes": 5 } }),
    );
    let mut stream = connect(server.addr());
    let request = format!(
        "{CREATE} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer mock-token\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n{{\"name\":\"made\"}}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 201"), "{text}");
    assert_eq!(body.len(), 5);
    assert_eq!(organizations(&server), before + 1);
}

#[test]
fn a_body_that_has_no_more_bytes_than_are_left_of_it_comes_whole() {
    let server = MockServer::start().unwrap();
    let whole = call(&server, MEMBERSHIPS).body;
    add(
        &server,
        &json!({ "effect": { "kind": "truncated_body", "bytes": whole.len() } }),
    );
    assert_eq!(call(&server, MEMBERSHIPS).body, whole);
}

#[test]
fn a_server_stops_within_a_slow_body() {
    let server = MockServer::builder().limits(Limits::default()).start().unwrap();
    add(
        &server,
        &json!({ "effect": { "kind": "slow_body", "bytes_per_second": 1 } }),
    );
    let mut stream = connect(server.addr());
    stream
        .write_all(b"GET /v1/nothing HTTP/1.1\r\nhost: x\r\n\r\n")
        .unwrap();
    stream.read_exact(&mut [0; 12]).unwrap();
    let begun = Instant::now();
    drop(server);
    assert!(begun.elapsed() < Duration::from_secs(5));
    // The rest of the head may still come, and then the end of the connection, one way or the other.
    match stream.read_to_end(&mut Vec::new()) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
    }
}
