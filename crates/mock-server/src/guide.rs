//! What tells a lost client where to go.

use std::fmt::Write as _;

use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, Method, StatusCode, header};
use membership_apis::control;
use serde_json::{Map, Value, json};

use crate::fixtures::Fixtures;
use crate::problem;
use crate::served::{APIS, Served};
use crate::visit::PublicBase;
use crate::world::WorldName;

/// How many documented paths are named to a client that missed them.
const NEAREST: usize = 3;

/// For each API a header that lets a call in, as far as these fixtures have one that can be shown.
pub(crate) fn credentials(fixtures: &Fixtures) -> Vec<String> {
    APIS.iter()
        .map(|api| {
            (api.credential)(fixtures).unwrap_or_else(|| "with a credential of your fixtures".to_owned())
        })
        .collect()
}

/// Each API's base URL, and a header that lets a call in.
pub(crate) fn table(root: &str, credentials: &[String]) -> String {
    let rows: Vec<_> = APIS
        .iter()
        .zip(credentials)
        .map(|(api, credential)| (api.title, base_url(api, root), credential))
        .collect();
    let widest = rows.iter().map(|(_, url, _)| url.len()).max().unwrap_or_default();
    rows.iter()
        .fold(String::new(), |mut table, (title, url, credential)| {
            // Writing to a String cannot fail.
            let _ = writeln!(table, "  {title:<8} {url:<widest$}  {credential}");
            table
        })
}

/// The address to give to an SDK.
pub(crate) fn base_url(api: &Served, root: &str) -> String {
    format!("{root}/{}{}", api.name, api.base_path)
}

/// The addresses of a world: the plain ones lead to the world that need not be named.
pub(crate) fn world_root(origin: &str, world: &WorldName) -> String {
    if *world == WorldName::default() {
        origin.to_owned()
    } else {
        format!("{origin}/w/{world}")
    }
}

/// The page at the root.
pub(crate) fn page(method: &Method, base: &PublicBase, credentials: &[String]) -> Response {
    if *method != Method::GET && *method != Method::HEAD {
        let mut response =
            problem::answer(StatusCode::METHOD_NOT_ALLOWED, "This page can only be read.", &[]);
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let root = root(base);
    let text = format!(
        "Mocks of four membership APIs. Base URL of each, and a header that lets a call in:\n\n{}\n\
         The vendors' own paths work too: {root}/v1/…, {root}/api/organizations…, {root}/v0/…, {root}/orgs/…, {root}/invites/….\n\
         Send `Prefer: code=409` or `Prefer: example=NAME` to have a documented answer forced.\n\
         The server is steered under {}{control}; {}{control}/apis/control/openapi.yaml says how.\n",
        table(&root, credentials),
        base.origin,
        base.origin,
        control = control::BASE_PATH,
    );
    text.into_response()
}

/// The answer to a path that belongs to no API.
pub(crate) fn nothing(path: &str, base: &PublicBase) -> Response {
    let root = root(base);
    let base_urls: Map<_, _> = APIS
        .iter()
        .map(|api| (api.name.to_owned(), json!(base_url(api, &root))))
        .collect();
    let nearest = nearest(path);
    let detail = format!(
        "Nothing is served at {path}. The nearest documented paths are: {}.",
        nearest.join(", ")
    );
    problem::answer(
        StatusCode::NOT_FOUND,
        &detail,
        &[
            ("nearest", json!(nearest)),
            ("base_urls", Value::Object(base_urls)),
        ],
    )
}

/// The server's root as the client knows it, in the world the request is for. An API's name, which the prefix may end
/// with, is no part of it.
fn root(base: &PublicBase) -> String {
    let world = match base
        .prefix
        .strip_prefix("/w/")
        .map(|after| after.split('/').next().unwrap_or_default())
    {
        Some(name) => format!("/w/{name}"),
        None => String::new(),
    };
    format!("{}{world}", base.origin)
}

/// The documented paths of all APIs that take the fewest changes to get to, segment by segment.
fn nearest(path: &str) -> Vec<String> {
    let mut ranked: Vec<(usize, String)> = Vec::new();
    for api in APIS {
        for operation in api.operations {
            let documented = format!("{}{}", api.base_path, operation.path);
            if !ranked.iter().any(|(_, path)| *path == documented) {
                ranked.push((distance(path, &documented), documented));
            }
        }
    }
    ranked.sort_by_key(|(distance, _)| *distance);
    ranked.into_iter().take(NEAREST).map(|(_, path)| path).collect()
}

/// The edit distance of two paths in segments. A parameter stands for any segment, though not as well as the very word
/// would.
fn distance(path: &str, template: &str) -> usize {
    const CHANGE: usize = 2;
    let known: Vec<&str> = template.split('/').skip(1).collect();
    let mut row: Vec<usize> = (0..=known.len()).map(|count| count * CHANGE).collect();
    for segment in path.split('/').skip(1) {
        let mut next = vec![row[0] + CHANGE];
        for (column, known) in known.iter().enumerate() {
            let same = match known.starts_with('{') {
                true => 1,
                false if *known == segment => 0,
                false => 2 * CHANGE,
            };
            next.push(
                (row[column] + same)
                    .min(row[column + 1] + CHANGE)
                    .min(next[column] + CHANGE),
            );
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_paths_share_most_segments() {
        assert_eq!(
            nearest("/organizations/o/memberships").first().unwrap(),
            "/v1/organizations/{organization_id}/memberships"
        );
        assert_eq!(
            nearest("/org/o/members").first().unwrap(),
            "/orgs/{org_id}/members"
        );
    }

    #[test]
    fn base_urls_keep_the_world_and_drop_the_api() {
        let base = |prefix: &str| PublicBase {
            origin: "http://h:1".to_owned(),
            prefix: prefix.to_owned(),
            is_world_in_header: false,
        };
        assert_eq!(root(&base("")), "http://h:1");
        assert_eq!(root(&base("/clerk")), "http://h:1");
        assert_eq!(root(&base("/w/a")), "http://h:1/w/a");
        assert_eq!(root(&base("/w/a/clerk")), "http://h:1/w/a");
    }
}
