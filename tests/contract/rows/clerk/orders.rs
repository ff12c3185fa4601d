//! The orders that a list can be asked for in.

use contract_tests::scenario::Scenario;

use super::calls::{ACME, ACME_MEMBERS, USER, list, ok, refused_for};
use super::rules::SORTING;

/// Six members in the order they joined, with values that are equal but for their case, and with none.
const SORTED: &str = "
extends: true
clerk:
  organizations:
    - { id: org_sorted, name: Sorted, max_allowed_memberships: 0, created_at: 2025-01-01T00:00:00Z }
    - { id: org_equals, name: Equals, max_allowed_memberships: 0, created_at: 2025-01-01T00:00:00Z }
  users:
    - { id: a, first_name: anna, last_name: Zorn, username: Kilo, email_addresses: [Mail3@example.com], phone_numbers: ['+15557000003'] }
    - { id: b, first_name: Anna, last_name: null, username: alfa, email_addresses: [mail1@example.com], phone_numbers: [] }
    - { id: c, first_name: null, last_name: abel, username: null, email_addresses: [], phone_numbers: ['+15557000001'] }
    - { id: d, first_name: Zoe, last_name: Abel, username: Lima, email_addresses: [mail2@example.com, aaa@example.com], phone_numbers: ['+15557000002', '+15550000000'] }
    - { id: e, first_name: null, last_name: null, username: bravo, email_addresses: [], phone_numbers: [] }
    - { id: f, first_name: mia, last_name: Mann, username: zulu, email_addresses: [mail9@example.com], phone_numbers: ['+15556999999'] }
  memberships:
    - { organization: org_sorted, user: a, role: 'org:member', created_at: 2025-01-01T00:00:01Z }
    - { organization: org_sorted, user: b, role: 'org:member', created_at: 2025-01-01T00:00:02Z }
    - { organization: org_sorted, user: c, role: 'org:member', created_at: 2025-01-01T00:00:03Z }
    - { organization: org_sorted, user: d, role: 'org:member', created_at: 2025-01-01T00:00:04Z }
    - { organization: org_sorted, user: e, role: 'org:member', created_at: 2025-01-01T00:00:05Z }
    - { organization: org_sorted, user: f, role: 'org:member', created_at: 2025-01-01T00:00:06Z }
    - { id: orgmem_2, organization: org_equals, user: a, role: 'org:member', created_at: 2025-01-01T00:00:01Z }
    - { id: orgmem_3, organization: org_equals, user: b, role: 'org:member', created_at: 2025-01-01T00:00:01Z }
    - { id: orgmem_1, organization: org_equals, user: c, role: 'org:member', created_at: 2025-01-01T00:00:01Z }
    - { id: orgmem_0, organization: org_equals, user: d, role: 'org:member', created_at: 2025-01-01T00:00:02Z }
";

/// By each field, the members upwards and downwards. Those without a value are the last upwards; those with the same
/// one, or with none, come newest first both ways.
const ORDERS: [(&str, [&str; 6], [&str; 6]); 6] = [
    (
        "created_at",
        ["a", "b", "c", "d", "e", "f"],
        ["f", "e", "d", "c", "b", "a"],
    ),
    (
        "first_name",
        ["b", "a", "f", "d", "e", "c"],
        ["e", "c", "d", "f", "b", "a"],
    ),
    (
        "last_name",
        ["d", "c", "f", "a", "e", "b"],
        ["e", "b", "a", "f", "d", "c"],
    ),
    (
        "username",
        ["b", "e", "a", "d", "f", "c"],
        ["c", "f", "d", "a", "e", "b"],
    ),
    (
        "email_address",
        ["b", "d", "a", "f", "e", "c"],
        ["e", "c", "f", "a", "d", "b"],
    ),
    (
        "phone_number",
        ["f", "c", "d", "a", "e", "b"],
        ["e", "b", "a", "d", "c", "f"],
    ),
];

pub(crate) fn rows() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (field, upwards, downwards) in ORDERS {
        for (sign, order) in [("", upwards), ("+", upwards), ("%2B", upwards), ("-", downwards)] {
            rows.push(sorted(&format!("{sign}{field}"), order));
        }
    }
    rows.extend(odd());
    rows.extend(refused());
    rows
}

/// The whole list, and pages of it.
fn sorted(order_by: &str, order: [&str; 6]) -> Scenario {
    let mut row =
        Scenario::new(&SORTING, format!("the list by '{order_by}', whole and in pages")).fixtures(SORTED);
    for size in [500, 4, 1] {
        for from in (0..order.len()).step_by(size) {
            let page = &order[from..(from + size).min(order.len())];
            row = row.ask(
                list(
                    "org_sorted",
                    &format!("order_by={order_by}&limit={size}&offset={from}"),
                ),
                ok().lists("data", USER, page).has("total_count", 6),
            );
        }
    }
    row
}

fn odd() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SORTING, name);
    let by_id = |query: &str, ids: &[&str]| (list("org_equals", query), ok().lists("data", "id", ids));
    let upwards = by_id(
        "order_by=created_at",
        &["orgmem_3", "orgmem_2", "orgmem_1", "orgmem_0"],
    );
    let downwards = by_id(
        "order_by=-created_at",
        &["orgmem_0", "orgmem_3", "orgmem_2", "orgmem_1"],
    );
    vec![
        row("of those who joined at one moment the higher id comes first, both ways")
            .fixtures(SORTED)
            .ask(upwards.0, upwards.1)
            .ask(downwards.0, downwards.1),
        row("the newest come first where no order is asked for")
            .ask(
                list(ACME, "limit=500"),
                ok().lists("data", USER, &ACME_MEMBERS).keep("data", "all"),
            )
            .ask(
                list(ACME, "limit=500&order_by=-created_at"),
                ok().has("data", "{all}"),
            ),
        row("of several orders the first counts").fixtures(SORTED).ask(
            list(
                "org_sorted",
                "order_by=-username&order_by=first_name&order_by=age",
            ),
            ok().lists("data", USER, &["c", "f", "d", "a", "e", "b"]),
        ),
        row("of several orders the first counts also when it is wrong").ask(
            list(ACME, "order_by=age&order_by=username"),
            refused_for(422, "form_param_value_invalid", "order_by"),
        ),
    ]
}

fn refused() -> Vec<Scenario> {
    let orders = [
        "age",
        "",
        "%2B",
        "-",
        "Username",
        "--username",
        "-+username",
        "username,email_address",
        "username%20",
        "role",
    ];
    orders
        .into_iter()
        .map(|order| {
            Scenario::new(&SORTING, format!("there is no order by '{order}'")).ask(
                list(ACME, &format!("order_by={order}")),
                refused_for(422, "form_param_value_invalid", "order_by"),
            )
        })
        .collect()
}
