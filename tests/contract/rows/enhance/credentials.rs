//! Who calls, and what is found out before anything is done.

use contract_tests::outside::{UNKNOWN_ROUTE, WRONG_METHOD};
use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;
use serde_json::json;

use super::calls::{
    ALIEN, C, C_BIZ, C_OWNER, C_SITE, C_SUPER, C2, Calls as _, D, ENDED, FREE, MO, MO_OWNER, NOPE, R,
    R_SUPER, T_BIZ, T_C, T_DEAD, T_MO, add, all_twelve, created, drop_token, forbidden, gone, hand_over,
    invite_with, list, login_link, make_token, not_found, ok, read, refused, remove, tokens, unauthenticated,
    unusable, update,
};
use super::rules::{CREDENTIALS, EITHER, ERRORS, ORDER_OF_CHECKS, ROUTES, SESSIONS, TOKEN_ROLES};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        credentials(),
        either(),
        token_roles(),
        sessions(),
        order_of_checks(),
        order_of_states(),
        errors(),
        routes(),
    ]
    .concat()
}

fn credentials() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, call) in all_twelve(C, C_SITE.member, T_BIZ.id) {
        let row = Scenario::new(&CREDENTIALS, format!("{what} takes a valid credential"));
        rows.push(
            row.ask(call.clone(), unauthenticated())
                .ask(call.clone().in_session("nobody"), unauthenticated())
                .ask(call.clone().in_session(ENDED), unauthenticated())
                .ask(call.clone().with("nobody"), unauthenticated())
                .ask(call.with(T_DEAD.secret), unauthenticated()),
        );
    }
    for (what, header, value) in [
        ("a cookie of another name", "cookie", "id1=mock-session"),
        ("an empty cookie", "cookie", "id0="),
        (
            "a scheme of another name",
            "authorization",
            "Basic bW9jazp0b2tlbg==",
        ),
        ("a token without a scheme", "authorization", "mock-token"),
        ("a scheme without a token", "authorization", "Bearer"),
        ("a session as a token", "authorization", "Bearer mock-session"),
        ("a token as a session", "cookie", "id0=mock-token"),
        ("the beginning of a token", "authorization", "Bearer mock-toke"),
    ] {
        rows.push(
            Scenario::new(&CREDENTIALS, format!("{what} is no credential"))
                .ask(list(C, "").header(header, value), unauthenticated()),
        );
    }
    rows.push(
        Scenario::new(&CREDENTIALS, "a token that was deleted is no credential")
            .ask(tokens(C).with(T_C.secret), ok())
            .ask(drop_token(C, T_C.id).by(&C_OWNER), gone())
            .ask(tokens(C).with(T_C.secret), unauthenticated()),
    );
    rows
}

fn either() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&EITHER, name);
    vec![
        row("a session is enough").ask(list(C, "").by(&C_SUPER), ok()),
        row("a token is enough").ask(list(C, "").with(T_C.secret), ok()),
        row("the session may stand among other cookies").ask(
            list(C, "").header("cookie", "theme=dark; id0=mock-session-c-super; lang=en"),
            ok(),
        ),
        row("of two the valid one counts")
            .ask(list(C, "").with(T_C.secret).in_session("nobody"), ok())
            .ask(list(C, "").with(T_DEAD.secret).by(&C_SUPER), ok())
            .ask(list(C, "").with("nobody").by(&C_SUPER), ok()),
        row("of two valid ones the token counts")
            .ask(list(C, "").with(T_BIZ.secret).by(&C_OWNER), forbidden())
            .ask(list(C, "").with(T_C.secret).by(&C_BIZ), ok()),
        row("two that are not valid are none")
            .ask(list(C, "").with("nobody").in_session(ENDED), unauthenticated())
            .ask(
                list(C, "").with(T_DEAD.secret).in_session("nobody"),
                unauthenticated(),
            ),
    ]
}

fn token_roles() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOKEN_ROLES, name);
    let all = [MO, R, C, C2, D];
    let of_master = all.iter().fold(
        row("a token of the master organization acts everywhere below it"),
        |row, org| row.ask(list(org, "").with(T_MO.secret), ok()),
    );
    vec![
        of_master,
        row("a token acts in its own organization and in none above or beside it")
            .ask(list(C, "").with(T_C.secret), ok())
            .ask(list(R, "").with(T_C.secret), forbidden())
            .ask(list(MO, "").with(T_C.secret), forbidden())
            .ask(list(C2, "").with(T_C.secret), forbidden()),
        row("a token of the master organization adds members to customers")
            .ask(add(C, FREE.login, &["Support"]).with(T_MO.secret), created()),
        row("a token is never the member that is read")
            .ask(read(C, C_BIZ.member).with(T_BIZ.secret), forbidden())
            .ask(read(C, T_BIZ.id).with(T_BIZ.secret), forbidden()),
    ]
}

