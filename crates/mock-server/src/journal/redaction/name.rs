//! The names that secrets go by.

use api_support::JsonPointer;

use super::link::decoded;

/// A name with one of these words in it is that of a secret.
const WITHIN: [&str; 6] = [
    "password",
    "passphrase",
    "passwd",
    "secret",
    "authorization",
    "credential",
];

/// A name that ends with one of these words is that of a secret.
const AT_END: [&str; 10] = [
    "token",
    "tokens",
    "apikey",
    "apikeys",
    "privatekey",
    "accesskey",
    "otp",
    "assertion",
    "jwt",
    "pass",
];

/// Whether a member, parameter or header of this name holds a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    WITHIN.iter().any(|word| plain.contains(word)) || AT_END.iter().any(|word| plain.ends_with(word))
}

/// Whether what a JSON pointer leads to is a secret, or part of one.
pub(crate) fn leads_to_secret(pointer: &str) -> bool {
    JsonPointer::steps(pointer).any(|step| is_secret(&step))
}

/// Whether the name of a secret may stand in a text that has no structure to find it by. Escapes can hide one.
pub(super) fn tells(text: &str) -> bool {
    if text.contains("\\u00") {
        return true;
    }
    let plain: String = decoded(text)
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | '.'))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    WITHIN.iter().chain(&AT_END).any(|word| plain.contains(word))
}

/// Whether a text may be a document or pairs, with a secret in it.
pub(super) fn nests(text: &str) -> bool {
    (text.trim_start().starts_with(['{', '[', '"']) || text.contains('=')) && tells(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Members and parameters of the APIs that sound like secrets and are none.
    const HARMLESS: [(&str, &str); 2] = [
        ("tokenExpires", "an instant"),
        ("token_id", "it names a token and is not one"),
    ];

    #[test]
    fn every_member_and_parameter_that_sounds_like_a_secret_is_masked_or_known_to_be_none() {
        let telling = ["pass", "secret", "token", "otp", "key"];
        let mut harmless = std::collections::BTreeSet::new();
        let mut masked = std::collections::BTreeSet::new();
        for api in crate::served::APIS {
            let members = api.schemas.schemas.iter().flat_map(|schema| schema.properties);
            let parameters = api.operations.iter().flat_map(|operation| operation.parameters);
            let names = members.map(|(name, _)| name);
            for name in names.chain(parameters.map(|parameter| &parameter.name)) {
                let plain = name.to_ascii_lowercase();
                if !telling.iter().any(|word| plain.contains(word)) {
                    continue;
                }
                if is_secret(name) {
                    masked.insert(*name);
                } else {
                    harmless.insert(*name);
                }
            }
        }
        let known = HARMLESS.map(|(name, _)| name);
        assert_eq!(harmless, known.into());
        assert!(
            masked.contains("password") && masked.contains("unencryptedToken"),
            "{masked:?}"
        );
    }

    #[test]
    fn words_that_hold_secrets_are_known_however_they_are_written() {
        for name in [
            "password",
            "newPassword",
            "client_secret",
            "access_token",
            "accessToken",
            "unencryptedToken",
            "tokens",
            "authorization",
            "userCredential",
            "otp",
            "x-api-key",
        ] {
            assert!(tells(&format!("{{'{name}': 'x'}}")), "{name}");
            assert!(is_secret(name), "{name}");
        }
        for name in ["tokenExpires", "tokenType", "email", "key", "role"] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
