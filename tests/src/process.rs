//! The real binary in a process of its own: for what a server inside the test cannot show, such as being killed.

use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs};

use crate::repository;
use crate::wire::{Address, PATIENCE};

/// A running `mock-server`. It is killed when this is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    address: Address,
    greeting: String,
}

impl Process {
    /// Starts the binary with these flags, and waits until it says where it listens.
    ///
    /// # Errors
    /// What it said on stderr, when it ended instead.
    pub fn start(flags: &[&str]) -> Result<Self, String> {
        let mut child = command(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| e.to_string())?;
        let lines = BufReader::new(child.stdout.take().ok_or("no stdout")?).lines();
        let (told, tell) = mpsc::channel();
        // The thread goes on reading, so that the server never waits for somebody to read what it says.
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(told.send(line))));
        match tell.recv_timeout(PATIENCE) {
            Ok(greeting) => {
                let url = greeting
                    .strip_prefix("listening on ")
                    .ok_or_else(|| format!("no greeting: {greeting}"))?;
                let address = Address::read(url)?;
                Ok(Self {
                    child,
                    address,
                    greeting,
                })
            }
            Err(_) => {
                // It is dead or mute; either way it has to be gone before its last words can be read to their end.
                let _ = child.kill();
                Err(last_words(&mut child))
            }
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The first line it said.
    #[must_use]
    pub fn greeting(&self) -> &str {
        &self.greeting
    }

    /// Ends it at once, as the system would.
    ///
    /// # Errors
    /// When that cannot be done.
    pub fn kill(&mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }

    /// Asks it to stop, as an init system would.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub fn terminate(&self) -> io::Result<()> {
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()?;
        if asked.success() {
            Ok(())
        } else {
            Err(io::Error::other("kill failed"))
        }
    }

    /// How it ended, once it has.
    ///
    /// # Errors
    /// When it does not end.
    pub fn ended(&mut self, patience: Duration) -> io::Result<ExitStatus> {
        let until = Instant::now() + patience;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(5));
        }
        Err(io::Error::new(
            io::ErrorKind::TimedOut,
            format!("it still runs after {patience:?}"),
        ))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already, and then there is nothing to do.
        let _ = self.kill();
    }
}

/// The binary, with as many files as it may open: a connection is one.
fn command(flags: &[&str]) -> Command {
    let binary = binary();
    let mut command = if cfg!(unix) {
        let mut command = Command::new("sh");
        command
            .args(["-c", "ulimit -n 4096 2>/dev/null; exec \"$0\" \"$@\""])
            .arg(binary);
        command
    } else {
        Command::new(binary)
    };
    command.args(flags).stdin(Stdio::null());
    command
}

fn last_words(child: &mut Child) -> String {
    let mut words = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        let _ = stderr.read_to_string(&mut words);
    }
    let status = child
        .wait()
        .map_or_else(|error| error.to_string(), |status| status.to_string());
    format!("{words}({status})")
}

/// Where the binary is that was built as this test was. Cargo tells the tests of other packages nothing about it, so it
/// is looked for beside the test, and built where it is missing or older than its sources.
///
/// # Panics
/// When it cannot be built.
#[must_use]
pub fn binary() -> PathBuf {
    static BINARY: std::sync::LazyLock<PathBuf> = std::sync::LazyLock::new(|| {
        let test = env::current_exe().unwrap_or_else(|error| panic!("{error}"));
        let profile = test
            .parent()
            .and_then(Path::parent)
            .unwrap_or_else(|| panic!("{} is nowhere", test.display()));
        let binary = profile.join(format!("mock-server{}", env::consts::EXE_SUFFIX));
        let built = fs::metadata(&binary).and_then(|metadata| metadata.modified());
        let is_current = |built: SystemTime| {
            ["crates", "specs"]
                .iter()
                .all(|sources| newest(&repository::root().join(sources)) <= built)
        };
        if built.is_ok_and(is_current) {
            binary
        } else {
            build(profile)
        }
    });
    BINARY.clone()
}

/// Builds the binary in the profile whose folder this is, and asks cargo where it put it.
fn build(profile: &Path) -> PathBuf {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(repository::root()).args([
        "build",
        "-p",
        "mock-server",
        "--bin",
        "mock-server",
        "--message-format=json",
    ]);
    if profile.ends_with("release") {
        command.arg("--release");
    }
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .unwrap_or_else(|error| panic!("cargo does not run: {error}"));
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let artifacts = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let executable = artifacts
        .filter_map(|artifact| artifact["executable"].as_str().map(PathBuf::from))
        .next_back();
    executable.unwrap_or_else(|| panic!("mock-server cannot be built"))
}

/// When the newest file below a folder was changed.
fn newest(folder: &Path) -> SystemTime {
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let changed = if path.is_dir() {
            Ok(self::newest(&path))
        } else {
            fs::metadata(&path).and_then(|m| m.modified())
        };
        newest = newest.max(changed.unwrap_or(SystemTime::UNIX_EPOCH));
    }
    newest
}
