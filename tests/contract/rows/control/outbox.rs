//! What the vendors would have told the world: webhooks and mails.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{A, NEW_YEAR, Worlds as _, advance, done, events, made, make_frozen, merge, ok};
use super::rules::OUTBOX;
use crate::clerk::calls as clerk;
use crate::enhance::calls::{self as enhance, Calls as _};
use crate::logto::calls as logto;
use crate::whylabs::calls as whylabs;

/// In a world whose clock stands still at New Year.
fn row(name: &str) -> Scenario {
    Scenario::new(&OUTBOX, name).ask(make_frozen(A), made())
}

/// Something happens in each API.
fn all_four(row: Scenario) -> Scenario {
    row.ask(
        clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
        clerk::ok(),
    )
    .ask(
        logto::create(&json!({ "name": "New" })).in_world(A),
        logto::created(),
    )
    .ask(
        whylabs::create(whylabs::ACME, whylabs::USER, "VIEWER").in_world(A),
        whylabs::ok(),
    )
    .ask(
        enhance::invite(enhance::C, "ina@x.test", &["Support"])
            .by(&enhance::C_OWNER)
            .in_world(A),
        enhance::created(),
    )
}

pub(crate) fn rows() -> Vec<Scenario> {
    let nothing = || ok().has("", json!({ "events": [] }));
    vec![
        row("nothing is told where nothing happened").ask(events(A, ""), nothing()),
        row("an event has a number, an instant, an API, the vendor's name for it and what it says")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                clerk::ok().keep("id", "id"),
            )
            .ask(
                events(A, ""),
                ok().has("events.0.number", 1)
                    .has("events.0.at", NEW_YEAR)
                    .has("events.0.api", "clerk")
                    .has("events.0.name", "organizationMembership.created")
                    .fits("events.0.data", json!({ "type": "object", "minProperties": 1 }))
                    .mentions("{id}")
                    .lacks("events.1"),
            ),
        all_four(row(
            "what all four would have told stands in one order, the oldest first",
        ))
        .ask(
            events(A, ""),
            ok().fits("events", json!({ "minItems": 4 }))
                .has("events.0.number", 1)
                .has("events.1.number", 2)
                .has("events.0.api", "clerk")
                .has("events.1.api", "logto"),
        ),
        all_four(row("what one API would have told can be asked for alone"))
            .ask(events(A, "api=clerk"), ok().lists("events", "api", &["clerk"]))
            .ask(
                events(A, "api=logto"),
                ok().lists("events", "name", &["Organization.Created"])
                    .has("events.0.number", 2),
            )
            .ask(events(A, "api=enhance"), ok().has("events.0.api", "enhance"))
            .ask(events(A, "api=whylabs"), ok().hides("\"clerk\"")),
        row("what came after an event can be asked for alone")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                clerk::ok(),
            )
            .ask(advance(A, "PT1S"), ok())
            .ask(
                clerk::create(clerk::EMPTY, clerk::HAL, "org:member").in_world(A),
                clerk::ok(),
            )
            .ask(events(A, "after=0"), ok().lists("events", "number", &[1, 2]))
            .ask(
                events(A, "after=1"),
                ok().lists("events", "number", &[2])
                    .lists("events", "at", &["2026-01-01T00:00:01Z"]),
            )
            .ask(events(A, "after=2"), nothing())
            .ask(events(A, "after=1&api=logto"), nothing())
            .ask(events(A, "after=9223372036854775807"), nothing()),
        row("what is refused tells nobody anything")
            .ask(
                clerk::create(clerk::FULL, clerk::GUS, "org:member").in_world(A),
                contract_tests::scenario::answer(403),
            )
            .ask(clerk::list(clerk::ACME, "").in_world(A), clerk::ok())
            .ask(events(A, ""), nothing()),
        row("what is merged tells nobody anything")
            .ask(
                merge(
                    A,
                    &json!({ "clerk": { "memberships": [
                    { "organization": clerk::EMPTY, "user": clerk::GUS, "role": "org:member" },
                ] } }),
                ),
                done(),
            )
            .ask(events(A, ""), nothing()),
        row("looking takes nothing away")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                clerk::ok(),
            )
            .ask(events(A, ""), ok().keep("", "events"))
            .ask(events(A, ""), ok().has("", "{events}")),
    ]
}
