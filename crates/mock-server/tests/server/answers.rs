//! What stands around the APIs: addresses, worlds, forced answers, cross-origin calls, seeds.

use mock_server::MockServer;
use serde_json::json;

use crate::client::{Reply, send};

const KEY: (&str, &str) = ("authorization", "Bearer sk_test_rollcall");

/// Enhance's members of a customer in the built-in world, and a token that lets calls in there.
const MEMBERS: &str = "/orgs/c2d94473-b911-4f5f-bc9c-77efd52d8f8f/members";
const TOKEN: (&str, &str) = ("authorization", "Bearer mock-token");

fn get(server: &MockServer, target: &str, headers: &[(&str, &str)]) -> Reply {
    send(server.addr(), &format!("GET {target}"), headers, "")
}

fn is_problem(reply: &Reply, status: u16) {
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (status, Some("application/problem+json")),
        "{reply:?}"
    );
    assert_eq!(reply.json()["status"], json!(status));
}

#[test]
fn native_and_named_paths_with_and_without_a_world_are_the_same() {
    let server = MockServer::start().unwrap();
    for path in [
        "/v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
        "/api/organizations",
        MEMBERS,
    ] {
        let (name, key) = if path.starts_with("/v1") {
            ("clerk", KEY)
        } else if path.starts_with("/api") {
            ("logto", TOKEN)
        } else {
            ("enhance", TOKEN)
        };
        for prefix in ["", "/w/a", &format!("/{name}"), &format!("/w/a/{name}")] {
            assert_eq!(
                get(&server, &format!("{prefix}{path}"), &[key]).status,
                200,
                "{prefix}{path}"
            );
        }
    }
}

#[test]
fn a_world_is_well_named_and_named_once() {
    let server = MockServer::start().unwrap();
    let target = &format!("/w/a{MEMBERS}");
    assert_eq!(get(&server, target, &[TOKEN, ("x-mock-world", "a")]).status, 200);
    is_problem(&get(&server, target, &[TOKEN, ("x-mock-world", "b")]), 400);
    is_problem(&get(&server, MEMBERS, &[TOKEN, ("x-mock-world", "a b")]), 400);
    is_problem(&get(&server, &format!("/w/a%20b{MEMBERS}"), &[TOKEN]), 400);
}

#[test]
fn a_path_of_no_api_names_the_nearest_paths_and_the_base_urls() {
    let server = MockServer::start().unwrap();
    let reply = get(&server, "/organizations/o/memberships", &[KEY]);
    is_problem(&reply, 404);
    assert_eq!(
        reply.json()["nearest"][0],
        json!("/v1/organizations/{organization_id}/memberships")
    );
    assert_eq!(reply.json()["base_urls"]["clerk"], json!(server.clerk_url()));
    is_problem(&get(&server, "/_mock/anything", &[]), 404);
}

#[test]
fn an_api_that_is_named_tells_in_its_own_form_that_a_path_lacks_the_base_path() {
    let server = MockServer::start().unwrap();
    let reply = get(&server, "/clerk/organizations/o/memberships", &[KEY]);
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (404, Some("application/json"))
    );
    let told = reply.json()["errors"][0]["long_message"].clone();
    let nearest = "The nearest paths are /v1/organizations/{organization_id}/memberships, ";
    assert!(told.as_str().unwrap().contains(nearest), "{told}");
}

#[test]
fn the_root_is_a_page_with_the_base_urls() {
    let server = MockServer::start().unwrap();
    let page = get(&server, "/", &[]);
    for url in [
        server.clerk_url(),
        server.logto_url(),
        server.whylabs_url(),
        server.enhance_url(),
    ] {
        assert!(page.body.contains(&url), "{}", page.body);
    }
    let reply = send(server.addr(), "POST /", &[], "");
    is_problem(&reply, 405);
    assert_eq!(reply.header("allow"), Some("GET, HEAD"));
}

#[test]
fn a_documented_answer_is_forced_before_credentials_and_body_are_looked_at() {
    let server = MockServer::start().unwrap();
    let post = |headers: &[(&str, &str)]| send(server.addr(), "POST /orgs/o/access_tokens", headers, "{");
    let forced = post(&[("prefer", "code=409")]);
    assert_eq!(
        (forced.status, forced.header("preference-applied")),
        (409, Some("code=409"))
    );
    assert_eq!(forced.json()["code"], json!("already_exists"));
    assert_eq!(post(&[("x-mock-status", "409")]).status, 409);
    assert_eq!(
        post(&[("prefer", "example=roles-empty")]).json()["message"],
        json!("roles: name one role at least")
    );
    assert_eq!(post(&[]).status, 401);
}

