//! What the control API does with faults.

use membership_apis::control::models::{NewFault, ProblemError};
use membership_apis::control::operations::{
    CreateFaultResponse, DeleteFaultResponse, DeleteFaultsResponse, ListFaultsResponse, LocationHeaders,
};
use membership_apis::control::{BASE_PATH, models};

use super::error::ControlError;
use crate::world::{FaultError, Mistake, World};

pub(super) fn list(world: &World) -> ListFaultsResponse {
    ListFaultsResponse::Ok(models::FaultList {
        faults: world.faults(),
    })
}

pub(super) fn create(world: &World, given: NewFault) -> Result<CreateFaultResponse, ControlError> {
    let fault = world.add_fault(given)?;
    let location = format!("{BASE_PATH}/worlds/{}/faults/{}", world.name(), fault.id);
    Ok(CreateFaultResponse::Created(fault, LocationHeaders { location }))
}

pub(super) fn delete_all(world: &World) -> DeleteFaultsResponse {
    world.clear_faults();
    DeleteFaultsResponse::NoContent
}

pub(super) fn delete(world: &World, id: &str) -> Result<DeleteFaultResponse, ControlError> {
    if world.remove_fault(id) {
        Ok(DeleteFaultResponse::NoContent)
    } else {
        let detail = format!("World {} has no fault {id}.", world.name());
        Err(ControlError::NotFound(detail))
    }
}

impl From<FaultError> for ControlError {
    fn from(error: FaultError) -> Self {
        let detail = error.to_string();
        match error {
            FaultError::Invalid(mistakes) => Self::Invalid {
                detail,
                errors: mistakes.into_iter().map(told).collect(),
            },
            FaultError::NoRoom { .. } | FaultError::NoRoomInServer { .. } => Self::Conflict(detail),
        }
    }
}

fn told(mistake: Mistake) -> ProblemError {
    ProblemError {
        part: None,
        pointer: mistake.pointer,
        detail: mistake.detail,
    }
}
