//! One connection, used in every way HTTP/1.1 allows.

use contract_tests::server::Server;
use contract_tests::spec::{Operation, specs};
use contract_tests::wire::{Connection, Request};

use crate::{Test, Verdict, ensure};

pub(crate) const TESTS: &[Test] = &[
    ("a connection serves one request after another", one_after_another),
    (
        "requests sent at once on a connection are answered in their order",
        in_order,
    ),
    ("a refusal leaves the connection usable", refusals_leave_it_usable),
    (
        "an ignored body leaves the connection usable",
        ignored_bodies_leave_it_usable,
    ),
    (
        "a client that ends its sending side after the request gets the whole answer",
        half_closed,
    ),
    (
        "clients that leave in the middle of a request harm nobody",
        leaving_early,
    ),
];

/// A request that stays on its connection, for an answer of this status.
pub(crate) fn forced(operation: &Operation, status: u16) -> Request {
    let request =
        Request::new(&operation.method, operation.path_with("", "")).header("connection", "keep-alive");
    request.header("prefer", format!("code={status}"))
}

/// An operation that takes a body.
pub(crate) fn with_body() -> &'static Operation {
    let mut operations = specs().iter().flat_map(|spec| &spec.operations);
    operations
        .find(|operation| operation.body.is_some())
        .expect("some operation takes a body")
}

fn one_after_another() -> Verdict {
    let server = Server::start();
    let mut connection = Connection::open(server.address())?;
    for operation in specs().iter().flat_map(|spec| &spec.operations) {
        let request = forced(operation, operation.success());
        connection.send(&request.bytes(server.address()))?;
        let answer = connection.answer(&request.method)?;
        ensure(answer.status == operation.success(), || {
            format!("{operation}: {answer}")
        })?;
    }
    Ok(())
}

fn in_order() -> Verdict {
    let server = Server::start();
    let operation = with_body();
    let statuses: Vec<u16> = operation
        .responses
        .iter()
        .map(|response| response.status.representative())
        .collect();
    let mut connection = Connection::open(server.address())?;
    let requests: Vec<u8> = statuses
        .iter()
        .flat_map(|status| forced(operation, *status).bytes(server.address()))
        .collect();
    connection.send(&requests)?;
    for status in statuses {
        let answer = connection.answer(&operation.method)?;
        ensure(answer.status == status, || {
            format!("{} where {status} is next", answer.status)
        })?;
    }
    Ok(())
}

fn refusals_leave_it_usable() -> Verdict {
    let server = Server::start();
    let operation = with_body();
    let mut connection = Connection::open(server.address())?;
    let nobody = operation.call_of_nobody().header("connection", "keep-alive");
    let nowhere = Request::new("GET", "/nowhere").header("connection", "keep-alive");
    let wrong_method = Request {
        method: "BREW".to_owned(),
        ..nobody.clone()
    };
    for request in [nobody.clone(), nowhere, nobody.bytes_as_body("{"), wrong_method] {
        connection.send(&request.bytes(server.address()))?;
        let refusal = connection.answer(&request.method)?;
        ensure((400..500).contains(&refusal.status), || format!("{refusal}"))?;
        let request = forced(operation, operation.success());
        connection.send(&request.bytes(server.address()))?;
        let answer = connection.answer(&request.method)?;
        ensure(answer.status == operation.success(), || {
            format!("after {}: {answer}", refusal.status)
        })?;
    }
    Ok(())
}

fn ignored_bodies_leave_it_usable() -> Verdict {
    let server = Server::start();
    let operation = with_body();
    let mut connection = Connection::open(server.address())?;
    for body in [&b"x"[..], b"GET / HTTP/1.1\r\n\r\n", &[b'x'; 10_000]] {
        let request = forced(operation, operation.success()).bytes_as_body(body);
        connection.send(&request.bytes(server.address()))?;
        let answer = connection.answer(&request.method)?;
        ensure(answer.status == operation.success(), || format!("{answer}"))?;
    }
    Ok(())
}

fn half_closed() -> Verdict {
    let server = Server::start();
    for spec in specs() {
        for operation in &spec.operations {
            let request = forced(operation, operation.success());
            let mut connection = Connection::open(server.address())?;
            connection.send(&request.bytes(server.address()))?;
            connection.end_sending();
            let answer = connection.answer(&request.method)?;
            ensure(answer.status == operation.success(), || {
                format!("{operation}: {answer}")
            })?;
            let rest = connection.rest()?;
            ensure(rest.is_empty(), || format!("{} bytes more", rest.len()))?;
        }
    }
    Ok(())
}

fn leaving_early() -> Verdict {
    let server = Server::start();
    let operation = with_body();
    let whole = operation.call_of_nobody().bytes(server.address());
    for length in 0..whole.len() {
        let mut connection = Connection::open(server.address())?;
        connection.send(&whole[..length])?;
    }
    let request = forced(operation, operation.success());
    let answer = contract_tests::wire::exchange(server.address(), &request.without_header("connection"))?;
    ensure(answer.status == operation.success(), || format!("{answer}"))
}
