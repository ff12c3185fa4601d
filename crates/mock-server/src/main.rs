//! The mock server's command line: flags, serve, graceful stop.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use mock_server::commands::Failed;
use mock_server::fixtures::{self, Given};
use mock_server::{Command, Flags, LogFormat, Server};
use tokio::sync::watch;
use tokio::time::timeout;
use tracing_subscriber::EnvFilter;

/// Answering takes microseconds and little else runs; more threads would only cost memory.
const WORKERS: usize = 2;

/// Signals that come within so much time are one: `timeout` signals its child and then the whole group, and a wrapper
/// passes on what the terminal has sent to all already.
const TOGETHER: Duration = Duration::from_millis(100);

fn main() -> ExitCode {
    let flags = match Flags::read().map_err(|unknown| unknown.to_string()) {
        Ok(flags) => flags,
        Err(reason) => return misused(&reason),
    };
    if let Err(reason) = log(&flags) {
        return misused(&reason);
    }
    let done = match &flags.command {
        None => run(&flags),
        Some(Command::Fixtures { files }) => print_fixtures(&flags, files).map(|()| ExitCode::SUCCESS),
        Some(Command::Health(asked)) => return end(asked.run().map(|text| (text, Ok(())))),
        Some(Command::Coverage(asked)) => return end(asked.run()),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}

/// The program was started in a way that means nothing.
fn misused(reason: &str) -> ExitCode {
    eprintln!("error: {reason}");
    ExitCode::from(2)
}

/// Prints what a command found, and ends with the status it calls for.
fn end(found: Result<(String, Result<(), Failed>), Failed>) -> ExitCode {
    let verdict = found.and_then(|(text, verdict)| {
        let printed = io::stdout().lock().write_all(text.as_bytes());
        printed.map_err(|error| Failed::Unknown(error.to_string()))?;
        verdict
    });
    match verdict {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("error: {failed}");
            ExitCode::from(failed.exit_status())
        }
    }
}

/// Serves until the process is told to stop. Told again while requests are being answered, it does not wait for them,
/// which is a failure; the state is saved all the same.
fn run(flags: &Flags) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let told = stop_signals()?;
        let server = Server::bind(&flags.config())?;
        greet(&server);
        let mut is_hurried = false;
        let hurry = async {
            at_least(2, &told).await;
            is_hurried = true;
        };
        server.serve(at_least(1, &told), hurry).await?;
        Ok(ExitCode::from(u8::from(is_hurried)))
    })
}

/// Prints the built-in fixtures as they are written, or the world that files of fixtures make.
fn print_fixtures(flags: &Flags, files: &[PathBuf]) -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<_> = flags.fixtures.iter().chain(files).cloned().collect();
    let text = if files.is_empty() {
        fixtures::BUILT_IN.to_owned()
    } else {
        let given: Vec<_> = files.into_iter().map(Given::File).collect();
        fixtures::to_yaml(&fixtures::resolve(&given, flags.seed)?)
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}

/// Says where the server listens. Whoever started it may have closed the pipe; that is no reason to stop.
fn greet(server: &Server) {
    let mut stdout = io::stdout().lock();
    let greeted = stdout
        .write_all(server.greeting().as_bytes())
        .and_then(|()| stdout.flush());
    if let Err(error) = greeted {
        tracing::debug!(%error, "nobody was told where the server listens");
    }
}

/// Logs to stderr, so that stdout says only where the server listens.
fn log(flags: &Flags) -> Result<(), String> {
    let usual = if flags.verbose {
        "warn,mock_server=info"
    } else {
        "warn"
    };
    let filter = flags.log.as_deref().unwrap_or(usual);
    let filter = EnvFilter::try_new(filter).map_err(|error| format!("--log {filter}: {error}"))?;
    let colours = io::stderr().is_terminal();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(colours);
    match flags.log_format {
        LogFormat::Human => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
    Ok(())
}

/// How often the process was told to stop. A third time ends it, whatever it is doing.
fn stop_signals() -> io::Result<watch::Receiver<u8>> {
    let mut signals = Signals::new()?;
    let (times, told) = watch::channel(0);
    tokio::spawn(async move {
        for time in 1..=2 {
            signals.next().await;
            tracing::info!(time, "stopping");
            times.send_replace(time);
            let _ = timeout(TOGETHER, async {
                loop {
                    signals.next().await
                }
            })
            .await;
        }
        signals.next().await;
        std::process::exit(1);
    });
    Ok(told)
}

/// Ready when the process was told to stop so many times.
fn at_least(times: u8, told: &watch::Receiver<u8>) -> impl Future<Output = ()> + use<> {
    let mut told = told.clone();
    async move {
        let _ = told.wait_for(|told| *told >= times).await;
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "it can fail where there are more signals than one"
    )]
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
