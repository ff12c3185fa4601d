//! `/_mock/violations` and `/_mock/worlds/{world}/violations`: what callers did off the contract.

use mock_server::MockServer;
use serde_json::{Value, json};

use crate::acme::{MEMBERS, WITH_GUS};
use crate::case::{JSON, KEY};
use crate::client::send;
use crate::requests::get;

const LIST: &str = "/_mock/worlds/default/violations";
const ENHANCE: (&str, &str) = ("authorization", "Bearer mock-token");

/// Kind, part, pointer and rule of each violation, and whether the API took it.
fn told(server: &MockServer) -> Vec<(String, String, String, String, bool)> {
    let list = get(server, LIST);
    let violations = list["violations"].as_array().unwrap().iter();
    violations
        .map(|violation| {
            let text = |name: &str| violation[name].as_str().unwrap_or_default().to_owned();
            let accepted = violation["accepted"].as_bool().unwrap();
            (
                text("kind"),
                text("part"),
                text("pointer"),
                text("rule"),
                accepted,
            )
        })
        .collect()
}

#[track_caller]
fn assert_told(
    request: &str,
    headers: &[(&str, &str)],
    body: &str,
    expected: &[(&str, &str, &str, &str, bool)],
) {
    let server = MockServer::start().unwrap();
    send(server.addr(), request, headers, body);
    let expected: Vec<_> = expected
        .iter()
        .map(|(kind, part, pointer, rule, accepted)| {
            let [kind, part, pointer, rule] = [*kind, *part, *pointer, *rule].map(str::to_owned);
            (kind, part, pointer, rule, *accepted)
        })
        .collect();
    assert_eq!(
        told(&server),
        expected,
        "{request} {body}: {}",
        get(&server, LIST)
    );
}

#[test]
fn a_request_within_the_contract_is_none() {
    let whylabs = (
        "x-api-key",
        "K1Admin123.0123456789abcdefghijABCDEFGHIJklmnopqrstuvwxyzKLMNOPQ",
    );
    let add = r#"{"user_id": "user_29w85KF5ZR3qa7yEeeby3abP3E2", "role": "org:member", "public_metadata": {"any": {"thing": 1}}}"#;
    for (request, headers, body) in [
        (
            format!("GET {MEMBERS}?limit=5&order_by=-created_at"),
            &[KEY][..],
            "",
        ),
        (format!("HEAD {MEMBERS}"), &[KEY], ""),
        (format!("POST {MEMBERS}"), &[KEY, JSON], add),
        (
            "GET /v0/organizations/org-123/membership".to_owned(),
            &[whylabs, JSON],
            "",
        ),
        ("GET /login/sessions/sso?otp=x".to_owned(), &[], ""),
        ("POST /oidc/token".to_owned(), &[], "grant_type=x"),
        ("POST /logto/oidc/token/".to_owned(), &[], "grant_type=x"),
        ("GET /nowhere?at=all".to_owned(), &[], "x"),
    ] {
        assert_told(&request, headers, body, &[]);
    }
}

#[test]
fn what_is_not_documented_is_told_though_it_was_accepted() {
    assert_told(
        &format!("GET {MEMBERS}?limit=5&page=2&page=3"),
        &[KEY],
        "",
        &[("undocumented_parameter", "query", "/page", "", true)],
    );
    assert_told(
        &format!("DELETE {MEMBERS}/user_29w85KF5ZR3qa7yEeeby3abP3E2"),
        &[KEY, JSON],
        r#"{"reason": "x"}"#,
        &[("undocumented_property", "body", "", "", true)],
    );
    let login = "POST /orgs/c2d94473-b911-4f5f-bc9c-77efd52d8f8f/access_tokens";
    assert_told(
        login,
        &[ENHANCE, JSON],
        r#"{"roles": ["SuperAdmin"], "colour": "red"}"#,
        &[("undocumented_property", "body", "/colour", "", true)],
    );
    assert_told(
        &format!("DELETE {MEMBERS}/%zz"),
        &[KEY],
        "",
        &[("invalid_value", "path", "/user_id", "syntax", false)],
    );
}

