//! What was called in a world.

use membership_apis::control::models::{
    ProblemError, ProblemErrorPart, RequestList, RequestMatch, Verification, Verified,
};
use membership_apis::control::operations::ListRequests;

use super::error::ControlError;
use crate::journal::{Candidate, Impossible, Pattern, Plan, Senseless, count};
use crate::world::World;

/// The requests that are kept and asked for. Masking secrets takes reading all bodies.
pub(super) fn list(world: &World, asked: &ListRequests) -> Result<RequestList, ControlError> {
    let pattern = Pattern::new(&RequestMatch {
        api: asked.api,
        operation: asked.operation.clone(),
        path: asked.path.clone(),
        status: asked.status,
        ..RequestMatch::default()
    })?;
    let after = asked.after.and_then(|after| u64::try_from(after).ok());
    let page = world.epoch().record.journal.after(after.unwrap_or(0));
    let exchanges = page.exchanges.iter();
    let shown = exchanges.filter(|exchange| pattern.matches(&Candidate::new(exchange)));
    Ok(RequestList {
        requests: shown.map(|exchange| exchange.recorded()).collect(),
        last: count(page.last),
        dropped: count(page.dropped),
    })
}

/// Holds what was called against what is expected.
pub(super) fn verify(world: &World, expected: &Verification) -> Result<Verified, ControlError> {
    let plan = Plan::new(expected)?;
    plan.verify(&world.epoch().record.journal)
        .map_err(ControlError::NotVerified)
}

impl From<Vec<Impossible>> for ControlError {
    fn from(impossible: Vec<Impossible>) -> Self {
        let sentences: Vec<_> = impossible.iter().map(ToString::to_string).collect();
        let errors = impossible.into_iter().map(|one| ProblemError {
            part: Some(ProblemErrorPart::Query),
            pointer: format!("/{}", one.member),
            detail: one.detail,
        });
        Self::Invalid {
            detail: format!("The query cannot be accepted: {}.", sentences.join("; ")),
            errors: errors.collect(),
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
