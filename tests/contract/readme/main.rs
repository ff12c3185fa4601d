//! Everything the README and the guide to the control API tell people to type is typed here, and what they say comes of it
//! has to come of it.
//!
//! A block marked `sh` holds commands that have to succeed; a block marked `console` holds commands, each behind `$ `,
//! and exactly what they print. A block marked `sh no-run` is left alone. The server that a command starts runs until
//! the end, on a port of its own in place of 4010. Files are written below `target/readme`, which is emptied first. What would run these tests again is not run; CI has to run it.

mod block;
mod session;

use contract_tests::{repository, server};
use libtest_mimic::{Arguments, Failed, Trial};

use block::{Block, Command};
use session::{Purpose, Session, purpose};

/// The texts that tell people what to type. Each begins with no server running.
const TEXTS: [&str; 2] = ["README.md", "crates/mock-server/docs/control.md"];

/// What a test does.
type Test = fn() -> Result<(), Failed>;

fn main() {
    let tests: [(&str, Test); 2] = [
        (
            "what people are told to type does what they are told",
            commands_do_what_is_said,
        ),
        ("what is left to CI is run by it", ci_runs_the_rest),
    ];
    // The texts are about our server.
    let is_other = server::given().is_some();
    let trials = tests
        .into_iter()
        .map(|(name, test)| Trial::test(name, test).with_ignored_flag(is_other));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn commands(name: &str) -> Result<Vec<Command>, Failed> {
    let path = repository::root().join(name);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Block::all(&text).iter().flat_map(Block::commands).collect())
}

fn commands_do_what_is_said() -> Result<(), Failed> {
    // What an earlier run wrote must not be in the way of this one.
    let written = repository::root().join("target/readme");
    if written.exists() {
        std::fs::remove_dir_all(written)?;
    }
    let mut wrong = Vec::new();
    for name in TEXTS {
        let mut session = Session::default();
        for command in commands(name)? {
            if let Err(reason) = session.run(&command) {
                wrong.push(format!("{name}:{}: {}\n{reason}", command.line, command.text));
            }
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n\n").into())
    }
}

fn ci_runs_the_rest() -> Result<(), Failed> {
    let path = repository::root().join(".ci/run");
    let script = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    for name in TEXTS {
        for command in commands(name)? {
            if let Purpose::LeftToCi = purpose(&command.text)
                && command.text != ".ci/run"
                && !script.contains(&command.text)
            {
                return Err(format!(
                    "{name}:{}: nobody runs `{}`, not even .ci/run",
                    command.line, command.text
                )
                .into());
            }
        }
    }
    Ok(())
}
