//! Who may call Clerk, and in which form.

use std::sync::Arc;

use api_support::{Call, Credential, Plus, Rejection, Repeated, Unauthenticated, WireRules};
use membership_apis::clerk::ClerkCredentials;

use super::model::{Clerk, SecretKey};
use super::store::Refusal;
use crate::digest::Digest;
use crate::visit::Visit;
use crate::world::{Effects, State};

/// Of several values of one parameter the first counts, as Clerk says of `order_by`; a `+` in that parameter means
/// ascending, however it is written; and a body is read as JSON whatever its `Content-Type` says.
pub(super) const WIRE: WireRules = WireRules {
    repeated: Repeated::First,
    plus: Plus::Literal,
    any_content_type: true,
    ..WireRules::STRICT
};

/// A request whose key is good: the key selects what it can see.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) visit: Visit,
    pub(super) key: SecretKey,
}

/// Clerk looks at the key before anything else, unknown routes included.
pub(super) fn authenticate(call: &Call<'_>, credentials: &ClerkCredentials) -> Result<Caller, Rejection> {
    let secret = match &credentials.bearer_auth {
        Credential::Present(secret) => secret,
        Credential::Absent => return Err(Rejection::Unauthenticated(Unauthenticated::Missing)),
        Credential::Malformed(_) => return Err(Rejection::Unauthenticated(Unauthenticated::Malformed)),
    };
    let visit = Visit::of(call.parts).clone();
    let state = visit.state();
    match state.clerk.key(&Digest::of(secret)) {
        Some(key) => Ok(Caller {
            key: key.clone(),
            visit,
        }),
        None => Err(Rejection::Unauthenticated(Unauthenticated::Unknown)),
    }
}

/// What Clerk looks up before it reads the query or the body: whether members can be added, the organization, the
/// membership.
pub(super) fn admit(caller: &Caller, call: &Call<'_>) -> Result<(), Refusal> {
    let state = caller.state();
    let clerk = &state.clerk;
    if call.operation_name() == "create_organization_membership" {
        clerk.may_add_members(&caller.key)?;
    }
    let organization_id = call.path("organization_id");
    clerk.organization(&caller.key, organization_id)?;
    let user_id = call.path("user_id");
    if !user_id.is_empty() {
        clerk.membership(&caller.key, organization_id, user_id)?;
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
        change: impl FnOnce(&mut Clerk, &mut Effects<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.visit.change_part(change)
    }
}
