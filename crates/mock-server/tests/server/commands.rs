//! `mock-server health` and `mock-server coverage`, against a running server.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::process::{Command, Output};
use std::thread;
use std::time::{Duration, Instant};

use mock_server::MockServer;

use crate::acme::MEMBERS;
use crate::case::KEY;
use crate::client::send;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mock-server"))
        .args(arguments)
        .env("HTTP_PROXY", "http://127.0.0.1:1")
        .output()
        .unwrap()
}

#[track_caller]
fn assert_ends(output: &Output, status: i32, stdout: &str, stderr: &str) {
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert_eq!(output.status.code(), Some(status), "{out}\n{err}");
    assert!(out.contains(stdout), "{stdout:?} is not in {out:?}");
    assert!(err.contains(stderr), "{stderr:?} is not in {err:?}");
}

/// Answers the first request with this.
fn answer_once(listener: &TcpListener, status: &str, body: &str) {
    let (mut stream, _) = listener.accept().unwrap();
    let head = BufReader::new(stream.try_clone().unwrap())
        .lines()
        .map(Result::unwrap);
    assert_eq!(
        head.take_while(|line| !line.is_empty()).next().unwrap(),
        "GET /_mock/health HTTP/1.1"
    );
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .unwrap();
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

#[test]
fn a_server_is_waited_for_until_it_is_ready() {
    let addr = free_address();
    let server = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        let listener = TcpListener::bind(addr).unwrap();
        answer_once(&listener, "503 Service Unavailable", "");
        answer_once(
            &listener,
            "200 OK",
            r#"{"ready": true, "version": "1.2.3", "apis": ["clerk", "logto"]}"#,
        );
    });
    let output = run(&["health", "--wait", "20s", &format!("http://{addr}/")]);
    assert_ends(&output, 0, "is ready: version 1.2.3, clerk, logto", "");
    server.join().unwrap();
}

#[test]
fn a_server_that_does_not_become_ready_is_told_with_what_was_seen_last() {
    let addr = free_address();
    let begun = Instant::now();
    let output = run(&["health", "--wait", "300ms", &format!("http://{addr}")]);
    assert_ends(&output, 1, "", "is not ready after 300ms");
    assert!(begun.elapsed() >= Duration::from_millis(300));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || answer_once(&listener, "404 Not Found", "<html>"));
    assert_ends(
        &run(&["health", &url]),
        1,
        "",
        "it answered 404, as no mock-server does",
    );
    server.join().unwrap();
}

#[test]
fn a_report_of_what_was_seen_is_printed_and_written() {
    let server = MockServer::start().unwrap();
    send(server.addr(), &format!("GET {MEMBERS}"), &[KEY], "");
    send(server.addr(), &format!("GET /w/other{MEMBERS}"), &[], "");
    let folder = std::env::temp_dir();
    let file = folder.join(format!("coverage-{}.xml", server.addr().port()));
    let junit = file.to_str().unwrap();
    let all = run(&["coverage", "--api", "clerk", "--junit", junit, server.url()]);
    assert_ends(&all, 0, "clerk: 2 of 20 pairs seen (10 %)", "");
    let xml = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(xml.matches("<testcase ").count(), 20, "{xml}");
    let other = run(&["coverage", "--api", "clerk", &format!("{}/w/other", server.url())]);
    assert_ends(&other, 0, "clerk: 1 of 20 pairs seen (5 %)", "");
}

#[test]
fn too_few_answers_or_a_violation_fail_a_run_that_asks_for_it() {
    let server = MockServer::start().unwrap();
    let url = server.url();
    send(server.addr(), &format!("GET {MEMBERS}?page=2"), &[KEY], "");
    assert_ends(
        &run(&["coverage", "--fail-under", "0.6", url]),
        0,
        "1 of 153 pairs seen (0.6 %)",
        "",
    );
    let few = run(&["coverage", "--fail-under", "90", url]);
    assert_ends(
        &few,
        1,
        "Never seen",
        "0.6 % of the pairs were seen, fewer than 90 %",
    );
    assert_ends(&few, 1, "", "\n  clerk ListOrganizationMemberships 422");
    let off = run(&["coverage", "--fail-on-violations", url]);
    assert_ends(
        &off,
        1,
        "Violations by callers: 1.",
        "undocumented_parameter in the query /page",
    );
    assert_ends(
        &run(&["coverage", "--fail-on-violations", "--api", "logto", url]),
        0,
        "logto",
        "",
    );
}

