//! Lists and their pages.

use std::fmt::Write as _;

use contract_tests::scenario::{Scenario, answer};
use serde_json::json;

use super::calls::{
    ACME, ACME_MEMBERS, ADA, CY, EMPTY, EVE, FAY, FULL, SOLO, USER, create, list, merge, ok, refused_for,
    remove,
};
use super::rules::{APART, LISTING, PAGING};

const INVALID: &str = "form_param_value_invalid";

pub(crate) fn rows() -> Vec<Scenario> {
    [lists(), pages(), bad_pages(), thousand(), apart()].concat()
}

fn lists() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LISTING, name);
    vec![
        row("the ten newest come first, and how many there are").ask(
            list(ACME, ""),
            ok().lists("data", USER, &ACME_MEMBERS[..10])
                .has("total_count", 14),
        ),
        row("an organization without members has an empty list").ask(
            list(EMPTY, ""),
            ok().has("", json!({ "data": [], "total_count": 0 })),
        ),
        row("each organization has its own members").ask(
            list(SOLO, ""),
            ok().lists("data", USER, &[FAY, EVE]).has("total_count", 2),
        ),
        row("a member is shown whole").ask(
            list(ACME, "limit=1&offset=11"),
            ok().has("data.0.id", "orgmem_29w9IhKGYQr83wlMvTgbqvXQqwu")
                .has("data.0.role", "org:member")
                .has("data.0.public_metadata.tags", json!(["x"]))
                .has("data.0.private_metadata", json!({ "crm": { "id": 7 } }))
                .has("data.0.organization.members_count", 14)
                .has("data.0.created_at", 1_724_749_948_000_i64),
        ),
        row("parameters that nobody knows are passed over").ask(
            list(ACME, "limit=1&role=org:nope&x=1"),
            ok().lists("data", USER, &ACME_MEMBERS[..1]),
        ),
    ]
}

fn pages() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&PAGING, name);
    let part = |from: usize, to: usize| {
        ok().lists("data", USER, &ACME_MEMBERS[from..to])
            .has("total_count", 14)
    };
    let mut rows = vec![
        row("a page begins where it is asked to and has as many as it is asked for")
            .ask(list(ACME, "limit=2"), part(0, 2))
            .ask(list(ACME, "limit=2&offset=5"), part(5, 7))
            .ask(list(ACME, "offset=3"), part(3, 13))
            .ask(list(ACME, "limit=500"), part(0, 14)),
        row("the last page has what is left").ask(list(ACME, "limit=2&offset=13"), part(13, 14)),
        row("beyond the end there is nothing, and still as many in all")
            .ask(list(ACME, "offset=14"), part(0, 0))
            .ask(list(ACME, "offset=1000000"), part(0, 0))
            .ask(list(ACME, "offset=99999999999999999999"), part(0, 0)),
        row("a whole number may be written with a fraction of zero")
            .ask(list(ACME, "limit=10.0"), part(0, 10))
            .ask(list(ACME, "limit=2.0&offset=12.0"), part(12, 14))
            .ask(list(ACME, "offset=0"), part(0, 10)),
    ];
    for size in [1, 3, 5, 13, 14, 15] {
        let mut whole = row(&format!("pages of {size} together are the list"));
        for from in (0..14).step_by(size) {
            whole = whole.ask(
                list(ACME, &format!("limit={size}&offset={from}")),
                part(from, (from + size).min(14)),
            );
        }
        rows.push(whole);
    }
    rows
}

fn bad_pages() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (parameter, values) in [
        (
            "limit",
            ["abc", "0", "501", "-1", "2.5", "", "10%20", "0x10", "NaN"],
        ),
        (
            "offset",
            ["abc", "-1", "2.5", "", "1,0", "-0.5", "true", "0x10", "inf"],
        ),
    ] {
        for value in values {
            rows.push(
                Scenario::new(&PAGING, format!("a {parameter} of '{value}' is refused")).ask(
                    list(ACME, &format!("{parameter}={value}")),
                    refused_for(422, INVALID, parameter)
                        .matches("errors.0.long_message", &format!("\\b{parameter}\\b")),
                ),
            );
        }
    }
    rows.push(Scenario::new(&PAGING, "the refusal repeats what was sent").ask(
        list(ACME, "limit=many"),
        refused_for(422, INVALID, "limit").matches("errors.0.long_message", "many"),
    ));
    rows.push(
        Scenario::new(&PAGING, "everything that is wrong with the query is said at once").ask(
            list(ACME, "limit=0&offset=-1&order_by=age"),
            answer(422)
                .lists("errors", "code", &[INVALID, INVALID, INVALID])
                .lists("errors", "meta.param_name", &["limit", "offset", "order_by"]),
        ),
    );
    rows
}

