//! Logto: refusals of requests that do not reach an operation, with their statuses, codes, shapes and order.

mod tokens;
mod webhooks;

use mock_server::fixtures::Given;
use mock_server::{Anonymous, MockServer};
use serde_json::json;

use crate::case::{JSON, case, check};
use crate::client::send;

/// A token that is good for everything.
const KEY: (&str, &str) = ("authorization", "Bearer mock-token");

#[test]
fn logto_refuses_in_its_body_with_the_issues_of_zod() {
    let server = MockServer::start().unwrap();
    let code = |code: &str| ("/code", json!(code));
    let list = "GET /api/organizations";
    let post = "POST /api/organizations";
    let patch = "PATCH /api/organizations/o";
    let missing = json!([{ "code": "invalid_type", "path": ["name"], "message": "this is missing", "expected": "string", "received": "undefined" }]);
    for one in [
        case(list, &[], "", 401, &[code("auth.authorization_header_missing")]),
        case(
            list,
            &[("authorization", "bearer k")],
            "",
            401,
            &[
                code("auth.authorization_token_type_not_supported"),
                ("/data/supportedTypes", json!(["Bearer"])),
            ],
        ),
        case(
            list,
            &[("authorization", "Bearer")],
            "",
            401,
            &[code("auth.unauthorized")],
        ),
        case("GET /api/organizations/o/nothing", &[], "", 401, &[]),
        case(
            "GET /api/organizations/o/nothing",
            &[KEY],
            "",
            404,
            &[code("request.general")],
        ),
        case(
            "DELETE /api/organizations/o/users/roles",
            &[KEY],
            "",
            405,
            &[code("request.general")],
        ),
        case(
            &format!("{list}?page=0"),
            &[KEY],
            "",
            400,
            &[code("guard.invalid_pagination")],
        ),
        case(
            &format!("{list}?page_size=101&q=a&q=b"),
            &[KEY],
            "",
            400,
            &[code("guard.invalid_pagination")],
        ),
        case(
            &format!("{list}?page=1.5"),
            &[KEY],
            "",
            400,
            &[code("guard.invalid_pagination")],
        ),
        case(
            &format!("{list}?page=1&page=2"),
            &[KEY],
            "",
            400,
            &[code("guard.invalid_pagination")],
        ),
        case(
            &format!("{list}?q=a&q=b"),
            &[KEY],
            "",
            400,
            &[
                code("guard.invalid_input"),
                (
                    "/details",
                    json!("At \"q\" (invalid_type): expected string, received array."),
                ),
            ],
        ),
        case(
            post,
            &[KEY],
            "",
            400,
            &[code("guard.invalid_input"), ("/data/issues", missing.clone())],
        ),
        case(
            post,
            &[KEY, ("content-type", "text/plain")],
            "name",
            400,
            &[("/data/issues", missing)],
        ),
        case(
            post,
            &[KEY, JSON],
            "{\"name\":",
            400,
            &[code("guard.invalid_input")],
        ),
        case(
            post,
            &[KEY, JSON],
            "[]",
            400,
            &[(
                "/details",
                json!("At \"\" (invalid_type): expected object, received array."),
            )],
        ),
        case(
            post,
            &[KEY, JSON],
            r#"{"name":""}"#,
            400,
            &[
                ("/data/issues/0/minimum", json!(1)),
                (
                    "/details",
                    json!("At \"name\" (too_small): give at least 1 character."),
                ),
            ],
        ),
        case(
            post,
            &[KEY, JSON],
            r#"{"name":1,"createdAt":"x"}"#,
            400,
            &[(
                "/details",
                json!(
                    "At \"name\" (invalid_type): expected string, received number.\nAt \"createdAt\" (invalid_type): expected number, received string."
                ),
            )],
        ),
        case(patch, &[KEY, JSON], "{}", 400, &[code("entity.invalid_input")]),
        case(
            "GET /api/organizations/%20",
            &[KEY],
            "",
            400,
            &[(
                "/details",
                json!("At \"id\" (invalid_string): an id cannot be blank."),
            )],
        ),
        case(
            "GET /api/organizations/a%00",
            &[KEY],
            "",
            400,
            &[(
                "/details",
                json!("At \"id\" (invalid_string): an id cannot hold control characters."),
            )],
        ),
        case(
            "GET /api/organizations/%ZZ",
            &[KEY],
            "",
            400,
            &[(
                "/details",
                json!("At \"id\" (invalid_string): the percent-encoding of this id is broken."),
            )],
        ),
        case(
            "POST /api/organizations/o/users",
            &[KEY, JSON],
            r#"{"userIds":[1]}"#,
            400,
            &[
                ("/data/issues/0/path", json!(["userIds", 0])),
                (
                    "/details",
                    json!("At \"userIds.0\" (invalid_type): expected string, received number."),
                ),
            ],
        ),
        case(
            "POST /api/organizations/o/users/roles",
            &[KEY],
            "",
            400,
            &[(
                "/details",
                json!(
                    "At \"userIds\" (invalid_type): expected array, received undefined.\nAt \"organizationRoleIds\" (invalid_type): expected array, received undefined."
                ),
            )],
        ),
    ] {
        check(&server, &one);
    }
    for good in [
        "/api/organizations/",
        "/api/organizations?page=&q=",
        "/api/organizations?showFeatured=1",
    ] {
        assert_eq!(
            send(server.addr(), &format!("GET {good}"), &[KEY], "").status,
            200,
            "{good}"
        );
    }
}

