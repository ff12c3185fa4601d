//! What the vendors would have told the world, read from outside.

use mock_server::MockServer;
use serde_json::{Value, json};

use crate::acme::{GUS, MEMBERS, WITH_GUS};
use crate::case::{JSON, KEY, case, check};
use crate::client::send;
use crate::control::steer;

#[test]
fn events_are_told_as_the_vendors_write_them() {
    let server = MockServer::start().unwrap();
    let addr = server.addr();
    let whylabs = (
        "x-api-key",
        "RollcallK1.RollcallMockServerAnyKeyOfThisFormxxxxxxxxxxxxxxxxxxx",
    );
    let logto = ("authorization", "Bearer mock-token");
    assert_eq!(
        send(addr, &format!("POST /w/a{MEMBERS}"), &[KEY, JSON], WITH_GUS).status,
        200
    );
    let add = "POST /w/a/v0/organizations/org-123/membership?email=user@whylabs.ai&role=ADMIN";
    assert_eq!(send(addr, add, &[whylabs], "").status, 200);
    let users = r#"{"userIds":["erin00000005"]}"#;
    let add = "POST /w/a/api/organizations/globex000002/users";
    assert_eq!(send(addr, add, &[logto, JSON], users).status, 201);
    let invite = r#"{"email":"zed@x.test","name":"Zed","roles":["Support"]}"#;
    let add = "POST /w/a/orgs/c2d94473-b911-4f5f-bc9c-77efd52d8f8f/invites";
    assert_eq!(send(addr, add, &[logto, JSON], invite).status, 201);
    check(
        &server,
        &case(
            "GET /_mock/worlds/a/outbox",
            &[],
            "",
            200,
            &[
                ("/events/0/number", json!(1)),
                ("/events/0/api", json!("clerk")),
                ("/events/0/name", json!("organizationMembership.created")),
                ("/events/0/data/object", json!("organization_membership")),
                (
                    "/events/0/data/public_user_data/identifier",
                    json!("gus@example.com"),
                ),
                ("/events/1/api", json!("whylabs")),
                ("/events/1/data/userEmail", json!("user@whylabs.ai")),
                ("/events/1/data/createdBy", json!("RollcallK1")),
                ("/events/2/name", json!("Organization.Membership.Updated")),
                ("/events/2/data/addedUserIds", json!(["erin00000005"])),
                ("/events/3/api", json!("enhance")),
                ("/events/3/data/to", json!("zed@x.test")),
            ],
        ),
    );
    let numbers = |query: &str| -> Vec<i64> {
        let listed = steer(
            &server,
            &format!("GET /_mock/worlds/a/outbox{query}"),
            &Value::Null,
        )
        .json();
        let events = listed["events"].as_array().unwrap();
        events
            .iter()
            .map(|event| event["number"].as_i64().unwrap())
            .collect()
    };
    assert_eq!(numbers("?after=2"), [3, 4]);
    assert_eq!(numbers("?api=logto"), [3]);
    let state = steer(&server, "GET /_mock/worlds/a/state", &Value::Null).json();
    assert_eq!(
        steer(&server, "PATCH /_mock/worlds/a/state", &json!({})).status,
        204
    );
    assert_eq!(numbers(""), [1, 2, 3, 4]);
    assert_eq!(steer(&server, "PUT /_mock/worlds/a/state", &state).status, 204);
    assert!(numbers("").is_empty());
    assert_eq!(
        send(addr, &format!("DELETE /w/a{MEMBERS}/{GUS}"), &[KEY], "").status,
        200
    );
    assert_eq!(numbers(""), [5], "numbers go on");
}
