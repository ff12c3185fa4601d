//! What is said of expectations that are not met, in lines for people.

use std::fmt::{self, Write as _};

use membership_apis::control::models::UnmetExpectation;

use super::pattern::Candidate;
use super::recorded::count;
use super::verification::line;

/// So many expectations are told of at length.
pub(super) const MOST_EXPECTATIONS: usize = 20;

/// So many requests are listed.
const MOST_REQUESTS: usize = 10;

/// What was expected, what there was, and what came nearest.
pub(super) fn detail(
    unmet: &[UnmetExpectation],
    expectations: usize,
    candidates: &[Candidate<'_>],
) -> String {
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _ = write_all(&mut text, unmet, expectations, candidates);
    text
}

fn write_all(
    text: &mut String,
    unmet: &[UnmetExpectation],
    expectations: usize,
    candidates: &[Candidate<'_>],
) -> fmt::Result {
    let requests = match candidates.len() {
        1 => "1 request".to_owned(),
        many => format!("{many} requests"),
    };
    write!(
        text,
        "{} of {expectations} expectations not met, of {requests} looked at.",
        unmet.len()
    )?;
    for one in unmet.iter().take(MOST_EXPECTATIONS) {
        write_one(text, one, candidates)?;
    }
    match unmet.len().saturating_sub(MOST_EXPECTATIONS) {
        0 => Ok(()),
        more => write!(text, "\n\nAnd {more} more."),
    }
}

fn write_one(text: &mut String, unmet: &UnmetExpectation, candidates: &[Candidate<'_>]) -> fmt::Result {
    write!(
        text,
        "\n\nexpect[{}]\n  expected {}\n  found    {}",
        unmet.expectation, unmet.expected, unmet.found
    )?;
    for number in unmet.numbers.iter().take(MOST_REQUESTS) {
        let found = candidates
            .iter()
            .find(|candidate| count(candidate.exchange.number) == *number);
        if let Some(found) = found {
            write!(text, "\n    #{number} {}", line(found.exchange))?;
        }
    }
    if unmet.numbers.len() > MOST_REQUESTS {
        write!(text, "\n    and {} more", unmet.numbers.len() - MOST_REQUESTS)?;
    }
    if !unmet.nearest.is_empty() {
        write!(text, "\n  nearest")?;
    }
    for miss in &unmet.nearest {
        write!(text, "\n    #{} {}", miss.number, miss.request)?;
        for difference in &miss.differences {
            write!(
                text,
                "\n      {}: expected {}, found {}",
                difference.place, difference.expected, difference.found
            )?;
        }
    }
    Ok(())
}
