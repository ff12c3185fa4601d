//! The same seed, fixtures, frozen clock and requests: the same bytes.

use contract_tests::server::Server;
use contract_tests::wire::{Answer, Request, exchange};
use mock_server::MockServer;
use mock_server::jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{Test, test};

const ACME: &str = "/v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships";

pub(crate) fn tests() -> Vec<Test> {
    vec![
        test("the same requests get the same bytes", same),
        test(
            "another seed gives other ids and traces, and nothing else",
            another_seed,
        ),
        test("a read shifts no id", reads),
    ]
}

fn server(seed: u64) -> Server {
    let at = "2026-01-01T00:00:00Z".parse().expect("it is an instant");
    Server::ours(MockServer::builder().seed(seed).clock(at))
}

fn call(method: &str, path: &str, body: &Value) -> Request {
    let request =
        Request::new(method, format!("{ACME}{path}")).header("authorization", "Bearer sk_test_rollcall");
    if body.is_null() {
        request
    } else {
        request.json(body)
    }
}

fn add(user: &str) -> Request {
    call("POST", "", &json!({ "user_id": user, "role": "org:member" }))
}

const GUS: &str = "user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb";
const HAL: &str = "user_2OEpLsL9xVQ2zg4mZaouqKLiMcV";

/// Requests of every kind, refused ones among them.
fn requests() -> Vec<Request> {
    vec![
        add(GUS),
        add(GUS),
        call("GET", "?limit=3", &Value::Null),
        call("GET", "?limit=0&offset=x", &Value::Null),
        add(HAL),
        call("PATCH", &format!("/{GUS}"), &json!({ "role": "org:owner" })),
        call(
            "PATCH",
            &format!("/{GUS}/metadata"),
            &json!({ "public_metadata": { "b": 1, "a": 2 } }),
        ),
        call("DELETE", &format!("/{HAL}"), &Value::Null),
        add(HAL),
        call("GET", "?order_by=first_name&limit=500", &Value::Null),
        call("PUT", "", &Value::Null),
        call("GET", "/nothing/here", &Value::Null),
        call("GET", "", &Value::Null).without_header("authorization"),
    ]
}

/// Everything that is answered, but for the time by the machine's clock, which HTTP wants in every answer.
fn answers(server: &Server, requests: &[Request]) -> Vec<String> {
    let mut answers = Vec::new();
    for request in requests {
        let answer = exchange(server.address(), request).unwrap_or_else(|ended| panic!("{ended}"));
        let headers = answer.headers.iter();
        let headers = headers.filter(|(name, _)| name != "date").cloned().collect();
        answers.push(Answer { headers, ..answer }.to_string());
        let world = server.world().expect("it is ours");
        world.advance_clock(SignedDuration::from_millis(1500));
    }
    answers
}

fn same() {
    let requests = requests();
    let (one, other) = (server(5), server(5));
    assert_eq!(answers(&one, &requests), answers(&other, &requests));
    let worlds = [&one, &other].map(|server| server.world().expect("it is ours").export());
    assert_eq!(worlds[0], worlds[1]);
}

fn another_seed() {
    let requests = [add(GUS), call("GET", "?limit=0", &Value::Null)];
    let (one, other) = (answers(&server(5), &requests), answers(&server(6), &requests));
    assert_ne!(one, other);
    let body = |answer: &str| -> Value {
        let (_, body) = answer.split_once("\n\n").expect("there is a body");
        serde_json::from_str(body).expect("it is JSON")
    };
    let strip = |answer: &str| {
        let mut body = body(answer);
        for part in ["id", "clerk_trace_id"] {
            if let Some(members) = body.as_object_mut() {
                members.shift_remove(part);
            }
        }
        body
    };
    for (one, other) in one.iter().zip(&other) {
        assert_ne!(body(one), body(other));
        assert_eq!(strip(one), strip(other));
    }
}

fn reads() {
    let (one, other) = (server(5), server(5));
    let read = call("GET", "", &Value::Null);
    let body = |server: &Server, request: &Request| {
        let answer = exchange(server.address(), request).unwrap_or_else(|ended| panic!("{ended}"));
        answer.json()
    };
    for _ in 0..3 {
        body(&one, &read);
        body(&one, &add("user_000000000000000000000000000"));
    }
    assert_eq!(body(&one, &add(GUS)), body(&other, &add(GUS)));
}
