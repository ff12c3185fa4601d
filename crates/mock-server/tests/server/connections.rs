//! What clients may do to each other's connections: nothing.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use mock_server::control::models::AnsweredBy;
use mock_server::{Limits, MockServer};

use crate::client::{connect, read_to_end, send};

fn server(limits: Limits) -> MockServer {
    MockServer::builder().limits(limits).start().unwrap()
}

fn is_served(server: &MockServer) -> bool {
    send(server.addr(), "GET /", &[], "").status == 200
}

#[test]
fn a_thousand_idle_connections_harm_nobody() {
    let server = MockServer::start().unwrap();
    let mut idle: Vec<_> = (0..1000)
        .map_while(|_| std::net::TcpStream::connect(server.addr()).ok())
        .collect();
    assert!(
        idle.len() > 400,
        "only {} connections could be opened",
        idle.len()
    );
    let begun = Instant::now();
    assert!(is_served(&server));
    assert!(begun.elapsed() < Duration::from_secs(2));
    let first = idle.first_mut().unwrap();
    first
        .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .unwrap();
    assert_eq!(read_to_end(first).status, 200);
}

#[test]
fn a_client_that_sends_its_head_too_slowly_gets_408_and_others_are_served() {
    let server = server(Limits {
        head: Duration::from_millis(150),
        ..Limits::default()
    });
    let mut slow = connect(server.addr());
    slow.write_all(b"GET / HT").unwrap();
    assert!(is_served(&server));
    let reply = read_to_end(&mut slow);
    assert_eq!(reply.status, 408);
    assert_eq!(reply.header("content-type"), Some("application/problem+json"));
}

