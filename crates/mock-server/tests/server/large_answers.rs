//! Answers that are larger than what the system takes at once, so that the server holds the rest until the client reads.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use mock_server::{Limits, MockServer};
use serde_json::json;

use crate::case::JSON;
use crate::client::{connect, send};
#[cfg(unix)]
use crate::process::Process;

/// More than the buffers of both sockets hold.
const LENGTH: usize = 8 * 1024 * 1024;

/// The connection of a client that asked for a large answer, and has seen its first bytes.
fn answered_at_length(addr: SocketAddr) -> TcpStream {
    let effect = json!({ "kind": "raw", "status": 200, "body": "x".repeat(LENGTH) });
    let fault = json!({ "effect": effect, "match": { "api": "logto" } }).to_string();
    let made = send(addr, "POST /_mock/worlds/default/faults", &[JSON], &fault);
    assert_eq!(made.status, 201, "{}", made.body);
    loop {
        let mut stream = connect(addr);
        stream
            .write_all(b"GET /api/organizations HTTP/1.1\r\nhost: x\r\n\r\n")
            .unwrap();
        let mut head = [0; 12];
        stream.read_exact(&mut head).unwrap();
        // Where there is room for one, the connection that the fault came by may not be at its end yet.
        if &head != b"HTTP/1.1 503" {
            assert_eq!(&head, b"HTTP/1.1 200");
            return stream;
        }
    }
}

/// How many bytes are still to come. Where the server is gone, it may say so or not.
fn count_to_end(stream: &mut TcpStream) -> usize {
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    rest.len()
}

#[cfg(unix)]
#[test]
fn an_answer_that_is_being_sent_when_the_server_is_told_to_stop_is_sent_whole() {
    let mut process = Process::start(&["--listen", "127.0.0.1:0"]);
    let mut slow = answered_at_length(process.addr);
    let mut idle = connect(process.addr);
    assert_eq!(send(process.addr, "GET /", &[], "").status, 200);
    process.signal("TERM");
    assert_eq!(idle.read(&mut [0]).unwrap(), 0, "it is stopping");
    assert!(count_to_end(&mut slow) > LENGTH);
    assert_eq!(process.wait(), Some(0));
}

#[cfg(unix)]
#[test]
fn an_answer_that_nobody_reads_does_not_keep_a_server_from_stopping() {
    let mut process = Process::start(&["--listen", "127.0.0.1:0"]);
    let _unread = answered_at_length(process.addr);
    process.signal("TERM");
    assert_eq!(process.wait(), Some(0));
}

#[test]
fn a_client_that_reads_an_answer_slowly_is_not_idle() {
    let limits = Limits {
        idle: Duration::from_secs(1),
        ..Limits::default()
    };
    let server = MockServer::builder().limits(limits).start().unwrap();
    let mut slow = answered_at_length(server.addr());
    let mut piece = vec![0; 8 * 1024];
    let (begun, mut read) = (Instant::now(), 0);
    // So slowly that the system's own buffers would hold more than is read in the time.
    while begun.elapsed() < limits.idle * 3 {
        read += slow.read(&mut piece).unwrap();
        std::thread::sleep(Duration::from_millis(20));
    }
    read += count_to_end(&mut slow);
    assert!(read > LENGTH, "{read} bytes came");
}

#[test]
fn a_client_that_is_being_answered_does_not_make_room() {
    let limits = Limits {
        connections: 1,
        ..Limits::default()
    };
    let server = MockServer::builder().limits(limits).start().unwrap();
    let mut slow = answered_at_length(server.addr());
    assert_eq!(send(server.addr(), "GET /", &[], "").status, 503);
    slow.read_exact(&mut vec![0; LENGTH]).unwrap();
}

#[test]
fn a_client_that_never_reads_its_answer_is_let_go() {
    let limits = Limits {
        connections: 1,
        idle: Duration::from_millis(300),
        ..Limits::default()
    };
    let server = MockServer::builder().limits(limits).start().unwrap();
    let mut unread = answered_at_length(server.addr());
    let begun = Instant::now();
    while send(server.addr(), "GET /", &[], "").status == 503 {
        assert!(begun.elapsed() < Duration::from_secs(10));
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(begun.elapsed() >= Duration::from_millis(200), "it has its time");
    assert!(count_to_end(&mut unread) < LENGTH);
}
