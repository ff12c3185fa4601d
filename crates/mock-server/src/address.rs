//! From a request's path to an API and the path as that API knows it.
//!
//! Every API can be called at its vendor's own path (`/v1/organizations/…`) and at the same path behind the API's name
//! (`/clerk/v1/organizations/…`), either of them behind `/w/{world}`.

use std::borrow::Cow;

use membership_apis::control;
use percent_encoding::percent_decode_str;

use crate::served::{APIS, Served};
use crate::world::{BadWorldName, WorldName};

/// Where a path leads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Address<'a> {
    /// The world the path names, if it names one.
    pub(crate) world: Option<WorldName>,
    /// What stands before the vendor's own path; whatever the server emits has to begin with it too.
    pub(crate) prefix: &'a str,
    /// The vendor's own path.
    pub(crate) own_path: &'a str,
    pub(crate) target: Target<'a>,
}

/// What answers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Target<'a> {
    /// An API, by its position among them, and the path without the API's base path.
    Api(usize, Cow<'a, str>),
    /// The control API, and the path without `/_mock`.
    Control(&'a str),
    /// The page that says what is served.
    Index,
    /// Nothing: the path without its world.
    Nothing(&'a str),
}

impl<'a> Address<'a> {
    /// Reads a path, percent-encoded as it came.
    pub(crate) fn of(path: &'a str) -> Result<Self, BadWorldName> {
        let (world, rest) = match path.strip_prefix("/w/") {
            None => (None, path),
            Some(after) => {
                let name = after.split('/').next().unwrap_or_default();
                let rest = after.strip_prefix(name).unwrap_or_default();
                let name = percent_decode_str(name).decode_utf8_lossy();
                (Some(WorldName::parse(&name)?), rest)
            }
        };
        let steers = below(path, control::BASE_PATH);
        let (own_path, target) = match (steers, rest) {
            (Some(""), _) => (rest, Target::Control("/")),
            (Some(inner), _) => (rest, Target::Control(inner)),
            (None, "" | "/") => (rest, Target::Index),
            (None, _) => target(rest),
        };
        let prefix = path.strip_suffix(own_path).unwrap_or_default();
        Ok(Self {
            world,
            prefix,
            // As a client would send it to the vendor.
            own_path: if own_path.is_empty() { "/" } else { own_path },
            target,
        })
    }
}

/// The vendor's own path and what it leads to.
fn target(path: &str) -> (&str, Target<'_>) {
    for (index, api) in APIS.iter().enumerate() {
        let named = path.strip_prefix('/').and_then(|path| below(path, api.name));
        let native = api
            .roots
            .iter()
            .any(|root| below(path, root).is_some())
            .then_some(path);
        let Some(own_path) = named.or(native) else {
            continue;
        };
        let inner = match below(own_path, api.base_path) {
            Some(inner) => readable(api, inner),
            // Whoever names an API means it, and is told in its own form that it has no such path.
            None if named.is_some() => {
                let rest = own_path.strip_prefix('/').unwrap_or_default();
                Cow::Owned(format!("{OUTSIDE}{rest}"))
            }
            None => continue,
        };
        return (own_path, Target::Api(index, inner));
    }
    (path, Target::Nothing(path))
}

/// How a path begins, as its API is given it, that is not below the API's base path. No documented path begins so; the
/// rest is as it was, for the nearest ones to be told.
const OUTSIDE: &str = "/..";

/// What follows `root` in `path`, where it is `path` itself or a folder of it.
fn below<'a>(path: &'a str, root: &str) -> Option<&'a str> {
    path.strip_prefix(root)
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The path in a form in which every id can be read, where the API knows no malformed ids, only unknown ones.
fn readable<'a>(api: &Served, path: &'a str) -> Cow<'a, str> {
    let path = if path.is_empty() { "/" } else { path };
    if !api.opaque_ids || path.split('/').all(is_readable) {
        return Cow::Borrowed(path);
    }
    let escaped: Vec<Cow<'_, str>> = path
        .split('/')
        .map(|segment| {
            if is_readable(segment) {
                Cow::Borrowed(segment)
            } else {
                segment.replace('%', "%25").into()
            }
        })
        .collect();
    Cow::Owned(escaped.join("/"))
}

