//! Where a one-time login link leads. The page is no part of the contract; its answer has the form that the vendor's
//! published client expects there.

use std::sync::Arc;

use api_support::Answer;
use api_support::server::IntoAnswer as _;
use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::StatusCode;
use membership_apis::enhance::EnhanceRefusal;
use serde_json::{Value, json};

use super::model::{Enhance, Id, Member, Profile};
use super::store::SignedIn;
use super::{body, error};
use crate::visit::{PublicBase, Visit};

/// The page's path.
pub(super) const PATH: &str = "/login/sessions/sso";

/// The link with a one-time password. Whoever follows it sends no headers of ours, so the world is in its path.
pub(super) fn link(visit: &Visit, password: Id) -> String {
    format!("{}{PATH}?otp={password}", visit.address())
}

/// The cookie of a session, sent to the paths the client reaches the API by.
pub(super) fn cookie(base: &PublicBase, secret: &str) -> String {
    let path = match &*base.prefix {
        prefix if prefix.is_empty() || base.is_world_in_header => "/",
        prefix => prefix,
    };
    format!("id0={secret}; Path={path}; HttpOnly; SameSite=Lax")
}

/// The page's route. A HEAD request must not use a link up, so it is refused.
pub(super) fn routes() -> Router {
    Router::new().route(PATH, get(land).head(wrong_method).fallback(wrong_method))
}

/// Uses a link up and begins the session it is for.
async fn land(request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let visit = Visit::of(&parts);
    let query = parts.uri.query().unwrap_or_default();
    let Some(password) = query.split('&').find_map(|pair| pair.strip_prefix("otp=")) else {
        let missing = error::error("invalid_input", Some("login"), "otp: required".to_owned());
        return EnhanceRefusal::BadRequest(missing).into_answer().into_response();
    };
    let followed =
        visit.change_part(|enhance: &mut Enhance, effects| enhance.follow_login_link(effects, password));
    match followed {
        Ok(signed_in) => signed_in_answer(&visit.base, &signed_in),
        Err(refusal) => error::of_store(&refusal).into_answer().into_response(),
    }
}

fn signed_in_answer(base: &PublicBase, signed_in: &SignedIn) -> Response {
    let memberships: Vec<_> = signed_in.memberships.iter().map(membership).collect();
    let cookie = Some(cookie(base, &signed_in.cookie));
    Answer::json(
        StatusCode::OK,
        "application/json",
        &json!({ "memberships": memberships }),
    )
    .with_header("Set-Cookie", &cookie)
    .into_response()
}

fn membership((organization, member): &(Arc<Profile>, Arc<Member>)) -> Value {
    json!({
        "memberId": member.id.to_string(),
        "orgId": organization.id.to_string(),
        "orgName": organization.name,
        "isMasterOrg": organization.parent.is_none(),
        "roles": body::roles(&member.roles),
        "siteAccessCount": member.site_accesses.len(),
    })
}

async fn wrong_method() -> Response {
    let message = "This page can only be read, and once, with GET".to_owned();
    let allow = Some("GET".to_owned());
    Answer::json(
        StatusCode::METHOD_NOT_ALLOWED,
        "application/json",
        &error::error("method_not_allowed", None, message),
    )
    .with_header("Allow", &allow)
    .into_response()
}
