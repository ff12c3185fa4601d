use std::thread;

use mock_server::MockServer;
use serde_json::{Value, json};

use super::{CREATE, LIST, MEMBERSHIPS, add, call, counts, organizations, with};
use crate::case::KEY;
use crate::client::send;

/// An answer that no API gives.
const ODD: u16 = 599;

fn odd(calls: &Value) -> Value {
    json!({ "match": calls, "effect": { "kind": "raw", "status": ODD } })
}

#[test]
fn a_fault_is_about_the_calls_that_all_it_names_holds_for() {
    let members = "GET /orgs/o/members";
    let header = json!({ "headers": { "X-Run": "a-*", "accept": "*" } });
    for (calls, matching, others) in [
        (
            json!({}),
            &[
                LIST,
                CREATE,
                MEMBERSHIPS,
                members,
                "GET /api/organizations/o/nothing",
                "PUT /v1/nothing",
            ][..],
            &["GET /", "GET /nothing"][..],
        ),
        (
            json!({ "api": "clerk" }),
            &[MEMBERSHIPS, "GET /v1/nothing", "GET /clerk/v1/x"],
            &[LIST, members],
        ),
        (
            json!({ "operation": "api_organizations_get" }),
            &[LIST, "HEAD /api/organizations", "GET /logto/api/organizations"],
            &[
                CREATE,
                "GET /api/organizations/o",
                "GET /api/organizations/o/nothing",
            ],
        ),
        (json!({ "operation": "list_organizations" }), &[LIST], &[CREATE]),
        (
            json!({ "operation": "ListOrganizationMemberships" }),
            &[MEMBERSHIPS, "GET /v0/organizations/o/membership"],
            &[LIST],
        ),
        (
            json!({ "operation": "ListOrganizationMemberships", "api": "whylabs" }),
            &["GET /v0/organizations/o/membership"],
            &[MEMBERSHIPS],
        ),
        (
            json!({ "method": "POST" }),
            &[CREATE, "POST /v1/nothing"],
            &[LIST],
        ),
        (
            json!({ "method": "HEAD", "operation": "getMembers" }),
            &["HEAD /orgs/o/members"],
            &[members],
        ),
        (
            json!({ "path": "/v1/organizations/*/memberships" }),
            &[
                MEMBERSHIPS,
                "GET /clerk/v1/organizations/o/memberships",
                "GET /w/default/v1/organizations/o/memberships",
            ],
            &["GET /v1/organizations/o/memberships/u", LIST],
        ),
        (
            json!({ "path": "/v1/**" }),
            &[MEMBERSHIPS, "GET /v1/x?y=/z"],
            &[LIST],
        ),
        (
            json!({ "path": "/oidc/token", "method": "POST", "api": "logto" }),
            &["POST /oidc/token", "POST /logto/oidc/token"],
            &["GET /oidc/token"],
        ),
        (
            json!({ "path": "/login/sessions/sso" }),
            &["GET /login/sessions/sso?otp=x"],
            &[members],
        ),
        (header, &[], &[LIST]),
    ] {
        let (server, id) = with(&odd(&calls));
        for request in matching {
            assert_eq!(call(&server, request).status, ODD, "{calls} {request}");
        }
        for request in others {
            assert_ne!(call(&server, request).status, ODD, "{calls} {request}");
        }
        let matched = i64::try_from(matching.len()).unwrap();
        assert_eq!(counts(&server, &id), (matched, matched), "{calls}");
    }
}

#[test]
fn of_a_header_that_is_there_several_times_one_value_has_to_match() {
    let (server, _) = with(&odd(&json!({ "headers": { "X-Run": "a-*", "accept": "*" } })));
    let status = |headers: &[(&str, &str)]| send(server.addr(), LIST, headers, "").status;
    assert_eq!(
        status(&[("x-run", "b-1"), ("x-run", "a-1"), ("accept", "*/*")]),
        ODD
    );
    for headers in [
        &[("x-run", "a-1")][..],
        &[("x-run", "A-1"), ("accept", "*/*")],
        &[("x-run", "b-a-1"), ("accept", "*/*")],
    ] {
        assert_eq!(status(headers), 401, "{headers:?}");
    }
}

