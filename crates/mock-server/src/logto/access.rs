//! Who may call Logto, and in which form (logto-io/logto, `koa-auth` and `koa-guard`).

use api_support::{Call, EmptyValues, Rejection, Unauthenticated, WireRules};
use http::header::AUTHORIZATION;

use crate::visit::Visit;

/// An empty query value counts as not sent, a missing body as `{}`, and a slash may end a path.
pub(super) const WIRE: WireRules = WireRules {
    empty_values: EmptyValues::Absent,
    absent_body_is_object: true,
    trailing_slash: true,
    ..WireRules::STRICT
};

/// Logto checks the token before anything else. Any token passes. The header is read here and not by the generated
/// credentials, since Logto's `Bearer` is case-sensitive.
pub(super) fn authenticate(call: &Call<'_>, anonymous: bool) -> Result<Visit, Rejection> {
    let header = call
        .parts
        .headers
        .get(AUTHORIZATION)
        .map(http::HeaderValue::as_bytes)
        .unwrap_or_default();
    let refused = |why| Err(Rejection::Unauthenticated(why));
    match header.strip_prefix(b"Bearer") {
        _ if header.is_empty() && anonymous => Ok(Visit::of(call.parts).clone()),
        _ if header.is_empty() => refused(Unauthenticated::Missing),
        None => refused(Unauthenticated::Malformed),
        Some(token) if token.trim_ascii().is_empty() => refused(Unauthenticated::Unknown),
        Some(_) => Ok(Visit::of(call.parts).clone()),
    }
}
