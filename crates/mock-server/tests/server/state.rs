//! The state of a world, read and written from outside.

use mock_server::{Limits, MockServer};
use serde_json::{Value, json};

use crate::acme::{add_gus, members};
use crate::client::send;
use crate::control::{pointers, steer};

#[test]
fn a_state_is_exported_replaced_and_merged() {
    let server = MockServer::start().unwrap();
    let state = "/_mock/worlds/a/state";
    let export = |server: &MockServer| steer(server, &format!("GET {state}"), &Value::Null).json();
    add_gus(server.addr(), "a");
    let before = export(&server);
    assert_eq!(before["ids_drawn"], json!(1));
    let zed = json!({ "clerk": { "users": [{ "id": "user_zed", "first_name": "Zed" }] } });
    assert_eq!(steer(&server, &format!("PATCH {state}"), &zed).status, 204);
    let merged = export(&server);
    assert_eq!(merged["ids_drawn"], json!(1));
    let users = |export: &Value| export["clerk"]["users"].as_array().unwrap().len();
    assert_eq!(users(&merged), users(&before) + 1);
    assert_eq!(members(server.addr(), "a"), json!(15));
    assert_eq!(steer(&server, &format!("PUT {state}"), &zed).status, 204);
    assert_eq!(users(&export(&server)), 1);
    assert_eq!(steer(&server, &format!("PUT {state}"), &before).status, 204);
    assert_eq!(export(&server), before);
    assert_eq!(members(server.addr(), "a"), json!(15));
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

#[test]
fn a_membership_of_nobody_in_nothing_is_told_of_both() {
    let server = MockServer::start().unwrap();
    let row = json!({ "organization": "org_none", "user": "user_none", "role": "org:admin" });
    let refused = steer(
        &server,
        "PATCH /_mock/worlds/a/state",
        &json!({ "clerk": { "memberships": [row] } }),
    );
    assert_eq!(
        pointers(&refused),
        ["/clerk/memberships/0/organization", "/clerk/memberships/0/user"]
    );
}

#[test]
fn where_not_all_that_is_wrong_is_told_that_is_said() {
    let server = MockServer::start().unwrap();
    for (rows, is_all) in [(99, true), (100, false), (150, false)] {
        let rows = vec![json!({ "id": "user_a", "nonsense": true }); rows];
        let state = json!({ "clerk": { "users": rows } });
        let refused = steer(&server, "PUT /_mock/worlds/a/state", &state);
        assert_eq!(pointers(&refused).len(), rows.len().min(100));
        let detail = refused.json()["detail"].as_str().unwrap().to_owned();
        assert_eq!(
            !detail.contains("There may be more: this ends at 100"),
            is_all,
            "{detail}"
        );
        let name = "rows".to_owned();
        let text = state.to_string();
        let given = mock_server::fixtures::Given::Text { name, text };
        let told = MockServer::builder().fixtures(given).start().unwrap_err();
        assert_eq!(!told.to_string().contains("this ends at 100"), is_all, "{told}");
    }
}

#[test]
fn json_of_any_kind_nests_no_deeper_than_every_reader_of_it_takes() {
    let server = MockServer::start().unwrap();
    let nested = |levels: usize| (1..levels).fold(json!({}), |value, _| json!({ "a": value }));
    for (of_levels, pointer) in [
        (
            &(|value| json!({ "clerk": { "organizations": [{ "id": "org_a", "public_metadata": value }] } }))
                as &dyn Fn(Value) -> Value,
            "/clerk/organizations/0/public_metadata",
        ),
        (
            &|value| json!({ "logto": { "users": [{ "id": "abcdefghijkl", "custom_data": value }] } }),
            "/logto/users/0/custom_data",
        ),
        (
            &|value| {
                json!({ "logto": { "users": [{ "id": "abcdefghijkl",
                    "identities": { "github": { "user_id": "1", "details": value } } }] } })
            },
            "/logto/users/0/identities",
        ),
    ] {
        for method in ["PUT", "PATCH"] {
            let put = |levels| {
                let request = format!("{method} /_mock/worlds/a/state");
                steer(&server, &request, &of_levels(nested(levels)))
            };
            assert_eq!(put(64).status, 204, "{pointer}");
            let refused = put(65);
            assert_eq!(refused.status, 400, "{pointer}");
            assert_eq!(pointers(&refused), [pointer]);
            assert!(
                refused.json()["errors"][0]["detail"]
                    .to_string()
                    .contains("deeper than 64 levels"),
                "{refused:?}"
            );
        }
    }
}

#[test]
fn a_clock_is_set_by_a_state_in_the_words_of_iso_8601_and_in_no_others() {
    let server = MockServer::start().unwrap();
    for method in ["PUT", "PATCH"] {
        let set = |clock: Value| {
            let request = format!("{method} /_mock/worlds/a/state");
            steer(&server, &request, &json!({ "clock": clock }))
        };
        for offset in ["PT90M", "P30D", "-PT1H"] {
            assert_eq!(set(json!({ "offset": offset })).status, 204, "{offset}");
        }
        assert_eq!(set(json!({ "frozen_at": "2026-01-01T00:00:00Z" })).status, 204);
        for (member, value, why) in [
            ("offset", "1 hour", "cannot be read"),
            ("offset", "90m", "cannot be read"),
            ("offset", "01:30:00", "cannot be read"),
            ("offset", "P1M", "months and years differ in length"),
            ("offset", "-P1Y", "months and years differ in length"),
            ("frozen_at", "2026-01-01", "date-time"),
            ("frozen_at", "2026-01-01T00:00Z", "date-time"),
            ("frozen_at", "2026-01-01T00:00:00Z[UTC]", "date-time"),
            (
                "frozen_at",
                "9999-12-31T00:00:00Z",
                "beyond the last time there is",
            ),
            (
                "frozen_at",
                "2026-01-01T00:00:00.1234567890Z",
                "more than 9 decimals",
            ),
        ] {
            let mut clock = serde_json::Map::new();
            clock.insert(member.to_owned(), json!(value));
            let refused = set(clock.into());
            assert_eq!(refused.status, 400, "{value}");
            assert_eq!(pointers(&refused), [format!("/clock/{member}")], "{value}");
            let detail = refused.json()["errors"][0]["detail"].to_string();
            assert!(detail.contains(why), "{detail}");
        }
    }
    assert_eq!(
        steer(&server, "GET /_mock/worlds/a/clock", &Value::Null).json()["now"],
        json!("2026-01-01T00:00:00Z")
    );
}
