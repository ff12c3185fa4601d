//! The server as a process: how it begins and how it ends.

use std::time::{Duration, Instant};

use contract_tests::process::Process;
use contract_tests::spec::specs;
use contract_tests::wire::{Address, Connection, Ended, Request, exchange};

use crate::connections::{forced, with_body};
use crate::{Test, Verdict, ensure};

pub(crate) const TESTS: &[Test] = &[
    ("a server says where it listens as soon as it does", greets),
    (
        "the clients of a killed server see their connections closed",
        killed,
    ),
    (
        "a server that was killed is back on its port within a second",
        restarted,
    ),
    #[cfg(unix)]
    (
        "a server that is told to stop finishes what it is answering and exits with 0",
        told_to_stop,
    ),
    #[cfg(unix)]
    (
        "a server that is told to stop does not wait for idle clients",
        idle_clients_do_not_keep_it,
    ),
    (
        "a port that is taken is reported with what to do about it",
        taken_port,
    ),
];

const ANY_PORT: [&str; 2] = ["--listen", "127.0.0.1:0"];

/// How long a server may take to come back.
const SECOND: Duration = Duration::from_secs(1);

fn greets() -> Verdict {
    let server = Process::start(&ANY_PORT)?;
    let greeting = format!("listening on {}", server.address());
    ensure(server.greeting() == greeting, || server.greeting().to_owned())?;
    // It is ready by then: nothing has to be tried twice.
    answers(server.address())
}

fn killed() -> Verdict {
    let mut server = Process::start(&ANY_PORT)?;
    let idle = Connection::open(server.address())?;
    let mut used = Connection::open(server.address())?;
    let request = forced(with_body(), with_body().success());
    used.send(&request.bytes(server.address()))?;
    used.answer(&request.method)?;
    let mut waiting = Connection::open(server.address())?;
    waiting.send(b"GET / HTTP/1.1\r\n")?;
    server.kill()?;
    for mut connection in [idle, used, waiting] {
        let seen = connection.rest();
        let is_closed = seen == Err(Ended::Closed) || seen == Ok(Vec::new());
        ensure(is_closed, || format!("{seen:?} instead of a close"))?;
    }
    ensure(Connection::open(server.address()).is_err(), || {
        "the port still takes connections".to_owned()
    })
}

fn restarted() -> Verdict {
    let mut server = Process::start(&ANY_PORT)?;
    let address = server.address().clone();
    // Connections that the server is killed under linger in the system and could keep the port.
    let _clients: Vec<_> = (0..10).map(|_| Connection::open(&address)).collect();
    answers(&address)?;
    server.kill()?;
    let begin = Instant::now();
    let _server = Process::start(&["--listen", &address.authority])?;
    answers(&address)?;
    let took = begin.elapsed();
    ensure(took < SECOND, || format!("it took {took:?}"))
}

#[cfg(unix)]
fn told_to_stop() -> Verdict {
    let mut server = Process::start(&ANY_PORT)?;
    let operation = with_body();
    let bytes = operation.call(&specs()[0]).bytes(server.address());
    let mut connection = Connection::open(server.address())?;
    let (first, second) = bytes.split_at(bytes.len() - 5);
    connection.send(first)?;
    // It has to have seen the request before it is told.
    std::thread::sleep(Duration::from_millis(200));
    server.terminate()?;
    std::thread::sleep(Duration::from_millis(200));
    connection.send(second)?;
    let answer = connection.answer(&operation.method)?;
    ensure(answer.status == operation.success(), || format!("{answer}"))?;
    let status = server.ended(Duration::from_secs(5))?;
    ensure(status.success(), || format!("{status}"))
}

#[cfg(unix)]
fn idle_clients_do_not_keep_it() -> Verdict {
    let mut server = Process::start(&ANY_PORT)?;
    let _idle: Vec<_> = (0..10).map(|_| Connection::open(server.address())).collect();
    answers(server.address())?;
    let begin = Instant::now();
    server.terminate()?;
    let status = server.ended(Duration::from_secs(5))?;
    ensure(status.success() && begin.elapsed() < SECOND, || {
        format!("{status} after {:?}", begin.elapsed())
    })
}

fn taken_port() -> Verdict {
    let server = Process::start(&ANY_PORT)?;
    let words = Process::start(&["--listen", &server.address().authority])
        .err()
        .unwrap_or_default();
    let is_helpful = words.contains(&server.address().authority)
        && words.contains("--listen")
        && words.contains("exit status: 1");
    ensure(is_helpful, || format!("it said: {words}"))
}

fn answers(address: &Address) -> Verdict {
    let operation = with_body();
    let request: Request = forced(operation, operation.success()).without_header("connection");
    let answer = exchange(address, &request)?;
    ensure(answer.status == operation.success(), || format!("{answer}"))
}
