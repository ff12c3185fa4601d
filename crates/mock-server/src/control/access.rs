//! Who may steer the server.

use api_support::{Call, Credential, Rejection, Unauthenticated};
use membership_apis::control::ControlCredentials;

use super::ControlServer;
use super::handlers::Steering;
use crate::digest::Digest;
use crate::visit::PublicBase;

/// Who may.
#[derive(Clone, Debug)]
pub(crate) enum Access {
    /// Everybody: only this machine reaches the server.
    Open,
    /// Whoever has the token, by its digest.
    Token(Digest),
    /// Nobody: the server can be reached from elsewhere, and has no token.
    Off,
}

/// Lets a caller steer. Whether the server is ready may be asked by everybody.
pub(super) fn authenticate(
    server: &ControlServer,
    call: &Call<'_>,
    credentials: &ControlCredentials,
) -> Result<Steering, Rejection> {
    let base = call.parts.extensions.get::<PublicBase>().cloned();
    let steering = Steering {
        base: base.unwrap_or_default(),
    };
    let is_for_all = call
        .operation
        .is_some_and(|operation| operation.security.is_empty());
    if is_for_all {
        return Ok(steering);
    }
    let refused = |reason| Err(Rejection::Unauthenticated(reason));
    match (&server.access, &credentials.control_token) {
        (Access::Open, _) => Ok(steering),
        (Access::Off, _) => refused(Unauthenticated::Insufficient),
        (Access::Token(digest), Credential::Present(token)) if *digest == Digest::of(token) => Ok(steering),
        (Access::Token(_), Credential::Present(_)) => refused(Unauthenticated::Unknown),
        (Access::Token(_), Credential::Malformed(_)) => refused(Unauthenticated::Malformed),
        (Access::Token(_), Credential::Absent) => refused(Unauthenticated::Missing),
    }
}
