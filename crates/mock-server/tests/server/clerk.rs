//! Clerk's refusals of requests that do not reach an operation: statuses, codes, shapes and their order.

use mock_server::MockServer;
use serde_json::json;

use crate::case::{JSON, KEY, case, check};
use crate::client::send;

#[test]
fn clerk_refuses_in_its_envelope() {
    let server = MockServer::start().unwrap();
    let code = |code: &str| ("/errors/0/code", json!(code));
    let field = |field: &str| ("/errors/0/meta/param_name", json!(field));
    let post = "POST /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships";
    let list = "GET /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships";
    let metadata = "PATCH /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships/user_29w85KF5ZR3qa7yEeeby3abP3E2/metadata";
    let patch = "PATCH /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships/user_29w85KF5ZR3qa7yEeeby3abP3E2";
    let long = "x".repeat(1024 * 1024 + 1);
    for one in [
        case(list, &[], "", 401, &[code("authorization_header_format_invalid")]),
        case(
            list,
            &[("authorization", "Basic abc")],
            "",
            401,
            &[code("authorization_header_format_invalid")],
        ),
        case("GET /v1/nothing", &[], "", 401, &[]),
        case("GET /v1/nothing", &[KEY], "", 404, &[code("resource_not_found")]),
        case(
            "PUT /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
            &[],
            "",
            401,
            &[],
        ),
        case(
            "PUT /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
            &[KEY],
            "",
            405,
            &[],
        ),
        case(
            &format!("{list}?limit=501"),
            &[KEY],
            "",
            422,
            &[
                code("form_param_value_invalid"),
                field("limit"),
                (
                    "/errors/0/long_message",
                    json!("501 is not a value that limit can take."),
                ),
            ],
        ),
        case(
            &format!("{list}?limit=abc&offset=-1"),
            &[KEY],
            "",
            422,
            &[
                field("limit"),
                ("/errors/1/meta/param_name", json!("offset")),
                (
                    "/errors/1/long_message",
                    json!("-1 is not a value that offset can take."),
                ),
            ],
        ),
        case(&format!("{list}?limit=2.5"), &[KEY], "", 422, &[field("limit")]),
        case(&format!("{list}?limit="), &[KEY], "", 422, &[field("limit")]),
        case(
            &format!("{list}?order_by=age"),
            &[KEY],
            "",
            422,
            &[field("order_by")],
        ),
        case(post, &[KEY], "", 400, &[code("request_body_invalid")]),
        case(
            post,
            &[KEY, JSON],
            "{\"user_id\":",
            400,
            &[code("request_body_invalid")],
        ),
        case(post, &[KEY, JSON], "[1]", 400, &[code("request_body_invalid")]),
        case(post, &[KEY, JSON], &long, 400, &[code("request_body_invalid")]),
        case(
            post,
            &[KEY],
            "{}",
            422,
            &[
                code("form_param_missing"),
                field("user_id"),
                ("/errors/1/meta/param_name", json!("role")),
            ],
        ),
        case(
            post,
            &[KEY, JSON],
            r#"{"user_id":5,"role":""}"#,
            422,
            &[
                code("form_param_value_invalid"),
                (
                    "/errors/0/long_message",
                    json!("A string is expected for user_id, but a number was sent."),
                ),
                ("/errors/1/code", json!("form_param_missing")),
            ],
        ),
        case(
            patch,
            &[KEY, JSON],
            r#"{"role":null}"#,
            422,
            &[code("form_param_missing"), field("role")],
        ),
        case(
            metadata,
            &[KEY, JSON],
            r#"{"unsafe_metadata":{}}"#,
            422,
            &[code("form_param_unknown"), field("unsafe_metadata")],
        ),
        case(
            metadata,
            &[KEY, JSON],
            r#"{"public_metadata":null}"#,
            422,
            &[
                code("form_param_value_invalid"),
                (
                    "/errors/0/long_message",
                    json!("A JSON object is expected for public_metadata."),
                ),
            ],
        ),
    ] {
        let reply = check(&server, &one);
        let trace = reply.json()["clerk_trace_id"].as_str().unwrap().to_owned();
        assert_eq!(
            (trace.len(), reply.header("clerk-trace-id")),
            (32, Some(trace.as_str()))
        );
        assert_eq!(reply.header("x-clerk-trace-id"), Some(trace.as_str()));
    }
    for good in [
        "limit=10.0",
        "order_by=+created_at",
        "order_by=-email_address&order_by=age",
        "offset=0",
    ] {
        let reply = send(server.addr(), &format!("{list}?{good}"), &[KEY], "");
        assert_eq!(reply.status, 200, "{good}: {}", reply.body);
        assert!(reply.header("clerk-trace-id").is_some());
    }
}

#[test]
fn clerk_names_the_methods_a_path_takes() {
    let server = MockServer::start().unwrap();
    let reply = send(
        server.addr(),
        "PUT /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
        &[KEY],
        "",
    );
    assert_eq!(reply.header("allow"), Some("GET, HEAD, POST"));
}