#[test]
fn the_newest_fault_that_takes_effect_is_the_only_one() {
    let server = MockServer::start().unwrap();
    let fault =
        |status: u16, calls: Value| json!({ "match": calls, "effect": { "kind": "raw", "status": status } });
    let oldest = add(&server, &fault(501, json!({})));
    let middle = add(&server, &fault(502, json!({ "times": 1 })));
    let newest = add(&server, &fault(503, json!({ "nth": 2, "times": 1 })));
    let statuses: Vec<_> = (0..4).map(|_| call(&server, LIST).status).collect();
    assert_eq!(statuses, [502, 503, 501, 501]);
    assert_eq!(counts(&server, &newest), (4, 1));
    assert_eq!(counts(&server, &middle), (3, 1));
    assert_eq!(counts(&server, &oldest), (2, 2));
}

#[test]
fn a_fault_takes_effect_from_the_nth_call_on_and_so_many_times() {
    let (server, id) = with(&odd(
        &json!({ "operation": "list_organizations", "nth": 3, "times": 2 }),
    ));
    let statuses: Vec<_> = (0..6)
        .map(|_| {
            call(&server, MEMBERSHIPS);
            call(&server, LIST).status
        })
        .collect();
    assert_eq!(statuses, [200, 200, ODD, ODD, 200, 200]);
    assert_eq!(counts(&server, &id), (6, 2));
}

#[test]
fn of_calls_at_one_time_a_fault_takes_effect_on_exactly_so_many() {
    let (server, id) = with(&odd(&json!({ "nth": 5, "times": 17 })));
    let statuses: Vec<_> = thread::scope(|scope| {
        let calls: Vec<_> = (0..64)
            .map(|_| scope.spawn(|| call(&server, LIST).status))
            .collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == ODD).count(), 17);
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 47);
    assert_eq!(counts(&server, &id), (64, 17));
}

#[test]
fn what_is_left_to_chance_repeats_with_the_seed() {
    let run = |seed, faults: usize| -> Vec<bool> {
        let server = MockServer::builder().seed(seed).start().unwrap();
        for _ in 0..faults {
            add(&server, &odd(&json!({ "probability": 0.5 })));
        }
        (0..40).map(|_| call(&server, LIST).status == ODD).collect()
    };
    let first = run(7, 1);
    let hits = first.iter().filter(|hit| **hit).count();
    assert!((8..=32).contains(&hits), "{first:?}");
    assert_eq!(first, run(7, 1));
    assert_ne!(first, run(8, 1));
    // A second fault has draws of its own: together they hit more calls than one.
    assert!(run(7, 2).iter().filter(|hit| **hit).count() > hits);
}

#[test]
fn a_call_with_an_answer_forced_is_no_match() {
    let (server, id) = with(&odd(&json!({})));
    let forced = send(server.addr(), LIST, &[KEY, ("prefer", "code=403")], "");
    assert_eq!(forced.status, 403);
    assert_eq!(counts(&server, &id), (0, 0));
    // Without an operation nothing can be forced.
    assert_eq!(
        send(
            server.addr(),
            "GET /api/organizations/o/nothing",
            &[KEY, ("prefer", "code=403")],
            ""
        )
        .status,
        ODD
    );
}

#[test]
fn an_answer_in_the_apis_place_changes_nothing_and_asks_for_no_credential() {
    let (server, _) = with(&odd(&json!({})));
    let before = organizations(&server);
    assert_eq!(call(&server, CREATE).status, ODD);
    assert_eq!(send(server.addr(), CREATE, &[], "").status, ODD);
    assert_eq!(organizations(&server), before);
}