#[test]
fn as_many_violations_as_a_server_keeps_can_be_asked_for_however_long_their_paths() {
    let server = MockServer::start().unwrap();
    let names: Vec<_> = (0..100).map(|number| format!("p{number}")).collect();
    let request = format!("DELETE {MEMBERS}/{}?{}", "x".repeat(7_500), names.join("&"));
    for _ in 0..100 {
        send(server.addr(), &request, &[KEY], "");
    }
    let off = run(&["coverage", "--fail-on-violations", server.url()]);
    assert_ends(
        &off,
        1,
        "Violations by callers: 10000.",
        "undocumented_parameter in the query /p99",
    );
}

#[test]
fn a_server_that_records_nothing_is_no_proof_of_anything() {
    let server = MockServer::builder().recording(false).start().unwrap();
    for flags in [&["coverage"][..], &["coverage", "--fail-on-violations"]] {
        assert_ends(
            &run(&[flags, &[server.url()]].concat()),
            2,
            "",
            "Start it without --no-recording",
        );
    }
}

#[test]
fn what_cannot_be_asked_ends_with_2() {
    let url = format!("http://{}", free_address());
    assert_ends(&run(&["coverage", &url]), 2, "", "cannot be asked");
    assert_ends(&run(&["coverage", "https://127.0.0.1"]), 2, "", "plain HTTP");
    assert_ends(
        &run(&["coverage", "--fail-under", "101", &url]),
        2,
        "",
        "0 to 100",
    );
    assert_ends(
        &run(&["coverage", "--api", "stripe", &url]),
        2,
        "",
        "clerk, logto, whylabs, enhance",
    );
    assert_ends(&run(&["health", "--wait", "30", &url]), 2, "", "500ms, 30s or 2m");
    assert_ends(
        &run(&["health", "localhost:4010"]),
        2,
        "",
        "http://127.0.0.1:4010",
    );
    let server = MockServer::start().unwrap();
    let nowhere = ["coverage", "--junit", "/nowhere/at/all.xml", server.url()];
    assert_ends(&run(&nowhere), 2, "", "--junit /nowhere/at/all.xml");
}

#[test]
fn a_server_that_does_not_answer_is_waited_for_no_longer_than_asked() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let begun = Instant::now();
    let output = run(&["health", "--wait", "500ms", &url]);
    assert_ends(&output, 1, "", "is not ready after 500ms");
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
}

#[test]
fn the_share_that_was_seen_is_not_rounded_before_it_is_compared() {
    let server = MockServer::start().unwrap();
    send(server.addr(), &format!("GET {MEMBERS}"), &[KEY], "");
    let share = 100.0 / 153.0;
    for (least, status) in [(share - 0.001, 0), (share + 0.001, 1)] {
        let output = run(&["coverage", "--fail-under", &format!("{least:.4}"), server.url()]);
        assert_ends(&output, status, "1 of 153 pairs seen (0.6 %)", "");
    }
}

#[test]
fn a_world_that_is_misspelt_is_told_and_does_not_begin() {
    let server = MockServer::start().unwrap();
    let typo = format!("{}/w/typo", server.url());
    let none = run(&["coverage", &typo]);
    assert_ends(&none, 2, "", "there is no world typo, and no other either");
    for world in ["a", "b"] {
        send(server.addr(), &format!("GET /w/{world}{MEMBERS}"), &[KEY], "");
    }
    assert_ends(
        &run(&["coverage", &typo]),
        2,
        "",
        "there is no world typo; there are a, b",
    );
    assert_eq!(server.worlds().len(), 2);
}
