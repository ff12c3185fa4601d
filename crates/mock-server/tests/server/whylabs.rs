//! WhyLabs' refusals of requests that do not reach an operation, and what it tells its mails.

use mock_server::MockServer;
use mock_server::world::Message;
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

#[test]
fn whylabs_tells_its_mails_of_members_who_were_added_and_of_nothing_else() {
    let server = MockServer::builder()
        .clock("2026-01-01T00:00:00Z".parse().unwrap())
        .start()
        .unwrap();
    let path = "/v0/organizations/org-123/membership?email=USER@whylabs.ai";
    for (request, status) in [
        (format!("POST {path}&role=ADMIN"), 200),
        (format!("POST {path}&role=ADMIN"), 400),
        (format!("PUT {path}&role=VIEWER"), 200),
        (format!("DELETE {path}"), 200),
        (format!("DELETE {path}"), 404),
    ] {
        let reply = send(server.addr(), &request, &[WHYLABS_KEY], "");
        assert_eq!(reply.status, status, "{request}: {}", reply.body);
    }
    let told = server.world().outbox();
    let [event] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(event.at, server.world().now());
    let Message::Whylabs(notification) = &event.message else {
        panic!("{event:?}")
    };
    let digest = "928e877226c67a07fcb2396a8ef97cb38761548f0413989aeb9016ccb3303cb5";
    assert_eq!(notification.org_id, "org-123");
    assert_eq!(notification.org_name, "Acme AI");
    assert_eq!(notification.user_id, format!("user-{digest}"));
    assert_eq!(notification.user_email, "user@whylabs.ai");
    assert_eq!(notification.created_by, "RollcallK1");
}

#[test]
fn whylabs_shows_no_key_it_knows() {
    let server = MockServer::start().unwrap();
    let everything = format!("{:?} {:?}", server.world(), server.world().export().whylabs);
    assert!(everything.contains("RollcallK1"));
    assert!(!everything.contains("RollcallMockServerAnyKeyOfThisForm"));
}
