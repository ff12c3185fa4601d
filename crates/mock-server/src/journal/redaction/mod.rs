//! Secrets are kept as they came, so that what was called can be checked, and masked wherever it is shown.
//!
//! A secret is known by its place: a header, a cookie, a member of a body, a parameter, the segment of a path. What a
//! request brought in such places is masked wherever else it stands too, for servers repeat what they are sent.

mod body;
mod link;

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use membership_apis::control::models::RecordedHeader;

pub(crate) use body::{body, value};
pub(crate) use link::{path, query, text};

use super::{Exchange, Headers};

/// What stands where a secret was.
pub(crate) const MASK: &str = "…";

/// Secrets that are shorter are not looked for elsewhere: words of that length are part of others.
const LEAST_BYTES: usize = 6;

/// Whether a member, parameter or header of this name holds a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let within = ["password", "passphrase", "secret"];
    let ends = ["token", "apikey", "privatekey", "otp", "assertion"];
    within.iter().any(|word| plain.contains(word)) || ends.iter().any(|word| plain.ends_with(word))
}

/// The secrets of one exchange.
#[derive(Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// What the request brought.
    pub(crate) fn of(exchange: &Exchange) -> Self {
        let mut found = Vec::new();
        link::secrets(&exchange.path, exchange.query.as_deref(), &mut found);
        for (name, value) in exchange.headers.iter() {
            let value = String::from_utf8_lossy(value);
            match name {
                "cookie" => found.extend(pairs(&value).map(|(_, value)| value.to_owned())),
                "authorization" | "proxy-authorization" => {
                    let (_, credential) = scheme(&value);
                    found.push(credential.to_owned());
                    found.extend(password(credential));
                }
                name if is_secret(name) => found.push(value.into_owned()),
                _ => {}
            }
        }
        body::secrets(&exchange.body, &exchange.headers, &mut found);
        found.retain(|secret| secret.len() >= LEAST_BYTES);
        // The longer first, so that none is hidden in part by one that it begins with.
        found.sort_by(|left, right| right.len().cmp(&left.len()).then_with(|| left.cmp(right)));
        found.dedup();
        Self(found)
    }

    /// A text without them, and without the secrets of links.
    pub(crate) fn masked(&self, shown: &str) -> String {
        let mut shown = text(shown);
        for secret in &self.0 {
            if shown.contains(secret.as_str()) {
                shown = Cow::Owned(shown.replace(secret.as_str(), MASK));
            }
        }
        shown.into_owned()
    }

    /// The headers as they are shown.
    pub(crate) fn headers(&self, headers: &Headers) -> Vec<RecordedHeader> {
        let shown = headers.iter().map(|(name, value)| RecordedHeader {
            name: name.to_owned(),
            value: self.header(name, &String::from_utf8_lossy(value)),
        });
        shown.collect()
    }

    /// The value of a header as it is shown: schemes, names of cookies and their attributes stay.
    pub(crate) fn header(&self, name: &str, value: &str) -> String {
        match name {
            "cookie" => {
                let shown = pairs(value).map(|(name, _)| format!("{name}={MASK}"));
                shown.collect::<Vec<_>>().join("; ")
            }
            "set-cookie" => {
                let (cookie, attributes) = value.split_once(';').unwrap_or((value, ""));
                let name = cookie.split_once('=').map_or("", |(name, _)| name);
                let between = if attributes.is_empty() { "" } else { ";" };
                format!("{name}={MASK}{between}{attributes}")
            }
            "authorization" | "proxy-authorization" => match scheme(value) {
                ("", _) => MASK.to_owned(),
                (scheme, _) => format!("{scheme} {MASK}"),
            },
            name if is_secret(name) => MASK.to_owned(),
            _ => self.masked(value),
        }
    }
}

/// Name and value of each cookie; one without a name is a value.
fn pairs(cookies: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = cookies.split(';').map(str::trim).filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or(("", pair)))
}

/// The scheme of a credential, if it names one, and the rest.
fn scheme(value: &str) -> (&str, &str) {
    value.trim().split_once(' ').unwrap_or(("", value.trim()))
}

/// The password in a credential of HTTP's scheme `Basic` (RFC 7617).
fn password(credential: &str) -> Option<String> {
    let pair = String::from_utf8(STANDARD.decode(credential).ok()?).ok()?;
    Some(pair.split_once(':')?.1.to_owned())
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> Headers {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        Headers::of(&HeaderMap::from_iter(pairs))
    }

    #[test]
    fn credentials_are_masked_and_what_kind_they_are_is_told() {
        let secrets = Secrets::default();
        let shown = |name, value| secrets.header(name, value);
        assert_eq!(shown("authorization", "Bearer sk_test_rollcall"), "Bearer …");
        assert_eq!(shown("authorization", "sk_test_rollcall"), "…");
        assert_eq!(shown("proxy-authorization", "Basic YTpi"), "Basic …");
        assert_eq!(shown("x-api-key", "K1Admin123.abc"), "…");
        assert_eq!(
            shown("cookie", "id0=secret; theme=dark;bare"),
            "id0=…; theme=…; =…"
        );
        assert_eq!(
            shown("set-cookie", "id0=secret; Path=/; HttpOnly"),
            "id0=…; Path=/; HttpOnly"
        );
        assert_eq!(shown("set-cookie", "id0=secret"), "id0=…");
        assert_eq!(
            shown("location", "http://panel.test/login/sessions/sso?otp=secret&x=1"),
            "http://panel.test/login/sessions/sso?otp=…&x=1"
        );
        assert_eq!(shown("accept", "*/*"), "*/*");
    }

    #[test]
    fn what_a_request_brought_as_a_secret_is_masked_wherever_it_is_repeated() {
        let exchange = Exchange {
            path: "/invites/invitation-key".into(),
            query: Some("otp=one%2Dtime".into()),
            headers: headers(&[
                ("authorization", "Bearer sk_test_rollcall"),
                ("cookie", "id0=session-secret"),
                ("proxy-authorization", "Basic dXNlcjpiYXNpYy1wYXNz"),
                ("content-type", "application/json"),
            ]),
            body: super::super::Content::of(&axum::body::Bytes::from_static(
                br#"{"nested": [{"password": "Sesame-1"}], "email": "a@example.test"}"#,
            )),
            ..Exchange::blank(1)
        };
        let secrets = Secrets::of(&exchange);
        let told =
            "basic-pass sk_test_rollcall session-secret Sesame-1 one-time invitation-key a@example.test";
        assert_eq!(secrets.masked(told), "… … … … … … a@example.test");
    }

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
            "otp",
            "x-api-key",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["tokenExpires", "tokens", "tokenType", "email", "key", "role"] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
