//! What was called in a world.

use api_support::Operation;
use membership_apis::control::models::{ProblemError, ProblemErrorPart, RequestList, Verification, Verified};
use membership_apis::control::operations::ListRequests;

use super::error::ControlError;
use crate::glob::Glob;
use crate::journal::{self, Exchange, Plan, Senseless, UnknownOperation, count};
use crate::world::World;

/// Which requests are asked for.
struct Filter<'a> {
    asked: &'a ListRequests,
    operations: Option<Vec<&'static Operation>>,
    path: Option<Glob>,
}

/// The requests that are kept and asked for. Masking secrets takes reading all bodies.
pub(super) fn list(world: &World, asked: &ListRequests) -> Result<RequestList, ControlError> {
    let filter = Filter::new(asked)?;
    let after = asked.after.and_then(|after| u64::try_from(after).ok());
    let page = world.epoch().journal.after(after.unwrap_or(0));
    let shown = page.exchanges.iter().filter(|exchange| filter.lets(exchange));
    Ok(RequestList {
        requests: shown.map(|exchange| exchange.recorded()).collect(),
        last: count(page.last),
        dropped: count(page.dropped),
    })
}

/// Holds what was called against what is expected.
pub(super) fn verify(world: &World, expected: &Verification) -> Result<Verified, ControlError> {
    let plan = Plan::new(expected)?;
    plan.verify(&world.epoch().journal)
        .map_err(ControlError::NotVerified)
}

impl<'a> Filter<'a> {
    fn new(asked: &'a ListRequests) -> Result<Self, ControlError> {
        let operations = match &asked.operation {
            Some(name) => Some(journal::operations(name, asked.api)?),
            None => None,
        };
        Ok(Self {
            asked,
            operations,
            path: asked.path.as_deref().map(Glob::of_path),
        })
    }

    fn lets(&self, exchange: &Exchange) -> bool {
        let status = exchange
            .answer
            .as_ref()
            .map(|sent| i64::from(sent.status.as_u16()));
        let is_of = |operations: &Vec<&'static Operation>| {
            exchange
                .operation
                .is_some_and(|known| operations.iter().any(|one| std::ptr::eq(*one, known)))
        };
        self.asked.api.is_none_or(|api| exchange.api_name() == Some(api))
            && self.operations.as_ref().is_none_or(is_of)
            && self.asked.status.is_none_or(|wanted| status == Some(wanted))
            && self
                .path
                .as_ref()
                .is_none_or(|path| path.matches(exchange.path.as_ref()))
    }
}

impl From<UnknownOperation> for ControlError {
    fn from(unknown: UnknownOperation) -> Self {
        Self::Invalid {
            detail: format!("The query cannot be accepted: operation {unknown}."),
            errors: vec![ProblemError {
                part: Some(ProblemErrorPart::Query),
                pointer: "/operation".to_owned(),
                detail: unknown.to_string(),
            }],
        }
    }
}

impl From<Vec<Senseless>> for ControlError {
    fn from(senseless: Vec<Senseless>) -> Self {
        let sentences: Vec<_> = senseless.iter().map(ToString::to_string).collect();
        let errors = senseless.into_iter().map(|one| ProblemError {
            part: None,
            pointer: one.pointer,
            detail: one.detail,
        });
        Self::Invalid {
            detail: format!("The body cannot be accepted: {}.", sentences.join("; ")),
            errors: errors.collect(),
        }
    }
}
