//! The process: what it prints, and how it stops.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mock_server::Limits;
use serde_json::json;

use crate::case::JSON;
use crate::client::{connect, read_to_end, send};

/// A running server; killed when the test is over.
pub(crate) struct Process {
    child: Child,
    pub(crate) addr: SocketAddr,
    /// What follows the first line of its output.
    pub(crate) table: Vec<String>,
}

impl Process {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_in(&[], arguments)
    }

    /// Starts it with variables in its environment.
    pub(crate) fn start_in(variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mock-server"))
            .args(arguments)
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map(Result::unwrap);
        let first = lines.next().unwrap();
        let addr = first
            .strip_prefix("listening on http://")
            .unwrap()
            .parse()
            .unwrap();
        let table = lines.take(5).collect();
        Self { child, addr, table }
    }

    pub(crate) fn signal(&self, name: &str) {
        self.shell(&format!("kill -{name} $0"));
    }

    /// Runs a script whose `$0` is the process.
    fn shell(&self, script: &str) {
        let status = Command::new("sh")
            .args(["-c", script, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }

    pub(crate) fn wait(&mut self) -> Option<i32> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not stop");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_says_where_each_api_is_and_what_lets_a_call_in() {
    let process = Process::start(&["--listen", "127.0.0.1:0"]);
    assert_eq!(process.table.len(), 5);
    for (row, path) in process
        .table
        .iter()
        .zip(["/clerk/v1", "/logto", "/whylabs", "/enhance", "/_mock"])
    {
        let url = format!("http://{}{path}", process.addr);
        assert!(row.split_whitespace().any(|word| word == url), "{row}");
    }
    assert_eq!(send(process.addr, "GET /", &[], "").status, 200);
}

#[test]
fn the_credentials_it_prints_let_calls_in() {
    let process = Process::start(&["--listen", "127.0.0.1:0"]);
    let paths = [
        "/clerk/v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
        "/logto/api/organizations",
        "/whylabs/v0/organizations/org-123/membership",
        "/enhance/orgs/c2d94473-b911-4f5f-bc9c-77efd52d8f8f/members",
    ];
    for (row, path) in process.table.iter().zip(paths) {
        let (_, credential) = row.split_once(&process.addr.to_string()).unwrap();
        let credential = credential
            .split_once(' ')
            .unwrap()
            .1
            .trim_start()
            .split("   ")
            .next()
            .unwrap();
        let header = credential.split_once(": ").unwrap();
        assert_eq!(
            send(process.addr, &format!("GET {path}"), &[header], "").status,
            200,
            "{row}"
        );
    }
}

#[test]
fn it_stops_when_told_to_and_finishes_what_it_is_answering() {
    for signal in ["TERM", "INT"] {
        let mut process = Process::start(&["--listen", "127.0.0.1:0"]);
        let mut idle = connect(process.addr);
        let mut busy = busy(&process);
        process.signal(signal);
        assert_eq!(idle.read(&mut [0]).unwrap(), 0, "an idle connection is closed");
        busy.write_all(b"}").unwrap();
        assert_eq!(read_to_end(&mut busy).status, 422, "a request is answered");
        assert_eq!(process.wait(), Some(0));
    }
}

/// Longer than signals may be apart that are taken for one.
const APART: Duration = Duration::from_millis(300);

/// A connection whose request lacks the last byte of its body.
fn busy(process: &Process) -> TcpStream {
    let mut busy = connect(process.addr);
    let head = "POST /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk_test_rollcall\r\ncontent-length: 2\r\n\r\n{";
    busy.write_all(head.as_bytes()).unwrap();
    assert_eq!(send(process.addr, "GET /", &[], "").status, 200);
    busy
}

#[test]
fn a_second_signal_does_not_wait_for_answers_but_the_state_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let state = ["--listen", "127.0.0.1:0", "--state", file.to_str().unwrap()];
    let mut process = Process::start(&state);
    let made = send(process.addr, "POST /_mock/worlds", &[JSON], r#"{"name":"kept"}"#);
    assert_eq!(made.status, 201);
    let _busy = busy(&process);
    let begun = Instant::now();
    process.signal("TERM");
    std::thread::sleep(APART);
    process.signal("TERM");
    assert_eq!(process.wait(), Some(1));
    assert!(begun.elapsed() < Limits::default().grace);
    let again = Process::start(&state);
    assert_eq!(send(again.addr, "GET /_mock/worlds/kept", &[], "").status, 200);
}

#[test]
fn a_second_signal_while_the_state_is_saved_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let mut process = Process::start(&["--listen", "127.0.0.1:0", "--state", file.to_str().unwrap()]);
    let name = "x".repeat(32 * 1024 * 1024);
    let state = json!({ "clerk": { "users": [{ "id": "user_zed", "first_name": name }] } }).to_string();
    let replaced = send(process.addr, "PUT /_mock/worlds/default/state", &[JSON], &state);
    assert_eq!(replaced.status, 204, "{}", replaced.body);
    process.signal("TERM");
    std::thread::sleep(APART);
    let is_saving = process.child.try_wait().unwrap().is_none();
    assert!(
        is_saving,
        "the state is too small for a save that can be interrupted"
    );
    process.signal("TERM");
    assert_eq!(process.wait(), Some(0));
    assert!(file.metadata().unwrap().len() > name.len() as u64);
}

#[test]
fn signals_that_come_together_are_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let mut process = Process::start(&["--listen", "127.0.0.1:0", "--state", file.to_str().unwrap()]);
    let mut busy = busy(&process);
    process.shell("kill -TERM $0; sleep 0.005; kill -INT $0; sleep 0.005; kill -TERM $0");
    std::thread::sleep(APART);
    busy.write_all(b"}").unwrap();
    assert_eq!(read_to_end(&mut busy).status, 422);
    assert_eq!(process.wait(), Some(0));
    assert!(file.exists());
}

#[test]
fn a_killed_server_can_be_started_again_at_once() {
    let mut process = Process::start(&["--listen", "127.0.0.1:0"]);
    let mut open = connect(process.addr);
    assert_eq!(send(process.addr, "GET /", &[], "").status, 200);
    process.signal("KILL");
    assert_eq!(process.wait(), None);
    assert_eq!(open.read(&mut [0]).unwrap_or(0), 0);
    let begun = Instant::now();
    let again = Process::start(&["--listen", &process.addr.to_string()]);
    assert_eq!(send(again.addr, "GET /", &[], "").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_port_in_use_ends_it_with_a_word_on_what_to_change() {
    let process = Process::start(&["--listen", "127.0.0.1:0"]);
    let output = Command::new(env!("CARGO_BIN_EXE_mock-server"))
        .args(["--listen", &process.addr.to_string()])
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("--listen"), "{error}");
}

#[test]
fn closing_its_output_does_not_stop_it() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mock-server"))
        .args(["--listen", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    std::thread::sleep(Duration::from_millis(200));
    let is_running = child.try_wait().unwrap().is_none();
    let _ = child.kill();
    let _ = child.wait();
    assert!(is_running);
}
