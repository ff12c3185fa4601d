//! What can be set: flags, each with an environment variable beginning with `MOCK_`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::BoolishValueParser;
use clap::{Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::commands::{CoverageArguments, HealthArguments};
use crate::control::ControlToken;
use crate::fixtures::Given;
use crate::time_text;
use crate::world::Clock;

/// The port that is listened on unless another is asked for.
const PORT: u16 = 4010;

/// A stateful mock of the Clerk, Logto, WhyLabs and Enhance membership APIs.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "mock-server",
    version,
    after_help = "A variable MOCK_… means what its flag means, and the flag goes before it. An empty one counts as none; an empty \
                  token and variables that no flag has are refused."
)]
pub struct Flags {
    /// Where to listen: an address and port, a port, or port 0 for any free one.
    #[arg(long, env = "MOCK_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:4010", value_parser = listen_address)]
    pub listen: SocketAddr,

    /// What everything made up is derived from: equal seeds give equal answers. 0 unless the fixtures have one.
    #[arg(long, env = "MOCK_SEED", value_name = "NUMBER")]
    pub seed: Option<u64>,

    /// Stop the world's clock at this instant, such as 2026-01-01T00:00:00Z; otherwise it shows the machine's time.
    #[arg(long, env = "MOCK_CLOCK", value_name = "INSTANT", value_parser = time_text::instant_of_flag)]
    pub clock: Option<Timestamp>,

    /// A file of fixtures to start from instead of the built-in ones, or to add to them if it says `extends: true`;
    /// can be given again.
    #[arg(long, env = "MOCK_FIXTURES", value_name = "FILE", value_delimiter = ',')]
    pub fixtures: Vec<PathBuf>,

    /// Let calls without any credential through to this API; can be given again.
    #[arg(long, env = "MOCK_ANONYMOUS", value_name = "API", value_delimiter = ',')]
    pub anonymous: Vec<Anonymous>,

    /// The most bytes the body of a request may have.
    #[arg(long, env = "MOCK_MAX_BODY", value_name = "BYTES", default_value = "1048576")]
    pub max_body: NonZeroUsize,

    /// The most bytes the headers of a request may have.
    #[arg(long, env = "MOCK_MAX_HEADERS", value_name = "BYTES", default_value = "16384")]
    pub max_headers: NonZeroUsize,

    /// The most bytes the path and query of a request may have.
    #[arg(long, env = "MOCK_MAX_URI", value_name = "BYTES", default_value = "8192")]
    pub max_uri: NonZeroUsize,

