//! Answers that are larger than what the system takes at once, so that the server holds the rest until the client reads.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use mock_server::{Limits, MockServer};
use serde_json::json;
use tokio::net::TcpSocket;
use tokio::runtime::Builder;

use crate::case::JSON;
#[cfg(unix)]
use crate::client::connect;
use crate::client::send;
#[cfg(unix)]
use crate::process::Process;

/// More than the buffers of both sockets hold.
const LENGTH: usize = 8 * 1024 * 1024;

/// A connection whose buffer does not grow, and for which the server's does not either.
fn connect_narrowly(addr: SocketAddr) -> TcpStream {
    let runtime = Builder::new_current_thread().enable_io().build().unwrap();
    let connected = async {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(64 * 1024).unwrap();
        socket.connect(addr).await.unwrap().into_std().unwrap()
    };
    let stream = runtime.block_on(connected);
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// The connection of a client that asked for a large answer, and has seen its first bytes.
fn answered_at_length(addr: SocketAddr) -> TcpStream {
    let effect = json!({ "kind": "raw", "status": 200, "body": "x".repeat(LENGTH) });
    let fault = json!({ "effect": effect, "match": { "api": "logto" } }).to_string();
    let made = send(addr, "POST /_mock/worlds/default/faults", &[JSON], &fault);
    assert_eq!(made.status, 201, "{}", made.body);
    loop {
        let mut stream = connect_narrowly(addr);
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
    let mut piece = vec![0; LENGTH / 64];
    for _ in 0..64 {
        slow.read_exact(&mut piece).unwrap();
        std::thread::sleep(Duration::from_millis(40));
    }
    assert!(count_to_end(&mut slow) > 0, "the length of the head");
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
