//! How fast the server serves, as ratios: `cargo bench -p mock-server`.
//!
//! Requests a second are compared with those of a yardstick: an axum handler that sends the same body from a struct it
//! has ready, and reads the same request body. Both run in this process, each on one thread; the load comes from a
//! process of its own. Rounds of the two alternate, and the medians are compared. Pages of a large organization are
//! compared with pages of a small one.

mod connection;
mod load;
mod pages;
mod recording;
mod traffic;
mod yardstick;

use std::net::SocketAddr;
use std::time::Duration;

use mock_server::MockServer;

use connection::Connection;
use traffic::Traffic;
use yardstick::Yardstick;

/// How long one round of load takes.
const ROUND: Duration = Duration::from_millis(1500);

/// Rounds of each of the two.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(plan) = arguments.iter().position(|argument| argument == load::FLAG) {
        return load::run(arguments.get(plan + 1..).unwrap_or_default());
    }
    println!("requests a second: the server, the yardstick (axum, body ready), their ratio");
    for traffic in traffic::all() {
        measure(&traffic)?;
    }
    println!();
    recording::measure()?;
    println!();
    pages::measure()
}

fn measure(traffic: &Traffic) -> Result<(), Box<dyn std::error::Error>> {
    let server = MockServer::start()?;
    let yardstick = yardstick(server.addr(), traffic)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(load::start(server.addr(), ROUND, &traffic.connections)?);
        theirs.push(load::start(yardstick.addr(), ROUND, &traffic.connections)?);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "{:<20} {ours:>9.0} {theirs:>9.0} {:>6.2}",
        traffic.name,
        ours / theirs
    );
    assert_eq!(server.undocumented(), 0, "an answer was outside the contract");
    Ok(())
}

/// A server that answers with what the other one answers to the first request.
fn yardstick(model: SocketAddr, traffic: &Traffic) -> Result<Yardstick, Box<dyn std::error::Error>> {
    let mut connection = Connection::open(model)?;
    let mut first = None;
    // What the first request changes, if anything, the requests after it undo.
    for request in traffic.connections.first().into_iter().flatten() {
        let body = connection.ask(request)?;
        first.get_or_insert(body);
    }
    Yardstick::start((traffic.ready)(&first.unwrap_or_default())?)
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or(f64::NAN)
}