    /// The most connections at one time; beyond them the one idle longest is closed, but none opened less than a second
    /// ago that has sent nothing yet. Where none is to be closed, the newcomer gets 503.
    #[arg(
        long,
        env = "MOCK_MAX_CONNECTIONS",
        value_name = "NUMBER",
        default_value = "2048"
    )]
    pub max_connections: NonZeroUsize,

    /// The most worlds, `default` aside.
    #[arg(long, env = "MOCK_MAX_WORLDS", value_name = "NUMBER", default_value = "10000")]
    pub max_worlds: NonZeroUsize,

    /// How many requests of each world are kept to be looked at; the oldest go.
    #[arg(
        long,
        env = "MOCK_JOURNAL_REQUESTS",
        value_name = "NUMBER",
        default_value = "1000"
    )]
    pub journal_requests: usize,

    /// Keep and count nothing of what is called: no journal, violations or coverage.
    #[arg(long, env = "MOCK_NO_RECORDING", value_parser = BoolishValueParser::new())]
    pub no_recording: bool,

    /// How many bytes of requests and answers are kept of each world.
    #[arg(
        long,
        env = "MOCK_JOURNAL_BYTES",
        value_name = "BYTES",
        default_value = "4194304"
    )]
    pub journal_bytes: usize,

    /// How many bytes of requests and answers are kept of all worlds together; the worlds called longest ago give way.
    #[arg(
        long,
        env = "MOCK_ALL_JOURNALS_BYTES",
        value_name = "BYTES",
        default_value = "268435456"
    )]
    pub all_journals_bytes: usize,

    /// The most bytes the body of a request to the control API may have, such as the state of a world.
    #[arg(
        long,
        env = "MOCK_MAX_CONTROL_BODY",
        value_name = "BYTES",
        default_value = "268435456"
    )]
    pub max_control_body: NonZeroUsize,

    /// How long a client may take to send the head of a request.
    #[arg(long, env = "MOCK_HEAD_TIMEOUT", value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub head_timeout: Duration,

    /// How long a client may take to send the body of a request.
    #[arg(long, env = "MOCK_BODY_TIMEOUT", value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub body_timeout: Duration,

    /// How long a connection may stay open between requests, and the time in which a client must take some 256 KiB of a
    /// longer answer.
    #[arg(long, env = "MOCK_IDLE_TIMEOUT", value_name = "SECONDS", default_value = "300", value_parser = seconds)]
    pub idle_timeout: Duration,

    /// The token that steering the server under /_mock takes. Without one it is steered from this machine alone, and not
    /// at all where it listens on an address that others can reach.
    #[arg(
        long,
        env = "MOCK_CONTROL_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    pub control_token: Option<ControlToken>,

    /// A file to keep all worlds in: read at start where it is there, written when the server stops and by
    /// `POST /_mock/save`. One server has it at a time.
    #[arg(long, env = "MOCK_STATE", value_name = "FILE")]
    pub state: Option<PathBuf>,

    /// Log a line for each request.
    #[arg(short, long, env = "MOCK_VERBOSE", value_parser = BoolishValueParser::new())]
    pub verbose: bool,

    /// What to log, as a filter of tracing: `debug`, or `mock_server=info,hyper=debug`.
    #[arg(long, env = "MOCK_LOG", value_name = "FILTER")]
    pub log: Option<String>,

    /// How to log: lines for people, or a JSON object on each line.
    #[arg(long, env = "MOCK_LOG_FORMAT", value_name = "FORMAT", default_value = "human")]
    pub log_format: LogFormat,

    /// What to do instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program can do besides serving.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Print the built-in fixtures; or check files of fixtures, and print the world they make.
    Fixtures {
        /// The files, read as `--fixtures` would.
        files: Vec<PathBuf>,
    },
    /// Ask a running server whether it is ready; ends with 0 where it is, else with 1.
    Health(HealthArguments),
    /// Print which documented answers a running server has given; ends with 1 where that is not enough, and with 2 where
    /// it cannot be told.
    Coverage(CoverageArguments),
}

impl Flags {
    /// What the server itself needs of the flags.
    #[must_use]
    pub fn config(&self) -> Config {
        Config {
            listen: self.listen,
            seed: self.seed,
            clock: self.clock.map(|at| Clock::Frozen { at }),
            fixtures: self.fixtures.iter().cloned().map(Given::File).collect(),
            anonymous: self.anonymous.clone(),
            recording: !self.no_recording,
            control_token: self.control_token.clone(),
            state: self.state.clone(),
            limits: Limits {
                connections: self.max_connections.get(),
                header_bytes: self.max_headers.get(),
                uri_bytes: self.max_uri.get(),
                body_bytes: self.max_body.get(),
                worlds: self.max_worlds.get(),
                journal_requests: self.journal_requests,
                journal_bytes: self.journal_bytes,
                all_journals_bytes: self.all_journals_bytes,
                control_body_bytes: self.max_control_body.get(),
                head: self.head_timeout,
                body: self.body_timeout,
                idle: self.idle_timeout,
                ..Limits::default()
            },
        }
    }
}

/// An API that can be told to let calls without credentials through.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Anonymous {
    /// Logto, whose published client sends no credentials.
    Logto,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum LogFormat {
    /// A line for people.
    Human,
    /// A JSON object on a line.
    Json,
}

/// Everything about a server that can be chosen.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// What everything made up is derived from; the fixtures' seed otherwise, and 0 where they have none.
    pub seed: Option<u64>,
    /// The world's clock; the fixtures' otherwise, and the machine's where they have none.
    pub clock: Option<Clock>,
    /// What the world starts from; the built-in fixtures where this is empty.
    pub fixtures: Vec<Given>,
    /// The APIs that calls without credentials are let through to.
    pub anonymous: Vec<Anonymous>,
    /// Whether what is called is kept and counted: the journal, violations and coverage.
    pub recording: bool,
    /// What steering the server takes.
    pub control_token: Option<ControlToken>,
    /// The file that all worlds are kept in.
    pub state: Option<PathBuf>,
    /// What clients may use up.
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        let listen = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), PORT);
        Self {
            listen,
            seed: None,
            clock: None,
            fixtures: Vec::new(),
            anonymous: Vec::new(),
            recording: true,
            control_token: None,
            state: None,
            limits: Limits::default(),
        }
    }
}

