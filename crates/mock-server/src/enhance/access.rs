//! Who may call Enhance, and in which form.

use api_support::{Call, Credential, Credentials as _, PathChecks, Rejection, Unauthenticated, WireRules};
use membership_apis::enhance::EnhanceCredentials;

use crate::visit::Visit;

/// Whether an organization exists, and whether the caller may do this, is found out before a malformed member id.
pub(super) const WIRE: WireRules = WireRules {
    path_checks: PathChecks::AfterAdmission,
    ..WireRules::STRICT
};

/// Either credential is enough; any session and any token pass. The two operations on an invite need neither.
pub(super) fn authenticate(call: &Call<'_>, mut credentials: EnhanceCredentials) -> Result<Visit, Rejection> {
    if credentials.session_cookie == Credential::Present(String::new()) {
        credentials.session_cookie = Credential::Absent;
    }
    credentials.require(call.operation)?;
    let has_one = credentials
        .session_cookie
        .present()
        .or(credentials.bearer_auth.present())
        .is_some();
    match call.operation {
        None if !has_one => Err(Rejection::Unauthenticated(Unauthenticated::Missing)),
        _ => Ok(Visit::of(call.parts).clone()),
    }
}
