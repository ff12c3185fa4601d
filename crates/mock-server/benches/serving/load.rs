//! The load: a process that sends the same requests over and over, each connection its own, and counts the answers.

use std::error::Error;
use std::net::SocketAddr;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::connection::Connection;

/// What tells this program to be the load.
pub(crate) const FLAG: &str = "--load";

/// Runs a process that loads a server for a while, and gives the requests it was answered per second. Each connection
/// repeats its requests in order.
pub(crate) fn start(
    addr: SocketAddr,
    duration: Duration,
    connections: &[Vec<String>],
) -> Result<f64, Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .args([
            FLAG,
            &addr.to_string(),
            &duration.as_millis().to_string(),
            &serde_json::to_string(connections)?,
        ])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// The load itself: prints how many requests were answered per second.
pub(crate) fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [addr, milliseconds, connections] = arguments else {
        return Err("an address, a time in milliseconds and requests are needed".into());
    };
    let addr: SocketAddr = addr.parse()?;
    let duration = Duration::from_millis(milliseconds.parse()?);
    let connections: Vec<Vec<String>> = serde_json::from_str(connections)?;
    let begun = Instant::now();
    let threads: Vec<_> = connections
        .into_iter()
        .map(|requests| {
            thread::spawn(move || {
                repeat(addr, begun + duration, &requests).map_err(|error| error.to_string())
            })
        })
        .collect();
    let mut answered = 0;
    for thread in threads {
        answered += thread.join().map_err(|_| "a connection's thread panicked")??;
    }
    println!("{}", f64::from(answered) / begun.elapsed().as_secs_f64());
    Ok(())
}

fn repeat(addr: SocketAddr, until: Instant, requests: &[String]) -> Result<u32, Box<dyn Error>> {
    let mut connection = Connection::open(addr)?;
    let mut answered = 0;
    // Whole rounds, so that whatever was added is removed again.
    while Instant::now() < until {
        for request in requests {
            connection.ask(request)?;
            answered += 1;
        }
    }
    Ok(answered)
}
