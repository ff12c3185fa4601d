//! The state file.

use std::fs;
use std::path::{Path, PathBuf};

use contract_tests::scenario::Scenario;
use contract_tests::wire::{Answer, Request};
use mock_server::Builder;
use serde_json::json;

use super::calls::{A, clock, done, forget, made, make, ok, problem, request};
use super::rules::SAVING;

fn row(name: &str) -> Scenario {
    Scenario::new(&SAVING, name)
}

fn save() -> Request {
    request("POST", "/save")
}

/// A file of this name that is not there yet.
fn fresh(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // Nothing is to be removed where no run has left anything.
    let _ = fs::remove_file(&path);
    path
}

/// The file that was written is there, and as large as it is said to be.
fn is_written(answer: &Answer) -> Result<(), String> {
    let said = answer.json();
    let path = said["file"].as_str().unwrap_or_default();
    let text = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let state: serde_json::Value = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
    let worlds = state["worlds"].as_array().map(Vec::len);
    if said["bytes"] == text.len() && said["worlds"] == json!(worlds) {
        Ok(())
    } else {
        Err(format!("{path} has {} bytes and {worlds:?} worlds", text.len()))
    }
}

pub(crate) fn rows() -> Vec<Scenario> {
    let once: fn(Builder) -> Builder = |builder| builder.state_file(fresh("saved_once.json"));
    let twice: fn(Builder) -> Builder = |builder| builder.state_file(fresh("saved_twice.json"));
    // The name is so long that its lock can stand beside it, and the new file that would take its place cannot.
    let never: fn(Builder) -> Builder = |builder| builder.state_file(fresh(&"s".repeat(249)));
    vec![
        row("all worlds are written to the state file")
            .server(once)
            .ask(make(&json!({ "name": A, "seed": 7 })), made())
            .ask(
                save(),
                ok().matches("file", "saved_once\\.json$")
                    .has("worlds", 2)
                    .holds(is_written),
            ),
        row("the state file is written anew each time")
            .server(twice)
            .ask(clock(A), ok())
            .ask(save(), ok().has("worlds", 2).holds(is_written))
            .ask(forget(A), done())
            .ask(save(), ok().has("worlds", 1).holds(is_written)),
        row("a server that was started without a state file has nowhere to write")
            .ask(save(), problem(409, "Conflict").matches("detail", "--state")),
        row("a state file that cannot be written is told of")
            .server(never)
            .ask(
                save(),
                problem(500, "Internal Server Error").matches("detail", "s{249}"),
            ),
    ]
}