fn sessions() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SESSIONS, name);
    vec![
        row("one session acts in each organization with the roles it has there")
            .given(add(R, ALIEN.login, &["SuperAdmin"]).with(T_MO.secret))
            .given(add(D, ALIEN.login, &["Support"]).with(T_MO.secret))
            .ask(list(R, "").by(&ALIEN), ok())
            .ask(list(C, "").by(&ALIEN), ok())
            .ask(list(D, "").by(&ALIEN), forbidden())
            .ask(list(MO, "").by(&ALIEN), forbidden()),
        row("a demotion takes effect on a session at once")
            .ask(list(C, "").by(&C_SUPER), ok())
            .given(update(C, C_SUPER.member, &json!({ "roles": ["Support"] })).by(&C_OWNER))
            .ask(list(C, "").by(&C_SUPER), forbidden()),
        row("a promotion takes effect on a session at once")
            .ask(list(C, "").by(&C_BIZ), forbidden())
            .given(update(C, C_BIZ.member, &json!({ "roles": ["SuperAdmin"] })).by(&C_OWNER))
            .ask(list(C, "").by(&C_BIZ), ok()),
        row("who is removed above has no rights below")
            .ask(list(C, "").by(&R_SUPER), ok())
            .given(remove(R, R_SUPER.member).by(&MO_OWNER))
            .ask(list(C, "").by(&R_SUPER), forbidden()),
    ]
}

fn order_of_checks() -> Vec<Scenario> {
    let row = |name: String| Scenario::new(&ORDER_OF_CHECKS, name);
    let mut rows = Vec::new();
    for (what, call) in all_twelve(NOPE, NOPE, NOPE) {
        let of_unknown = if what == "making a login link" {
            forbidden()
        } else {
            not_found("org")
        };
        rows.push(
            row(format!("{what}: the credential comes before the organization"))
                .ask(call.clone(), unauthenticated())
                .ask(call.by(&FREE), of_unknown),
        );
    }
    for (what, call) in all_twelve("abc", "abc", "abc") {
        let of_malformed = if what == "making a login link" {
            forbidden()
        } else {
            not_found("org")
        };
        rows.push(
            row(format!(
                "{what}: a malformed organization is one that is not there"
            ))
            .ask(call.by(&MO_OWNER), of_malformed),
        );
    }
    for (what, call) in all_twelve(C, NOPE, NOPE) {
        rows.push(
            row(format!(
                "{what}: the right comes before what is inside the organization"
            ))
            .ask(call.by(&C_BIZ), forbidden()),
        );
    }
    let broken = |call: Request| call.bytes_as_body("{");
    for (what, call) in all_twelve(C, C_SITE.member, T_BIZ.id) {
        if call.headers.is_empty() {
            continue;
        }
        rows.push(
            row(format!("{what}: the right comes before the body"))
                .ask(broken(call.clone()).by(&C_BIZ), forbidden())
                .ask(broken(call).by(&MO_OWNER), unusable()),
        );
    }
    let fixtures = "
extends: true
enhance:
  organizations:
    - { id: 33333333-3333-4333-8333-333333333333, name: Gone, parent: b5da37cf-cdbc-413a-ac1d-7e3f023a9f2c, deleted: true }
";
    let deleted =
        row("an organization that was deleted is one that is not there".to_owned()).fixtures(fixtures);
    let calls = all_twelve("33333333-3333-4333-8333-333333333333", NOPE, NOPE);
    rows.push(calls.into_iter().fold(deleted, |row, (what, call)| {
        let of_deleted = match what {
            "making a login link" => forbidden(),
            _ => not_found("org"),
        };
        row.ask(call.by(&MO_OWNER), of_deleted)
    }));
    rows.push(
        row("the organization comes before query and body".to_owned())
            .ask(list(NOPE, "limit=-1").by(&MO_OWNER), not_found("org"))
            .ask(invite_with(NOPE, &json!({})).by(&MO_OWNER), not_found("org"))
            .ask(
                update("abc", "abc", &json!({ "roles": ["Boss"] })).by(&MO_OWNER),
                not_found("org"),
            ),
    );
    rows.push(
        row("the right comes before the query".to_owned()).ask(list(C, "limit=-1").by(&C_BIZ), forbidden()),
    );
    rows.push(
        row("the right comes before a malformed member".to_owned())
            .ask(update(C, "abc", &json!({})).by(&C_BIZ), forbidden())
            .ask(remove(C, "abc").by(&C_BIZ), forbidden())
            .ask(login_link(C, "abc").by(&C_BIZ), forbidden()),
    );
    rows
}

