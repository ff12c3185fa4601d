//! Who calls, and what is found out before anything is done.

use contract_tests::outside::{UNKNOWN_ROUTE, WRONG_METHOD};
use contract_tests::scenario::{Outcome, Scenario};
use serde_json::json;

use super::calls::{
    ACME, ACME_MEMBERS, ADA, CY, DEE, ELSEWHERE, FAY, FULL, GUS, HAL, NOBODY, NOWHERE, PLAIN, RESTRICTED,
    SOLO, TOM, USER, all_five, create, create_with, list, membership, memberships, merge, ok, refused,
    refused_for, remove, request, update, update_with, with_key, without_key,
};
use super::rules::{ENVELOPE, KEY_FIRST, KEY_SELECTS, ORDER_OF_CHECKS, ROUTES, VERSION};

const NO_KEY: &str = "authorization_header_format_invalid";
const BAD_KEY: &str = "clerk_key_invalid";

pub(crate) fn rows() -> Vec<Scenario> {
    [
        keys(),
        instances(),
        envelope(),
        order_of_checks(),
        routes(),
        versions(),
    ]
    .concat()
}

fn keys() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, call) in all_five(NOWHERE, NOBODY) {
        rows.push(
            Scenario::new(
                &KEY_FIRST,
                format!("{what} without a key is refused, wherever it is"),
            )
            .ask(without_key(call.clone()), refused(401, NO_KEY)),
        );
        rows.push(
            Scenario::new(
                &KEY_FIRST,
                format!("{what} with a key nobody has is refused, wherever it is"),
            )
            .ask(with_key(call, "sk_test_nobody"), refused(401, BAD_KEY)),
        );
    }
    for (what, header) in [
        ("of another scheme", "Basic c2tfdGVzdDo="),
        ("without a scheme", "sk_test_nobody"),
        ("without a key in it", "Bearer"),
        ("that is empty", ""),
    ] {
        let call = without_key(list(NOWHERE, "")).header("authorization", header);
        rows.push(
            Scenario::new(&KEY_FIRST, format!("a header {what} is no key")).ask(call, refused(401, NO_KEY)),
        );
    }
    for key in [
        "sk_live_rollcall",
        "pk_test_rollcall",
        "x",
        "sk_test_rollcal",
        "sk_test_rollcall2",
    ] {
        rows.push(
            Scenario::new(&KEY_FIRST, format!("the key {key} is one that nobody has"))
                .ask(with_key(list(NOWHERE, ""), key), refused(401, BAD_KEY)),
        );
    }
    rows.push(
        Scenario::new(&KEY_FIRST, "the word Bearer counts in either case").ask(
            without_key(list(ACME, "")).header("authorization", "bearer sk_test_rollcall"),
            ok(),
        ),
    );
    rows.push(
        Scenario::new(&KEY_FIRST, "nobody is removed by a call without a good key")
            .ask(without_key(remove(ACME, DEE)), refused(401, NO_KEY))
            .ask(
                with_key(remove(ACME, DEE), "sk_test_nobody"),
                refused(401, BAD_KEY),
            )
            .ask(list(ACME, "limit=500"), ok().lists("data", USER, &ACME_MEMBERS)),
    );
    rows
}

fn instances() -> Vec<Scenario> {
    let unknown = || refused(404, "resource_not_found");
    vec![
        Scenario::new(
            &KEY_SELECTS,
            "each key sees its own instance's organizations alone",
        )
        .ask(list(ELSEWHERE, ""), unknown())
        .ask(
            with_key(list(ELSEWHERE, ""), PLAIN),
            ok().lists("data", USER, &[TOM]),
        )
        .ask(with_key(list(ACME, ""), PLAIN), unknown()),
        Scenario::new(&KEY_SELECTS, "a key changes nothing in another instance")
            .ask(with_key(remove(ACME, DEE), PLAIN), unknown())
            .ask(with_key(update(ACME, CY, "org:admin"), PLAIN), unknown())
            .ask(with_key(merge(ACME, CY, &json!({})), PLAIN), unknown())
            .ask(create(ELSEWHERE, GUS, "org:member"), unknown())
            .ask(remove(ELSEWHERE, TOM), unknown()),
        Scenario::new(&KEY_SELECTS, "a user of another instance is no user of this one")
            .ask(create(ACME, TOM, "org:member"), unknown()),
    ]
}

fn envelope() -> Vec<Scenario> {
    let traced = |outcome: Outcome| {
        outcome
            .matches("clerk_trace_id", "^[0-9a-f]{32}$")
            .keep("clerk_trace_id", "trace")
            .header("clerk-trace-id", "{trace}")
            .header("x-clerk-trace-id", "{trace}")
            .lacks("errors.0.clerk_trace_id")
            .lacks("meta")
    };
    let bodies = [
        ("401", without_key(list(NOWHERE, "")), refused(401, NO_KEY)),
        ("404", list(NOWHERE, ""), refused(404, "resource_not_found")),
        (
            "400",
            request("POST", memberships(ACME)).bytes_as_body("{"),
            refused(400, "request_body_invalid"),
        ),
        (
            "422",
            list(ACME, "limit=0"),
            refused_for(422, "form_param_value_invalid", "limit"),
        ),
        (
            "403",
            create(FULL, GUS, "org:member"),
            refused(403, "organization_membership_quota_exceeded"),
        ),
    ];
    let mut rows: Vec<_> = bodies
        .into_iter()
        .map(|(status, call, outcome)| {
            let outcome = outcome
                .matches("errors.0.message", "^[a-zA-Z].*")
                .matches("errors.0.long_message", "^.+\\.$");
            Scenario::new(
                &ENVELOPE,
                format!("a {status} says what is wrong, in few words and in many, and which request it was"),
            )
            .ask(call, traced(outcome))
        })
        .collect();
    rows.push(
        Scenario::new(&ENVELOPE, "every request has a trace id of its own")
            .ask(list(NOWHERE, ""), traced(refused(404, "resource_not_found")))
            .ask(
                list(NOWHERE, ""),
                refused(404, "resource_not_found").differs("clerk_trace_id", "{trace}"),
            ),
    );
    rows.push(
        Scenario::new(&ENVELOPE, "a success has its trace id in both headers").ask(
            list(ACME, ""),
            ok().keep_header("clerk-trace-id", "trace")
                .header("x-clerk-trace-id", "{trace}")
                .lacks("clerk_trace_id"),
        ),
    );
    rows
}

