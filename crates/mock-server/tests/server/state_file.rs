//! The state file: what outlives a server, and what becomes of a file that is of no use.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use mock_server::MockServer;
use serde_json::{Value, json};

use crate::acme::{GUS, MEMBERS, members};
use crate::case::{JSON, KEY};
use crate::client::{Reply, send};
use crate::process::Process;

fn start(file: &Path) -> Process {
    Process::start(&["--listen", "127.0.0.1:0", "--state", file.to_str().unwrap()])
}

fn steer(process: &Process, request: &str, body: &Value) -> Reply {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    send(process.addr, request, &[JSON], &body)
}

fn stop(mut process: Process) {
    process.signal("TERM");
    assert_eq!(process.wait(), Some(0));
}

/// Adds a member to Acme; the id and the trace of what was made.
fn add(process: &Process, world: &str, user: &str) -> (String, String) {
    let body = json!({ "user_id": user, "role": "org:member" }).to_string();
    let reply = send(
        process.addr,
        &format!("POST /w/{world}{MEMBERS}"),
        &[KEY, JSON],
        &body,
    );
    assert_eq!(reply.status, 200, "{reply:?}");
    let id = reply.json()["id"].as_str().unwrap().to_owned();
    (id, reply.header("x-clerk-trace-id").unwrap().to_owned())
}

/// A user whom nobody knows of yet, in a world.
fn user(process: &Process, world: &str, id: &str) {
    let row = json!({ "clerk": { "users": [{ "id": id }] } });
    assert_eq!(
        steer(process, &format!("PATCH /_mock/worlds/{world}/state"), &row).status,
        204
    );
}

#[test]
fn worlds_are_there_again_after_restarts_and_their_numbers_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let first = start(&file);
    let frozen = json!({ "name": "a", "seed": 7, "clock": { "frozen_at": "2026-01-01T00:00:00Z" } });
    assert_eq!(steer(&first, "POST /_mock/worlds", &frozen).status, 201);
    let twin = Process::start(&["--listen", "127.0.0.1:0"]);
    assert_eq!(steer(&twin, "POST /_mock/worlds", &frozen).status, 201);
    let mut made = vec![add(&first, "a", GUS)];
    let mut expected = vec![add(&twin, "a", GUS)];
    add(&first, "default", GUS);
    stop(first);
    for id in ["user_zed", "user_zoe"] {
        let again = start(&file);
        user(&again, "a", id);
        made.push(add(&again, "a", id));
        user(&twin, "a", id);
        expected.push(add(&twin, "a", id));
        stop(again);
    }
    assert_eq!(made, expected, "as in a server that was never stopped");
    let last = start(&file);
    assert_eq!(
        (members(last.addr, "a"), members(last.addr, "default")),
        (json!(17), json!(15))
    );
    let requests = steer(&last, "GET /_mock/worlds/a/requests", &Value::Null).json();
    assert_eq!(requests["dropped"], json!(3), "{requests}");
    let none = json!({ "expect": [{ "match": { "api": "clerk" }, "count": 0 }] });
    let verified = steer(&last, "POST /_mock/worlds/a/requests/verify", &none);
    assert_eq!(verified.status, 409, "nobody knows what they were: {verified:?}");
    let numbers = steer(&last, "GET /_mock/worlds/a/outbox", &Value::Null).json();
    assert_eq!(numbers["events"], json!([]));
    let reset = steer(&last, "POST /_mock/worlds/a/reset", &Value::Null).json();
    assert_eq!(
        (&reset["seed"], &reset["now"]),
        (&json!(7), &json!("2026-01-01T00:00:00Z"))
    );
    assert_eq!(
        steer(&last, "POST /_mock/worlds/default/reset", &Value::Null).status,
        200
    );
    assert_eq!(
        (members(last.addr, "a"), members(last.addr, "default")),
        (json!(14), json!(14))
    );
}

#[test]
fn the_default_world_comes_back_as_it_was_whatever_the_server_has_now() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let first = start(&file);
    assert_eq!(members(first.addr, "default"), json!(14));
    stop(first);
    let rows = folder.path().join("rows.yaml");
    fs::write(&rows, "seed: 9\nclerk: { users: [{ id: user_zed }] }").unwrap();
    let arguments = [
        "--listen",
        "127.0.0.1:0",
        "--state",
        file.to_str().unwrap(),
        "--fixtures",
        rows.to_str().unwrap(),
    ];
    let other = Process::start(&arguments);
    assert_eq!(members(other.addr, "default"), json!(14));
    assert_eq!(
        steer(&other, "GET /_mock/worlds/default", &Value::Null).json()["requests"],
        json!(2)
    );
    assert_eq!(
        steer(&other, "POST /_mock/worlds/default/reset", &Value::Null).json()["seed"],
        json!(0)
    );
    assert_eq!(
        steer(&other, "GET /_mock/worlds/new/clock", &Value::Null).status,
        200
    );
    assert_eq!(
        steer(&other, "GET /_mock/worlds/new", &Value::Null).json()["seed"],
        json!(9)
    );
}

