//! Which documented answers were seen, and what gave them.
//!
//! A pair is an operation and a status its document has for it. An answer counts for its exact status, else for its
//! range, else for `default`. A HEAD counts as the GET it runs.

mod junit;
mod report;
mod text;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use membership_apis::control::models::ApiName;
use membership_apis::control::models::Coverage as Report;

pub(crate) use junit::junit;
pub(crate) use text::{missing, text};

use crate::journal::{AnsweredBy, Exchange};
use crate::served::APIS;

/// How often each documented answer was seen. Only what was seen takes room.
#[derive(Debug)]
pub(crate) struct Coverage {
    is_kept: bool,
    seen: Mutex<Seen>,
}

#[derive(Clone, Debug, Default)]
struct Seen {
    pairs: BTreeMap<Pair, Times>,
    undocumented: BTreeMap<Undocumented, u64>,
}

/// The positions of an API, an operation of it and a response of that.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Pair {
    api: u8,
    operation: u8,
    response: u8,
}

/// An answer that its operation does not document.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Undocumented {
    api: u8,
    operation: u8,
    status: u16,
    by: By,
}

/// How often an answer was given, by what gave it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Times {
    genuine: u64,
    forced: u64,
    fault: u64,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum By {
    Api,
    Forced,
    Fault,
}

/// What is counted of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    Documented(Pair, By),
    Undocumented(Undocumented),
}

impl Coverage {
    /// None was seen yet. One that is not kept stays like that, and says so.
    pub(crate) fn new(is_kept: bool) -> Self {
        Self {
            is_kept,
            seen: Mutex::default(),
        }
    }

    /// One like it in which none was seen yet.
    pub(crate) fn anew(&self) -> Self {
        Self::new(self.is_kept)
    }

    pub(crate) fn count(&self, answer: Answer) {
        let mut seen = self.lock();
        match answer {
            Answer::Documented(pair, by) => {
                let times = seen.pairs.entry(pair).or_default();
                match by {
                    By::Api => times.genuine += 1,
                    By::Forced => times.forced += 1,
                    By::Fault => times.fault += 1,
                }
            }
            Answer::Undocumented(undocumented) => *seen.undocumented.entry(undocumented).or_default() += 1,
        }
    }

    /// What was seen so far, of all APIs or one. How often callers were off the contract is counted elsewhere.
    pub(crate) fn report(&self, only: Option<ApiName>, violations: u64) -> Report {
        let seen = self.lock().clone();
        Report {
            recorded: self.is_kept,
            ..report::report(&seen, only, violations)
        }
    }

    /// Nothing between lock and unlock can panic half-way.
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Answer {
    /// The answer of an exchange; `None` where there was none, or one that is outside the contract.
    pub(crate) fn of(exchange: &Exchange) -> Option<Self> {
        let by = match exchange.by {
            AnsweredBy::Api { .. } => By::Api,
            AnsweredBy::Forced => By::Forced,
            AnsweredBy::Fault { .. } => By::Fault,
            AnsweredBy::Server => return None,
        };
        let status = exchange.answer.as_ref()?.status.as_u16();
        let (api, operation) = called(exchange)?;
        if !exchange.documented {
            return Some(Self::Undocumented(Undocumented {
                api,
                operation,
                status,
                by,
            }));
        }
        let called = exchange.operation?;
        // Not documented is what is outside the contract, as a body that is too large.
        let response = called.documented(status)?;
        let mut all = called.responses.iter();
        let position = all.position(|one| std::ptr::eq(one, response))?;
        let response = u8::try_from(position).ok()?;
        let pair = Pair {
            api,
            operation,
            response,
        };
        Some(Self::Documented(pair, by))
    }
}

/// The positions of the API and the operation that are called.
fn called(exchange: &Exchange) -> Option<(u8, u8)> {
    let (served, called) = (exchange.api?, exchange.operation?);
    let api = APIS.iter().position(|one| std::ptr::eq(*one, served))?;
    let operation = served
        .operations
        .iter()
        .position(|one| std::ptr::eq(one, called))?;
    Some((u8::try_from(api).ok()?, u8::try_from(operation).ok()?))
}

#[cfg(test)]
mod tests {
    use axum::body::Bytes;
    use http::StatusCode;
    use membership_apis::control::models::Reached;

    use super::*;
    use crate::journal::{Content, Headers, Sent};
    use crate::whylabs;

    fn exchange(operation: &str, status: u16, by: AnsweredBy) -> Exchange {
        let api = &whylabs::SERVED;
        let operation = api.operations.iter().find(|known| known.id == operation).unwrap();
        Exchange {
            api: Some(api),
            operation: Some(operation),
            answer: Some(Sent {
                status: StatusCode::from_u16(status).unwrap(),
                headers: Headers::default(),
                body: Content::of(&Bytes::new()),
            }),
            by,
            ..Exchange::blank(1)
        }
    }

    fn count(coverage: &Coverage, exchange: &Exchange) {
        if let Some(answer) = Answer::of(exchange) {
            coverage.count(answer);
        }
    }

    const GENUINE: AnsweredBy = AnsweredBy::Api { fault: None };

    #[test]
    fn the_vendors_documents_have_153_pairs() {
        let report = Coverage::new(true).report(None, 0);
        assert_eq!((report.pairs, report.reached), (153, 0));
        let by_api: Vec<_> = report.apis.iter().map(|api| api.pairs).collect();
        assert_eq!(by_api.iter().sum::<i64>(), 153, "{by_api:?}");
    }

    #[test]
    fn an_answer_counts_for_its_status_and_success_for_default() {
        let coverage = Coverage::new(true);
        let list = "ListOrganizationMemberships";
        count(&coverage, &exchange(list, 200, GENUINE));
        count(&coverage, &exchange(list, 201, AnsweredBy::Forced));
        count(&coverage, &exchange(list, 404, AnsweredBy::Fault { id: 1 }));
        // Outside the contract, or the server's own.
        count(&coverage, &exchange(list, 500, GENUINE));
        count(&coverage, &exchange(list, 400, AnsweredBy::Server));
        let report = coverage.report(Some(ApiName::Whylabs), 7);
        assert_eq!((report.reached, report.violations), (1, 7));
        let [api] = report.apis.as_slice() else {
            panic!("{report:?}");
        };
        let operation = api.operations.iter().find(|one| one.operation == list).unwrap();
        let told: Vec<_> = operation
            .answers
            .iter()
            .filter(|answer| answer.reached != Reached::Never)
            .map(|answer| {
                (
                    &*answer.status,
                    answer.genuine,
                    answer.forced,
                    answer.fault,
                    answer.addition,
                )
            })
            .collect();
        assert_eq!(told, [("default", 1, 1, 0, false), ("404", 0, 0, 1, true)]);
    }

    #[test]
    fn answers_that_are_not_documented_are_counted_apart() {
        let coverage = Coverage::new(true);
        let undocumented = Exchange {
            documented: false,
            ..exchange("ListOrganizationMemberships", 500, GENUINE)
        };
        count(&coverage, &undocumented);
        count(&coverage, &undocumented);
        let report = coverage.report(None, 0);
        let told: Vec<_> = report
            .undocumented
            .iter()
            .map(|one| (one.status, one.times))
            .collect();
        assert_eq!((told, report.reached), (vec![(500, 2)], 0));
        assert!(coverage.report(Some(ApiName::Clerk), 0).undocumented.is_empty());
    }
}