fn order_of_checks() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ORDER_OF_CHECKS, name);
    let unknown = || refused(404, "resource_not_found");
    let broken = |path: String, method: &str| request(method, path).bytes_as_body("{");
    vec![
        row("the organization before the query").ask(list(NOWHERE, "limit=0"), unknown()),
        row("the organization before the body")
            .ask(broken(memberships(NOWHERE), "POST"), unknown())
            .ask(broken(membership(NOWHERE, CY), "PATCH"), unknown())
            .ask(
                broken(format!("{}/metadata", membership(NOWHERE, CY)), "PATCH"),
                unknown(),
            ),
        row("the membership before the body")
            .ask(broken(membership(ACME, HAL), "PATCH"), unknown())
            .ask(
                broken(format!("{}/metadata", membership(ACME, HAL)), "PATCH"),
                unknown(),
            )
            .ask(update_with(ACME, HAL, &json!({})), unknown())
            .ask(merge(ACME, HAL, &json!({ "unsafe_metadata": {} })), unknown()),
        row("whether the key may add before the organization and the body")
            .ask(
                with_key(create(NOWHERE, GUS, "org:member"), RESTRICTED),
                refused(403, "authorization_invalid"),
            )
            .ask(
                with_key(broken(memberships(ACME), "POST"), RESTRICTED),
                refused(403, "authorization_invalid"),
            )
            .ask(
                with_key(create(NOWHERE, TOM, "org:member"), PLAIN),
                refused(403, "organization_not_enabled_in_instance"),
            ),
        row("the fields before the role and the user").ask(
            create_with(ACME, &json!({ "user_id": NOBODY, "role": 5 })),
            refused_for(422, "form_param_value_invalid", "role"),
        ),
        row("the role before the user").ask(
            create(ACME, NOBODY, "org:nope"),
            refused_for(404, "resource_not_found", "role"),
        ),
        row("the role before the duplicate").ask(
            create(ACME, CY, "org:nope"),
            refused_for(404, "resource_not_found", "role"),
        ),
        row("the user before the quota").ask(create(FULL, NOBODY, "org:member"), unknown()),
        row("the duplicate before the quota").ask(
            create(FULL, FAY, "org:member"),
            refused(400, "already_a_member_in_organization"),
        ),
        row("the role before the last admin").ask(
            update(SOLO, super::calls::EVE, "org:nope"),
            refused_for(404, "resource_not_found", "role"),
        ),
    ]
}

fn routes() -> Vec<Scenario> {
    let unknown = || Outcome::outside(&UNKNOWN_ROUTE).has("errors.0.code", "resource_not_found");
    let wrong = |allow: &str| {
        Outcome::outside(&WRONG_METHOD)
            .header("allow", allow)
            .matches("clerk_trace_id", "^[0-9a-f]{32}$")
    };
    let organization = || request("GET", format!("/v1/organizations/{NOWHERE}"));
    let wrongs = [
        (request("PUT", memberships(NOWHERE)), "GET, HEAD, POST"),
        (request("GET", membership(NOWHERE, NOBODY)), "DELETE, PATCH"),
        (
            request("PUT", format!("{}/metadata", membership(NOWHERE, NOBODY))),
            "PATCH",
        ),
    ];
    let mut rows = vec![
        Scenario::new(
            &ROUTES,
            "an unknown route asks for a key, and is unknown with one",
        )
        .ask(without_key(organization()), refused(401, NO_KEY))
        .ask(with_key(organization(), "sk_test_nobody"), refused(401, BAD_KEY))
        .ask(organization(), unknown()),
    ];
    for (call, allow) in wrongs {
        rows.push(
            Scenario::new(
                &ROUTES,
                format!(
                    "{} {} is a wrong method, once there is a key",
                    call.method, call.target
                ),
            )
            .ask(without_key(call.clone()), refused(401, NO_KEY))
            .ask(call, wrong(allow)),
        );
    }
    rows
}

fn versions() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&VERSION, name);
    let version = |version: &str| list(ACME, "limit=1").header("clerk-api-version", version);
    let same = || ok().lists("data", USER, &ACME_MEMBERS[..1]);
    vec![
        row("a version in the header is taken, known or not")
            .ask(version("2021-02-05"), same())
            .ask(version("2099-01-01"), same()),
        row("a version in the query is taken")
            .ask(list(ACME, "limit=1&__clerk_api_version=2021-02-05"), same()),
        row("a version in both is taken").ask(
            list(ACME, "limit=1&__clerk_api_version=2025-04-10").header("clerk-api-version", "2021-02-05"),
            same(),
        ),
        row("a version is taken beside a body").ask(
            update(ACME, ADA, "org:admin").header("clerk-api-version", "2025-11-10"),
            ok(),
        ),
    ]
}