#[test]
fn a_world_whose_clock_ran_past_the_end_of_time_goes_on_being_used() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let first = start(&file);
    let near_the_end = json!({ "mode": "running", "at": "9999-12-30T22:00:00.9Z" });
    let set = steer(&first, "PUT /_mock/worlds/a/clock", &near_the_end);
    assert_eq!(set.status, 200, "{set:?}");
    std::thread::sleep(Duration::from_millis(300));
    let exported = steer(&first, "GET /_mock/worlds/a/state", &Value::Null).json();
    user(&first, "a", "user_late");
    let replaced = steer(&first, "PUT /_mock/worlds/a/state", &exported);
    assert_eq!(replaced.status, 204, "{replaced:?}");
    user(&first, "a", "user_later");
    stop(first);
    let second = start(&file);
    let clock = steer(&second, "GET /_mock/worlds/a/clock", &Value::Null).json();
    assert_eq!(clock["now"], json!("9999-12-30T22:00:00.999Z"));
    user(&second, "a", "user_last");
    stop(second);
}

#[test]
fn metadata_that_nests_as_deeply_as_it_may_comes_back_and_can_be_merged_into() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let nested = |levels: usize| (1..levels).fold(json!({}), |value, _| json!({ "a": value }));
    let add = |process: &Process, levels: usize| {
        let body = json!({ "user_id": GUS, "role": "org:member", "public_metadata": nested(levels) });
        send(
            process.addr,
            &format!("POST /w/a{MEMBERS}"),
            &[KEY, JSON],
            &body.to_string(),
        )
    };
    let first = start(&file);
    for levels in [65, 124] {
        let refused = add(&first, levels);
        assert_eq!(refused.status, 422, "{refused:?}");
    }
    assert_eq!(add(&first, 64).status, 200);
    user(&first, "a", "user_more");
    let exported = steer(&first, "GET /_mock/worlds/a/state", &Value::Null).json();
    stop(first);
    let second = start(&file);
    assert_eq!(
        steer(&second, "GET /_mock/worlds/a/state", &Value::Null).json(),
        exported
    );
    user(&second, "a", "user_still_more");
    assert_eq!(steer(&second, "PUT /_mock/worlds/a/state", &exported).status, 204);
    stop(second);
}

#[test]
fn saving_writes_the_file_at_once_and_says_what_it_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let mut process = start(&file);
    add(&process, "a", GUS);
    let saved = steer(&process, "POST /_mock/save", &Value::Null);
    assert_eq!(saved.status, 200, "{saved:?}");
    let expected =
        json!({ "file": file.to_str().unwrap(), "worlds": 1, "bytes": fs::metadata(&file).unwrap().len() });
    assert_eq!(saved.json(), expected);
    process.signal("KILL");
    assert_eq!(process.wait(), None);
    assert_eq!(members(start(&file).addr, "a"), json!(15));
    let without = Process::start(&["--listen", "127.0.0.1:0"]);
    let refused = steer(&without, "POST /_mock/save", &Value::Null);
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("--state"), "{refused:?}");
}

#[test]
fn a_server_killed_while_it_saves_leaves_a_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    for round in 1..=5_u64 {
        let mut process = start(&file);
        user(&process, "a", &format!("user_{round}"));
        assert_eq!(steer(&process, "POST /_mock/save", &Value::Null).status, 200);
        let mut stream = crate::client::connect(process.addr);
        let saving = std::thread::spawn(move || {
            loop {
                let request = b"POST /_mock/save HTTP/1.1\r\nhost: localhost\r\n\r\n";
                if std::io::Write::write_all(&mut stream, request).is_err()
                    || !matches!(std::io::Read::read(&mut stream, &mut [0; 4096]), Ok(1..))
                {
                    return;
                }
            }
        });
        std::thread::sleep(std::time::Duration::from_millis(20 + 7 * round));
        process.signal("KILL");
        process.wait();
        saving.join().unwrap();
        let again = start(&file);
        let state = steer(&again, "GET /_mock/worlds/a/state", &Value::Null).json();
        let users = state["clerk"]["users"].as_array().unwrap();
        assert!(
            users
                .iter()
                .any(|user| user["id"] == json!(format!("user_{round}")))
        );
    }
}