/// Whether a segment is percent-encoded UTF-8.
fn is_readable(segment: &str) -> bool {
    let escapes = segment.split('%').skip(1);
    let well_formed = escapes.into_iter().all(|after| {
        after
            .as_bytes()
            .get(..2)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    well_formed && percent_decode_str(segment).decode_utf8().is_ok()
}

#[cfg(test)]
mod tests {
    use api_support::server::{Match, Routes};
    use http::Method;

    use super::*;

    fn api(path: &str) -> (Option<String>, &str, &'static str, String) {
        let address = Address::of(path).unwrap();
        let Target::Api(index, inner) = address.target else {
            panic!("{path} leads to no API")
        };
        (
            address.world.map(|world| world.to_string()),
            address.prefix,
            APIS[index].name,
            inner.into_owned(),
        )
    }

    #[test]
    fn native_and_named_paths_lead_to_the_same_place() {
        for (path, name, inner) in [
            (
                "/v1/organizations/o/memberships",
                "clerk",
                "/organizations/o/memberships",
            ),
            ("/api/organizations", "logto", "/api/organizations"),
            ("/api/organizations/", "logto", "/api/organizations/"),
            (
                "/v0/organizations/o/membership",
                "whylabs",
                "/v0/organizations/o/membership",
            ),
            ("/orgs/o/members", "enhance", "/orgs/o/members"),
            ("/invites/i", "enhance", "/invites/i"),
        ] {
            assert_eq!(api(path), (None, "", name, inner.to_owned()));
            let named = format!("/{name}{path}");
            assert_eq!(
                api(&named),
                (None, format!("/{name}").as_str(), name, inner.to_owned())
            );
        }
    }

    #[test]
    fn the_world_is_taken_off_and_kept_in_the_prefix() {
        let world = Some("w1".to_owned());
        assert_eq!(
            api("/w/w1/v0/x"),
            (world.clone(), "/w/w1", "whylabs", "/v0/x".to_owned())
        );
        assert_eq!(
            api("/w/w1/clerk/v1/x"),
            (world.clone(), "/w/w1/clerk", "clerk", "/x".to_owned())
        );
        assert_eq!(api("/w/%771/v1/x"), (world, "/w/%771", "clerk", "/x".to_owned()));
        assert_eq!(Address::of("/w/w1").unwrap().target, Target::Index);
        assert_eq!(Address::of("/w/w1/").unwrap().target, Target::Index);
    }

    #[test]
    fn a_named_api_is_meant_even_where_its_base_path_is_left_out() {
        for path in ["", "/", "/v2/organizations", "/organizations/o/memberships"] {
            let whole = format!("/w/a/clerk{path}");
            let (_, prefix, name, inner) = api(&whole);
            assert_eq!((prefix, name), ("/w/a/clerk", "clerk"));
            let clerk = APIS.into_iter().find(|api| api.name == name).unwrap();
            let routes = Routes::new(clerk.operations, clerk.wire.trailing_slash);
            let found = routes.find(&Method::GET, &inner);
            assert!(matches!(found, Match::Nothing { .. }), "{inner}");
        }
    }

    #[test]
    fn a_bad_world_is_named_even_where_the_path_leads_nowhere() {
        for path in [
            "/w/",
            "/w//v1/x",
            "/w/a%20b/v1/x",
            "/w/a%2Fb/v1/x",
            "/w/%ff/x",
            "/w/é",
        ] {
            assert_eq!(Address::of(path), Err(BadWorldName), "{path}");
        }
    }

    #[test]
    fn a_path_that_only_begins_like_an_api_leads_nowhere() {
        for path in ["/v10/x", "/organizations", "/api/users", "/clerks", "//v1/x"] {
            assert!(
                matches!(Address::of(path).unwrap().target, Target::Nothing(_)),
                "{path}"
            );
        }
    }

    #[test]
    fn unreadable_ids_become_unknown_ones_where_the_api_has_no_answer_to_them() {
        assert_eq!(api("/invites/%ZZ/validate").3, "/invites/%25ZZ/validate");
        assert_eq!(api("/invites/%FF").3, "/invites/%25FF");
        assert_eq!(api("/invites/a%2Fb").3, "/invites/a%2Fb");
        assert_eq!(api("/api/organizations/%ZZ").3, "/api/organizations/%ZZ");
    }
}
