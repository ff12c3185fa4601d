use std::process::{Command as Shell, Stdio};

use contract_tests::process::Process;
use contract_tests::repository;

use crate::block::Command;

/// The address the texts speak of.
const WRITTEN: [&str; 2] = ["127.0.0.1:4010", "localhost:4010"];

/// What would run the tests from within a test, and what takes a machine of its own.
const LEFT_TO_CI: [&str; 6] = [
    "cargo test",
    "cargo clippy",
    "cargo fmt",
    "cargo doc",
    "cargo build",
    ".ci/run",
];

/// What a command is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Purpose {
    /// It starts the server.
    Serve,
    /// It is for CI to run.
    LeftToCi,
    /// It sets variables for the commands after it.
    Prepare,
    /// It does something and ends.
    Run,
}

/// What a command is for.
pub(crate) fn purpose(text: &str) -> Purpose {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_run =
        words.starts_with(&["cargo", "run"]) && words.windows(2).any(|pair| pair == ["-p", "mock-server"]);
    let only_speaks = words
        .iter()
        .any(|word| ["--help", "--version", "fixtures", "health", "coverage"].contains(word));
    match text {
        _ if is_run && !only_speaks => Purpose::Serve,
        _ if LEFT_TO_CI.iter().any(|prefix| text.starts_with(prefix)) => Purpose::LeftToCi,
        _ if text.starts_with("export ") => Purpose::Prepare,
        _ => Purpose::Run,
    }
}

/// Somebody following a text.
#[derive(Debug, Default)]
pub(crate) struct Session {
    server: Option<Process>,
    prepared: String,
}

impl Session {
    /// Types a command.
    pub(crate) fn run(&mut self, command: &Command) -> Result<(), String> {
        match purpose(&command.text) {
            Purpose::LeftToCi => Ok(()),
            Purpose::Serve => self.serve(command),
            Purpose::Prepare => {
                let line = self.to_own_address(&command.text);
                self.prepared.push_str(&format!("{line}\n"));
                Ok(())
            }
            Purpose::Run => self.execute(command),
        }
    }

    /// Starts the server that the command would, in place of one that runs already, where nobody else is.
    fn serve(&mut self, command: &Command) -> Result<(), String> {
        let own = command
            .text
            .split_once(" -- ")
            .map_or("", |(_, flags)| flags)
            .trim_end_matches('&');
        let mut flags: Vec<&str> = own.split_whitespace().collect();
        if !flags.contains(&"--listen") {
            flags.extend(["--listen", "127.0.0.1:0"]);
        }
        self.server = None;
        self.server = Some(Process::start(&flags)?);
        Ok(())
    }

    fn execute(&self, command: &Command) -> Result<(), String> {
        let script = format!(
            "{}exec 2>&1\n{}",
            self.prepared,
            self.to_own_address(&command.text)
        );
        let mut shell = Shell::new("sh");
        shell
            .args(["-c", &script])
            .current_dir(repository::root())
            .stdin(Stdio::null());
        let output = shell.output().map_err(|error| error.to_string())?;
        let printed = self.to_written_address(&String::from_utf8_lossy(&output.stdout));
        match &command.output {
            None if output.status.success() => Ok(()),
            None => Err(format!("{}\n{printed}", output.status)),
            Some(wanted) if lines(&printed) == lines(wanted) => Ok(()),
            Some(wanted) => Err(format!("prints:\n{printed}\nwhere the text has:\n{wanted}")),
        }
    }

    fn to_own_address(&self, text: &str) -> String {
        match &self.server {
            None => text.to_owned(),
            Some(server) => WRITTEN.iter().fold(text.to_owned(), |text, written| {
                text.replace(written, &server.address().authority)
            }),
        }
    }

    fn to_written_address(&self, text: &str) -> String {
        match &self.server {
            None => text.to_owned(),
            Some(server) => text.replace(&server.address().authority, WRITTEN[0]),
        }
    }
}

/// A text without what nobody sees in a text: blanks at the ends of lines, and how its end is marked.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}