/// How many members the crowd has.
const THOUSAND: usize = 1000;

fn member(number: usize) -> String {
    format!("user_of_crowd_{number:04}")
}

/// An organization of a thousand, who joined in the order of their numbers and whose e-mail addresses are in another.
fn crowd() -> String {
    let mut users = String::new();
    let mut memberships = String::new();
    for number in 0..THOUSAND {
        let (user, mail) = (member(number), (number * 7919) % THOUSAND);
        let (minute, second) = (number / 60, number % 60);
        // Writing to a String cannot fail.
        let _ = writeln!(
            users,
            "    - {{ id: {user}, email_addresses: [m{mail:04}@example.com], phone_numbers: [], username: null }}"
        );
        let _ = writeln!(
            memberships,
            "    - {{ organization: org_crowd, user: {user}, role: 'org:member', created_at: '2025-01-01T00:{minute:02}:{second:02}Z' }}"
        );
    }
    format!(
        "extends: true\nclerk:\n  organizations:\n    - {{ id: org_crowd, name: Crowd, max_allowed_memberships: 0, created_at: 2025-01-01T00:00:00Z }}\n  users:\n{users}  memberships:\n{memberships}"
    )
}

fn thousand() -> Vec<Scenario> {
    let by_age: Vec<_> = (0..THOUSAND).map(member).collect();
    let mut by_mail: Vec<_> = (0..THOUSAND).collect();
    by_mail.sort_by_key(|number| (number * 7919) % THOUSAND);
    let by_mail: Vec<_> = by_mail.into_iter().map(member).collect();
    let mut rows = Vec::new();
    for (field, upwards, size) in [("created_at", by_age, 100), ("email_address", by_mail, 300)] {
        let downwards: Vec<_> = upwards.iter().rev().cloned().collect();
        let name = format!("a thousand members are paged through by {field}, upwards and downwards");
        let mut row = Scenario::new(&PAGING, name).fixtures(crowd());
        for (sign, order) in [("", &upwards), ("-", &downwards)] {
            for from in (0..=THOUSAND).step_by(size) {
                let page = &order[from.min(THOUSAND)..(from + size).min(THOUSAND)];
                row = row.ask(
                    list(
                        "org_crowd",
                        &format!("order_by={sign}{field}&limit={size}&offset={from}"),
                    ),
                    ok().lists("data", USER, page).has("total_count", THOUSAND),
                );
            }
        }
        rows.push(row);
    }
    rows
}

fn apart() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&APART, name);
    let fay_in = |organization: &str| list(organization, "limit=1");
    vec![
        row("one user's memberships have ids, roles and metadata of their own")
            .ask(
                fay_in(SOLO),
                ok().has("data.0.public_user_data.user_id", FAY)
                    .keep("data.0", "solo"),
            )
            .ask(
                fay_in(FULL),
                ok().has("data.0.public_user_data.user_id", FAY)
                    .differs("data.0.id", "{solo}"),
            )
            .ask(
                merge(FULL, FAY, &json!({ "public_metadata": { "seat": 3 } })),
                ok(),
            )
            .ask(super::calls::update(FULL, FAY, "org:admin"), ok())
            .ask(fay_in(SOLO), ok().has("data.0", "{solo}")),
        row("leaving one organization is staying in the others")
            .ask(remove(FULL, FAY), ok())
            .ask(list(FULL, ""), ok().has("total_count", 1))
            .ask(list(SOLO, ""), ok().lists("data", USER, &[FAY, EVE])),
        row("one user can be in any number of organizations")
            .ask(create(SOLO, CY, "org:member"), ok())
            .ask(create(EMPTY, CY, "org:admin"), ok())
            .ask(list(ACME, "offset=11&limit=1"), ok().lists("data", USER, &[CY]))
            .ask(list(EMPTY, ""), ok().lists("data", USER, &[CY])),
        row("what happens in one organization is not seen in another")
            .ask(list(SOLO, ""), ok().keep("", "solo"))
            .ask(create(ACME, FAY, "org:member"), ok())
            .ask(remove(ACME, ADA), ok())
            .ask(list(SOLO, ""), ok().has("", "{solo}")),
    ]
}
