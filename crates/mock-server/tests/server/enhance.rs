//! Enhance's refusals of requests that do not reach an operation: statuses, codes, shapes and their order; and what is
//! no part of its contract: login links, mail, secrets.

use mock_server::fixtures::to_yaml;
use mock_server::jiff::SignedDuration;
use mock_server::world::Message;
use mock_server::{EnhanceMail, MockServer};
use serde_json::json;

use crate::case::{JSON, case, check};
use crate::client::send;

/// The access token of the built-in master organization.
pub(crate) const KEY: (&str, &str) = ("authorization", "Bearer mock-token");
/// A customer in the built-in world.
pub(crate) const CUSTOMER: &str = "/orgs/c2d94473-b911-4f5f-bc9c-77efd52d8f8f";

#[test]
fn enhance_refuses_with_a_code_and_the_first_fault() {
    let server = MockServer::start().unwrap();
    let code = |code: &str| ("/code", json!(code));
    let says = |text: &str| ("/message", json!(text));
    let tokens = &format!("POST {CUSTOMER}/access_tokens");
    let members = &format!("POST {CUSTOMER}/members");
    let list = &format!("GET {CUSTOMER}/members");
    let invite = "POST /invites/48d9d0a7-2cc6-4d4d-863f-3874c5d08560";
    let about = |detail: &str| ("/detail", json!(detail));
    for one in [
        case(
            list,
            &[],
            "",
            401,
            &[
                code("invalid_session"),
                says("Send the session cookie id0 or an access token"),
            ],
        ),
        case(
            list,
            &[("authorization", "Basic x")],
            "",
            401,
            &[code("invalid_session")],
        ),
        case(list, &[("cookie", "id0=")], "", 401, &[code("invalid_session")]),
        case("GET /orgs/o/nothing", &[], "", 401, &[]),
        case("GET /orgs/o/nothing", &[KEY], "", 404, &[code("not_found")]),
        case("PATCH /orgs/o/members", &[KEY], "", 405, &[]),
        case("GET /invites/i", &[], "", 401, &[]),
        case(
            &format!("{list}?offset=-1"),
            &[KEY],
            "",
            400,
            &[code("invalid_input"), says("offset: \"-1\" is less than 0")],
        ),
        case(
            &format!("{list}?limit=ten"),
            &[KEY],
            "",
            400,
            &[says("limit: \"ten\" is no whole number")],
        ),
        case(
            &format!("{list}?sortBy=age"),
            &[KEY],
            "",
            400,
            &[says("sortBy: \"age\" is none of status, name, email, joinedAt")],
        ),
        case(
            &format!("{list}?sortOrder=up"),
            &[KEY],
            "",
            400,
            &[says("sortOrder: \"up\" is neither asc nor desc")],
        ),
        case(
            &format!("{list}?role=Boss"),
            &[KEY],
            "",
            400,
            &[says(
                "role: \"Boss\" is none of Owner, SuperAdmin, Business, SiteAccess, Support, Sysadmin",
            )],
        ),
        case(tokens, &[KEY], "", 400, &[says("body: a JSON object is wanted")]),
        case(
            tokens,
            &[KEY, JSON],
            "{",
            400,
            &[says("body: a JSON object is wanted")],
        ),
        case(
            tokens,
            &[KEY, JSON],
            "[]",
            400,
            &[says("body: a JSON object is wanted")],
        ),
        case(tokens, &[KEY, JSON], "{}", 400, &[says("roles: required")]),
        case(
            tokens,
            &[KEY, JSON],
            r#"{"roles":["Boss"]}"#,
            400,
            &[says(
                "roles/0: \"Boss\" is none of Owner, SuperAdmin, Business, SiteAccess, Support, Sysadmin",
            )],
        ),
        case(
            tokens,
            &[KEY, JSON],
            r#"{"roles":["Support"],"friendlyName":null}"#,
            400,
            &[
                says("friendlyName: a string is wanted, null was sent"),
                about("token"),
            ],
        ),
        case(
            tokens,
            &[KEY, JSON],
            r#"{"roles":["Support"],"tokenExpires":"soon"}"#,
            400,
            &[
                says("tokenExpires: write an instant such as 2100-01-01T00:00:00Z"),
                about("token"),
            ],
        ),
        case(
            members,
            &[KEY, JSON],
            r#"{"loginId":"abc","roles":["Support"]}"#,
            400,
            &[says("loginId: \"abc\" is no uuid"), about("login")],
        ),
        case(
            &format!("POST {CUSTOMER}/invites"),
            &[KEY, JSON],
            r#"{"email":"nobody","name":"N","roles":["Support"]}"#,
            400,
            &[says("email: \"nobody\" is no e-mail address"), about("invite")],
        ),
        case(
            &format!("PUT {CUSTOMER}/members/abc"),
            &[KEY, JSON],
            "{}",
            400,
            &[says("member_id: \"abc\" is no uuid"), about("member")],
        ),
        case(
            &format!("PUT {CUSTOMER}/owner"),
            &[KEY, JSON],
            r#"{"memberId":"abc"}"#,
            400,
            &[says("memberId: \"abc\" is no uuid"), about("member")],
        ),
        case(
            invite,
            &[JSON],
            "{",
            403,
            &[code("insufficient_privileges"), about("login")],
        ),
        case(
            invite,
            &[JSON],
            r#"{"password":"x"}"#,
            403,
            &[code("insufficient_privileges")],
        ),
    ] {
        check(&server, &one);
    }
    for unknown in ["i", "%ZZ", "%FF"] {
        let validate = format!("POST /invites/{unknown}/validate");
        let reply = check(&server, &case(&validate, &[], "", 200, &[]));
        assert_eq!(reply.json(), json!({ "isValid": false }), "{unknown}");
        let accept = format!("POST /invites/{unknown}");
        check(&server, &case(&accept, &[], "", 404, &[code("not_found")]));
    }
    let several = ("cookie", "a=b; id0=mock-session");
    assert_eq!(send(server.addr(), list, &[several], "").status, 200);
    assert_eq!(server.undocumented(), 0);
}

