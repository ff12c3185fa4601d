//! WhyLabs's refusals of requests that do not reach an operation: statuses, codes, shapes and their order.

use mock_server::MockServer;
use serde_json::json;

use crate::case::{case, check};
use crate::client::send;

const WHYLABS_KEY: (&str, &str) = (
    "x-api-key",
    "RollcallK1.RollcallMockServerAnyKeyOfThisFormxxxxxxxxxxxxxxxxxxx",
);

#[test]
fn whylabs_refuses_in_its_two_shapes() {
    let server = MockServer::start().unwrap();
    let kind = |kind: &str| ("/type", json!(kind));
    let path = "/v0/organizations/org-123/membership";
    let complaint = |text: &str| ("/_embedded/errors/0/message", json!(text));
    for one in [
        case(&format!("GET {path}"), &[], "", 401, &[kind("Unauthorized")]),
        case(
            &format!("GET {path}"),
            &[("x-api-key", "abc")],
            "",
            403,
            &[kind("Forbidden")],
        ),
        case(
            &format!("GET {path}"),
            &[("x-api-key", "")],
            "",
            403,
            &[kind("Forbidden")],
        ),
        case(&format!("POST {path}?role=OWNER"), &[], "", 401, &[]),
        case("GET /v0/nothing", &[], "", 401, &[]),
        case("GET /v0/nothing", &[("x-api-key", "abc")], "", 403, &[]),
        case(
            "GET /v0/nothing",
            &[WHYLABS_KEY],
            "",
            404,
            &[kind("ResourceNotFound")],
        ),
        case(&format!("PATCH {path}"), &[WHYLABS_KEY], "", 405, &[]),
        case(
            &format!("POST {path}?role=ADMIN"),
            &[WHYLABS_KEY],
            "",
            400,
            &[
                ("/message", json!("Bad Request")),
                complaint("The query parameter [email] is required but was not sent."),
                ("/_embedded/errors/0/path", json!("/email")),
                (
                    "/_links/self/href",
                    json!("/v0/organizations/org-123/membership?role=ADMIN"),
                ),
            ],
        ),
        case(
            &format!("POST {path}?email=&role=ADMIN"),
            &[WHYLABS_KEY],
            "",
            400,
            &[complaint(
                "The query parameter [email] is required but was not sent.",
            )],
        ),
        case(
            &format!("POST /whylabs{path}?email=a&role=OWNER"),
            &[WHYLABS_KEY],
            "",
            400,
            &[
                complaint("The query parameter [role] cannot take the value [OWNER]."),
                (
                    "/_links/self/href",
                    json!("/whylabs/v0/organizations/org-123/membership?email=a&role=OWNER"),
                ),
            ],
        ),
        case(
            &format!("POST {path}?email=a&role=ADMIN&set_default=maybe"),
            &[WHYLABS_KEY],
            "",
            400,
            &[complaint(
                "The query parameter [set_default] cannot take the value [maybe].",
            )],
        ),
    ] {
        check(&server, &one);
    }
    for value in ["True", "False", "None", "", "yes", "ON", "null"] {
        let request = format!("POST {path}?email=a&role=ADMIN&set_default={value}");
        assert_eq!(
            send(server.addr(), &request, &[WHYLABS_KEY], "").status,
            200,
            "{value}"
        );
    }
    assert_eq!(
        send(server.addr(), &format!("GET {path}/"), &[WHYLABS_KEY], "").status,
        200
    );
    let suffixed = format!("{}:org-123", WHYLABS_KEY.1);
    assert_eq!(
        send(
            server.addr(),
            &format!("GET {path}"),
            &[("x-api-key", &suffixed)],
            ""
        )
        .status,
        200
    );
}

#[test]
fn whylabs_keeps_the_id_a_caller_gives_its_request() {
    let server = MockServer::start().unwrap();
    let path = "GET /v0/organizations/o/membership";
    let given = send(server.addr(), path, &[("x-request-id", "mine")], "").json();
    assert_eq!(given["requestId"], json!("mine"));
    let made = send(server.addr(), path, &[], "").json();
    assert_eq!(made["requestId"].as_str().unwrap().len(), 36);
}
