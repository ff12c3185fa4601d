//! Who may call Clerk, and in which form.

use api_support::{Call, Credential, Plus, Rejection, Repeated, Unauthenticated, WireRules};
use membership_apis::clerk::ClerkCredentials;

use crate::visit::Visit;

/// Of several values of one parameter the first counts, as Clerk says of `order_by`; a `+` in that parameter means
/// ascending, however it is written; and a body is read as JSON whatever its `Content-Type` says.
pub(super) const WIRE: WireRules = WireRules {
    repeated: Repeated::First,
    plus: Plus::Literal,
    any_content_type: true,
    ..WireRules::STRICT
};

/// Clerk looks at the key before anything else, unknown routes included. Any key passes.
pub(super) fn authenticate(call: &Call<'_>, credentials: &ClerkCredentials) -> Result<Visit, Rejection> {
    match &credentials.bearer_auth {
        Credential::Present(_) => Ok(Visit::of(call.parts).clone()),
        Credential::Absent => Err(Rejection::Unauthenticated(Unauthenticated::Missing)),
        Credential::Malformed(_) => Err(Rejection::Unauthenticated(Unauthenticated::Malformed)),
    }
}
