//! `POST /_mock/worlds/{world}/requests/verify`: whether what was called is what was expected.

use std::io::Write as _;

use mock_server::{Limits, MockServer};
use serde_json::{Value, json};

use crate::acme::MEMBERS;
use crate::case::{JSON, KEY};
use crate::client::{Reply, connect, read_to_end, send};

pub(crate) fn verify(server: &MockServer, expected: &Value) -> Reply {
    let path = "POST /_mock/worlds/default/requests/verify";
    send(server.addr(), path, &[JSON], &expected.to_string())
}

/// A server that was asked for a list, then twice to add a member.
fn called() -> MockServer {
    let server = MockServer::start().unwrap();
    send(
        server.addr(),
        &format!("GET {MEMBERS}?limit=5&query=a%20b"),
        &[KEY],
        "",
    );
    for role in ["org:member", "org:admin"] {
        let body = json!({ "user_id": "nobody", "role": role, "password": "Sesame-1" });
        send(
            server.addr(),
            &format!("POST {MEMBERS}"),
            &[KEY, JSON],
            &body.to_string(),
        );
    }
    server
}

#[test]
fn what_was_called_meets_what_is_expected_of_it() {
    let server = called();
    for (expected, numbers) in [
        (
            json!({ "match": { "operation": "CreateOrganizationMembership", "api": "clerk" }, "count": 2 }),
            vec![2, 3],
        ),
        (
            json!({ "match": { "operation": "create_organization_membership" } }),
            vec![2, 3],
        ),
        (
            json!({ "match": { "body": { "role": "org:admin" } }, "count": 1 }),
            vec![3],
        ),
        (
            json!({ "match": { "body": { "password": "Sesame-1" } }, "at_least": 1, "at_most": 2 }),
            vec![2, 3],
        ),
        (
            json!({ "match": { "query": { "limit": "5", "query": "a *" } } }),
            vec![1],
        ),
        (
            json!({ "match": { "headers": { "Authorization": "Bearer sk_test_*" } }, "count": 3 }),
            vec![1, 2, 3],
        ),
        (
            json!({ "match": { "path": "/v1/organizations/*/memberships", "method": "GET", "status": 200 } }),
            vec![1],
        ),
        (json!({ "match": { "api": "enhance" }, "count": 0 }), vec![]),
        (json!({ "match": {}, "at_most": 3 }), vec![1, 2, 3]),
    ] {
        let reply = verify(&server, &json!({ "expect": [expected.clone()] }));
        assert_eq!(reply.status, 200, "{expected}: {}", reply.body);
        let found = json!({ "expectations": [{ "found": numbers.len(), "numbers": numbers }] });
        assert_eq!(reply.json(), found, "{expected}");
    }
    let after = verify(
        &server,
        &json!({ "expect": [{ "match": {}, "count": 1 }], "after": 2 }),
    );
    assert_eq!(after.status, 200, "{}", after.body);
}

#[test]
fn an_order_is_met_with_other_calls_in_between() {
    let server = called();
    let list = json!({ "match": { "method": "GET" } });
    let admin = json!({ "match": { "body": { "role": "org:admin" } } });
    let met = verify(&server, &json!({ "expect": [list, admin], "in_order": true }));
    assert_eq!(met.status, 200, "{}", met.body);
    assert_eq!(met.json().pointer("/expectations/1/numbers"), Some(&json!([3])));
    let unmet = verify(&server, &json!({ "expect": [admin, list], "in_order": true }));
    assert_eq!(unmet.status, 409, "{}", unmet.body);
    let told = unmet.json();
    assert_eq!(told.pointer("/unmet/0/expectation"), Some(&json!(1)));
    assert!(
        told["detail"].as_str().unwrap().contains("after request 3"),
        "{told}"
    );
}

