//! `/_mock/worlds/{world}/requests`: what was called, without the secrets in it.

use std::thread;
use std::time::Duration;

use mock_server::{Limits, MockServer};
use serde_json::{Value, json};

use crate::acme::MEMBERS;
use crate::case::{JSON, KEY};
use crate::client::send;
use crate::verification::verify;

const LIST: &str = "/_mock/worlds/default/requests";

pub(crate) fn get(server: &MockServer, path: &str) -> Value {
    let reply = send(server.addr(), &format!("GET {path}"), &[], "");
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    reply.json()
}

fn numbers(list: &Value) -> Vec<i64> {
    let requests = list["requests"].as_array().unwrap();
    requests
        .iter()
        .map(|request| request["number"].as_i64().unwrap())
        .collect()
}

#[test]
fn a_request_is_shown_with_its_answer_and_without_its_secrets() {
    let server = MockServer::builder()
        .clock("2026-01-01T00:00:00Z".parse().unwrap())
        .start()
        .unwrap();
    let path = format!("POST /clerk{MEMBERS}?x=1");
    let body = r#"{"user_id": "nobody", "role": "org:member", "password": "Sesame-1"}"#;
    send(server.addr(), &path, &[KEY, JSON], body);
    let list = get(&server, LIST);
    let request = &list["requests"][0];
    for (pointer, expected) in [
        ("/number", json!(1)),
        ("/at", json!("2026-01-01T00:00:00Z")),
        ("/api", json!("clerk")),
        ("/operation", json!("CreateOrganizationMembership")),
        ("/method", json!("POST")),
        ("/path", json!(MEMBERS)),
        ("/query", json!("x=1")),
        ("/body/json/role", json!("org:member")),
        ("/body/json/password", json!("…")),
        ("/body/truncated", json!(false)),
        ("/body/bytes", json!(body.len())),
        ("/answered_by", json!("api")),
        ("/documented", json!(true)),
    ] {
        assert_eq!(request.pointer(pointer), Some(&expected), "{pointer}: {request}");
    }
    let headers = request["headers"].as_array().unwrap();
    assert!(
        headers.contains(&json!({ "name": "authorization", "value": "Bearer …" })),
        "{request}"
    );
    assert!(
        request.pointer("/response/body/json/errors/0/code").is_some(),
        "{request}"
    );
    assert!(!list.to_string().contains("Sesame-1") && !list.to_string().contains("sk_test_rollcall"));
    assert_eq!((&list["last"], &list["dropped"]), (&json!(1), &json!(0)));
}

#[test]
fn requests_are_found_by_api_operation_status_path_and_number() {
    let server = MockServer::start().unwrap();
    let addr = server.addr();
    send(addr, &format!("GET {MEMBERS}"), &[KEY], "");
    send(addr, &format!("GET {MEMBERS}"), &[], "");
    send(
        addr,
        "GET /api/organizations",
        &[("authorization", "Bearer mock-token")],
        "",
    );
    send(addr, "GET /nowhere", &[], "");
    for (query, expected) in [
        ("", vec![1, 2, 3, 4]),
        ("?api=clerk", vec![1, 2]),
        ("?operation=ListOrganizationMemberships", vec![1, 2]),
        ("?operation=list_organizations", vec![3]),
        ("?status=401", vec![2]),
        ("?path=/v1/organizations/*/memberships&after=1", vec![2]),
        ("?path=/**", vec![1, 2, 3, 4]),
        ("?path=/*", vec![4]),
        ("?api=enhance", vec![]),
    ] {
        assert_eq!(
            numbers(&get(&server, &format!("{LIST}{query}"))),
            expected,
            "{query}"
        );
    }
    assert_eq!(numbers(&get(&server, "/_mock/worlds/other/requests")), [0_i64; 0]);
}

#[test]
fn what_cannot_be_asked_for_is_told_with_its_place() {
    let server = MockServer::start().unwrap();
    for (query, pointer) in [
        ("?operation=ListOrganizationMembership", "/operation"),
        ("?api=stripe", "/api"),
        ("?status=99", "/status"),
        ("?after=-1", "/after"),
    ] {
        let refused = send(server.addr(), &format!("GET {LIST}{query}"), &[], "");
        assert_eq!(refused.status, 400, "{query}");
        assert_eq!(refused.header("content-type"), Some("application/problem+json"));
        assert_eq!(
            refused.json().pointer("/errors/0/pointer"),
            Some(&json!(pointer)),
            "{}",
            refused.body
        );
        assert_eq!(
            refused.json().pointer("/errors/0/part"),
            Some(&json!("query")),
            "{}",
            refused.body
        );
    }
    let misspelt = send(
        server.addr(),
        &format!("GET {LIST}?operation=ListOrganizationMembership"),
        &[],
        "",
    );
    assert!(
        misspelt.body.contains("ListOrganizationMemberships"),
        "{}",
        misspelt.body
    );
    let world = send(server.addr(), "GET /_mock/worlds/a%20b/requests", &[], "");
    assert_eq!(world.status, 400, "{}", world.body);
}