/// The link the server gives out for somebody to sign in with.
pub(crate) fn login_link(server: &MockServer, prefix: &str) -> String {
    let request = format!("GET {prefix}{CUSTOMER}/members/973eb64f-c7f2-4e89-9155-bec1b4b7ef32/sso");
    let reply = send(server.addr(), &request, &[KEY], "");
    assert_eq!(reply.status, 201, "{reply:?}");
    let link = reply.json().as_str().unwrap().to_owned();
    let path = link.strip_prefix(&format!("http://{}", server.addr())).unwrap();
    assert!(
        path.starts_with(&format!("{prefix}/login/sessions/sso?otp=")),
        "{link}"
    );
    path.to_owned()
}

#[test]
fn a_login_link_leads_into_the_world_that_a_header_named() {
    let server = MockServer::start().unwrap();
    let request = format!("GET /enhance{CUSTOMER}/members/973eb64f-c7f2-4e89-9155-bec1b4b7ef32/sso");
    let reply = send(server.addr(), &request, &[KEY, ("x-mock-world", "a")], "");
    let link = reply.json().as_str().unwrap().to_owned();
    let path = link.strip_prefix(server.url()).unwrap();
    assert!(path.starts_with("/w/a/enhance/login/sessions/sso?otp="), "{link}");
    let followed = send(server.addr(), &format!("GET {path}"), &[], "");
    assert_eq!(followed.status, 200, "{followed:?}");
    let cookie = followed.header("set-cookie").unwrap();
    assert!(cookie.contains("Path=/w/a/enhance;"), "{cookie}");
    let members = format!("GET /w/a/enhance{CUSTOMER}/members");
    let session = ("cookie", cookie.split(';').next().unwrap());
    assert_eq!(send(server.addr(), &members, &[session], "").status, 200);
}

