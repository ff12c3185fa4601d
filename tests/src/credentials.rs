//! Credentials of the right form, for each way an API has to show who calls.

use std::env;

use crate::spec::{Operation, Spec};
use crate::wire::Request;

/// A header that lets a call in, by API and security scheme.
const KNOWN: [(&str, &str, &str, &str); 6] = [
    ("control", "controlToken", "authorization", "Bearer control-token"),
    ("clerk", "bearerAuth", "authorization", "Bearer sk_test_rollcall"),
    ("logto", "bearerAuth", "authorization", "Bearer mock-token"),
    (
        "whylabs",
        "ApiKeyAuth",
        "x-api-key",
        "RollcallK1.RollcallMockServerAnyKeyOfThisFormxxxxxxxxxxxxxxxxxxx",
    ),
    ("enhance", "bearerAuth", "authorization", "Bearer mock-token"),
    ("enhance", "sessionCookie", "cookie", "id0=mock-session"),
];

/// Every header that lets a call to an operation in, with the name of its scheme. None where the operation asks for
/// none; it is then called without.
///
/// Another server than ours has other credentials: `CONTRACT_CLERK_CREDENTIAL`, and so on for the other APIs, holds
/// the whole header, as in `Authorization: Bearer …`.
///
/// # Panics
/// When an operation asks for a scheme that has no credentials here.
#[must_use]
pub fn accepted(spec: &Spec, operation: &Operation) -> Vec<(String, String, String)> {
    let asked = operation.security.iter().filter(|schemes| !schemes.is_empty());
    let known = asked.map(|schemes| {
        let [(scheme, _)] = schemes.as_slice() else {
            panic!("{operation} asks for several schemes at once")
        };
        let found = KNOWN
            .iter()
            .find(|(api, name, ..)| *api == spec.name && name == scheme);
        let (.., header, value) =
            found.unwrap_or_else(|| panic!("no credentials for {scheme} of {}", spec.name));
        let (header, value) = given(spec).unwrap_or_else(|| ((*header).to_owned(), (*value).to_owned()));
        (scheme.clone(), header, value)
    });
    known.collect()
}

/// A request that is let in, whether that takes anything or not.
#[must_use]
pub fn with_credentials(spec: &Spec, operation: &Operation, request: Request) -> Request {
    match accepted(spec, operation).first() {
        Some((_, header, value)) => request.header(header, value),
        None => request,
    }
}

fn given(spec: &Spec) -> Option<(String, String)> {
    let variable = format!("CONTRACT_{}_CREDENTIAL", spec.name.to_uppercase());
    let header = env::var(variable).ok()?;
    let (name, value) = header.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}
