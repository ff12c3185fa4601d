//! Times, and what happens at one moment.

use contract_tests::scenario::Scenario;
use mock_server::jiff::SignedDuration;
use serde_json::{Value, json};

use super::calls::{
    ACME, ADA, BOB, FAY, FULL, GUS, HAL, JAN, USER, create, list, merge, ok, refused, remove, update,
};
use super::rules::{AT_ONCE, TIMES};

pub(crate) fn rows() -> Vec<Scenario> {
    [times(), at_once()].concat()
}

/// The beginning of 2026.
const NOW: i64 = 1_767_225_600_000;

const HOUR: i64 = 3_600_000;

fn frozen(name: &str) -> Scenario {
    Scenario::new(&TIMES, name).clock("2026-01-01T00:00:00Z")
}

fn times() -> Vec<Scenario> {
    let at = |created: i64, updated: i64| ok().has("created_at", created).has("updated_at", updated);
    let hour = SignedDuration::from_hours(1);
    vec![
        frozen("a membership tells when it began and when it changed, in milliseconds")
            .ask(create(ACME, GUS, "org:member"), at(NOW, NOW))
            .advance(hour)
            .ask(update(ACME, GUS, "org:member"), at(NOW, NOW + HOUR))
            .advance(SignedDuration::from_millis(7))
            .ask(merge(ACME, GUS, &json!({})), at(NOW, NOW + HOUR + 7))
            .advance(hour)
            .ask(remove(ACME, GUS), at(NOW, NOW + HOUR + 7))
            .ask(
                create(ACME, GUS, "org:member"),
                at(NOW + 2 * HOUR + 7, NOW + 2 * HOUR + 7),
            ),
        frozen("members who join at one moment have times one after the other")
            .ask(create(ACME, GUS, "org:member"), at(NOW, NOW))
            .ask(create(ACME, HAL, "org:member"), at(NOW + 1, NOW + 1))
            .ask(create(ACME, FAY, "org:member"), at(NOW + 2, NOW + 2))
            .ask(list(ACME, "limit=3"), ok().lists("data", USER, &[FAY, HAL, GUS]))
            .ask(update(ACME, FAY, "org:admin"), at(NOW + 2, NOW + 2)),
        frozen("a change leaves the times of others alone")
            .ask(
                list(ACME, "limit=500&order_by=created_at&offset=10"),
                ok().keep("data", "before"),
            )
            .advance(hour)
            .ask(update(ACME, ADA, "org:admin"), ok())
            .ask(remove(ACME, BOB), ok())
            .ask(create(ACME, BOB, "org:admin"), ok().has("created_at", NOW + HOUR))
            .ask(
                list(ACME, "limit=4&order_by=created_at&offset=9"),
                ok().has("data", "{before}"),
            ),
        Scenario::new(&TIMES, "a running clock goes forward when it is set forward")
            .advance(SignedDuration::from_hours(24 * 365 * 20))
            .ask(create(ACME, GUS, "org:member"), ok().keep("created_at", "began"))
            .advance(hour)
            .ask(
                update(ACME, GUS, "org:member"),
                ok().has("created_at", "{began}").differs("updated_at", "{began}"),
            ),
    ]
}

fn at_once() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&AT_ONCE, name);
    let duplicate = || refused(400, "already_a_member_in_organization");
    let last = || refused(400, "organization_minimum_permissions_needed");
    let mut one_of_eight = vec![duplicate(); 7];
    one_of_eight.push(ok());
    let keys: Vec<String> = (0..8).map(|number| format!("k{number}")).collect();
    let merges = keys
        .iter()
        .map(|key| merge(ACME, JAN, &json!({ "public_metadata": { key: 1 } })));
    let merged: Value = keys.iter().map(|key| (key.clone(), json!(1))).collect();
    vec![
        row("of two who add the same user one succeeds").together(
            vec![create(ACME, GUS, "org:member"), create(ACME, GUS, "org:admin")],
            vec![ok(), duplicate()],
        ),
        row("of eight who add the same user one succeeds")
            .together(vec![create(ACME, GUS, "org:member"); 8], one_of_eight)
            .ask(list(ACME, "limit=1"), ok().has("total_count", 15)),
        row("of the last two admins one can step down").together(
            vec![update(ACME, ADA, "org:member"), update(ACME, BOB, "org:member")],
            vec![ok(), last()],
        ),
        row("of the last two admins one can leave")
            .together(vec![remove(ACME, ADA), remove(ACME, BOB)], vec![ok(), last()]),
        row("the last admin can leave or step down, where there are two").together(
            vec![remove(ACME, ADA), update(ACME, BOB, "org:billing")],
            vec![ok(), last()],
        ),
        row("the last seat is taken once")
            .given(remove(FULL, FAY))
            .together(
                vec![create(FULL, GUS, "org:member"), create(FULL, HAL, "org:member")],
                vec![ok(), refused(403, "organization_membership_quota_exceeded")],
            ),
        row("of two who remove the same member one succeeds").together(
            vec![remove(ACME, JAN), remove(ACME, JAN)],
            vec![ok(), refused(404, "resource_not_found")],
        ),
        row("no merge is lost")
            .together(merges.collect(), vec![ok(); 8])
            .ask(
                list(ACME, "offset=9&limit=1"),
                ok().has("data.0.public_user_data.user_id", JAN)
                    .has("data.0.public_metadata", merged),
            ),
    ]
}
