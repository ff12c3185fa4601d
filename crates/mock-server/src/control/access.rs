//! Who may steer the server.

use std::net::SocketAddr;

use api_support::{Call, Credential, Rejection, Unauthenticated};
use membership_apis::control::ControlCredentials;

use super::handlers::Steering;
use super::{ControlServer, ControlToken};
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

impl Access {
    /// Who may steer a server that listens on this address.
    pub(crate) fn of(token: Option<&ControlToken>, addr: SocketAddr) -> Self {
        match token {
            Some(token) => Self::Token(Digest::of(token.as_str())),
            None if addr.ip().to_canonical().is_loopback() => Self::Open,
            None => Self::Off,
        }
    }

    /// What whoever starts the server is told of it.
    pub(crate) fn told(&self) -> &'static str {
        match self {
            Self::Open => "no token needed",
            Self::Token(_) => "Authorization: Bearer and the control token",
            Self::Off => {
                "off: others can reach this address, and there is no token; --control-token gives it one"
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_token_only_this_machine_may_steer() {
        let access = |token: Option<&ControlToken>, addr: &str| Access::of(token, addr.parse().unwrap());
        for own in ["127.0.0.1:1", "127.1.2.3:1", "[::1]:1", "[::ffff:127.0.0.1]:1"] {
            assert!(matches!(access(None, own), Access::Open), "{own}");
        }
        let token = ControlToken::parse("t").unwrap();
        for open in ["0.0.0.0:1", "[::]:1", "192.168.0.1:1", "[::ffff:10.0.0.1]:1"] {
            assert!(matches!(access(None, open), Access::Off), "{open}");
            assert!(matches!(access(Some(&token), open), Access::Token(_)), "{open}");
        }
        assert!(matches!(access(Some(&token), "127.0.0.1:1"), Access::Token(_)));
    }
}