#[test]
fn logto_lets_calls_without_credentials_through_where_it_was_told_to() {
    let server = MockServer::builder().anonymous(Anonymous::Logto).start().unwrap();
    assert_eq!(send(server.addr(), "GET /api/organizations", &[], "").status, 200);
    assert_eq!(
        send(
            server.addr(),
            "GET /api/organizations",
            &[("authorization", "Basic x")],
            ""
        )
        .status,
        401
    );
    assert_eq!(
        send(
            server.addr(),
            "GET /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
            &[],
            ""
        )
        .status,
        401
    );
}

#[test]
fn what_is_wrong_with_a_token_is_told_before_anything_else() {
    let server = MockServer::start().unwrap();
    let unauthorized = |found: &str| {
        [
            ("/code", json!("auth.unauthorized")),
            ("/data/code", json!(found)),
        ]
    };
    for (token, status, members) in [
        (
            "mock-token-without-scope",
            403,
            vec![("/code", json!("auth.forbidden"))],
        ),
        (
            "mock-token-without-subject",
            401,
            vec![("/code", json!("auth.jwt_sub_missing"))],
        ),
        (
            "mock-token-expired",
            401,
            unauthorized("ERR_JWT_EXPIRED").to_vec(),
        ),
        (
            "mock-token-revoked",
            401,
            unauthorized("ERR_JWS_SIGNATURE_VERIFICATION_FAILED").to_vec(),
        ),
        ("mock-token-none", 401, unauthorized("ERR_JWS_INVALID").to_vec()),
    ] {
        let header = format!("Bearer {token}");
        let headers = [("authorization", header.as_str()), JSON];
        for request in [
            "PUT /api/organizations/%20/users",
            "GET /api/organizations/nosuchorg/users?page=0",
        ] {
            check(&server, &case(request, &headers, "{", status, &members));
        }
    }
}

#[test]
fn a_plan_without_organizations_refuses_what_makes_or_replaces_something() {
    let text = "{ extends: true, logto: { organizations_enabled: false } }".to_owned();
    let name = "plan".to_owned();
    let server = MockServer::builder()
        .fixtures(Given::Text { name, text })
        .start()
        .unwrap();
    let exceeded = [("/code", json!("subscription.limit_exceeded"))];
    for request in [
        "POST /api/organizations",
        "PUT /api/organizations/acme00000001/users/erin00000005/roles",
    ] {
        check(&server, &case(request, &[KEY, JSON], "{", 403, &exceeded));
    }
    for (request, body) in [
        ("GET /api/organizations", ""),
        ("PATCH /api/organizations/acme00000001", r#"{"name":"A"}"#),
    ] {
        check(&server, &case(request, &[KEY, JSON], body, 200, &[]));
    }
}

#[test]
fn every_operation_of_logto_answers_its_success() {
    let server = MockServer::start().unwrap();
    let acme = "/api/organizations/acme00000001";
    for (request, body, status) in [
        ("GET /api/organizations".to_owned(), "", 200),
        ("POST /api/organizations".to_owned(), r#"{"name":"n"}"#, 201),
        (format!("GET {acme}"), "", 200),
        (format!("PATCH {acme}"), r#"{"name":"n"}"#, 200),
        (format!("GET {acme}/users"), "", 200),
        (
            format!("POST {acme}/users"),
            r#"{"userIds":["erin00000005"]}"#,
            201,
        ),
        (
            format!("POST {acme}/users/roles"),
            r#"{"userIds":["erin00000005"],"organizationRoleIds":["role_admin_0000000001"]}"#,
            201,
        ),
        (format!("GET {acme}/users/erin00000005/roles"), "", 200),
        (
            format!("POST {acme}/users/erin00000005/roles"),
            r#"{"organizationRoleIds":["role_viewer_000000003"]}"#,
            201,
        ),
        (
            format!("DELETE {acme}/users/erin00000005/roles/role_viewer_000000003"),
            "",
            204,
        ),
        (
            format!("PUT {acme}/users/erin00000005/roles"),
            r#"{"organizationRoleIds":[]}"#,
            204,
        ),
        (format!("DELETE {acme}/users/erin00000005"), "", 204),
        (format!("PUT {acme}/users"), r#"{"userIds":[]}"#, 204),
        (format!("DELETE {acme}"), "", 204),
    ] {
        let reply = send(server.addr(), &request, &[KEY, JSON], body);
        assert_eq!(reply.status, status, "{request}: {}", reply.body);
    }
    assert_eq!(server.undocumented(), 0);
}