#[test]
fn a_session_of_a_client_that_names_its_world_by_header_is_for_all_paths() {
    let server = MockServer::start().unwrap();
    let world = ("x-mock-world", "a");
    let request = format!("GET /enhance{CUSTOMER}/members/973eb64f-c7f2-4e89-9155-bec1b4b7ef32/sso");
    let link = send(server.addr(), &request, &[KEY, world], "").json();
    let path = link.as_str().unwrap().strip_prefix(server.url()).unwrap();
    let followed = send(server.addr(), &format!("GET {path}"), &[world], "");
    let cookie = followed.header("set-cookie").unwrap();
    assert!(cookie.contains("; Path=/;"), "{cookie}");
    let session = ("cookie", cookie.split(';').next().unwrap());
    let members = format!("GET {CUSTOMER}/members");
    assert_eq!(send(server.addr(), &members, &[session, world], "").status, 200);
    assert_eq!(
        send(server.addr(), &members, &[session], "").status,
        401,
        "of another world"
    );
}

#[test]
fn an_access_token_is_good_until_the_very_fraction_of_a_second_it_was_given() {
    let server = MockServer::builder()
        .clock("2026-01-01T00:00:00.2Z".parse().unwrap())
        .start()
        .unwrap();
    let tokens = format!("{CUSTOMER}/access_tokens");
    let make = |expires: &str| {
        let body = json!({ "roles": ["SuperAdmin"], "tokenExpires": expires }).to_string();
        send(server.addr(), &format!("POST {tokens}"), &[KEY, JSON], &body)
    };
    assert_eq!(make("2026-01-01T00:00:00.199999999Z").status, 400);
    assert_eq!(
        make("2026-01-01T00:00:00.1999999999Z").status,
        400,
        "more digits than nanoseconds"
    );
    let made = make("2026-01-01T00:00:00.9Z");
    assert_eq!(made.status, 201, "{}", made.body);
    let secret = format!("Bearer {}", made.json()["unencryptedToken"].as_str().unwrap());
    let list = || {
        send(
            server.addr(),
            &format!("GET {CUSTOMER}/members"),
            &[("authorization", &secret)],
            "",
        )
    };
    assert_eq!(list().status, 200, "{}", list().body);
    server.world().advance_clock(SignedDuration::from_millis(699));
    assert_eq!(list().status, 200);
    server.world().advance_clock(SignedDuration::from_millis(1));
    assert_eq!(list().status, 401);
}

#[test]
fn a_login_link_signs_in_once_wherever_the_api_is_reached() {
    let server = MockServer::start().unwrap();
    for (prefix, cookie_path) in [
        ("", "/"),
        ("/enhance", "/enhance"),
        ("/w/a/enhance", "/w/a/enhance"),
    ] {
        let link = login_link(&server, prefix);
        for method in ["HEAD", "POST"] {
            let wrong = send(server.addr(), &format!("{method} {link}"), &[], "");
            assert_eq!(
                (wrong.status, wrong.header("allow")),
                (405, Some("GET")),
                "{wrong:?}"
            );
        }
        let landed = send(server.addr(), &format!("GET {link}"), &[], "");
        assert_eq!(landed.status, 200, "{landed:?}");
        assert_eq!(landed.json()["memberships"][0]["roles"], json!(["Owner"]));
        let (session, attributes) = landed.header("set-cookie").unwrap().split_once("; ").unwrap();
        assert_eq!(attributes, format!("Path={cookie_path}; HttpOnly; SameSite=Lax"));
        let list = format!("GET {prefix}{CUSTOMER}/access_tokens");
        let listed = send(server.addr(), &list, &[("cookie", session)], "");
        assert_eq!(listed.status, 200, "{listed:?}");
        let again = send(server.addr(), &format!("GET {link}"), &[], "");
        assert_eq!(again.status, 401, "{again:?}");
        assert_eq!(again.json()["code"], json!("invalid_session"));
    }
    assert_eq!(server.undocumented(), 0);
}

