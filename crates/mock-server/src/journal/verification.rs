//! Whether what was called is what was expected.

use std::sync::Arc;

use api_support::validation::abridged;
use membership_apis::control::models::{
    Expectation, MatchedRequests, NearMiss, UnmetExpectation, Verification, Verified,
};

use super::NOT_RECORDED;
use super::pattern::{Candidate, Impossible, Pattern};
use super::recorded::count;
use super::redaction::Secrets;
use super::{Exchange, Journal, report};

/// So many requests are shown that come nearest to one that is missed.
const MOST_NEAREST: usize = 3;

/// So many requests are shown in all, for so many expectations as are told of at length.
const MOST_NEAREST_IN_ALL: usize = MOST_NEAREST * report::MOST_EXPECTATIONS;

/// What is expected, understood.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    expectations: Vec<Expected>,
    in_order: bool,
    after: u64,
}

#[derive(Clone, Debug)]
struct Expected {
    pattern: Pattern,
    times: Times,
}

/// How often.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Times {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
}

/// Something that makes no sense in what is expected: a JSON pointer to it, and what is wrong with it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{pointer} {detail}")]
pub(crate) struct Senseless {
    pub(crate) pointer: String,
    pub(crate) detail: String,
}

/// Something else was called than was expected.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unverified {
    /// What was expected and what came instead, in lines for people.
    pub(crate) detail: String,
    pub(crate) unmet: Vec<UnmetExpectation>,
}