#[test]
fn what_is_missed_is_told_with_what_came_nearest_and_no_secret() {
    let server = called();
    let expected = json!({
        "operation": "CreateOrganizationMembership",
        "headers": { "authorization": "Bearer another-key" },
        "body": { "role": "org:owner", "password": "Sesame-2" }
    });
    let reply = verify(&server, &json!({ "expect": [{ "match": expected, "count": 1 }] }));
    assert_eq!(reply.status, 409);
    assert_eq!(reply.header("content-type"), Some("application/problem+json"));
    let told = reply.json();
    let path = MEMBERS;
    assert_eq!(
        told["detail"].as_str().unwrap(),
        format!(
            r#"1 of 1 expectations not met, of 3 requests looked at.

expect[0]
  expected exactly once: operation CreateOrganizationMembership, header authorization: Bearer …, body {{"role":"org:owner","password":"…"}}
  found    0
  nearest
    #3 POST {path} → 404
      headers/authorization: expected Bearer …, found Bearer …, another
      body/role: expected "org:owner", found "org:admin"
      body/password: expected …, found …, another
    #2 POST {path} → 404
      headers/authorization: expected Bearer …, found Bearer …, another
      body/role: expected "org:owner", found "org:member"
      body/password: expected …, found …, another
    #1 GET {path}?limit=5&query=a%20b → 200
      operation: expected CreateOrganizationMembership, found ListOrganizationMemberships
      headers/authorization: expected Bearer …, found Bearer …, another
      body: expected {{"role":"org:owner","password":"…"}}, found nothing"#
        )
    );
    let nearest = json!({ "place": "body/role", "expected": "\"org:owner\"", "found": "\"org:admin\"" });
    assert_eq!(told.pointer("/unmet/0/nearest/0/differences/1"), Some(&nearest));
    for secret in ["Sesame", "another-key", "sk_test_rollcall"] {
        assert!(!reply.body.contains(secret), "{secret}: {}", reply.body);
    }
}

#[test]
fn too_many_calls_are_listed() {
    let server = called();
    let expected = json!({ "match": { "operation": "CreateOrganizationMembership" }, "at_most": 1 });
    let told = verify(&server, &json!({ "expect": [expected] })).json();
    assert_eq!(told.pointer("/unmet/0/numbers"), Some(&json!([2, 3])));
    assert_eq!(told.pointer("/unmet/0/nearest"), Some(&json!([])));
    let detail = told["detail"].as_str().unwrap();
    assert!(
        detail.contains("expected at most once") && detail.contains("#2 POST"),
        "{detail}"
    );
}

#[test]
fn what_makes_no_sense_is_refused_with_a_pointer() {
    let server = MockServer::start().unwrap();
    for (expected, pointer) in [
        (json!({ "expect": [] }), "/expect"),
        (
            json!({ "expect": [{ "match": { "operation": "Nothing" } }] }),
            "/expect/0/match/operation",
        ),
        (
            json!({ "expect": [{ "match": { "operation": "getMembers", "api": "clerk" } }] }),
            "/expect/0/match/operation",
        ),
        (
            json!({ "expect": [{ "match": {}, "count": 1, "at_least": 1 }] }),
            "/expect/0/count",
        ),
        (
            json!({ "expect": [{ "match": {} }, { "match": {}, "at_least": 2, "at_most": 1 }] }),
            "/expect/1/at_most",
        ),
        (
            json!({ "expect": [{ "match": {}, "at_most": 1 }], "in_order": true }),
            "/expect/0/at_most",
        ),
        (
            json!({ "expect": [{ "match": {}, "count": -1 }] }),
            "/expect/0/count",
        ),
        (
            json!({ "expect": [{ "match": { "verb": "GET" } }] }),
            "/expect/0/match/verb",
        ),
        (
            json!({ "expect": [{ "match": { "status": 99 } }] }),
            "/expect/0/match/status",
        ),
    ] {
        let reply = verify(&server, &expected);
        assert_eq!(reply.status, 400, "{expected}: {}", reply.body);
        assert_eq!(
            reply.json().pointer("/errors/0/pointer"),
            Some(&json!(pointer)),
            "{}",
            reply.body
        );
    }
}