/// What is found out when everybody who calls may call, and there is the organization.
fn order_of_states() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ORDER_OF_CHECKS, name);
    let past = json!({ "roles": ["Support"], "friendlyName": "ci", "tokenExpires": "2020-01-01T00:00:00Z" });
    vec![
        row("the body comes before what it names")
            .ask(add(C, NOPE, &["Boss"]).by(&C_OWNER), unusable())
            .ask(
                update(C, NOPE, &json!({ "roles": ["Boss"] })).by(&C_OWNER),
                unusable(),
            ),
        row("what a body names comes before the rules about owners")
            .ask(add(C, NOPE, &["Owner"]).by(&C_OWNER), not_found("login"))
            .ask(
                update(C, NOPE, &json!({ "roles": ["Owner"] })).by(&C_OWNER),
                not_found("member"),
            )
            .ask(hand_over(C, NOPE).by(&C_OWNER), not_found("member")),
        row("the rules about owners come before what is there already").ask(
            add(C, C_BIZ.login, &["Owner"]).by(&C_OWNER),
            refused(400, "invalid_input", "owner"),
        ),
        row("an instant that has gone by comes before a name that is taken")
            .ask(make_token(C, &past).by(&C_OWNER), unusable()),
    ]
}

fn errors() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ERRORS, name);
    let plain = |outcome: Outcome| outcome.lacks_header("set-cookie");
    vec![
        row("a 400 says invalid_input, and names the field")
            .ask(
                make_token(C, &json!({ "roles": ["Boss"] })).by(&C_OWNER),
                plain(unusable().matches("message", "roles")),
            )
            .ask(
                add(C, "abc", &["Support"]).by(&C_OWNER),
                plain(unusable().matches("message", "loginId")),
            )
            .ask(
                list(C, "sortBy=age").by(&C_OWNER),
                plain(unusable().matches("message", "sortBy")),
            ),
        row("a 401 says invalid_session").ask(tokens(C), plain(refused(401, "invalid_session", ""))),
        row("a 403 says insufficient_privileges").ask(
            tokens(C).by(&C_BIZ),
            plain(refused(403, "insufficient_privileges", "org")),
        ),
        row("a 404 says not_found, and of what kind")
            .ask(tokens(NOPE).by(&MO_OWNER), plain(not_found("org")))
            .ask(read(C, NOPE).by(&C_OWNER), plain(not_found("member")))
            .ask(drop_token(C, NOPE).by(&C_OWNER), plain(not_found("token")))
            .ask(add(C, NOPE, &["Support"]).by(&C_OWNER), plain(not_found("login"))),
        row("a 409 says already_exists, and of what kind")
            .ask(
                add(C, C_BIZ.login, &["Support"]).by(&C_OWNER),
                plain(refused(409, "already_exists", "member")),
            )
            .ask(
                make_token(C, &json!({ "roles": ["Support"], "friendlyName": "ci" })).by(&C_OWNER),
                plain(refused(409, "already_exists", "token")),
            ),
    ]
}

fn routes() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ROUTES, name);
    let at = |method: &str, target: &str| Request::new(method, target).by(&MO_OWNER);
    vec![
        row("what is not there is not found")
            .ask(at("GET", &format!("/orgs/{C}")), Outcome::outside(&UNKNOWN_ROUTE))
            .ask(
                at("GET", &format!("/orgs/{C}/websites")),
                Outcome::outside(&UNKNOWN_ROUTE),
            )
            .ask(
                at("POST", &format!("/invites/{NOPE}/refuse")),
                Outcome::outside(&UNKNOWN_ROUTE),
            ),
        row("a wrong method is told the right ones")
            .ask(
                at("PATCH", &format!("/orgs/{C}/members/{}", C_SITE.member)),
                Outcome::outside(&WRONG_METHOD).header("allow", "DELETE, GET, HEAD, PUT"),
            )
            .ask(
                at("GET", &format!("/invites/{NOPE}")),
                Outcome::outside(&WRONG_METHOD).header("allow", "POST"),
            ),
    ]
}