impl Plan {
    /// Everything that makes no sense is told.
    pub(crate) fn new(verification: &Verification) -> Result<Self, Vec<Senseless>> {
        let in_order = verification.in_order.unwrap_or(false);
        let mut expectations = Vec::with_capacity(verification.expect.len());
        let mut senseless = Vec::new();
        if verification.expect.is_empty() {
            senseless.push(Senseless {
                pointer: "/expect".to_owned(),
                detail: "expects nothing: name one expectation at least".to_owned(),
            });
        }
        for (index, expectation) in verification.expect.iter().enumerate() {
            let mut wrong = |step: &str, detail: String| {
                let pointer = format!("/expect/{index}/{step}");
                senseless.push(Senseless { pointer, detail });
            };
            let times = times(expectation, in_order).map_err(|(step, detail)| wrong(step, detail.to_owned()));
            let pattern = Pattern::new(&expectation.r#match);
            let pattern = pattern.map_err(|impossible| {
                for Impossible { member, detail } in impossible {
                    wrong(&format!("match/{member}"), detail);
                }
            });
            if let (Ok(times), Ok(pattern)) = (times, pattern) {
                expectations.push(Expected { pattern, times });
            }
        }
        if !senseless.is_empty() {
            return Err(senseless);
        }
        Ok(Self {
            expectations,
            in_order,
            after: verification
                .after
                .and_then(|after| u64::try_from(after).ok())
                .unwrap_or(0),
        })
    }

    /// Holds what was called against what is expected.
    pub(crate) fn verify(&self, journal: &Journal) -> Result<Verified, Unverified> {
        if !journal.is_kept() {
            return Err(Unverified {
                detail: format!("Nothing can be verified: {NOT_RECORDED}"),
                unmet: Vec::new(),
            });
        }
        let page = journal.after(self.after);
        let exchanges = page.exchanges.iter().map(Arc::as_ref);
        let mut candidates: Vec<_> = exchanges.map(Candidate::new).collect();
        let gone = page.last_dropped > self.after;
        let (found, unmet) = if self.in_order {
            // They are numbered as they ended.
            candidates.sort_by_key(|candidate| candidate.exchange.arrival);
            self.in_order(&candidates, gone)
        } else {
            self.in_any_order(&candidates, gone)
        };
        if unmet.is_empty() {
            return Ok(Verified { expectations: found });
        }
        let detail = report::detail(&unmet, self.expectations.len(), &candidates);
        Err(Unverified { detail, unmet })
    }

    fn in_any_order(
        &self,
        candidates: &[Candidate<'_>],
        gone: bool,
    ) -> (Vec<MatchedRequests>, Vec<UnmetExpectation>) {
        let mut all = Vec::new();
        let mut unmet = Vec::new();
        let mut room = MOST_NEAREST_IN_ALL;
        for (index, expected) in self.expectations.iter().enumerate() {
            let (matched, others, maybe) = expected.pattern.sort(candidates);
            let doubt = Doubt { gone, maybe };
            let found = matched_requests(&matched);
            let too_few = matched.len() < usize::try_from(expected.times.least).unwrap_or(usize::MAX);
            if !expected.times.hold(found.found, doubt) {
                let nearest = if too_few && room > 0 {
                    nearest(&expected.pattern, &others)
                } else {
                    Vec::new()
                };
                room = room.saturating_sub(nearest.len());
                unmet.push(expected.unmet(index, &found, nearest, doubt));
            }
            all.push(found);
        }
        (all, unmet)
    }

    /// Each expectation takes the first request after the one before it; the first that finds none is told.
    fn in_order(
        &self,
        candidates: &[Candidate<'_>],
        gone: bool,
    ) -> (Vec<MatchedRequests>, Vec<UnmetExpectation>) {
        let mut all = Vec::new();
        let mut rest = candidates;
        for (index, expected) in self.expectations.iter().enumerate() {
            let position = rest
                .iter()
                .position(|candidate| expected.pattern.matches(candidate));
            let Some((matched, later)) = position.and_then(|position| rest.get(position..)?.split_first())
            else {
                let (_, others, maybe) = expected.pattern.sort(rest);
                let nearest = nearest(&expected.pattern, &others);
                let doubt = Doubt { gone, maybe };
                let mut unmet = expected.unmet(index, &matched_requests(&[]), nearest, doubt);
                let passed = candidates.len() - rest.len();
                if let Some((last, before)) = candidates.get(..passed).and_then(<[_]>::split_last) {
                    let last = last.exchange.number;
                    unmet.expected = format!("{}, after request {last}", unmet.expected);
                    // Requests are numbered as they end, so their numbers do not tell in what order they came.
                    let too_early = before
                        .iter()
                        .rev()
                        .find(|candidate| expected.pattern.matches(candidate));
                    if let Some(too_early) = too_early {
                        let number = too_early.exchange.number;
                        unmet.expected = format!("{}, before which request {number} came", unmet.expected);
                    }
                }
                return (all, vec![unmet]);
            };
            all.push(matched_requests(&[matched]));
            rest = later;
        }
        (all, Vec::new())
    }
}

impl Expected {
    fn unmet(
        &self,
        index: usize,
        found: &MatchedRequests,
        nearest: Vec<NearMiss>,
        doubt: Doubt,
    ) -> UnmetExpectation {
        let is_too_much = self.times.most.is_some_and(|most| found.found > count(most));
        let doubt = if is_too_much { Doubt::default() } else { doubt };
        UnmetExpectation {
            expectation: i64::try_from(index).unwrap_or(i64::MAX),
            expected: format!("{}: {}{doubt}", self.times, self.pattern.described()),
            found: found.found,
            numbers: found.numbers.clone(),
            nearest,
        }
    }
}

impl Times {
    /// Whether so many found are as many as expected, whatever those are of which it cannot be told.
    fn hold(self, found: i64, doubt: Doubt) -> bool {
        let at_most = found.saturating_add(i64::try_from(doubt.maybe).unwrap_or(i64::MAX));
        let is_enough = found >= count(self.least);
        let is_not_too_much = self.most.is_none_or(|most| !doubt.gone && at_most <= count(most));
        is_enough && is_not_too_much
    }
}

/// Why there may have been more requests than were found.
#[derive(Clone, Copy, Debug, Default)]
struct Doubt {
    /// Whether the journal dropped some: they may have been anything.
    gone: bool,
    /// So many have a body that did not come whole, or was not kept so.
    maybe: usize,
}

/// What is said after what is expected.
impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.gone {
            f.write_str(
                "; the journal no longer has the first requests, so how many there were cannot be told",
            )?;
        }
        match self.maybe {
            0 => Ok(()),
            1 => f.write_str("; one more may be such a request, but its body is not known whole"),
            maybe => write!(
                f,
                "; {maybe} more may be such requests, but their bodies are not known whole"
            ),
        }
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let times = |count: u64| {
            if count == 1 {
                "once".to_owned()
            } else {
                format!("{count} times")
            }
        };
        match (self.least, self.most) {
            (0, Some(0)) => f.write_str("never"),
            (least, Some(most)) if least == most => write!(f, "exactly {}", times(least)),
            (0, Some(most)) => write!(f, "at most {}", times(most)),
            (least, Some(most)) => write!(f, "at least {} and at most {}", times(least), times(most)),
            (least, None) => write!(f, "at least {}", times(least)),
        }
    }
}

fn times(expectation: &Expectation, in_order: bool) -> Result<Times, (&'static str, &'static str)> {
    let Expectation {
        count,
        at_least,
        at_most,
        ..
    } = expectation;
    let given = [("count", count), ("at_least", at_least), ("at_most", at_most)];
    let first = given.iter().find(|(_, number)| number.is_some());
    if let (true, Some((step, _))) = (in_order, first) {
        return Err((
            step,
            "has no place here: in order, each expectation stands for one call",
        ));
    }
    if let Some((step, _)) = given
        .iter()
        .find(|(_, number)| number.is_some_and(|number| number < 0))
    {
        return Err((step, "must not be below 0"));
    }
    let number = |number: &Option<i64>| number.and_then(|number| u64::try_from(number).ok());
    let (exactly, least, most) = (number(count), number(at_least), number(at_most));
    match (exactly, least, most) {
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => Err((
            "count",
            "says exactly how many, so at_least and at_most have no place beside it",
        )),
        (Some(exactly), None, None) => Ok(Times {
            least: exactly,
            most: Some(exactly),
        }),
        (None, Some(least), Some(most)) if most < least => Err(("at_most", "is less than at_least")),
        (None, Some(least), most) => Ok(Times { least, most }),
        (None, None, Some(most)) => Ok(Times {
            least: 0,
            most: Some(most),
        }),
        (None, None, None) => Ok(Times { least: 1, most: None }),
    }
}

fn matched_requests(matched: &[&Candidate<'_>]) -> MatchedRequests {
    MatchedRequests {
        found: i64::try_from(matched.len()).unwrap_or(i64::MAX),
        numbers: matched
            .iter()
            .map(|candidate| count(candidate.exchange.number))
            .collect(),
    }
}

/// The requests that lack least, the latest of those that lack as much first.
fn nearest(pattern: &Pattern, others: &[&Candidate<'_>]) -> Vec<NearMiss> {
    let mut ranked: Vec<_> = others
        .iter()
        .map(|candidate| {
            (
                pattern.distance(candidate),
                std::cmp::Reverse(candidate.exchange.number),
                candidate,
            )
        })
        .collect();
    ranked.sort_by_key(|(distance, number, _)| (*distance, *number));
    let nearest = ranked.into_iter().take(MOST_NEAREST);
    nearest
        .map(|(_, _, candidate)| NearMiss {
            number: count(candidate.exchange.number),
            request: line(candidate.exchange),
            differences: pattern.differences(candidate),
        })
        .collect()
}

/// Method, path, query and status; of long ones the beginning.
pub(super) fn line(exchange: &Exchange) -> String {
    let secrets = Secrets::of(exchange);
    let path = abridged(&secrets.path(&exchange.path));
    let query = exchange.query.as_deref().map(|query| secrets.query(query));
    let query = query.map_or(String::new(), |query| format!("?{}", abridged(&query)));
    let answer = exchange.answer.as_ref();
    let answer = answer.map_or("no answer".to_owned(), |sent| sent.status.as_u16().to_string());
    format!("{} {path}{query} → {answer}", exchange.method)
}
