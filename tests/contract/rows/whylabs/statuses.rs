//! Each operation and each of its statuses.

use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;

use super::calls::{
    ACME, DOMAINS_KEY, GHOST, GONE, GONE_KEY, MEMBER, STAFF_KEY, USER, USER_ID, VIEWER, create, duplicate,
    list, missing, no_key, no_membership, no_organization, no_user, ok, other_organization, path, remove,
    request, update, with_key, without_key,
};
use super::rules::STATUSES;

pub(crate) fn rows() -> Vec<Scenario> {
    let forbidden = || other_organization(ACME);
    let of_each: [(&str, Vec<(Request, Outcome)>); 4] = [
        (
            "adding",
            vec![
                (create(ACME, USER, "ADMIN"), ok()),
                (create(ACME, MEMBER, "ADMIN"), duplicate(MEMBER, ACME)),
                (without_key(create(ACME, USER, "ADMIN")), no_key()),
                (with_key(create(ACME, USER, "ADMIN"), DOMAINS_KEY), forbidden()),
                (create(ACME, GHOST, "ADMIN"), no_user("acme.ai")),
            ],
        ),
        (
            "listing",
            vec![
                (list(ACME), ok()),
                (without_key(list(ACME)), no_key()),
                (with_key(list(ACME), DOMAINS_KEY), forbidden()),
                (with_key(list(GONE), GONE_KEY), no_organization(GONE)),
            ],
        ),
        (
            "changing a role",
            vec![
                (update(ACME, MEMBER, "VIEWER"), ok()),
                (
                    request("PUT", format!("{}?role=ADMIN", path(ACME))),
                    missing("email"),
                ),
                (without_key(update(ACME, MEMBER, "VIEWER")), no_key()),
                (with_key(update(ACME, MEMBER, "VIEWER"), DOMAINS_KEY), forbidden()),
                (update(ACME, USER, "VIEWER"), no_membership(USER_ID, ACME)),
            ],
        ),
        (
            "removing",
            vec![
                (remove(ACME, VIEWER), ok()),
                (request("DELETE", path(ACME)), missing("email")),
                (without_key(remove(ACME, MEMBER)), no_key()),
                (with_key(remove(ACME, MEMBER), DOMAINS_KEY), forbidden()),
                (
                    with_key(remove(ACME, USER), STAFF_KEY),
                    no_membership(USER_ID, ACME),
                ),
            ],
        ),
    ];
    let mut rows = Vec::new();
    for (what, calls) in of_each {
        for (call, outcome) in calls {
            let name = format!("{what} can be answered {}", outcome.status);
            rows.push(Scenario::new(&STATUSES, name).ask(call, outcome));
        }
    }
    rows
}
