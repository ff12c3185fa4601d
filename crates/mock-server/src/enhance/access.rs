//! Who may call Enhance, and in which form.

use std::sync::Arc;

use api_support::{Call, Credential, PathChecks, Rejection, Unauthenticated, WireRules};
use membership_apis::enhance::EnhanceCredentials;

use super::model::Enhance;
use super::store::{NoEntry, Refusal, Who};
use crate::digest::Digest;
use crate::visit::Visit;
use crate::world::{Effects, State};

/// Whether an organization exists, and whether the caller may do this, is found out before a malformed member id; and
/// a body that nobody has to send is as good as none when it is no use.
pub(super) const WIRE: WireRules = WireRules {
    path_checks: PathChecks::AfterAdmission,
    drop_unusable_optional_body: true,
    ..WireRules::STRICT
};

/// A request whose credential is good, or that needs none.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) visit: Visit,
    pub(super) who: Who,
}

/// Either credential is enough, and the first good one counts, the bearer token before the cookie. The two operations
/// on an invitation take callers without one; a credential that is no good is none there.
pub(super) fn authenticate(call: &Call<'_>, credentials: &EnhanceCredentials) -> Result<Caller, Rejection> {
    let visit = Visit::of(call.parts).clone();
    let needs_one = !matches!(call.operation_name(), "accept_invite" | "validate_invite");
    let who = match identify(&visit.state(), credentials) {
        Ok(who) => who,
        Err(why) if needs_one => return Err(Rejection::Unauthenticated(why)),
        Err(_) => Who::Nobody,
    };
    Ok(Caller { visit, who })
}

fn identify(state: &State, credentials: &EnhanceCredentials) -> Result<Who, Unauthenticated> {
    let (enhance, now) = (&state.enhance, state.clock.now());
    let bearer = match &credentials.bearer_auth {
        Credential::Absent => Err(Unauthenticated::Missing),
        Credential::Malformed(_) => Err(Unauthenticated::Malformed),
        Credential::Present(secret) => enhance.token(&Digest::of(secret), now).map_err(reason),
    };
    let cookie = match &credentials.session_cookie {
        Credential::Absent => Err(Unauthenticated::Missing),
        Credential::Malformed(_) => Err(Unauthenticated::Malformed),
        Credential::Present(cookie) if cookie.is_empty() => Err(Unauthenticated::Missing),
        Credential::Present(cookie) => enhance.session(&Digest::of(cookie), now).map_err(reason),
    };
    match (bearer, cookie) {
        (Ok(who), _) | (Err(_), Ok(who)) => Ok(who),
        (Err(Unauthenticated::Missing), Err(why)) | (Err(why), Err(_)) => Err(why),
    }
}

fn reason(why: NoEntry) -> Unauthenticated {
    match why {
        NoEntry::Unknown => Unauthenticated::Unknown,
        NoEntry::Ended => Unauthenticated::Ended,
    }
}

/// What Enhance looks at before it reads the query or the body: whether the organization is there, or the invitation
/// open, and whether the caller may do this.
pub(super) fn admit(caller: &Caller, call: &Call<'_>) -> Result<(), Refusal> {
    let state = caller.state();
    let (enhance, who) = (&state.enhance, &caller.who);
    let (organization, member) = (call.path("org_id"), call.path("member_id"));
    match call.operation_name() {
        "validate_invite" => Ok(()),
        "accept_invite" => enhance
            .open_invite(call.path("invite_id"), state.clock.now())
            .map(drop),
        "get_member" => enhance.readable(who, organization, member).map(drop),
        "update_owner" => enhance.transferable(who, organization).map(drop),
        "delete_owner" => enhance.disownable(who, organization).map(drop),
        "get_org_member_login" => enhance.signable(who, organization, member).map(drop),
        _ => enhance.administered(who, organization).map(drop),
    }
}

impl Caller {
    /// The state of the caller's world.
    pub(super) fn state(&self) -> Arc<State> {
        self.visit.state()
    }

    /// Changes the state of the caller's world, or leaves it as it was.
    pub(super) fn change<T>(
        &self,
        change: impl FnOnce(&mut Enhance, &mut Effects<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.visit.change_part(change)
    }
}
