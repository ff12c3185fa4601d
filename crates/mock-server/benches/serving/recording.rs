//! What recording costs: the journal, coverage and the search for violations, against the same server without them.

use std::error::Error;

use mock_server::MockServer;

use crate::traffic::{self, Traffic};
use crate::{ROUND, ROUNDS, load, median};

/// Prints the ratios.
pub(crate) fn measure() -> Result<(), Box<dyn Error>> {
    println!("requests a second: recorded, not recorded, their ratio (goal 0.85 at least)");
    for traffic in traffic::all() {
        compare(&traffic)?;
    }
    Ok(())
}

fn compare(traffic: &Traffic) -> Result<(), Box<dyn Error>> {
    let recorded = MockServer::start()?;
    let unrecorded = MockServer::builder().recording(false).start()?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        with.push(load::start(recorded.addr(), ROUND, &traffic.connections)?);
        without.push(load::start(unrecorded.addr(), ROUND, &traffic.connections)?);
    }
    let (with, without) = (median(with), median(without));
    println!(
        "{:<20} {with:>9.0} {without:>9.0} {:>6.2}",
        traffic.name,
        with / without
    );
    Ok(())
}
