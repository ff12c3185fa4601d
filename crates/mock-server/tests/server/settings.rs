//! What a process is started with: flags, variables, and who may steer it then.

use std::process::{Command, Output};

use clap::{ArgAction, CommandFactory as _};
use mock_server::{ControlToken, Flags, MockServer};
use serde_json::Value;

use crate::client::send;
use crate::process::Process;

/// What the program says when it does not serve.
fn run(variables: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = Command::new(env!("CARGO_BIN_EXE_mock-server"))
        .args(arguments)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[test]
fn whoever_steers_a_server_with_a_token_has_to_show_it() {
    let token = ControlToken::parse("s3cret").unwrap();
    let server = MockServer::builder().control_token(token).start().unwrap();
    let status = |request: &str, headers: &[(&str, &str)]| send(server.addr(), request, headers, "").status;
    assert_eq!(status("GET /_mock/health", &[]), 200);
    for request in [
        "GET /_mock/worlds",
        "GET /_mock/apis/clerk/openapi.yaml",
        "POST /_mock/worlds/a/reset",
    ] {
        assert_eq!(status(request, &[]), 401, "{request}");
        for wrong in ["Bearer s3cre", "Bearer s3cret0", "Bearer ", "Basic s3cret"] {
            assert_eq!(
                status(request, &[("authorization", wrong)]),
                401,
                "{request} {wrong}"
            );
        }
        assert_eq!(
            status(request, &[("authorization", "Bearer s3cret")]),
            200,
            "{request}"
        );
    }
    assert_eq!(server.undocumented(), 0);
}

#[test]
fn a_server_that_others_can_reach_is_steered_with_a_token_or_not_at_all() {
    let off = Process::start(&["--listen", "0.0.0.0:0"]);
    assert!(off.table[4].contains("--control-token"), "{:?}", off.table);
    assert_eq!(send(off.addr, "GET /_mock/health", &[], "").status, 200);
    let refused = send(
        off.addr,
        "GET /_mock/worlds",
        &[("authorization", "Bearer x")],
        "",
    );
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("--control-token"), "{refused:?}");
    let on = Process::start_in(&[("MOCK_CONTROL_TOKEN", "s3cret")], &["--listen", "0.0.0.0:0"]);
    assert!(!on.table.concat().contains("s3cret"));
    assert_eq!(send(on.addr, "GET /_mock/worlds", &[], "").status, 401);
    assert_eq!(
        send(
            on.addr,
            "GET /_mock/worlds",
            &[("authorization", "Bearer s3cret")],
            ""
        )
        .status,
        200
    );
}

#[test]
fn a_token_is_not_empty_and_in_no_help() {
    for (variables, arguments) in [
        (&[("MOCK_CONTROL_TOKEN", "")][..], &["--listen", "0"][..]),
        (&[], &["--listen", "0", "--control-token", ""]),
    ] {
        let (code, error) = run(variables, arguments);
        assert_eq!(code, Some(2), "{error}");
        assert!(error.contains("a token has at least one character"), "{error}");
    }
    let help = Command::new(env!("CARGO_BIN_EXE_mock-server"))
        .arg("--help")
        .env("MOCK_CONTROL_TOKEN", "s3cret")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(
        help.contains("MOCK_CONTROL_TOKEN") && !help.contains("s3cret"),
        "{help}"
    );
}

#[test]
fn a_variable_that_means_nothing_is_refused_with_the_nearest() {
    let (code, error) = run(
        &[("MOCK_SEDE", "1"), ("MOCK_CONTROL_TOKEN", "x")],
        &["--listen", "0"],
    );
    assert_eq!(code, Some(2), "{error}");
    assert!(error.contains("MOCK_SEDE: did you mean MOCK_SEED?"), "{error}");
    assert!(!error.contains("variable MOCK_CONTROL_TOKEN"), "{error}");
    let (code, error) = run(&[("MOCK_VERBOSE", "maybe")], &["--listen", "0"]);
    assert_eq!(code, Some(2), "{error}");
    let (code, error) = run(&[("MOCK_LOG_FORMAT", "xml")], &["--listen", "0"]);
    assert_eq!(code, Some(2), "{error}");
}

/// What a server logs of one request.
fn logged(variables: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let binary = env!("CARGO_BIN_EXE_mock-server");
    let mut child = Command::new("sh")
        .args(["-c", &format!("exec {binary} --listen 0 2>{}", log.display())])
        .envs(variables.iter().copied())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut output, &mut first).unwrap();
    let addr = first
        .trim()
        .strip_prefix("listening on http://")
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(send(addr, "GET /", &[], "").status, 200);
    let text = std::fs::read_to_string(&log).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    text
}

#[test]
fn a_variable_means_what_it_says() {
    for off in ["false", "0", "no", "off", ""] {
        assert_eq!(logged(&[("MOCK_VERBOSE", off)]), "", "{off:?}");
    }
    assert!(logged(&[("MOCK_VERBOSE", "true")]).contains("GET / 200"));
    // What a script has not got, it passes on empty.
    let empty = [
        ("MOCK_SEED", ""),
        ("MOCK_CLOCK", ""),
        ("MOCK_FIXTURES", ""),
        ("MOCK_MAX_BODY", ""),
        ("MOCK_STATE", ""),
    ];
    assert_eq!(logged(&empty), "");
}

#[test]
fn a_log_for_programs_is_an_object_on_each_line() {
    let log = logged(&[("MOCK_VERBOSE", "yes"), ("MOCK_LOG_FORMAT", "json")]);
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(
        lines
            .iter()
            .any(|line| line["message"].as_str().unwrap().starts_with("GET / 200")),
        "{log}"
    );
    assert!(
        lines
            .iter()
            .all(|line| line["level"].is_string() && line["timestamp"].is_string()),
        "{log}"
    );
}

#[test]
fn a_variable_that_says_yes_or_no_may_say_it_in_any_of_the_usual_words() {
    let command = Flags::command();
    let flags = command
        .get_arguments()
        .filter(|flag| matches!(flag.get_action(), ArgAction::SetTrue));
    let variables: Vec<_> = flags
        .filter_map(|flag| flag.get_env().and_then(|name| name.to_str()))
        .collect();
    assert!(variables.contains(&"MOCK_NO_RECORDING"), "{variables:?}");
    for variable in variables {
        for value in ["1", "true", "yes", "0", "false", "no"] {
            let (status, stderr) = run(&[(variable, value)], &["fixtures"]);
            assert_eq!(status, Some(0), "{variable}={value}: {stderr}");
        }
        let (status, stderr) = run(&[(variable, "perhaps")], &["fixtures"]);
        assert_eq!(status, Some(2), "{variable}: {stderr}");
    }
}