#[test]
fn a_whole_number_that_is_too_large_is_told_as_one() {
    let server = MockServer::start().unwrap();
    for (query, expected) in [
        ("after=99999999999999999999", "must be a valid int64, and is "),
        ("after=-99999999999999999999", "must be at least 0, and is "),
        ("status=99999999999999999999", "must be at most 599, and is "),
    ] {
        let refused = send(server.addr(), &format!("GET {LIST}?{query}"), &[], "").json();
        let detail = refused["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.starts_with(expected), "{query}: {refused}");
    }
}

#[test]
fn requests_are_forgotten_and_their_numbers_are_not_given_again() {
    let server = MockServer::start().unwrap();
    send(server.addr(), "GET /nowhere", &[], "");
    let forgotten = send(server.addr(), &format!("DELETE {LIST}"), &[], "");
    assert_eq!((forgotten.status, &*forgotten.body), (204, ""));
    let list = get(&server, LIST);
    assert_eq!((numbers(&list), &list["last"]), (vec![], &json!(1)));
    send(server.addr(), "GET /nowhere", &[], "");
    assert_eq!(numbers(&get(&server, LIST)), [2]);
}

#[test]
fn no_secret_of_a_login_or_a_token_is_shown() {
    let server = MockServer::start().unwrap();
    let form = ("content-type", "application/x-www-form-urlencoded");
    let asked = "grant_type=client_credentials&client_id=mock-app&client_secret=mock-app-secret\
                 &resource=https%3A%2F%2Fdefault.logto.app%2Fapi&scope=all";
    let issued = send(server.addr(), "POST /oidc/token", &[form], asked);
    assert_eq!(issued.status, 200, "{}", issued.body);
    let token = issued.json()["access_token"].as_str().unwrap().to_owned();
    let organization = "c2d94473-b911-4f5f-bc9c-77efd52d8f8f";
    let enhance = ("authorization", "Bearer mock-token");
    let refused = send(
        server.addr(),
        "POST /invites/an-invitation-key",
        &[JSON, ("cookie", "id0=a-session-of-nobody")],
        r#"{"email": "new@customer.test", "password": "Sesame-1"}"#,
    );
    assert!(refused.status >= 400, "{}", refused.body);
    send(
        server.addr(),
        "GET /login/sessions/sso?otp=one-time-password",
        &[],
        "",
    );
    let made = send(
        server.addr(),
        &format!("POST /orgs/{organization}/access_tokens"),
        &[enhance, JSON],
        r#"{"roles": ["SuperAdmin"]}"#,
    );
    let list = get(&server, LIST).to_string();
    let made = made.json()["unencryptedToken"].as_str().unwrap().to_owned();
    let secrets = [
        "mock-app-secret",
        &token,
        "an-invitation-key",
        "a-session-of-nobody",
        "Sesame-1",
        "one-time-password",
        &made,
    ];
    for secret in secrets {
        assert!(!list.contains(secret), "{secret} in {list}");
    }
    assert!(list.contains("client_id=mock-app&client_secret=…"), "{list}");
    assert!(list.contains("id0=…"), "{list}");
}

#[test]
fn an_answer_to_head_is_shown_without_the_body_that_is_not_sent() {
    let server = MockServer::start().unwrap();
    let addr = server.addr();
    let fault =
        r#"{"match": {"path": "/v1/raw"}, "effect": {"kind": "raw", "status": 502, "body": "hello"}}"#;
    let made = send(addr, "POST /_mock/worlds/default/faults", &[JSON], fault);
    assert_eq!(made.status, 201, "{}", made.body);
    let forced = ("prefer", "code=401");
    let requests = [
        (format!("HEAD {MEMBERS}"), &[KEY][..]),
        (format!("HEAD {MEMBERS}"), &[KEY, forced]),
        ("HEAD /v1/raw".to_owned(), &[KEY]),
        ("HEAD /v1/nothing".to_owned(), &[KEY]),
        ("HEAD /nowhere".to_owned(), &[]),
    ];
    for (request, headers) in &requests {
        let reply = send(addr, request, headers, "");
        assert_eq!(reply.body, "", "{request}");
    }
    let list = get(&server, LIST);
    let shown = list["requests"].as_array().unwrap();
    assert_eq!(shown.len(), requests.len());
    for request in shown {
        assert!(request["response"]["status"].is_number(), "{request}");
        assert_eq!(request["response"].get("body"), None, "{request}");
    }
}

#[test]
fn a_journal_says_how_many_requests_it_no_longer_has() {
    let limits = Limits {
        journal_requests: 2,
        ..Limits::default()
    };
    let server = MockServer::builder().limits(limits).start().unwrap();
    for _ in 0..3 {
        send(server.addr(), "GET /nowhere", &[], "");
    }
    let list = get(&server, LIST);
    assert_eq!((numbers(&list), &list["dropped"]), (vec![2, 3], &json!(1)));
}

#[test]
fn where_all_journals_are_full_the_world_called_longest_ago_gives_way_and_says_so() {
    let limits = Limits {
        all_journals_bytes: 14_000,
        ..Limits::default()
    };
    let server = MockServer::builder().limits(limits).start().unwrap();
    let call = |world: &str| send(server.addr(), &format!("GET /w/{world}/nowhere"), &[], "");
    let journal = |world: &str| get(&server, &format!("/_mock/worlds/{world}/requests"));
    for _ in 0..5 {
        call("done");
    }
    assert_eq!(journal("done")["dropped"], json!(0));
    for _ in 0..10 {
        call("running");
    }
    let (done, running) = (journal("done"), journal("running"));
    assert!(done["dropped"].as_i64().unwrap() > 0, "{done}");
    assert_eq!(numbers(&running), (1..=10).collect::<Vec<_>>(), "{running}");
    for _ in 0..40 {
        call("running");
    }
    let (done, running) = (journal("done"), journal("running"));
    assert_eq!((numbers(&done), &done["dropped"]), (vec![], &json!(5)));
    assert!(running["dropped"].as_i64().unwrap() > 0);
    assert_eq!(numbers(&running).last(), Some(&50));
}

#[test]
fn a_path_that_no_request_can_have_is_refused() {
    let server = MockServer::start().unwrap();
    for path in [
        "v1/organizations/*/memberships",
        "/v1/organizations/*/memberships?limit=5",
    ] {
        let reply = verify(
            &server,
            &json!({ "expect": [{ "match": { "path": path, "operation": "listThings" }, "count": 0 }] }),
        );
        assert_eq!(reply.status, 400, "{}", reply.body);
        let errors = reply.json()["errors"].as_array().unwrap().clone();
        let pointers: Vec<_> = errors
            .iter()
            .map(|error| error["pointer"].as_str().unwrap())
            .collect();
        assert_eq!(pointers, ["/expect/0/match/operation", "/expect/0/match/path"]);
    }
    let listed = send(
        server.addr(),
        "GET /_mock/worlds/default/requests?path=v1/organizations",
        &[],
        "",
    );
    assert_eq!(listed.status, 400, "{}", listed.body);
    let error = listed.json()["errors"][0].clone();
    assert_eq!(
        (&error["part"], &error["pointer"]),
        (&json!("query"), &json!("/path"))
    );
}

#[test]
fn whoever_asks_for_what_ended_after_the_last_request_misses_none_that_came_before_it() {
    let server = MockServer::start().unwrap();
    let fault = json!({ "match": { "method": "POST" }, "delay": { "milliseconds": 300 } });
    let add = "POST /_mock/worlds/default/faults";
    assert_eq!(send(server.addr(), add, &[JSON], &fault.to_string()).status, 201);
    thread::scope(|scope| {
        let late = scope.spawn(|| send(server.addr(), &format!("POST {MEMBERS}"), &[KEY, JSON], "{}"));
        while server.world().request_count() == 0 {
            thread::sleep(Duration::from_millis(2));
        }
        send(server.addr(), &format!("GET {MEMBERS}"), &[KEY], "");
        let first = get(&server, LIST);
        assert_eq!((numbers(&first), &first["last"]), (vec![1], &json!(1)));
        late.join().unwrap();
    });
    let rest = get(&server, &format!("{LIST}?after=1"));
    assert_eq!(
        (numbers(&rest), &rest["requests"][0]["method"]),
        (vec![2], &json!("POST"))
    );
    let create = json!({ "match": { "operation": "CreateOrganizationMembership" }, "count": 1 });
    let after = verify(&server, &json!({ "expect": [create], "after": 1 }));
    assert_eq!(after.status, 200, "{}", after.body);
    let list = json!({ "match": { "method": "GET" } });
    let create = json!({ "match": { "method": "POST" } });
    let in_order = verify(&server, &json!({ "expect": [create, list], "in_order": true }));
    assert_eq!(
        in_order.status, 200,
        "an order is that of coming: {}",
        in_order.body
    );
    let arrivals = get(&server, LIST)["requests"].as_array().unwrap().clone();
    let arrivals: Vec<_> = arrivals
        .iter()
        .map(|request| request["arrival"].as_i64().unwrap())
        .collect();
    assert_eq!(arrivals, [2, 1]);
    let other_way = verify(&server, &json!({ "expect": [list, create], "in_order": true }));
    assert_eq!(other_way.status, 409, "{}", other_way.body);
    let told = other_way.json()["detail"].as_str().unwrap().to_owned();
    assert!(
        told.contains("method POST, after request 1, before which request 2 came"),
        "{told}"
    );
}