#[test]
fn what_cannot_be_forced_is_refused_with_what_can_be() {
    let server = MockServer::start().unwrap();
    let get = |preference| {
        get(
            &server,
            "/v0/organizations/o/membership",
            &[("prefer", preference)],
        )
    };
    let refused = get("code=418");
    is_problem(&refused, 400);
    assert_eq!(
        refused.json()["documented"][0],
        json!({ "status": "default", "examples": ["memberships", "no-memberships"] })
    );
    is_problem(&get("example=nonsense"), 400);
    is_problem(&get("code=teapot"), 400);
    assert_eq!(get("code=default").status, 200);
}

#[test]
fn an_unknown_route_is_not_forced() {
    let server = MockServer::start().unwrap();
    assert_eq!(
        get(&server, "/v1/nothing", &[KEY, ("prefer", "code=200")]).status,
        404
    );
}

#[test]
fn a_head_request_gets_the_head_of_the_answer_to_get() {
    let server = MockServer::start().unwrap();
    let reply = send(server.addr(), &format!("HEAD {MEMBERS}"), &[TOKEN], "");
    assert_eq!((reply.status, reply.body.as_str()), (200, ""));
    assert_ne!(reply.header("content-length").unwrap(), "0");
}

#[test]
fn a_head_request_does_not_run_a_get_that_has_effects() {
    let server = MockServer::start().unwrap();
    let link = format!("HEAD {MEMBERS}/973eb64f-c7f2-4e89-9155-bec1b4b7ef32/sso");
    assert_eq!(send(server.addr(), &link, &[TOKEN], "").status, 405);
}

#[test]
fn a_page_of_another_origin_may_call_and_read_the_answer() {
    let server = MockServer::start().unwrap();
    let origin = ("origin", "http://app.test");
    let preflight = send(
        server.addr(),
        "OPTIONS /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
        &[
            origin,
            ("access-control-request-method", "PATCH"),
            ("access-control-request-headers", "authorization"),
        ],
        "",
    );
    assert_eq!(
        (preflight.status, preflight.header("access-control-allow-methods")),
        (204, Some("PATCH"))
    );
    let reply = get(
        &server,
        "/v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
        &[KEY, origin],
    );
    assert_eq!(
        reply.header("access-control-allow-origin"),
        Some("http://app.test")
    );
    assert!(
        reply
            .header("access-control-expose-headers")
            .unwrap()
            .contains("clerk-trace-id")
    );
}

#[test]
fn equal_seeds_and_requests_give_equal_bytes() {
    let answers = |seed| {
        let server = MockServer::builder().seed(seed).start().unwrap();
        let one = send(
            server.addr(),
            "GET /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
            &[("host", "fixed")],
            "",
        );
        let other = send(
            server.addr(),
            "GET /v0/organizations/o/membership",
            &[("host", "fixed")],
            "",
        );
        (one, other)
    };
    assert_eq!(answers(7), answers(7));
    assert_ne!(answers(7), answers(8));
}

#[test]
fn every_operation_answers_its_first_success_and_nothing_undocumented() {
    let server = MockServer::start().unwrap();
    let key = "RollcallK1.RollcallMockServerAnyKeyOfThisFormxxxxxxxxxxxxxxxxxxx";
    let headers = [KEY, ("x-api-key", key), ("content-type", "application/json")];
    for (request, body, status) in [
        (
            "POST /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
            r#"{"user_id":"user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb","role":"org:member"}"#,
            200,
        ),
        (
            "GET /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
            "",
            200,
        ),
        (
            "PATCH /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships/user_29w85KF5ZR3qa7yEeeby3abP3E2",
            r#"{"role":"org:member"}"#,
            200,
        ),
        (
            "PATCH /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships/user_29w85KF5ZR3qa7yEeeby3abP3E2/metadata",
            "{}",
            200,
        ),
        (
            "DELETE /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships/user_29w85KF5ZR3qa7yEeeby3abP3E2",
            "",
            200,
        ),
        (
            "POST /v0/organizations/org-123/membership?email=user@whylabs.ai&role=ADMIN&set_default=True",
            "",
            200,
        ),
        ("GET /v0/organizations/org-123/membership", "", 200),
        (
            "PUT /v0/organizations/org-123/membership?email=user@whylabs.ai&role=VIEWER",
            "",
            200,
        ),
        (
            "DELETE /v0/organizations/org-123/membership?email=user@whylabs.ai",
            "",
            200,
        ),
    ] {
        let reply = send(server.addr(), request, &headers, body);
        assert_eq!(reply.status, status, "{request}: {}", reply.body);
    }
    assert_eq!(server.undocumented(), 0);
}
