//! Who may call WhyLabs, and in which form (whylabs/whylabs-oss, `songbird/security`).

use api_support::credentials::api_key_cookie;
use api_support::{Call, Credential, EmptyValues, Rejection, Unauthenticated, WireRules};
use membership_apis::whylabs::WhylabsCredentials;

use crate::visit::Visit;

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

/// Any key of the right form passes. The vendor's server takes it from a cookie where there is no header.
pub(super) fn authenticate(call: &Call<'_>, credentials: &WhylabsCredentials) -> Result<Visit, Rejection> {
    let cookie = || api_key_cookie(call.parts, "X-API-Key");
    let key = match &credentials.api_key_auth {
        Credential::Absent => cookie(),
        sent => sent.clone(),
    };
    match key {
        Credential::Absent => Err(Rejection::Unauthenticated(Unauthenticated::Missing)),
        Credential::Present(key) if is_well_formed(&key) => Ok(Visit::of(call.parts).clone()),
        Credential::Present(_) | Credential::Malformed(_) => {
            Err(Rejection::Unauthenticated(Unauthenticated::Malformed))
        }
    }
}

/// Whether a text is an id, a dot and a secret; what follows a single colon is not looked at.
fn is_well_formed(text: &str) -> bool {
    let key = match text.split_once(':') {
        Some((key, suffix)) if !suffix.contains(':') => key,
        _ => text,
    };
    let is_secret = |byte: u8| byte.is_ascii_alphanumeric() || b"+-^!$&@".contains(&byte);
    key.split_once('.').is_some_and(|(id, secret)| {
        id.len() == ID
            && secret.len() == SECRET
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && secret.bytes().all(is_secret)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_64_characters_of_its_own_and_perhaps_a_suffix() {
        let key = format!("{}.{}", "a1".repeat(5), "Z".repeat(53));
        for good in [
            key.clone(),
            format!("{key}:org-123"),
            format!("{key}:"),
            key.replacen('Z', "@", 1),
        ] {
            assert!(is_well_formed(&good), "{good}");
        }
        for bad in [
            String::new(),
            "abc".to_owned(),
            format!("{key}:a:b"),
            format!("{key}x"),
            key.replacen('Z', "_", 1),
        ] {
            assert!(!is_well_formed(&bad), "{bad}");
        }
    }

    #[test]
    fn the_example_key_is_well_formed() {
        let (_, key) = super::super::CREDENTIAL.split_once(": ").unwrap();
        assert!(is_well_formed(key), "{} characters", key.len());
    }
}
