//! How fast the server serves, as ratios: `cargo bench -p mock-server`.
//!
//! Requests a second are compared with those of a yardstick: an axum handler that sends the same body from a struct it
//! has ready, and reads the same request body. Both run in this process, each on one thread; the load comes from a
//! process of its own. Rounds of the two alternate, and the medians are compared. Pages of a large organization are
//! compared with pages of a small one.

mod connection;
mod load;
mod pages;
mod yardstick;

use std::net::SocketAddr;
use std::time::Duration;

use mock_server::MockServer;
use yardstick::Yardstick;

/// How long one round of load takes.
const ROUND: Duration = Duration::from_millis(1500);

/// Rounds of each of the two.
const ROUNDS: usize = 5;

const ORGANIZATION: &str = "org_29w9IfBrPmcpi0IeBVaKtA7R94W";
const NEWCOMERS: [&str; 2] = [
    "user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb",
    "user_2OEpLsL9xVQ2zg4mZaouqKLiMcV",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(plan) = arguments.iter().position(|argument| argument == load::FLAG) {
        return load::run(arguments.get(plan + 1..).unwrap_or_default());
    }
    println!("requests a second: the server, the yardstick (axum, body ready), their ratio");
    let memberships = format!("/v1/organizations/{ORGANIZATION}/memberships");
    for (name, pairs) in [
        ("list-1", vec![get(&format!("{memberships}?limit=1"))]),
        ("list-20", vec![get(&format!("{memberships}?limit=20"))]),
        (
            "add+remove",
            NEWCOMERS
                .iter()
                .map(|user| add_and_remove(&memberships, user))
                .collect(),
        ),
    ] {
        measure(name, &pairs)?;
    }
    println!();
    pages::measure()
}

fn measure(name: &str, connections: &[Vec<String>]) -> Result<(), Box<dyn std::error::Error>> {
    let server = MockServer::start()?;
    let yardstick = Yardstick::answering_as(server.addr(), connections)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(rate(server.addr(), connections)?);
        theirs.push(rate(yardstick.addr(), connections)?);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("{name:<12} {ours:>9.0} {theirs:>9.0} {:>6.2}", ours / theirs);
    assert_eq!(server.undocumented(), 0, "an answer was outside the contract");
    Ok(())
}

fn rate(addr: SocketAddr, connections: &[Vec<String>]) -> Result<f64, Box<dyn std::error::Error>> {
    load::start(addr, ROUND, connections)
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or(f64::NAN)
}

fn get(target: &str) -> Vec<String> {
    vec![request("GET", target, "")]
}

/// Each connection adds and removes a user of its own, so that every request succeeds.
fn add_and_remove(memberships: &str, user: &str) -> Vec<String> {
    let body = format!(r#"{{"user_id":"{user}","role":"org:member"}}"#);
    vec![
        request("POST", memberships, &body),
        request("DELETE", &format!("{memberships}/{user}"), ""),
    ]
}

fn request(method: &str, target: &str, body: &str) -> String {
    format!(
        "{method} {target} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer sk_test_rollcall\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}
