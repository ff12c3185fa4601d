//! Who may call Logto, and in which form (logto-io/logto, `koa-auth` and `koa-guard`).

use std::sync::Arc;

use api_support::{Call, EmptyValues, Rejection, Unauthenticated, WireRules};
use http::header::AUTHORIZATION;
use http::{Method, Uri};

use super::model::Logto;
use super::store::{self, Refusal};
use crate::visit::Visit;
use crate::world::{Effects, State};

/// An empty query value counts as not sent, a missing body as `{}`, and a slash may end a path.
pub(super) const WIRE: WireRules = WireRules {
    empty_values: EmptyValues::Absent,
    absent_body_is_object: true,
    trailing_slash: true,
    ..WireRules::STRICT
};

/// The operations on the roles of one member, which are for members only.
const FOR_MEMBERS: [&str; 3] = [
    "list_organization_user_roles",
    "assign_organization_roles_to_user",
    "replace_organization_user_roles",
];

/// A request that is let in.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) visit: Visit,
    /// The path and the query, which lists link their other pages by.
    pub(super) uri: Uri,
}

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Flaw {
    HeaderMissing,
    TypeNotSupported,
    Token(store::Flaw),
    /// The tenant's plan does not cover organizations.
    PlanExceeded,
}

impl From<Flaw> for Rejection {
    fn from(flaw: Flaw) -> Self {
        Self::Unauthenticated(match flaw {
            Flaw::HeaderMissing => Unauthenticated::Missing,
            Flaw::TypeNotSupported => Unauthenticated::Malformed,
            Flaw::Token(store::Flaw::Unknown | store::Flaw::SubjectMissing) => Unauthenticated::Unknown,
            Flaw::Token(store::Flaw::Expired | store::Flaw::Revoked) => Unauthenticated::Ended,
            Flaw::Token(store::Flaw::ScopeMissing) | Flaw::PlanExceeded => Unauthenticated::Insufficient,
        })
    }
}

/// Logto looks at the token before anything else, then at the tenant's plan. The header is read here and not by the
/// generated credentials, since Logto's `Bearer` is case-sensitive.
pub(super) fn authenticate(call: &Call<'_>, anonymous: bool) -> Result<Caller, Flaw> {
    let header = call
        .parts
        .headers
        .get(AUTHORIZATION)
        .map(http::HeaderValue::as_bytes)
        .unwrap_or_default();
    let visit = Visit::of(call.parts);
    let state = visit.state();
    match header.strip_prefix(b"Bearer") {
        _ if header.is_empty() && anonymous => (),
        _ if header.is_empty() => return Err(Flaw::HeaderMissing),
        None => return Err(Flaw::TypeNotSupported),
        // What follows the word and one more character is the token, whatever that character is.
        Some(rest) => {
            let token = String::from_utf8_lossy(rest.get(1..).unwrap_or_default());
            state
                .logto
                .admit(&token, state.clock.now())
                .map_err(Flaw::Token)?;
        }
    }
    let writes = call.parts.method == Method::POST || call.parts.method == Method::PUT;
    if writes && call.operation.is_some() && !state.logto.organizations_enabled {
        return Err(Flaw::PlanExceeded);
    }
    Ok(Caller {
        visit: visit.clone(),
        uri: call.parts.uri.clone(),
    })
}

/// Logto looks up the membership before it reads the query or the body.
pub(super) fn admit(caller: &Caller, call: &Call<'_>) -> Result<(), Refusal> {
    if FOR_MEMBERS.contains(&call.operation_name()) {
        let state = caller.state();
        state.logto.membership(call.path("id"), call.path("userId"))?;
    }
    Ok(())
}

impl Caller {
    /// The state of the caller's world.
    pub(super) fn state(&self) -> Arc<State> {
        self.visit.state()
    }

    /// Changes the state of the caller's world, or leaves it as it was.
    pub(super) fn change<T>(
        &self,
        change: impl FnOnce(&mut Logto, &mut Effects<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.visit.change_part(change)
    }
}