#[test]
fn what_is_invalid_is_told_with_the_rule_it_breaks() {
    assert_told(
        &format!("GET {MEMBERS}?limit=501&offset=x"),
        &[KEY],
        "",
        &[
            ("invalid_value", "query", "/limit", "maximum", false),
            ("invalid_value", "query", "/offset", "type", false),
        ],
    );
    assert_told(
        &format!("POST {MEMBERS}"),
        &[KEY, JSON],
        r#"{"role": 7}"#,
        &[
            ("invalid_value", "body", "/user_id", "required", false),
            ("invalid_value", "body", "/role", "type", false),
        ],
    );
}

#[test]
fn a_body_has_to_be_there_and_to_be_what_it_says() {
    let post = &format!("POST {MEMBERS}");
    let valid = r#"{"user_id": "nobody", "role": "org:member"}"#;
    assert_told(post, &[KEY, JSON], "", &[("missing_body", "body", "", "", false)]);
    assert_told(
        post,
        &[KEY, JSON],
        "{",
        &[("unreadable_body", "body", "", "", false)],
    );
    assert_told(
        post,
        &[KEY],
        valid,
        &[("wrong_content_type", "body", "", "", false)],
    );
    assert_told(
        post,
        &[KEY, ("content-type", "text/plain")],
        valid,
        &[("wrong_content_type", "body", "", "", false)],
    );
}

