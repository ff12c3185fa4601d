//! Links with a secret in them: the keys of invitations and the one-time passwords of login links. Whoever follows such
//! a link is let in.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{MASK, is_secret, nests};

/// The segment after which the key of an invitation stands.
const BEFORE_KEY: &str = "invites";

/// A path but for the key of an invitation.
pub(crate) fn path(path: &str) -> String {
    let shown = segments(path).map(|(segment, is_key)| if is_key { MASK } else { segment });
    shown.collect::<Vec<_>>().join("/")
}

/// A query but for the values of parameters that hold secrets, or documents or pairs with secrets in them.
pub(crate) fn query(query: &str) -> String {
    let shown = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) if is_secret(&decoded(name)) || nests(&decoded_in_form(value)) => {
            format!("{name}={MASK}")
        }
        _ => pair.to_owned(),
    });
    shown.collect::<Vec<_>>().join("&")
}

/// A text but for the secrets of links in it.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    if !text.contains("otp") && !text.to_ascii_lowercase().contains(BEFORE_KEY) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for piece in
        text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ','))
    {
        let (link, end) = match piece.char_indices().next_back() {
            Some((at, c)) if !c.is_alphanumeric() && c != '/' && !ends_in_parameter(piece) => {
                piece.split_at(at)
            }
            _ => (piece, ""),
        };
        shown.push_str(&one(link));
        shown.push_str(end);
    }
    Cow::Owned(shown)
}

/// A text that is one link with a query, or pairs, but for the secrets in it; `None` for any other.
pub(super) fn of_one_piece(text: &str) -> Option<String> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '{' | '}' | '\\');
    (text.contains('=') && !text.starts_with('[') && !text.contains(ends)).then(|| one(text))
}

fn one(link: &str) -> String {
    match link.split_once('?') {
        Some((before, after)) => format!("{}?{}", path(before), query(after)),
        None if link.contains('=') => query(link),
        None => path(link),
    }
}

/// The secrets in the address of a request, as they are meant.
pub(super) fn secrets(path: &str, query: Option<&str>, found: &mut Vec<String>) {
    let keys = segments(path).filter(|(_, is_key)| *is_key);
    found.extend(keys.map(|(segment, _)| decoded(segment).into_owned()));
    let pairs = query.unwrap_or_default().split('&');
    let named = pairs.filter_map(|pair| pair.split_once('='));
    let secret = named.filter(|(name, _)| is_secret(&decoded(name)));
    found.extend(secret.map(|(_, value)| decoded(value).into_owned()));
}

/// The segments of a path, and which of them are keys. Whoever mistypes the path, by its letter case or a slash too many,
/// has a key in it all the same.
fn segments(path: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut is_next = false;
    path.split('/').map(move |segment| {
        if segment.is_empty() {
            return (segment, false);
        }
        let decoded = decoded(segment);
        let is_secret_pair = decoded.contains(";otp=");
        let is_after = std::mem::replace(&mut is_next, decoded.eq_ignore_ascii_case(BEFORE_KEY));
        (segment, is_after && !is_parameter(segment) || is_secret_pair)
    })
}

/// Whether a segment is the parameter of a path as documents write it, `{invite_id}`. A key has digits, and no underscores.
fn is_parameter(segment: &str) -> bool {
    let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| name.contains('_') && name.bytes().all(|c| c.is_ascii_lowercase() || c == b'_'))
}

fn ends_in_parameter(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(is_parameter)
}

pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// The same for the value of a pair, where a plus stands for a space.
pub(super) fn decoded_in_form(text: &str) -> String {
    decoded(&text.replace('+', " ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_without_the_keys_of_invitations() {
        assert_eq!(path("/orgs/o/members"), "/orgs/o/members");
        assert_eq!(path("/orgs/o/invites"), "/orgs/o/invites");
        assert_eq!(path("/orgs/o/invites/"), "/orgs/o/invites/");
        assert_eq!(path("/w/a/invites/secret/validate"), "/w/a/invites/…/validate");
        assert_eq!(path("/inv%69tes/secret"), "/inv%69tes/…");
        assert_eq!(path("/Invites//secret/"), "/Invites//…/");
        assert_eq!(path("/login/sessions/sso;otp=secret"), "/login/sessions/…");
    }

    #[test]
    fn a_query_is_shown_without_the_values_of_secrets() {
        assert_eq!(query("limit=2&role=Owner"), "limit=2&role=Owner");
        assert_eq!(query("x=1&otp=secret&y"), "x=1&otp=…&y");
        assert_eq!(query("%6ftp=secret&access_token=a"), "%6ftp=…&access_token=…");
    }

    #[test]
    fn links_in_a_text_are_shown_without_their_secrets() {
        for (written, shown) in [
            ("none", "none"),
            (
                "http://panel.test/login/sessions/sso?otp=1e35",
                "http://panel.test/login/sessions/sso?otp=…",
            ),
            (
                "Follow http://panel.test/invites/9ae6?email=n@x.test, please.",
                "Follow http://panel.test/invites/…?email=n@x.test, please.",
            ),
            ("<a href=\"/invites/9ae6\">", "<a href=\"/invites/…\">"),
            ("x=1&otp=secret", "x=1&otp=…"),
            (
                "The nearest paths are /invites/{invite_id}/validate, /invites/{invite_id}.",
                "The nearest paths are /invites/{invite_id}/validate, /invites/{invite_id}.",
            ),
            ("/invites/{invite_id}", "/invites/{invite_id}"),
            ("see {/invites/9ae6}", "see {/invites/…}"),
            ("/invites/{9ae6}", "/invites/…}"),
        ] {
            assert_eq!(text(written), shown);
        }
    }
}
