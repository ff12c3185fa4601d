//! Enhance's refusals of requests that do not reach an operation: statuses, codes, shapes and their order.

use mock_server::MockServer;
use serde_json::json;

use crate::case::{JSON, KEY, case, check};
use crate::client::send;

#[test]
fn enhance_refuses_with_a_code_and_the_first_fault() {
    let server = MockServer::start().unwrap();
    let code = |code: &str| ("/code", json!(code));
    let says = |text: &str| ("/message", json!(text));
    let tokens = "POST /orgs/o/access_tokens";
    let members = "POST /orgs/o/members";
    let list = "GET /orgs/o/members";
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
            "POST /orgs/o/invites",
            &[KEY, JSON],
            r#"{"email":"nobody","name":"N","roles":["Support"]}"#,
            400,
            &[says("email: \"nobody\" is no e-mail address"), about("invite")],
        ),
        case(
            "PUT /orgs/o/members/abc",
            &[KEY, JSON],
            "{}",
            400,
            &[says("member_id: \"abc\" is no uuid"), about("member")],
        ),
        case(
            "PUT /orgs/o/owner",
            &[KEY, JSON],
            r#"{"memberId":"abc"}"#,
            400,
            &[says("memberId: \"abc\" is no uuid"), about("member")],
        ),
        case(
            "POST /invites/i",
            &[JSON],
            "{",
            403,
            &[code("insufficient_privileges"), about("login")],
        ),
        case(
            "POST /invites/i",
            &[JSON],
            r#"{"password":"x"}"#,
            403,
            &[code("insufficient_privileges")],
        ),
    ] {
        check(&server, &one);
    }
    for good in [
        "POST /invites/i",
        "POST /invites/i/validate",
        "POST /invites/%ZZ/validate",
        "POST /invites/%FF/validate",
    ] {
        assert_eq!(send(server.addr(), good, &[], "").status, 200, "{good}");
    }
    assert_eq!(
        send(server.addr(), list, &[("cookie", "a=b; id0=s")], "").status,
        200
    );
    assert_eq!(server.undocumented(), 0);
}
