//! Who may steer the server.

use std::net::{IpAddr, SocketAddr};

use api_support::operation::{Location, Parameter};
use api_support::{Call, Credential, Operation, Rejection, Unauthenticated};
use http::uri::Authority;
use http::{HeaderMap, Uri, header};
use membership_apis::control::ControlCredentials;
use percent_encoding::percent_decode_str;

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

    /// Whether a caller with these headers may steer.
    pub(crate) fn lets_in(&self, headers: &HeaderMap) -> bool {
        let token = || {
            let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        };
        match self {
            Self::Open => is_own_page(headers) && foreign_host(headers).is_none(),
            Self::Token(digest) => token().is_some_and(|token| *digest == Digest::of(token)),
            Self::Off => false,
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

/// Why a caller who may steer is not let in all the same.
#[derive(Clone, Debug)]
pub(super) enum Denied {
    /// The request comes from a page of another machine.
    ForeignPage,
    /// The request is addressed to a name that may be one of another machine's pages.
    ForeignHost(String),
    /// The operation has no such query parameter.
    UnknownParameter {
        operation: &'static Operation,
        name: String,
    },
}

/// Lets a caller steer who needs no token, unless it is a page that comes from elsewhere: whoever looks at one would
/// steer their own server unknowingly.
pub(super) fn admit(server: &ControlServer, call: &Call<'_>) -> Result<(), Denied> {
    let is_for_all = call
        .operation
        .is_none_or(|operation| operation.security.is_empty());
    if matches!(server.access, Access::Open) && !is_for_all {
        if !is_own_page(&call.parts.headers) {
            return Err(Denied::ForeignPage);
        }
        if let Some(host) = foreign_host(&call.parts.headers) {
            return Err(Denied::ForeignHost(host));
        }
    }
    match unknown_parameter(call) {
        Some((operation, name)) => Err(Denied::UnknownParameter { operation, name }),
        None => Ok(()),
    }
}

/// A query parameter that the operation does not have, and could refuse. A filter that is misspelt would filter nothing.
fn unknown_parameter(call: &Call<'_>) -> Option<(&'static Operation, String)> {
    let operation = call
        .operation
        .filter(|operation| operation.response(400).is_some())?;
    let query = call.parts.uri.query().unwrap_or_default();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut names = pairs.map(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        percent_decode_str(name).decode_utf8_lossy().into_owned()
    });
    let unknown = names.find(|name| {
        let is_it = |parameter: &Parameter| parameter.location == Location::Query && parameter.name == name;
        !operation.parameters.iter().any(is_it)
    });
    unknown.map(|name| (operation, name))
}

/// Whether a request comes from a page that this machine serves, or from no page at all.
fn is_own_page(headers: &HeaderMap) -> bool {
    headers.get_all(header::ORIGIN).iter().all(|origin| {
        let origin = origin.to_str().ok().and_then(|origin| Uri::try_from(origin).ok());
        let host = origin.as_ref().and_then(Uri::host).unwrap_or_default();
        address(host).is_some_and(|address| address.to_canonical().is_loopback()) || is_local_name(host)
    })
}

/// The name a request is addressed to, where it is one that another machine's page can have: whoever owns a name can have
/// it lead to this machine once the page is loaded (DNS rebinding), and to the browser the page and this server are then
/// of one origin. It cannot do that to an address, nor to the names that always lead to the own machine (RFC 6761, 6.3).
///
/// Names that a container or a cluster gives the server lead to an address that others can reach, where steering takes the
/// token anyway. Other names of the own machine do come here, and are refused: an alias in its hosts file, or the name that
/// Docker Desktop gives it within containers. Nothing tells them from a page's.
fn foreign_host(headers: &HeaderMap) -> Option<String> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let foreign = hosts.find(|host| {
        let authority = Authority::try_from(host.as_bytes());
        !authority.is_ok_and(|authority| {
            let host = authority.host();
            address(host).is_some() || is_local_name(host)
        })
    });
    foreign.map(|host| String::from_utf8_lossy(host.as_bytes()).into_owned())
}

/// The address that a host of a URL is, where it is no name.
fn address(host: &str) -> Option<IpAddr> {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    address.parse().ok()
}

/// Whether a name leads to the own machine, whoever asks. A dot at its end only says that it is whole.
fn is_local_name(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    last.eq_ignore_ascii_case("localhost")
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
    fn a_page_from_elsewhere_does_not_steer() {
        let from = |origin: &'static str| {
            HeaderMap::from_iter([(header::ORIGIN, http::HeaderValue::from_static(origin))])
        };
        assert!(is_own_page(&HeaderMap::new()));
        for own in [
            "http://localhost:3000",
            "http://app.localhost",
            "https://127.0.0.1:8080",
            "http://[::1]:3000",
        ] {
            assert!(is_own_page(&from(own)), "{own}");
        }
        for foreign in [
            "https://evil.test",
            "http://localhost.evil.test",
            "null",
            "",
            "file://",
        ] {
            assert!(!is_own_page(&from(foreign)), "{foreign}");
        }
    }

    #[test]
    fn a_name_that_anybody_can_have_is_none_to_steer_by() {
        let host =
            |host: &'static str| HeaderMap::from_iter([(header::HOST, http::HeaderValue::from_static(host))]);
        assert_eq!(foreign_host(&HeaderMap::new()), None, "HTTP/1.0 has none");
        for own in [
            "localhost",
            "LocalHost:4010",
            "localhost.:4010",
            "mock.localhost.",
            "mock.localhost:4010",
            "127.0.0.1:4010",
            "[::1]:4010",
            "192.168.0.7",
        ] {
            assert_eq!(foreign_host(&host(own)), None, "{own}");
            assert!(Access::Open.lets_in(&host(own)), "{own}");
        }
        for foreign in [
            "evil.test:4010",
            "localhost.evil.test",
            "notlocalhost",
            "localhost..",
            "127.0.0.1.evil.test",
            "127.0.0.1@evil.test",
            "mock",
            "a b",
            "",
        ] {
            assert_eq!(foreign_host(&host(foreign)).as_deref(), Some(foreign));
            assert!(!Access::Open.lets_in(&host(foreign)), "{foreign}");
        }
        let both = HeaderMap::from_iter(
            ["localhost", "evil.test"].map(|name| (header::HOST, http::HeaderValue::from_static(name))),
        );
        assert_eq!(both.get_all(header::HOST).iter().count(), 2);
        assert_eq!(foreign_host(&both).as_deref(), Some("evil.test"));
    }

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