#[test]
fn what_a_journal_no_longer_tells_is_not_taken_for_met() {
    let limits = Limits {
        journal_requests: 2,
        ..Limits::default()
    };
    let server = MockServer::builder().limits(limits).start().unwrap();
    for path in ["/a", "/b", "/c"] {
        send(server.addr(), &format!("GET {path}"), &[], "");
    }
    let expecting =
        |expectation: Value, after| verify(&server, &json!({ "expect": [expectation], "after": after }));
    for expectation in [
        json!({ "match": { "path": "/a" }, "count": 0 }),
        json!({ "match": {}, "count": 2 }),
        json!({ "match": {}, "at_most": 3 }),
        json!({ "match": { "path": "/a" } }),
    ] {
        let reply = expecting(expectation, 0);
        assert_eq!(reply.status, 409, "{}", reply.body);
        assert!(reply.body.contains("cannot be told"), "{}", reply.body);
    }
    assert_eq!(expecting(json!({ "match": {}, "at_least": 2 }), 0).status, 200);
    assert_eq!(expecting(json!({ "match": {}, "count": 2 }), 1).status, 200);
    let too_many = expecting(json!({ "match": {}, "at_most": 1 }), 0);
    assert!(
        too_many.status == 409 && !too_many.body.contains("cannot be told"),
        "{}",
        too_many.body
    );
}

#[test]
fn where_nothing_is_recorded_nothing_is_verified() {
    let server = MockServer::builder().recording(false).start().unwrap();
    let never = json!({ "expect": [{ "match": { "api": "clerk" }, "count": 0 }] });
    let refused = verify(&server, &never);
    assert_eq!(refused.status, 409, "{}", refused.body);
    let detail = refused.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("records nothing"), "{detail}");
    let expected = mock_server::serde_json::from_value(never).unwrap();
    let error = server.world().verify(&expected).unwrap_err();
    assert_eq!(error.to_string(), detail);
}

#[test]
fn a_body_with_another_value_is_nearer_than_no_body() {
    let server = called();
    for _ in 0..4 {
        send(server.addr(), &format!("GET {MEMBERS}"), &[KEY], "");
    }
    let reply = verify(
        &server,
        &json!({ "expect": [{ "match": { "body": { "role": "org:owner" } } }] }),
    );
    let nearest = reply.json()["unmet"][0]["nearest"].clone();
    let numbers: Vec<_> = nearest
        .as_array()
        .unwrap()
        .iter()
        .take(2)
        .map(|miss| &miss["number"])
        .collect();
    assert_eq!(numbers, [&json!(3), &json!(2)], "{nearest}");
}

#[test]
fn however_much_is_missed_the_answer_stays_readable() {
    let server = MockServer::start().unwrap();
    let long = "x".repeat(7000);
    for _ in 0..20 {
        send(server.addr(), &format!("GET /v1/{long}?q=1"), &[KEY], "");
    }
    let missed = json!({ "match": { "path": "/nowhere", "body": { "name": long } } });
    let reply = verify(&server, &json!({ "expect": vec![missed; 200] }));
    assert_eq!(reply.status, 409, "{reply:?}");
    let (body, bytes) = (reply.json(), reply.body.len());
    let unmet = body["unmet"].as_array().unwrap();
    assert_eq!(unmet.len(), 200);
    let nearest = |unmet: &Value| unmet["nearest"].as_array().unwrap().len();
    let nearest: Vec<_> = unmet.iter().map(nearest).collect();
    assert_eq!((&nearest[..20], &nearest[20..]), (&[3; 20][..], &[0; 180][..]));
    for text in [
        &unmet[0]["nearest"][0]["request"],
        &unmet[0]["nearest"][0]["differences"][0]["found"],
        &unmet[0]["nearest"][0]["differences"][1]["expected"],
        &unmet[0]["expected"],
    ] {
        let text = text.as_str().unwrap();
        assert!(text.contains('…') && text.len() < 600, "{text}");
    }
    assert!(bytes < 500_000, "{bytes} bytes");
}

