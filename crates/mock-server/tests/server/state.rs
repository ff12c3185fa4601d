//! The state of a world, read and written from outside.

use mock_server::{Limits, MockServer};
use serde_json::{Value, json};

use crate::case::{JSON, KEY};
use crate::client::send;
use crate::control::{pointers, steer};

const ACME: &str = "/v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships";
const GUS: &str = r#"{"user_id":"user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb","role":"org:member"}"#;
fn members(server: &MockServer, world: &str) -> Value {
    let reply = send(server.addr(), &format!("GET /w/{world}{ACME}"), &[KEY], "");
    reply.json()["total_count"].clone()
}

/// The pointers of what a refusal complains about.

#[test]
fn a_state_is_exported_replaced_and_merged() {
    let server = MockServer::start().unwrap();
    let state = "/_mock/worlds/a/state";
    let export = |server: &MockServer| steer(server, &format!("GET {state}"), &Value::Null).json();
    assert_eq!(
        send(server.addr(), &format!("POST /w/a{ACME}"), &[KEY, JSON], GUS).status,
        200
    );
    let before = export(&server);
    assert_eq!(before["ids_drawn"], json!(1));
    let zed = json!({ "clerk": { "users": [{ "id": "user_zed", "first_name": "Zed" }] } });
    assert_eq!(steer(&server, &format!("PATCH {state}"), &zed).status, 204);
    let merged = export(&server);
    assert_eq!(merged["ids_drawn"], json!(1));
    let users = |export: &Value| export["clerk"]["users"].as_array().unwrap().len();
    assert_eq!(users(&merged), users(&before) + 1);
    assert_eq!(members(&server, "a"), json!(15));
    assert_eq!(steer(&server, &format!("PUT {state}"), &zed).status, 204);
    assert_eq!(users(&export(&server)), 1);
    assert_eq!(steer(&server, &format!("PUT {state}"), &before).status, 204);
    assert_eq!(export(&server), before);
    assert_eq!(members(&server, "a"), json!(15));
}

#[test]
fn a_state_that_cannot_be_is_refused_whole_and_every_fault_is_pointed_at() {
    let server = MockServer::start().unwrap();
    let state = "/_mock/worlds/a/state";
    let before = steer(&server, &format!("GET {state}"), &Value::Null).body;
    let good = json!({ "id": "user_zed", "first_name": "Zed" });
    let dangling = json!({ "clerk": { "users": [good],
        "memberships": [{ "organization": "org_none", "user": "user_zed", "role": "org:admin" }] } });
    let twice = json!({ "clerk": { "users": [good, { "id": "user_zed" }] } });
    for method in ["PUT", "PATCH"] {
        let refused = steer(&server, &format!("{method} {state}"), &dangling);
        assert_eq!(refused.status, 400, "{refused:?}");
        assert_eq!(
            pointers(&refused),
            ["/clerk/memberships/0/organization"],
            "{refused:?}"
        );
        let refused = steer(&server, &format!("{method} {state}"), &twice);
        assert_eq!(pointers(&refused), ["/clerk/users/1/id"], "{refused:?}");
        let refused = steer(
            &server,
            &format!("{method} {state}"),
            &json!({ "clerk": [], "seed": "x" }),
        );
        assert_eq!(pointers(&refused), ["/seed", "/clerk"], "{refused:?}");
        let refused = send(
            server.addr(),
            &format!("{method} {state}"),
            &[("content-type", "application/yaml")],
            "clerk: {}",
        );
        assert_eq!(refused.status, 415, "{refused:?}");
    }
    assert_eq!(steer(&server, &format!("GET {state}"), &Value::Null).body, before);
}

#[test]
fn a_row_that_stands_in_the_way_of_one_that_is_there_is_the_one_to_blame() {
    let server = MockServer::start().unwrap();
    let state = "/_mock/worlds/a/state";
    let logto = |name: &str| json!({ "logto": { "organization_roles": [{ "id": "role_zed_00000000001", "name": name }] } });
    assert_eq!(
        steer(&server, &format!("PATCH {state}"), &logto("zed")).status,
        204
    );
    let first =
        json!({ "logto": { "organization_roles": [{ "id": "role_zoe_00000000001", "name": "zed" }] } });
    let refused = steer(&server, &format!("PATCH {state}"), &first);
    assert_eq!(
        pointers(&refused),
        ["/logto/organization_roles/0/name"],
        "{refused:?}"
    );
    // Here the row takes the place of an earlier one, so that the other one comes after it.
    let known = steer(&server, &format!("GET {state}"), &Value::Null).json();
    let earlier = known["logto"]["organization_roles"][0]["id"].clone();
    let replacing = json!({ "logto": { "organization_roles": [{ "id": earlier, "name": "zed" }] } });
    let refused = steer(&server, &format!("PATCH {state}"), &replacing);
    assert_eq!(
        pointers(&refused),
        ["/logto/organization_roles/0/name"],
        "{refused:?}"
    );
    assert!(
        refused
            .body
            .contains("the world as it is at /logto/organization_roles/"),
        "{refused:?}"
    );
}

#[test]
fn a_state_may_be_larger_than_the_bodies_of_the_apis_but_not_without_end() {
    let limits = Limits {
        body_bytes: 100,
        control_body_bytes: 1_000,
        ..Limits::default()
    };
    let server = MockServer::builder().limits(limits).start().unwrap();
    let rows = |count: usize| {
        let users: Vec<_> = (0..count)
            .map(|number| json!({ "id": format!("user_{number}") }))
            .collect();
        json!({ "clerk": { "users": users } })
    };
    let put = |count| steer(&server, "PUT /_mock/worlds/a/state", &rows(count)).status;
    assert_eq!((put(20), put(100)), (204, 413));
}
