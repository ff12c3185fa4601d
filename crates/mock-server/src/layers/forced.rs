//! Documented answers on demand: `Prefer: code=409`, `Prefer: example=NAME`, `X-Mock-Status: 409`.
//!
//! They come before authentication and validation and touch nothing, so that a client's handling of an answer can be
//! tried without bringing about its cause.

use api_support::fake::{self, Chosen, Rng};
use api_support::operation::{Operation, Response as Documented, StatusSpec};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::prefer::Wish;
pub(crate) use super::prefer::status_of;
use crate::journal::AnsweredBy;
use crate::problem;
use crate::served::Served;

const PREFERENCE_APPLIED: &str = "preference-applied";

/// The answer a request wishes for, and what gives it: the wish, or the server where it cannot be granted. `None` where
/// it wishes for nothing, or is for no operation: then there is nothing documented that could be forced.
pub(crate) fn answer(
    api: &Served,
    operation: Option<&'static Operation>,
    headers: &HeaderMap,
    rng: &mut dyn Rng,
) -> Option<(Response, AnsweredBy)> {
    let operation = operation?;
    let refused = |reason: &str| Some((refused(reason, operation), AnsweredBy::Server));
    let wish = match Wish::of(headers) {
        Ok(wish) => wish?,
        Err(bad) => return refused(&bad.to_string()),
    };
    let Some(status) = chosen_status(operation, &wish) else {
        return refused(&format!("{} does not document that.", operation.id));
    };
    let Some(mut response) = made_up(api, operation, status, wish.example.as_deref(), rng) else {
        return refused(&format!("{} has no such example.", operation.id));
    };
    if let Ok(applied) = HeaderValue::from_str(&wish.preferences.join(", "))
        && !applied.is_empty()
    {
        response.headers_mut().insert(PREFERENCE_APPLIED, applied);
    }
    Some((response, AnsweredBy::Forced))
}

/// An answer that the operation documents, with a valid body. `None` where it does not document that.
pub(crate) fn documented(
    api: &Served,
    operation: &'static Operation,
    status: StatusSpec,
    example: Option<&str>,
    rng: &mut dyn Rng,
) -> Option<Response> {
    made_up(api, operation, exact(operation, status)?, example, rng)
}

fn made_up(
    api: &Served,
    operation: &'static Operation,
    status: u16,
    example: Option<&str>,
    rng: &mut dyn Rng,
) -> Option<Response> {
    let chosen = Chosen {
        status: Some(status),
        example,
        ..Chosen::default()
    };
    Some(fake::answer(operation, api.schemas, chosen, rng)?.into_response())
}

/// The status that fulfils a wish. An example without a status is looked for among the successes first.
fn chosen_status(operation: &'static Operation, wish: &Wish) -> Option<u16> {
    if let Some(status) = wish.status {
        return exact(operation, status);
    }
    let name = wish.example.as_deref()?;
    let mut candidates = operation.success().into_iter().chain(operation.responses);
    let response = candidates.find(|response| examples(response).any(|example| example == name))?;
    exact(operation, response.status)
}

/// A status that the operation answers with the response that is documented under `spec`.
fn exact(operation: &'static Operation, spec: StatusSpec) -> Option<u16> {
    match spec {
        StatusSpec::Code(code) => operation.documented(code).map(|_| code),
        spec => {
            let covered = |code: &u16| {
                operation
                    .response(*code)
                    .is_some_and(|response| response.status == spec)
            };
            std::iter::once(spec.representative())
                .chain(100..600)
                .find(covered)
        }
    }
}

fn examples(response: &Documented) -> impl Iterator<Item = &'static str> {
    response
        .content
        .iter()
        .flat_map(|media| media.examples)
        .map(|example| example.name)
}

fn refused(reason: &str, operation: &'static Operation) -> Response {
    let documented: Vec<Value> = operation
        .responses
        .iter()
        .map(|response| json!({ "status": response.status.to_string(), "examples": examples(response).collect::<Vec<_>>() }))
        .collect();
    let statuses: Vec<_> = operation
        .responses
        .iter()
        .map(|response| response.status.to_string())
        .collect();
    let detail = format!("{reason} Documented are: {}.", statuses.join(", "));
    problem::answer(
        StatusCode::BAD_REQUEST,
        &detail,
        &[("documented", Value::Array(documented))],
    )
}

#[cfg(test)]
mod tests {
    use api_support::server::{Match, Routes};
    use http::Request;

    use crate::enhance;
    use crate::visit::RequestRandom;
    use crate::whylabs;

    use super::*;

    fn status(api: &Served, method: &str, path: &str, preference: &'static str) -> Option<u16> {
        let routes = Routes::new(api.operations, api.wire.trailing_slash);
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("prefer", preference)
            .body(())
            .unwrap();
        let Match::Operation { index, .. } = routes.find(request.method(), request.uri().path()) else {
            return None;
        };
        let rng = &mut RequestRandom::new(0, 0).made_up();
        let answer = answer(api, api.operations.get(index), request.headers(), rng);
        answer.map(|(response, _)| response.status().as_u16())
    }

    #[test]
    fn a_documented_status_or_example_is_answered() {
        let tokens = |preference| status(&enhance::SERVED, "POST", "/orgs/o/access_tokens", preference);
        assert_eq!(tokens("code=409"), Some(409));
        assert_eq!(tokens("example=name-taken"), Some(409));
        assert_eq!(tokens("code=400, example=roles-empty"), Some(400));
    }

    #[test]
    fn what_is_not_documented_is_refused_with_400() {
        let tokens = |preference| status(&enhance::SERVED, "POST", "/orgs/o/access_tokens", preference);
        assert_eq!(tokens("code=418"), Some(400));
        assert_eq!(tokens("code=201, example=name-taken"), Some(400));
        assert_eq!(tokens("example=nonsense"), Some(400));
        assert_eq!(tokens("code=many"), Some(400));
    }

    #[test]
    fn success_that_travels_as_default_is_forced_by_200_and_by_default_only() {
        let list = |preference| {
            status(
                &whylabs::SERVED,
                "GET",
                "/v0/organizations/o/membership",
                preference,
            )
        };
        assert_eq!(list("code=200"), Some(200));
        assert_eq!(list("code=default"), Some(200));
        assert_eq!(list("example=no-memberships"), Some(200));
        assert_eq!(list("code=404"), Some(404));
        assert_eq!(list("code=500"), Some(400));
    }

    #[test]
    fn nothing_is_forced_without_a_wish_or_an_operation() {
        assert_eq!(
            status(&enhance::SERVED, "GET", "/orgs/o/members", "respond-async"),
            None
        );
        assert_eq!(status(&enhance::SERVED, "GET", "/orgs", "code=200"), None);
        assert_eq!(
            status(&enhance::SERVED, "PATCH", "/orgs/o/members", "code=200"),
            None
        );
    }
}
