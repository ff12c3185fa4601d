use api_support::{Call, Rejection};
use membership_apis::control::{ControlApi, ControlCredentials, ControlRefusal};

use super::ControlServer;
use super::access;
use super::error::{self, ControlError};
use crate::visit::PublicBase;

/// A caller who may steer.
#[derive(Clone, Debug)]
pub(super) struct Steering {
    /// The address the caller knows the server by.
    pub(super) base: PublicBase,
}

impl ControlApi for ControlServer {
    type Context = Steering;
    type Error = ControlError;

    fn authenticate(&self, call: &Call<'_>, credentials: ControlCredentials) -> Result<Steering, Rejection> {
        access::authenticate(self, call, &credentials)
    }

    fn reject(&self, _: Option<&Steering>, _: &Call<'_>, rejection: Rejection) -> ControlRefusal {
        error::of_rejection(&rejection)
    }

    fn fail(&self, _: &Steering, _: &Call<'_>, error: ControlError) -> ControlRefusal {
        error::of_handler(error)
    }

    // The server and its worlds.

    // State, clock and events of a world.

    // Faults.

    // Requests and violations.

    // Coverage.
}