/// What a server says that does not start.
fn refused(file: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_mock-server"))
        .args(["--listen", "127.0.0.1:0", "--state", file.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_file_that_is_of_no_use_stays_as_it_is_and_the_server_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let world = |state: &str| {
        format!(
            r#"{{"version":1,"usual":{{}},"worlds":[{{"name":"a","requests":0,"events":0,"state":{state}}}]}}"#
        )
    };
    let dangling =
        r#"{"clerk":{"memberships":[{"organization":"org_none","user":"user_none","role":"org:admin"}]}}"#;
    for (text, reason) in [
        (String::new(), "it is damaged"),
        (world("{")[..40].to_owned(), "it is damaged"),
        ("{}".to_owned(), "it has no version"),
        (
            r#"{"version":2,"lanes":[]}"#.to_owned(),
            "it has version 2, and this server knows 1",
        ),
        (r#"{"version":1}"#.to_owned(), "missing field `worlds`"),
        (
            r#"{"version":1,"worlds":[{"name":"a","requests":0,"events":0}]}"#.to_owned(),
            "what the world a began with",
        ),
        (world("{}").replace(r#""a""#, r#""a b""#), "\"a b\""),
        (world(r#"{"clerk":{"users":[{"id":1}]}}"#), "the value is 1"),
        (world(dangling), "there is no organization `org_none`"),
    ] {
        fs::write(&file, &text).unwrap();
        let error = refused(&file);
        assert!(
            error.contains(reason) && error.contains(file.to_str().unwrap()),
            "{text}: {error}"
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
    let nowhere = refused(&folder.path().join("nowhere/state.json"));
    assert!(nowhere.contains("there is no folder"), "{nowhere}");
    let directory = refused(folder.path());
    assert!(directory.contains("cannot be read"), "{directory}");
}

#[test]
fn two_servers_do_not_keep_their_worlds_in_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let mut first = start(&file);
    let error = refused(&file);
    assert!(
        error.contains("is in use") && error.contains(file.to_str().unwrap()) && error.contains("--state"),
        "{error}"
    );
    assert_eq!(
        steer(&first, "POST /_mock/save", &Value::Null).status,
        200,
        "a new file takes the name of the one before"
    );
    assert!(refused(&file).contains("is in use"));
    let _another = start(&folder.path().join("another.json"));
    first.signal("KILL");
    assert_eq!(first.wait(), None);
    stop(start(&file));
    let embedded = MockServer::builder().state_file(&file).start().unwrap();
    let second = MockServer::builder().state_file(&file).start().unwrap_err();
    assert!(
        matches!(
            second,
            mock_server::StartError::StateFile(mock_server::StateFileError::InUse { ref path }) if *path == file
        ),
        "{second}"
    );
    assert!(refused(&file).contains("is in use"));
    drop(embedded);
    let names = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    assert_eq!(
        names.filter(|name| name == ".state.json.lock").count(),
        0,
        "a server that stops leaves no lock behind"
    );
    stop(start(&file));
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_leads_to_its_lock_before_the_file_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("state.json"), folder.path().join("link.json"));
    std::os::unix::fs::symlink("state.json", &link).unwrap();
    let first = start(&link);
    assert!(refused(&file).contains("is in use"));
    add(&first, "a", GUS);
    stop(first);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let second = start(&file);
    assert_eq!(members(second.addr, "a"), json!(15));
    assert!(refused(&link).contains("is in use"));
    stop(second);
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    std::os::unix::fs::symlink(&one, &other).unwrap();
    std::os::unix::fs::symlink(&other, &one).unwrap();
    let endless = refused(&one);
    assert!(endless.contains("cannot be read"), "{endless}");
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let file = inner.join("state.json");
    let mut process = start(&file);
    let moved = folder.path().join("moved");
    fs::rename(&inner, &moved).unwrap();
    let failed = steer(&process, "POST /_mock/save", &Value::Null);
    assert_eq!(
        (failed.status, failed.header("content-type")),
        (500, Some("application/problem+json"))
    );
    assert!(failed.body.contains("there is no folder"), "{failed:?}");
    process.signal("TERM");
    assert_eq!(process.wait(), Some(1), "what is lost at the end is told");
}
