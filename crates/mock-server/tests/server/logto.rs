//! Logto's refusals of requests that do not reach an operation: statuses, codes, shapes and their order.

use mock_server::{Anonymous, MockServer};
use serde_json::json;

use crate::case::{JSON, KEY, case, check};
use crate::client::send;

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
            &[("authorization", "Bearer ")],
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
