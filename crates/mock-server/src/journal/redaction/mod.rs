//! Secrets are kept as they came, so that what was called can be checked, and masked wherever it is shown.
//!
//! A secret is known by its place: a header, a cookie, a member of a body, a parameter, the segment of a path. What a
//! request brought in such places is masked wherever else it stands too, for servers repeat what they are sent.

mod body;
mod link;
mod name;

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use membership_apis::control::models::RecordedHeader;

pub(crate) use body::{body, member, value};
use link::text;
pub(crate) use link::{path, query};
pub(crate) use name::{is_secret, leads_to_secret};
use name::{nests, tells};

use super::{Exchange, Headers};

/// What stands where a secret was.
pub(crate) const MASK: &str = "…";

/// Secrets that are shorter are not looked for elsewhere: words of that length are part of others.
const LEAST_BYTES: usize = 6;

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
        self.without(text(shown))
    }

    /// A text without them.
    fn without(&self, mut shown: Cow<'_, str>) -> String {
        for secret in &self.0 {
            if shown.contains(secret.as_str()) {
                shown = Cow::Owned(shown.replace(secret.as_str(), MASK));
            }
        }
        self.without_beginnings(shown.into_owned())
    }

    /// A text without what is left of a secret where the text around it was cut.
    fn without_beginnings(&self, shown: String) -> String {
        let Some((cut, last)) = shown.rsplit_once(MASK) else {
            return shown;
        };
        let without = |piece: &str| {
            let begun = self.0.iter().filter_map(|secret| begun(piece, secret)).max();
            let left = piece.len() - begun.unwrap_or(0);
            piece.get(..left).unwrap_or_default().to_owned() + MASK
        };
        let without_them: String = cut.split(MASK).map(without).collect();
        without_them + last
    }

    /// A text that is a value of its own. One that has the name of a secret in it is not shown, unless it is a link or
    /// a form, whose pairs are told apart.
    pub(crate) fn unstructured(&self, text: &str) -> String {
        match link::of_one_piece(text) {
            Some(shown) => self.without(Cow::Owned(shown)),
            None if tells(text) => MASK.to_owned(),
            None => self.masked(text),
        }
    }

    /// A text within a document. It may be a document itself, or pairs, which nothing takes apart.
    pub(crate) fn string(&self, text: &str) -> String {
        if nests(text) {
            self.unstructured(text)
        } else {
            self.masked(text)
        }
    }

    /// What stood where a rule was broken, in the words a report has for it.
    pub(crate) fn received(&self, received: &str) -> String {
        match received.strip_prefix('"') {
            Some(text) if nests(text) => MASK.to_owned(),
            _ => self.masked(received),
        }
    }

    /// The path of a request as it is shown.
    pub(crate) fn path(&self, path: &str) -> String {
        let shown = link::path(path);
        let segments = shown.split('/').map(|segment| self.encoded(segment));
        segments.collect::<Vec<_>>().join("/")
    }

    /// The query of a request as it is shown, and a form.
    pub(crate) fn query(&self, query: &str) -> String {
        let shown = link::query(query);
        let pairs = shown.split('&').map(|pair| match pair.split_once('=') {
            Some((name, value)) => format!("{}={}", self.encoded(name), self.encoded(value)),
            None => self.encoded(pair),
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// A text that may be percent-encoded. One that has a secret in it in another form than as it is meant goes as a
    /// whole.
    fn encoded(&self, text: &str) -> String {
        let shown = self.without(Cow::Borrowed(text));
        let meant = link::decoded_in_form(&shown);
        if self.0.iter().any(|secret| meant.contains(secret.as_str())) {
            MASK.to_owned()
        } else {
            shown
        }
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
            _ if value.starts_with(['{', '[']) => self.string(value),
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
    match value.trim().split_once(char::is_whitespace) {
        Some((scheme, credential)) => (scheme, credential.trim_start()),
        None => ("", value.trim()),
    }
}

/// How many bytes of a secret's beginning are at the end of a text, where that is enough to look for.
fn begun(text: &str, secret: &str) -> Option<usize> {
    let lengths = (LEAST_BYTES..=secret.len().min(text.len())).rev();
    lengths
        .filter_map(|length| secret.get(..length))
        .find(|beginning| text.ends_with(beginning))
        .map(str::len)
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

    #[test]
    fn a_secret_is_masked_in_paths_queries_and_where_its_rest_was_cut_off() {
        let exchange = Exchange {
            headers: headers(&[("authorization", "Bearer   sk/test_rollcall")]),
            ..Exchange::blank(1)
        };
        let secrets = Secrets::of(&exchange);
        assert_eq!(secrets.path("/users/sk/test_rollcall"), "/users/sk/test_rollcall");
        assert_eq!(secrets.path("/users/sk%2Ftest_rollcall/x"), "/users/…/x");
        assert_eq!(secrets.query("a=sk%2ftest_rollcall&b=2"), "a=…&b=2");
        assert_eq!(secrets.query("a=1&sk/test_rollcall"), "a=1&…");
        assert_eq!(secrets.masked("is \"Bearer sk/test_ro…\""), "is \"Bearer …\"");
        assert_eq!(secrets.masked("sk/te… is … short"), "sk/te… is … short");
    }

    #[test]
    fn texts_that_hold_documents_or_pairs_with_secrets_are_not_shown() {
        let secrets = Secrets::default();
        for hidden in [
            r#"{"password": "x"}"#,
            r#" ["token", "x"]"#,
            r#""{\"password\": \"x\"}""#,
            "password = x",
            "a=1&b={\"api_key\": 1}",
        ] {
            assert_eq!(secrets.string(hidden), MASK, "{hidden}");
        }
        assert_eq!(secrets.received(r#""{\"password\": \"x…""#), MASK);
        for (text, shown) in [
            ("password=x&user=a", "password=…&user=a"),
            ("data=%7B%22password%22%3A1%7D&user=a", "data=…&user=a"),
            ("http://x.test/cb?a=1#access_token=b", "http://x.test/cb?a=…"),
            ("{\"name\": \"a=b\"}", "{\"name\": \"a=b\"}"),
            ("The password is too short.", "The password is too short."),
        ] {
            assert_eq!(secrets.string(text), shown);
        }
        assert_eq!(secrets.unstructured("my password is x"), MASK);
    }
}