#[test]
fn bytes_that_trickle_in_do_not_lengthen_the_time_for_a_head() {
    let server = server(Limits {
        head: Duration::from_millis(200),
        ..Limits::default()
    });
    let mut slow = connect(server.addr());
    let begun = Instant::now();
    for byte in b"GET / HTTP/1.1\r\nhost: a-client-that-is-in-no-hurry\r\n" {
        if slow.write_all(&[*byte]).is_err() || begun.elapsed() > Duration::from_secs(5) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_client_that_sends_its_body_too_slowly_gets_408() {
    let server = server(Limits {
        body: Duration::from_millis(150),
        ..Limits::default()
    });
    let mut slow = connect(server.addr());
    let head = "POST /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk_test_rollcall\r\ncontent-length: 10\r\n\r\n{";
    slow.write_all(head.as_bytes()).unwrap();
    let reply = read_to_end(&mut slow);
    assert_eq!((reply.status, reply.header("connection")), (408, Some("close")));
    let [request] = server.world().requests().try_into().unwrap();
    let status = request.response.map(|response| response.status);
    assert_eq!((status, request.answered_by), (Some(408), AnsweredBy::Server));
    assert!(request.documented && request.refused.is_none());
    let coverage = server.world().coverage();
    assert_eq!((coverage.reached, coverage.undocumented), (0, Vec::new()));
}

#[test]
fn an_answer_that_no_body_was_needed_for_is_given_however_slowly_it_comes() {
    let server = server(Limits {
        body: Duration::from_millis(30),
        ..Limits::default()
    });
    let mut slow = connect(server.addr());
    let head = "POST /v1/organizations/o/memberships HTTP/1.1\r\nhost: x\r\nprefer: code=404\r\nconnection: close\r\ncontent-length: 10\r\n\r\n{";
    slow.write_all(head.as_bytes()).unwrap();
    assert_eq!(read_to_end(&mut slow).status, 404);
    let [request] = server.world().requests().try_into().unwrap();
    let status = request.response.map(|response| response.status);
    assert_eq!((status, request.answered_by), (Some(404), AnsweredBy::Forced));
}

#[test]
fn an_idle_connection_is_closed_without_an_answer() {
    let server = server(Limits {
        idle: Duration::from_millis(100),
        ..Limits::default()
    });
    let mut idle = connect(server.addr());
    assert_eq!(idle.read(&mut [0]).unwrap(), 0);
}

#[test]
fn several_requests_go_through_one_connection() {
    let server = MockServer::start().unwrap();
    let mut stream = connect(server.addr());
    let one = "GET /orgs/o/members HTTP/1.1\r\nhost: x\r\n\r\n";
    let last = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream.write_all(format!("{one}{one}{last}").as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert_eq!(text.matches("HTTP/1.1 401").count(), 2);
    assert_eq!(text.matches("HTTP/1.1 200").count(), 1);
}

#[test]
fn a_head_that_begins_with_the_request_before_it_must_be_finished_in_time_as_well() {
    let server = server(Limits {
        head: Duration::from_millis(150),
        ..Limits::default()
    });
    let whole = [
        "GET / HTTP/1.1\r\nhost: x\r\n\r\n",
        "POST /_mock/reset HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}",
    ];
    for whole in whole {
        let mut stream = connect(server.addr());
        stream.write_all(format!("{whole}GET / HT").as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert_eq!(text.matches("HTTP/1.1 ").count(), 2, "{text}");
        assert_eq!(text.matches("HTTP/1.1 408").count(), 1, "{text}");
    }
}

#[test]
fn a_connection_may_be_idle_for_longer_than_a_head_may_take() {
    let server = server(Limits {
        head: Duration::from_millis(50),
        ..Limits::default()
    });
    let mut stream = connect(server.addr());
    for _ in 0..3 {
        std::thread::sleep(Duration::from_millis(150));
        stream.write_all(b"HEAD / HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
        let mut answer = [0; 1024];
        let length = stream.read(&mut answer).unwrap();
        assert!(answer[..length].starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
fn an_empty_line_after_a_request_does_not_begin_another() {
    let server = server(Limits {
        head: Duration::from_millis(100),
        ..Limits::default()
    });
    let mut stream = connect(server.addr());
    let post = "POST /v1/organizations/o/memberships HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}\r\n";
    stream.write_all(post.as_bytes()).unwrap();
    let mut answer = [0; 1024];
    let length = stream.read(&mut answer).unwrap();
    assert!(answer[..length].starts_with(b"HTTP/1.1 401"));
    for empty in ["", "\r\n", "\n", "\r\n\r\n"] {
        stream.write_all(empty.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        stream.write_all(b"HEAD / HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
        let length = stream.read(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer[..length]);
        assert!(answer.starts_with("HTTP/1.1 200"), "{empty:?}: {answer}");
    }
}

#[test]
fn where_there_is_no_room_the_longest_idle_connection_makes_some() {
    let server = server(Limits {
        connections: 2,
        ..Limits::default()
    });
    let mut oldest = idle(&server);
    let _other = idle(&server);
    assert!(is_served(&server));
    assert_eq!(oldest.read(&mut [0]).unwrap(), 0);
}

/// A connection on which a request was answered.
fn idle(server: &MockServer) -> TcpStream {
    let mut stream = connect(server.addr());
    stream.write_all(b"HEAD / HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
    stream
}

#[test]
fn a_client_that_has_just_connected_loses_its_first_request_to_no_newcomer() {
    let server = server(Limits {
        connections: 1,
        ..Limits::default()
    });
    let mut first = connect(server.addr());
    assert_eq!(send(server.addr(), "GET /", &[], "").status, 503);
    let request = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    first.write_all(request).unwrap();
    assert_eq!(read_to_end(&mut first).status, 200);
}

#[test]
fn where_there_is_no_room_and_nobody_is_idle_a_newcomer_gets_503() {
    let server = server(Limits {
        connections: 1,
        ..Limits::default()
    });
    let mut busy = connect(server.addr());
    let head = "POST /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk_test_rollcall\r\n\
                content-length: 2\r\nexpect: 100-continue\r\n\r\n";
    busy.write_all(head.as_bytes()).unwrap();
    busy.read_exact(&mut [0; 12]).unwrap();
    let reply = send(server.addr(), "GET /", &[], "");
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (503, Some("application/problem+json"))
    );
}

#[test]
fn heads_that_are_too_long_get_414_and_431() {
    let server = MockServer::start().unwrap();
    let long = "x".repeat(9 * 1024);
    assert_eq!(
        send(server.addr(), &format!("GET /v1/{long}"), &[], "").status,
        414
    );
    assert_eq!(
        send(server.addr(), &format!("GET /?q={long}"), &[], "").status,
        414
    );
    assert_eq!(
        send(server.addr(), "GET /", &[("a", &long), ("b", &long)], "").status,
        431
    );
    let longer = "x".repeat(200 * 1024);
    assert_eq!(send(server.addr(), "GET /", &[("a", &longer)], "").status, 431);
    assert!(is_served(&server));
}

#[test]
fn what_is_not_http_gets_400() {
    let server = MockServer::start().unwrap();
    let mut stream = connect(server.addr());
    stream
        .write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n")
        .unwrap();
    assert_eq!(read_to_end(&mut stream).status, 400);
}

#[test]
fn a_large_body_nobody_asked_for_does_not_hold_up_the_answer() {
    let server = MockServer::start().unwrap();
    let body = "x".repeat(4 * 1024 * 1024);
    let reply = send(
        server.addr(),
        "GET /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
        &[("authorization", "Bearer sk_test_rollcall")],
        &body,
    );
    assert_eq!(reply.status, 200);
}

#[test]
fn a_dropped_server_closes_its_connections_and_its_address_is_free_at_once() {
    let server = MockServer::start().unwrap();
    let addr = server.addr();
    let mut idle = connect(addr);
    assert!(is_served(&server));
    drop(server);
    assert_eq!(idle.read(&mut [0]).unwrap_or(0), 0);
    let again = MockServer::builder().listen(addr).start().unwrap();
    assert!(is_served(&again));
}

#[test]
fn servers_in_one_process_share_nothing() {
    let (one, other) = (MockServer::start().unwrap(), MockServer::start().unwrap());
    assert_ne!(one.addr(), other.addr());
    drop(one);
    assert!(is_served(&other));
}

#[test]
fn an_address_in_use_is_an_error_that_says_what_to_change() {
    let server = MockServer::start().unwrap();
    let error = MockServer::builder()
        .listen(server.addr())
        .start()
        .unwrap_err()
        .to_string();
    assert!(error.contains("--listen"), "{error}");
}
