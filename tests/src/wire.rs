//! A client of HTTP/1.1 that does as it is told.
//!
//! An ordinary client would refuse to send most of what these tests send, and would repair what it receives. This one
//! writes what it is given, waits for the answer for a bounded time, and takes the answer's framing literally.

mod address;
mod answer;
mod connection;
mod request;

pub use address::Address;
pub use answer::Answer;
pub use connection::{Connection, Ended, PATIENCE};
pub use request::{Body, Request, percent_encoded};

/// Sends a request on a connection of its own and waits for the answer, and for nothing to follow it.
///
/// # Errors
/// How it ended instead.
pub fn exchange(address: &Address, request: &Request) -> Result<Answer, Ended> {
    let mut connection = Connection::open(address)?;
    // A server that has heard enough may stop listening before all is said; its answer is there to be read.
    let _ = connection.send(&request.bytes(address));
    if request.is_cut_short() {
        connection.end_sending();
    }
    let answer = connection.answer(&request.method)?;
    let rest = connection.rest()?;
    if rest.is_empty() {
        Ok(answer)
    } else {
        let rest = String::from_utf8_lossy(&rest).into_owned();
        Err(Ended::Garbled(format!(
            "after the answer there was more, which no client expects: {rest:?}"
        )))
    }
}