/// What clients may use up.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// Connections at one time.
    pub connections: usize,
    /// Bytes of all headers of a request, names and values.
    pub header_bytes: usize,
    /// Bytes of the path and query of a request.
    pub uri_bytes: usize,
    /// Bytes of the body of a request.
    pub body_bytes: usize,
    /// Worlds, `default` aside.
    pub worlds: usize,
    /// Requests that are kept of each world.
    pub journal_requests: usize,
    /// Bytes of them, headers and bodies included.
    pub journal_bytes: usize,
    /// Bytes of those of all worlds together.
    pub all_journals_bytes: usize,
    /// Bytes of the body of a request to the control API, which may be the state of a world.
    pub control_body_bytes: usize,
    /// Time from the first byte of a request to the last of its head.
    pub head: Duration,
    /// Time from when the server waits for a body to the body's last byte.
    pub body: Duration,
    /// Time between requests on one connection, and time in which a client must take some 256 KiB of a longer answer.
    pub idle: Duration,
    /// Time that requests being answered have left when the server stops.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 2048,
            header_bytes: 16 * 1024,
            uri_bytes: 8 * 1024,
            body_bytes: 1024 * 1024,
            worlds: 10_000,
            journal_requests: 1_000,
            journal_bytes: 4 * 1024 * 1024,
            all_journals_bytes: 256 * 1024 * 1024,
            control_body_bytes: 256 * 1024 * 1024,
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            idle: Duration::from_secs(300),
            grace: Duration::from_secs(5),
        }
    }
}

fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let port = text
        .strip_prefix("localhost:")
        .or_else(|| text.strip_prefix(':'))
        .unwrap_or(text);
    if let Ok(port) = port.parse() {
        return Ok(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    }
    text.parse().map_err(|_| {
        format!("write an address and a port, such as 127.0.0.1:{PORT} or [::1]:{PORT}, or a port alone")
    })
}

fn seconds(text: &str) -> Result<Duration, String> {
    let duration = text
        .parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration
        .filter(|duration| !duration.is_zero() && *duration <= Duration::from_secs(24 * 60 * 60))
        .ok_or_else(|| "write a number of seconds above 0, a day at most, such as 30 or 0.5".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listen_address_may_be_a_port_alone() {
        for (text, address) in [
            ("127.0.0.1:4010", "127.0.0.1:4010"),
            ("4011", "127.0.0.1:4011"),
            (":0", "127.0.0.1:0"),
            ("localhost:4010", "127.0.0.1:4010"),
            ("[::1]:4010", "[::1]:4010"),
            ("0.0.0.0:80", "0.0.0.0:80"),
        ] {
            assert_eq!(listen_address(text).unwrap().to_string(), address, "{text}");
        }
        for text in ["", "127.0.0.1", "example.com:80", "70000"] {
            listen_address(text).unwrap_err();
        }
    }

    #[test]
    fn a_time_is_a_positive_number_of_seconds() {
        assert_eq!(seconds("0.5").unwrap(), Duration::from_millis(500));
        for text in ["0", "-1", "NaN", "inf", "1e300", "soon"] {
            seconds(text).unwrap_err();
        }
    }

    #[test]
    fn no_form_of_the_flags_shows_a_token() {
        let url = "http://127.0.0.1:4010";
        let flags = Flags::parse_from([
            "mock-server",
            "--control-token",
            "s3cret",
            "coverage",
            "--control-token",
            "s3cret",
            url,
        ]);
        let debug = format!("{flags:?}");
        assert!(
            debug.contains("ControlToken") && !debug.contains("s3cret"),
            "{debug}"
        );
    }

    #[test]
    fn the_flags_and_the_library_have_the_same_defaults() {
        let flags = Flags::parse_from(["mock-server"]);
        let (config, default) = (flags.config(), Config::default());
        assert_eq!(
            (config.listen, config.seed, config.limits),
            (default.listen, default.seed, default.limits)
        );
        assert!(config.anonymous.is_empty() && config.fixtures.is_empty() && config.clock.is_none());
    }
}