#[test]
fn a_body_that_is_too_long_to_be_kept_still_has_to_say_what_it_is() {
    let post = &format!("POST {MEMBERS}");
    let long = format!(
        r#"{{"user_id": "nobody", "role": "org:member", "public_metadata": {{"a": "{}"}}}}"#,
        "a".repeat(70_000)
    );
    let is_told = |headers: &[(&str, &str)]| {
        let server = MockServer::start().unwrap();
        send(server.addr(), post, headers, &long);
        told(&server)
            .into_iter()
            .map(|(kind, ..)| kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(is_told(&[KEY]), ["wrong_content_type"]);
    assert!(is_told(&[KEY, JSON]).is_empty());
}

#[test]
fn unknown_paths_and_methods_below_an_api_are_told() {
    assert_told(
        "GET /v1/nothing",
        &[KEY],
        "",
        &[("unknown_path", "", "", "", false)],
    );
    assert_told("GET /v1/nothing", &[], "", &[("unknown_path", "", "", "", false)]);
    assert_told(
        &format!("PUT {MEMBERS}"),
        &[KEY],
        "",
        &[("unknown_method", "", "", "", false)],
    );
    // The base path is left out, which is easily done.
    let unversioned = MEMBERS.strip_prefix("/v1").unwrap();
    for path in [unversioned, "/v2/organizations", "/", ""] {
        let request = format!("GET /clerk{path}");
        assert_told(&request, &[KEY], "", &[("unknown_path", "", "", "", false)]);
    }
}

#[test]
fn forced_answers_excuse_what_is_not_sent_and_nothing_that_is() {
    let forced = [("prefer", "code=404")];
    assert_told(&format!("POST {MEMBERS}"), &forced, "", &[]);
    assert_told(
        "POST /v0/organizations/org-123/membership",
        &[("prefer", "code=400")],
        "",
        &[],
    );
    assert_told(
        &format!("GET {MEMBERS}?page=2"),
        &[("prefer", "code=200")],
        "",
        &[("undocumented_parameter", "query", "/page", "", false)],
    );
}

#[test]
fn a_violation_says_where_it_was_and_no_secret() {
    let server = MockServer::start().unwrap();
    let request = "POST /w/a/invites/an-invitation-key";
    send(
        server.addr(),
        request,
        &[JSON],
        r#"{"email": "new@customer.test", "password": 12345678}"#,
    );
    let list = get(&server, "/_mock/worlds/a/violations");
    let violation = &list["violations"][0];
    for (name, expected) in [
        ("world", json!("a")),
        ("request", json!(1)),
        ("api", json!("enhance")),
        ("operation", json!("acceptInvite")),
        ("method", json!("POST")),
        ("path", json!("/invites/…")),
        ("detail", json!("must be of type string, and is …")),
    ] {
        assert_eq!(violation[name], expected, "{violation}");
    }
}

#[test]
fn a_secret_is_none_the_less_for_signs_in_its_name_that_a_pointer_escapes() {
    let server = MockServer::start().unwrap();
    let body = r#"{"user_id": "u", "role": "org:member", "token/": "abc12", "otp~": 4711}"#;
    send(server.addr(), &format!("POST {MEMBERS}"), &[KEY, JSON], body);
    let list = get(&server, LIST);
    let violations = list["violations"].as_array().unwrap().iter();
    let told: Vec<_> = violations
        .map(|violation| json!([violation["pointer"], violation["detail"]]))
        .collect();
    let detail = "the member is not documented, and is …";
    assert_eq!(told, [json!(["/token~1", detail]), json!(["/otp~0", detail])]);
}

#[test]
fn a_violation_holds_of_long_texts_no_more_than_their_beginning() {
    let server = MockServer::start().unwrap();
    let long = "x".repeat(3_000);
    send(
        server.addr(),
        &format!("DELETE {MEMBERS}/{long}?{long}=1"),
        &[KEY],
        "",
    );
    let typed = format!("text/plain; of={long}");
    send(
        server.addr(),
        &format!("POST {MEMBERS}"),
        &[KEY, ("content-type", &typed)],
        WITH_GUS,
    );
    let list = get(&server, LIST);
    for (violation, name, begins) in [
        (0, "path", MEMBERS),
        (0, "pointer", "/xxx"),
        (1, "detail", "is said to be text/plain; of=xxx"),
    ] {
        let text = list["violations"][violation][name].as_str().unwrap();
        assert!(
            text.contains(begins) && text.ends_with('…') && text.chars().count() == 257,
            "{name}: {text}"
        );
    }
}

#[test]
fn violations_are_counted_by_api_in_each_world_and_in_all() {
    let server = MockServer::start().unwrap();
    for request in [
        "GET /v1/nothing",
        "GET /w/a/v1/nothing",
        "GET /w/a/orgs/o/nothing",
    ] {
        send(server.addr(), request, &[], "");
    }
    let total = |path: &str| get(&server, path)["total"].clone();
    let counted = |path: &str| get(&server, path)["violations"].clone();
    assert_eq!(total(LIST), json!(1));
    assert_eq!(total("/_mock/worlds/a/violations"), json!(2));
    assert_eq!(total("/_mock/worlds/a/violations?api=enhance"), json!(1));
    assert_eq!(total("/_mock/violations"), json!(3));
    assert_eq!(total("/_mock/violations?api=clerk"), json!(2));
    assert_eq!(counted("/_mock/coverage"), json!(3));
    assert_eq!(counted("/_mock/worlds/a/coverage?api=clerk"), json!(1));
    server.world().reset();
    assert_eq!((total(LIST), total("/_mock/violations")), (json!(0), json!(3)));
}

#[test]
fn the_last_thousand_of_a_world_are_kept_and_all_are_counted() {
    let server = MockServer::start().unwrap();
    let names: Vec<_> = (0..100).map(|number| format!("p{number}")).collect();
    let request = format!("GET {MEMBERS}?{}", names.join("&"));
    for _ in 0..11 {
        send(server.addr(), &request, &[KEY], "");
    }
    let list = get(&server, LIST);
    let kept: &Vec<Value> = list["violations"].as_array().unwrap();
    assert_eq!(
        (kept.len(), &list["total"], &list["dropped"]),
        (1000, &json!(1100), &json!(100))
    );
    assert_eq!(kept[0]["request"], json!(2));
    let all = get(&server, "/_mock/violations");
    assert_eq!(
        (all["violations"].as_array().unwrap().len(), &all["dropped"]),
        (1100, &json!(0))
    );
}
