//! Reading the credentials that a document's security schemes describe.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use percent_encoding::percent_decode_str;

use crate::operation::{Operation, SecurityRequirement};
use crate::rejection::{Rejection, Unauthenticated};

/// What was sent for one security scheme.
#[derive(Clone, Eq, PartialEq)]
pub enum Credential<T> {
    /// Nothing.
    Absent,
    /// Something that is not in the scheme's form: the text as sent.
    Malformed(String),
    /// A credential.
    Present(T),
}

impl<T> Credential<T> {
    /// The credential, if one was sent in the right form.
    pub fn present(&self) -> Option<&T> {
        match self {
            Self::Present(credential) => Some(credential),
            Self::Absent | Self::Malformed(_) => None,
        }
    }

    fn state(&self) -> State {
        match self {
            Self::Absent => State::Absent,
            Self::Malformed(_) => State::Malformed,
            Self::Present(_) => State::Present,
        }
    }
}

/// Whether there is one, and not which: it is a secret, even where it is not in the right form.
impl<T> fmt::Debug for Credential<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "Absent",
            Self::Malformed(_) => "Malformed(…)",
            Self::Present(_) => "Present(…)",
        })
    }
}

/// A user name and a password (RFC 7617).
#[derive(Clone, Eq, PartialEq)]
pub struct Basic {
    /// The user name.
    pub user: String,
    /// The password.
    pub password: String,
}

/// Without the password.
impl fmt::Debug for Basic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Basic")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// Whether a credential was sent for a scheme.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// Nothing was sent.
    Absent,
    /// Something was sent, not in the scheme's form.
    Malformed,
    /// A credential was sent.
    Present,
}

/// The credentials of a request, one field per scheme of the document; generated.
pub trait Credentials: Sized {
    /// Reads them from a request.
    fn read(parts: &Parts) -> Self;
    /// What was sent for the scheme of this name.
    fn state(&self, scheme: &str) -> State;

    /// Whether the request carries what the operation's security asks for, in form alone: whether a credential is
    /// good is for the server to say. Requests for unknown routes pass.
    ///
    /// # Errors
    /// [`Unauthenticated::Malformed`] when something was sent that is not in its scheme's form, otherwise
    /// [`Unauthenticated::Missing`].
    fn require(&self, operation: Option<&Operation>) -> Result<(), Rejection> {
        let Some(operation) = operation else { return Ok(()) };
        let met = |requirement: &SecurityRequirement| self.state(requirement.scheme) == State::Present;
        if operation.security.is_empty() || operation.security.iter().any(|all| all.iter().all(met)) {
            return Ok(());
        }
        let malformed = operation
            .security
            .iter()
            .flat_map(|all| all.iter())
            .any(|one| self.state(one.scheme) == State::Malformed);
        Err(Rejection::Unauthenticated(if malformed {
            Unauthenticated::Malformed
        } else {
            Unauthenticated::Missing
        }))
    }
}

/// What was sent for a credential; what [`Credentials::state`] is made of.
pub fn state<T>(credential: &Credential<T>) -> State {
    credential.state()
}

/// The token of `Authorization: Bearer …` (RFC 6750); the scheme's name counts in any case.
#[must_use]
pub fn bearer(parts: &Parts) -> Credential<String> {
    authorization(&parts.headers, "bearer")
}

/// What follows the name of a scheme in `Authorization` (RFC 9110, 11.6.2).
#[must_use]
pub fn http_scheme(parts: &Parts, scheme: &str) -> Credential<String> {
    authorization(&parts.headers, scheme)
}

/// The name and password of `Authorization: Basic …` (RFC 7617).
#[must_use]
pub fn basic(parts: &Parts) -> Credential<Basic> {
    let encoded = match authorization(&parts.headers, "basic") {
        Credential::Absent => return Credential::Absent,
        Credential::Malformed(text) => return Credential::Malformed(text),
        Credential::Present(encoded) => encoded,
    };
    let decoded = STANDARD
        .decode(&encoded)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    match decoded.as_deref().and_then(|text| text.split_once(':')) {
        Some((user, password)) => Credential::Present(Basic {
            user: user.to_owned(),
            password: password.to_owned(),
        }),
        None => Credential::Malformed(encoded),
    }
}

/// The value of a header that carries a key.
#[must_use]
pub fn api_key_header(parts: &Parts, name: &str) -> Credential<String> {
    match parts.headers.get(name) {
        None => Credential::Absent,
        Some(value) => match value.to_str() {
            Ok(text) => Credential::Present(text.to_owned()),
            Err(_) => Credential::Malformed(String::from_utf8_lossy(value.as_bytes()).into_owned()),
        },
    }
}

/// The value of a query parameter that carries a key.
#[must_use]
pub fn api_key_query(parts: &Parts, name: &str) -> Credential<String> {
    let pairs = parts
        .uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    pairs
        .into_iter()
        .find(|(known, _)| decode(known) == name)
        .map_or(Credential::Absent, |(_, value)| {
            Credential::Present(decode(value))
        })
}

/// The value of a cookie that carries a key.
#[must_use]
pub fn api_key_cookie(parts: &Parts, name: &str) -> Credential<String> {
    parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map_or(Credential::Absent, |(_, value)| {
            Credential::Present(value.to_owned())
        })
}

fn authorization(headers: &HeaderMap, scheme: &str) -> Credential<String> {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Credential::Absent;
    };
    let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
    match text.split_once(' ') {
        Some((name, rest)) if name.eq_ignore_ascii_case(scheme) && !rest.trim().is_empty() => {
            Credential::Present(rest.trim().to_owned())
        }
        _ if text.is_empty() => Credential::Absent,
        _ => Credential::Malformed(text),
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    #[test]
    fn debug_output_tells_whether_there_is_a_credential_and_not_which() {
        for (sent, told) in [
            (None, "Absent"),
            (Some("Basic QWRhOlNlc2FtZS0x"), "Present(…)"),
            (Some("Basic Sesame-1"), "Malformed(…)"),
            (Some("Sesame-1"), "Malformed(…)"),
        ] {
            let mut request = Request::get("/");
            if let Some(sent) = sent {
                request = request.header(AUTHORIZATION, sent);
            }
            let (parts, ()) = request.body(()).unwrap().into_parts();
            let credential = basic(&parts);
            assert_eq!(format!("{credential:?}"), told, "{sent:?}");
            if let Some(basic) = credential.present() {
                assert_eq!(basic.password, "Sesame-1");
                assert_eq!(format!("{basic:?}"), "Basic { user: \"Ada\", .. }");
            }
        }
    }
}