#[test]
fn a_call_whose_body_was_too_long_to_be_kept_is_not_taken_for_none() {
    let server = called();
    let long = json!({ "user_id": "nobody", "role": "org:admin", "note": "n".repeat(70_000) });
    let add = format!("POST {MEMBERS}");
    send(server.addr(), &add, &[KEY, JSON], &long.to_string());
    let admins = json!({ "body": { "role": "org:admin" } });
    let met = |times: Value| {
        let mut expectation = json!({ "match": admins });
        expectation
            .as_object_mut()
            .unwrap()
            .extend(times.as_object().unwrap().clone());
        verify(&server, &json!({ "expect": [expectation] }))
    };
    for times in [
        json!({ "count": 1 }),
        json!({ "at_most": 1 }),
        json!({ "count": 2 }),
    ] {
        let reply = met(times.clone());
        assert_eq!(reply.status, 409, "{times}: {}", reply.body);
        let told = reply.json()["detail"].as_str().unwrap().to_owned();
        assert!(told.contains("one more may be such a request"), "{told}");
    }
    for times in [json!({ "at_least": 1 }), json!({ "at_most": 2 })] {
        let reply = met(times.clone());
        assert_eq!(reply.status, 200, "{times}: {}", reply.body);
    }
    let too_many = met(json!({ "count": 0 })).json();
    let told = too_many["detail"].as_str().unwrap();
    assert!(
        !told.contains("one more"),
        "however it is, it is too many: {told}"
    );
    let other = json!({ "method": "DELETE", "body": { "role": "org:admin" } });
    let reply = verify(&server, &json!({ "expect": [{ "match": other, "count": 0 }] }));
    assert_eq!(reply.status, 200, "{}", reply.body);
}

#[test]
fn another_value_comes_nearer_than_none() {
    let server = MockServer::start().unwrap();
    let get = |query: &str| send(server.addr(), &format!("GET {MEMBERS}{query}"), &[KEY], "");
    get("?order_by=-created_at");
    for _ in 0..3 {
        get("");
    }
    let wanted = json!({ "query": { "order_by": "+created_at" } });
    let told = verify(&server, &json!({ "expect": [{ "match": wanted }] })).json();
    assert_eq!(
        told.pointer("/unmet/0/nearest/0/number"),
        Some(&json!(1)),
        "{told}"
    );

    let metadata = format!("PATCH {MEMBERS}/user_1/metadata");
    for body in [
        json!({ "public_metadata": { "a": { "b": 1 } } }),
        json!({ "private_metadata": {} }),
        json!({}),
    ] {
        send(server.addr(), &metadata, &[KEY, JSON], &body.to_string());
    }
    let wanted = json!({ "body": { "public_metadata": { "a": { "b": 2 } } } });
    let told = verify(&server, &json!({ "expect": [{ "match": wanted }] })).json();
    assert_eq!(
        told.pointer("/unmet/0/nearest/0/number"),
        Some(&json!(5)),
        "{told}"
    );
}

#[test]
fn a_call_whose_body_did_not_come_whole_is_not_taken_for_none() {
    let server = MockServer::start().unwrap();
    let mut stream = connect(server.addr());
    // Refused for want of a key, before the rest of the body comes.
    let part = r#"{"role": "org:admin", "#;
    let head = format!("POST {MEMBERS} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 99\r\n");
    stream
        .write_all(format!("{head}content-type: application/json\r\n\r\n{part}").as_bytes())
        .unwrap();
    assert_eq!(read_to_end(&mut stream).status, 401);
    let admins = json!({ "match": { "body": { "role": "org:admin" } }, "count": 0 });
    let reply = verify(&server, &json!({ "expect": [admins] }));
    assert_eq!(reply.status, 409, "{}", reply.body);
    let told = reply.json()["detail"].as_str().unwrap().to_owned();
    assert!(told.contains("its body is not known whole"), "{told}");
}
