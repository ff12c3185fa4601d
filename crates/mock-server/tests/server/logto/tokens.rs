//! `POST /oidc/token`.

use mock_server::MockServer;
use mock_server::jiff::SignedDuration;
use serde_json::json;

use crate::client::{Reply, send};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const BASIC: (&str, &str) = ("authorization", "Basic bW9jay1hcHA6bW9jay1hcHAtc2VjcmV0");
const ASKED: &str = "grant_type=client_credentials&resource=https%3A%2F%2Fdefault.logto.app%2Fapi&scope=all";
const CLIENT: &str = "client_id=mock-app&client_secret=mock-app-secret";

fn ask(server: &MockServer, path: &str, headers: &[(&str, &str)], form: &str) -> Reply {
    send(server.addr(), &format!("POST {path}"), headers, form)
}

fn list(server: &MockServer, issued: &Reply) -> Reply {
    let token = format!("Bearer {}", issued.json()["access_token"].as_str().unwrap());
    send(
        server.addr(),
        "GET /api/organizations",
        &[("authorization", &token)],
        "",
    )
}

#[test]
fn an_application_gets_a_token_that_works_until_it_expires() {
    let server = MockServer::builder()
        .clock("2026-01-01T00:00:00Z".parse().unwrap())
        .start()
        .unwrap();
    let in_form = format!("{ASKED}&{CLIENT}");
    for path in [
        "/oidc/token",
        "/logto/oidc/token",
        "/w/a/oidc/token",
        "/w/a/logto/oidc/token",
    ] {
        let issued = ask(&server, path, &[FORM], &in_form);
        assert_eq!(
            (issued.status, issued.header("cache-control")),
            (200, Some("no-store")),
            "{path}"
        );
        let body = issued.json();
        assert_eq!(
            (&body["token_type"], &body["expires_in"], &body["scope"]),
            (&json!("Bearer"), &json!(3600), &json!("all"))
        );
        assert_eq!(body["access_token"].as_str().unwrap().split('.').count(), 3);
    }
    let issued = ask(&server, "/oidc/token", &[FORM, BASIC], ASKED);
    assert_eq!(list(&server, &issued).status, 200);
    server.world().advance_clock(SignedDuration::from_secs(3599));
    assert_eq!(list(&server, &issued).status, 200);
    server.world().advance_clock(SignedDuration::from_secs(1));
    let expired = list(&server, &issued);
    assert_eq!(
        (expired.status, &expired.json()["data"]["name"]),
        (401, &json!("JWTExpired"))
    );
}

#[test]
fn a_token_holds_no_more_than_its_application_and_its_request_do() {
    let server = MockServer::start().unwrap();
    let without = ASKED.replace("&scope=all", "");
    let modest = "client_id=mock-app-without-scope&client_secret=mock-app-without-scope-secret";
    for form in [format!("{ASKED}&{modest}"), format!("{without}&{CLIENT}")] {
        let issued = ask(&server, "/oidc/token", &[FORM], &form);
        assert_eq!(
            (issued.status, issued.json().get("scope").cloned()),
            (200, None),
            "{form}"
        );
        assert_eq!(list(&server, &issued).json()["code"], json!("auth.forbidden"));
    }
}

#[test]
fn a_token_survives_the_export_of_its_world_and_is_not_in_it() {
    let server = MockServer::start().unwrap();
    let issued = ask(&server, "/oidc/token", &[FORM, BASIC], ASKED);
    let exported = server.world().export();
    let text = mock_server::fixtures::to_yaml(&exported);
    assert!(
        !text.contains("mock-app-secret") && !text.contains(issued.json()["access_token"].as_str().unwrap())
    );
    server.world().import(&exported).unwrap();
    assert_eq!(server.world().export(), exported);
    assert_eq!(list(&server, &issued).status, 200);
}

#[test]
fn what_is_wrong_with_a_request_for_a_token_is_said_as_oauth_says_it() {
    let server = MockServer::start().unwrap();
    let wrong = ("authorization", "Basic bW9jay1hcHA6bm8=");
    let target = "https://default.logto.app/other";
    for (headers, form, status, error) in [
        (vec![FORM, wrong], ASKED.to_owned(), 401, "invalid_client"),
        (
            vec![FORM],
            format!("{ASKED}&client_id=nobody&client_secret=x"),
            401,
            "invalid_client",
        ),
        (vec![FORM], ASKED.to_owned(), 400, "invalid_request"),
        (
            vec![FORM],
            format!("{ASKED}&client_id=mock-app"),
            400,
            "invalid_request",
        ),
        (
            vec![FORM, BASIC],
            format!("{ASKED}&{CLIENT}"),
            400,
            "invalid_request",
        ),
        (
            vec![FORM, BASIC],
            format!("{ASKED}&scope=all"),
            400,
            "invalid_request",
        ),
        (vec![FORM, BASIC], "scope=all".to_owned(), 400, "invalid_request"),
        (vec![BASIC], ASKED.to_owned(), 400, "invalid_request"),
        (
            vec![FORM, ("authorization", "Bearer mock-token")],
            ASKED.to_owned(),
            400,
            "invalid_request",
        ),
        (
            vec![FORM, BASIC],
            "grant_type=password".to_owned(),
            400,
            "unsupported_grant_type",
        ),
        (
            vec![FORM, BASIC],
            "grant_type=client_credentials".to_owned(),
            400,
            "invalid_target",
        ),
        (
            vec![FORM, BASIC],
            format!("grant_type=client_credentials&resource={target}"),
            400,
            "invalid_target",
        ),
    ] {
        let refused = ask(&server, "/oidc/token", &headers, &form);
        let body = refused.json();
        assert_eq!(
            (refused.status, &body["error"]),
            (status, &json!(error)),
            "{form}: {body}"
        );
        assert_eq!(body["code"], json!(format!("oidc.{error}")));
        assert!(!body["error_description"].as_str().unwrap().is_empty());
        let challenged = refused.header("www-authenticate").is_some();
        assert_eq!(challenged, status == 401 && headers.contains(&wrong), "{form}");
    }
    let read = send(server.addr(), "GET /oidc/token", &[], "");
    assert_eq!((read.status, read.header("allow")), (405, Some("POST")));
}