#[test]
fn a_login_link_is_good_for_a_minute_and_for_as_long_as_its_member_is_there() {
    let server = MockServer::builder()
        .clock("2026-01-01T00:00:00Z".parse().unwrap())
        .start()
        .unwrap();
    let in_time = login_link(&server, "");
    let too_late = login_link(&server, "");
    server.world().advance_clock(SignedDuration::from_secs(59));
    assert_eq!(
        send(server.addr(), &format!("GET {in_time}"), &[], "").status,
        200
    );
    server.world().advance_clock(SignedDuration::from_secs(1));
    let reply = send(server.addr(), &format!("GET {too_late}"), &[], "");
    assert_eq!(
        (reply.status, &reply.json()["message"]),
        (401, &json!("This login link is too old"))
    );
    for bad in ["", "?otp=", "?otp=x", "?other=1"] {
        let status = send(server.addr(), &format!("GET /login/sessions/sso{bad}"), &[], "").status;
        let expected = if bad.starts_with("?otp") { 401 } else { 400 };
        assert_eq!(status, expected, "{bad}");
    }
}

#[test]
fn an_invitation_is_mailed_unless_it_is_not_to_be() {
    let server = MockServer::start().unwrap();
    let invite = |body: &str| {
        let reply = send(
            server.addr(),
            &format!("POST {CUSTOMER}/invites"),
            &[KEY, JSON],
            body,
        );
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.json().as_str().unwrap().to_owned()
    };
    let by_hand = r#"{"email":"A+b@x.test","name":"Abe","roles":["Support"],"sendEmail":false}"#;
    let url = invite(by_hand);
    assert!(url.starts_with("http://panel.reseller.test/invites/"), "{url}");
    assert!(url.ends_with("?email=A%2Bb@x.test"), "{url}");
    assert_eq!(server.world().outbox(), []);
    let again = invite(r#"{"email":"a+B@x.test","name":"Abel","roles":["Support"]}"#);
    assert_ne!(url, again);
    let [event] = &server.world().outbox()[..] else {
        panic!("one mail: {:?}", server.world().outbox())
    };
    let Message::Enhance(
        mail @ EnhanceMail::Invite {
            name, organization, ..
        },
    ) = &event.message
    else {
        panic!("a mail of Enhance's: {event:?}")
    };
    assert_eq!((mail.to(), mail.url()), ("A+b@x.test", again.as_str()));
    assert_eq!((name.as_str(), organization.as_str()), ("Abel", "Customer Co"));
}

#[test]
fn a_secret_is_in_no_export_and_in_no_debug_output() {
    let server = MockServer::start().unwrap();
    let body = r#"{"roles":["Support"]}"#;
    let reply = send(
        server.addr(),
        &format!("POST {CUSTOMER}/access_tokens"),
        &[KEY, JSON],
        body,
    );
    let secret = reply.json()["unencryptedToken"].as_str().unwrap().to_owned();
    let accept = r#"{"email":"new@customer.test","password":"Secret of Nina"}"#;
    let invite = "POST /invites/48d9d0a7-2cc6-4d4d-863f-3874c5d08560";
    let accepted = send(server.addr(), invite, &[JSON], accept);
    let cookie = accepted.header("set-cookie").unwrap();
    let session = cookie
        .trim_start_matches("id0=")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let export = to_yaml(&server.world().export());
    let debug = format!("{:?}", server.world());
    let built_in = ["mock-password", "mock-session", "mock-token-customer"].map(str::to_owned);
    for secret in [secret, session, "Secret of Nina".to_owned()]
        .into_iter()
        .chain(built_in)
    {
        assert!(!export.contains(&secret), "{secret} is in the export");
        assert!(!debug.contains(&secret), "{secret} is in the debug output");
    }
}
