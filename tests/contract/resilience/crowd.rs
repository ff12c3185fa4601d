//! Many clients, and slow ones.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use contract_tests::outside::{NO_ROOM, TOO_SLOW, problems_of_problem};
use contract_tests::process::Process;
use contract_tests::wire::{Address, Answer, Connection, Ended, exchange};
use mock_server::{Limits, MockServer};

use crate::connections::{forced, with_body};
use crate::{Test, Verdict, ensure};

pub(crate) const TESTS: &[Test] = &[
    ("a thousand idle connections harm nobody", a_thousand_idle),
    (
        "a client that sends its head byte by byte is told that it is too slow and harms nobody",
        slow_head,
    ),
    (
        "a client that sends its body byte by byte is told that it is too slow and harms nobody",
        slow_body,
    ),
    ("where there is no room a newcomer is told so", no_room),
    ("an idle connection makes room for a newcomer", idle_makes_room),
];

/// How many idle connections there are.
const CROWD: usize = 1000;

/// How long one byte of a slow client takes.
const PACE: Duration = Duration::from_millis(250);

/// How long a slow client may take.
const LIMIT: Duration = Duration::from_secs(2);

/// What a request may take at most where something is in its way, as a multiple of what it takes otherwise, and besides.
const FACTOR: u32 = 5;
const SLACK: Duration = Duration::from_millis(100);

fn a_thousand_idle() -> Verdict {
    // In a process of its own: each side needs a file per connection, and a process may have few more than these.
    let server = Process::start(&["--listen", "127.0.0.1:0"])?;
    let usual = typical_time(server.address())?;
    let crowd: Result<Vec<_>, _> = (0..CROWD).map(|_| Connection::open(server.address())).collect();
    let mut crowd = crowd?;
    let crowded = typical_time(server.address())?;
    ensure(crowded <= usual * FACTOR + SLACK, || {
        format!("{crowded:?} where {usual:?} is usual")
    })?;
    // None of them was sent away for it.
    let request = forced(with_body(), with_body().success());
    for connection in crowd.iter_mut().step_by(100) {
        connection.send(&request.bytes(server.address()))?;
        let answer = connection.answer(&request.method)?;
        ensure(answer.status == with_body().success(), || format!("{answer}"))?;
    }
    Ok(())
}

fn slow_head() -> Verdict {
    let server = hurried_server()?;
    let request = forced(with_body(), 200).bytes(&server.1);
    byte_by_byte(&server.1, &[], &request)
}

fn slow_body() -> Verdict {
    let server = hurried_server()?;
    let spec = &contract_tests::spec::specs()[0];
    let request = with_body().call(spec).bytes(&server.1);
    let head = request
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .map_or(0, |at| at + 4);
    byte_by_byte(&server.1, &request[..head], &request[head..])
}

/// A server that waits less long than usual.
fn hurried_server() -> Result<(MockServer, Address), String> {
    let limits = Limits {
        head: LIMIT,
        body: LIMIT,
        ..Limits::default()
    };
    started(limits)
}

fn started(limits: Limits) -> Result<(MockServer, Address), String> {
    let server = MockServer::builder()
        .limits(limits)
        .start()
        .map_err(|error| error.to_string())?;
    let address = Address::read(server.url())?;
    Ok((server, address))
}

/// Sends a part at once and the rest slowly, while others are served.
fn byte_by_byte(address: &Address, at_once: &[u8], slowly: &[u8]) -> Verdict {
    let usual = typical_time(address)?;
    let is_over = AtomicBool::new(false);
    let (told, meanwhile) = thread::scope(|scope| {
        let slow = scope.spawn(|| {
            let told = sent_slowly(address, at_once, slowly);
            is_over.store(true, Ordering::Relaxed);
            told
        });
        let mut meanwhile = Vec::new();
        while !is_over.load(Ordering::Relaxed) {
            meanwhile.push(typical_time(address));
        }
        (slow.join(), meanwhile)
    });
    for time in meanwhile {
        let time = time?;
        ensure(time <= usual * FACTOR + SLACK, || {
            format!("{time:?} where {usual:?} is usual")
        })?;
    }
    let answer = told.map_err(|_| "the slow client failed")??;
    let problems = problems_of_problem(&answer);
    ensure(answer.status == TOO_SLOW.status && problems.is_empty(), || {
        format!("{problems:?} {answer}")
    })
}

fn sent_slowly(address: &Address, at_once: &[u8], slowly: &[u8]) -> Result<Answer, Ended> {
    let mut connection = Connection::open(address)?;
    connection.send(at_once)?;
    let begin = Instant::now();
    for byte in slowly {
        // What was answered is read after the time is over; sending on does not hurt then.
        if begin.elapsed() > LIMIT + PACE || connection.send(&[*byte]).is_err() {
            break;
        }
        thread::sleep(PACE);
    }
    connection.answer("POST")
}

/// The middle one of the times of several requests.
fn typical_time(address: &Address) -> Result<Duration, Ended> {
    let request = forced(with_body(), with_body().success()).without_header("connection");
    let mut times = Vec::new();
    for _ in 0..9 {
        let begin = Instant::now();
        exchange(address, &request)?;
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

fn no_room() -> Verdict {
    let server = started(Limits {
        connections: 2,
        ..Limits::default()
    })?;
    let begun = || -> Result<Connection, Ended> {
        let mut connection = Connection::open(&server.1)?;
        connection.send(b"GET / HTTP/1.1\r\n")?;
        Ok(connection)
    };
    let (_first, _second) = (begun()?, begun()?);
    // The server may not have seen yet that they began; a newcomer would push out the one that looks idle.
    thread::sleep(Duration::from_millis(200));
    let answer = begun()?.answer("GET")?;
    let problems = problems_of_problem(&answer);
    ensure(answer.status == NO_ROOM.status && problems.is_empty(), || {
        format!("{problems:?} {answer}")
    })
}

fn idle_makes_room() -> Verdict {
    let server = started(Limits {
        connections: 2,
        ..Limits::default()
    })?;
    let request = forced(with_body(), with_body().success());
    // One that has just connected makes no room yet: its first request may be on its way.
    let idle = || {
        let mut connection = Connection::open(&server.1)?;
        connection.send(&request.bytes(&server.1))?;
        let answer = connection.answer(&request.method)?;
        ensure(answer.status == with_body().success(), || format!("{answer}"))?;
        Ok::<_, libtest_mimic::Failed>(connection)
    };
    let (mut first, _second) = (idle()?, idle()?);
    thread::sleep(Duration::from_millis(200));
    let answer = exchange(&server.1, &request.without_header("connection"))?;
    ensure(answer.status == with_body().success(), || format!("{answer}"))?;
    let farewell = first.rest()?;
    ensure(farewell.is_empty(), || {
        "the one that made room was told something it did not ask".to_owned()
    })
}
