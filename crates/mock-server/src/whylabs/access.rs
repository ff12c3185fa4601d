//! Who may call WhyLabs, and in which form (whylabs/whylabs-oss, `songbird/security`).

use std::sync::Arc;

use api_support::credentials::{Credentials as _, api_key_cookie};
use api_support::{Call, Credential, EmptyValues, Rejection, Unauthenticated, WireRules};
use membership_apis::whylabs::WhylabsCredentials;

use super::model::{ApiKey, Ended, Whylabs};
use super::store::Refusal;
use crate::digest::Digest;
use crate::visit::Visit;
use crate::world::{Effects, State};

/// Python's spellings of booleans and of nothing are read, an empty value counts as not sent, and a slash may end a
/// path.
pub(super) const WIRE: WireRules = WireRules {
    empty_values: EmptyValues::Absent,
    lenient_booleans: true,
    trailing_slash: true,
    ..WireRules::STRICT
};

/// The length of a key's id and of its secret, with a dot between them.
const ID: usize = 10;
const SECRET: usize = 53;

/// A request whose key is good.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    visit: Visit,
    pub(super) key: ApiKey,
}

/// WhyLabs looks at the key before anything else, unknown routes included.
pub(super) fn authenticate(call: &Call<'_>, credentials: &WhylabsCredentials) -> Result<Caller, Rejection> {
    let digest = shown(call, credentials).map_err(Rejection::Unauthenticated)?;
    let visit = Visit::of(call.parts).clone();
    let state = visit.state();
    match state.whylabs.key(&digest, state.clock.now()) {
        Some(Ok(key)) => Ok(Caller {
            key: key.clone(),
            visit,
        }),
        Some(Err(_)) => Err(Rejection::Unauthenticated(Unauthenticated::Ended)),
        None => Err(Rejection::Unauthenticated(Unauthenticated::Unknown)),
    }
}

/// Why the key of a refused request is no longer good.
pub(super) fn ended(call: &Call<'_>) -> Option<Ended> {
    let digest = shown(call, &WhylabsCredentials::read(call.parts)).ok()?;
    let state = Visit::of(call.parts).state();
    state.whylabs.key(&digest, state.clock.now())?.err()
}

/// What the key of a request is known by. The vendor's server takes it from a cookie where there is no header.
fn shown(call: &Call<'_>, credentials: &WhylabsCredentials) -> Result<Digest, Unauthenticated> {
    let sent = match &credentials.api_key_auth {
        Credential::Absent => api_key_cookie(call.parts, "X-API-Key"),
        sent => sent.clone(),
    };
    match sent {
        Credential::Absent => Err(Unauthenticated::Missing),
        Credential::Present(text) => key(&text).map(Digest::of).ok_or(Unauthenticated::Malformed),
        Credential::Malformed(_) => Err(Unauthenticated::Malformed),
    }
}

impl Caller {
    /// What WhyLabs finds out before it reads the query: whether the key reaches the organization, and as what.
    pub(super) fn admit(&self, call: &Call<'_>) -> Result<(), Refusal> {
        self.state().whylabs.admit(&self.key, call.path("org_id"))
    }

    /// The state of the caller's world.
    pub(super) fn state(&self) -> Arc<State> {
        self.visit.state()
    }

    /// Changes the state of the caller's world, or leaves it as it was.
    pub(super) fn change<T>(
        &self,
        change: impl FnOnce(&mut Whylabs, &mut Effects<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.visit.change_part(change)
    }
}

/// The key in a text: an id, a dot and a secret. What follows a single colon is not looked at.
fn key(text: &str) -> Option<&str> {
    let key = match text.split_once(':') {
        Some((key, suffix)) if !suffix.contains(':') => key,
        _ => text,
    };
    let is_secret = |byte: u8| byte.is_ascii_alphanumeric() || b"+-^!$&@".contains(&byte);
    let (id, secret) = key.split_once('.')?;
    let is_well_formed = id.len() == ID
        && secret.len() == SECRET
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && secret.bytes().all(is_secret);
    is_well_formed.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_64_characters_of_its_own_and_perhaps_a_suffix() {
        let own = format!("{}.{}", "a1".repeat(5), "Z".repeat(53));
        for good in [own.clone(), format!("{own}:org-123"), format!("{own}:")] {
            assert_eq!(key(&good), Some(own.as_str()), "{good}");
        }
        assert!(key(&own.replacen('Z', "@", 1)).is_some());
        for bad in [
            String::new(),
            "abc".to_owned(),
            format!("{own}:a:b"),
            format!("{own}x"),
            own.replacen('Z', "_", 1),
        ] {
            assert_eq!(key(&bad), None, "{bad}");
        }
    }
}
