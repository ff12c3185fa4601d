//! What time it is in a world.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    A, NEW_YEAR, Worlds as _, advance, below, clock, freeze, made, make, make_frozen, ok, set_clock,
    stands_at, world, wrong_at,
};
use super::rules::{ADVANCING, CLOCK};
use crate::clerk::calls as clerk;

pub(crate) fn rows() -> Vec<Scenario> {
    [
        standing(),
        running(),
        bad_settings(),
        advancing(),
        bad_durations(),
    ]
    .concat()
}

/// What a clock of the machine's time shows.
const AHEAD_OF_NOTHING: &str = "PT0S";

fn standing() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&CLOCK, name);
    vec![
        row("a clock is the machine's unless it is said otherwise").ask(
            clock(A),
            ok().has("mode", "running")
                .has("offset", AHEAD_OF_NOTHING)
                .matches("now", "^20[2-9][0-9]-[0-9-]+T[0-9:.]+Z$"),
        ),
        row("a clock is stopped at an instant")
            .ask(freeze(A, NEW_YEAR), stands_at(NEW_YEAR))
            .ask(clock(A), stands_at(NEW_YEAR))
            .ask(world(A), ok().has("now", NEW_YEAR)),
        row("what happens, happens when the clock says")
            .ask(freeze(A, NEW_YEAR), ok())
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok().has("created_at", 1_767_225_600_000_u64),
            ),
        row("an instant can be written with any offset, and is told in UTC")
            .ask(freeze(A, "2026-01-01T02:30:00+02:30"), stands_at(NEW_YEAR))
            .ask(freeze(A, "2025-12-31t16:00:00-08:00"), stands_at(NEW_YEAR))
            .ask(
                freeze(A, "2026-01-01T00:00:00.250Z"),
                stands_at("2026-01-01T00:00:00.25Z"),
            ),
        row("a clock that is stopped without an instant shows what it shows already")
            .ask(freeze(A, NEW_YEAR), ok())
            .ask(set_clock(A, &json!({ "mode": "frozen" })), stands_at(NEW_YEAR))
            .ask(
                set_clock(A, &json!({ "mode": "running", "at": "2030-01-01T00:00:00Z" })),
                ok(),
            )
            .ask(
                set_clock(A, &json!({ "mode": "frozen" })),
                ok().has("mode", "frozen")
                    .matches("now", "^2030-01-01T00:0")
                    .lacks("offset")
                    .keep("now", "now"),
            )
            .ask(clock(A), ok().has("now", "{now}")),
        row("a clock can be set back").ask(freeze(A, NEW_YEAR), ok()).ask(
            freeze(A, "2020-02-29T12:00:00Z"),
            stands_at("2020-02-29T12:00:00Z"),
        ),
    ]
}

fn running() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&CLOCK, name);
    let run = |setting: serde_json::Value| set_clock(A, &setting);
    vec![
        row("a clock that stood still runs on from where it stood")
            .ask(freeze(A, "2030-01-01T00:00:00Z"), ok())
            .ask(
                run(json!({ "mode": "running" })),
                ok().has("mode", "running")
                    .matches("now", "^2030-01-01T00:0")
                    .matches("offset", "^-?P"),
            ),
        row("a clock that runs runs on as it did")
            .ask(
                run(json!({ "mode": "running", "offset": "PT90M" })),
                ok().keep("offset", "offset"),
            )
            .ask(run(json!({ "mode": "running" })), ok().has("offset", "{offset}")),
        row("a clock runs from an instant").ask(
            run(json!({ "mode": "running", "at": "2031-05-05T05:05:00Z" })),
            ok().has("mode", "running").matches("now", "^2031-05-05T05:0"),
        ),
        row("a clock runs ahead of the machine's, or behind it")
            .ask(
                run(json!({ "mode": "running", "offset": "PT90M" })),
                ok().matches("offset", "^(PT1H30M|PT90M)$"),
            )
            .ask(
                run(json!({ "mode": "running", "offset": "-P1D" })),
                ok().matches("offset", "^(-P1D|-PT24H)$"),
            ),
        row("an offset of nothing is the machine's time")
            .ask(freeze(A, NEW_YEAR), ok())
            .ask(
                run(json!({ "mode": "running", "offset": "PT0S" })),
                ok().has("mode", "running").has("offset", AHEAD_OF_NOTHING),
            ),
    ]
}

fn bad_settings() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, setting, pointer) in [
        ("no mode", json!({}), "/mode"),
        ("no mode that there is", json!({ "mode": "stopped" }), "/mode"),
        ("a mode that is no text", json!({ "mode": true }), "/mode"),
        ("no instant", json!({ "mode": "frozen", "at": "noon" }), "/at"),
        (
            "an instant without an offset",
            json!({ "mode": "frozen", "at": "2026-01-01T00:00:00" }),
            "/at",
        ),
        (
            "a date alone",
            json!({ "mode": "frozen", "at": "2026-01-01" }),
            "/at",
        ),
        (
            "a day there is not",
            json!({ "mode": "frozen", "at": "2026-02-29T00:00:00Z" }),
            "/at",
        ),
        (
            "an instant that is a number",
            json!({ "mode": "frozen", "at": 1_767_225_600 }),
            "/at",
        ),
        (
            "no offset",
            json!({ "mode": "running", "offset": "an hour" }),
            "/offset",
        ),
        (
            "an offset of a clock that stands still",
            json!({ "mode": "frozen", "offset": "PT1H" }),
            "/offset",
        ),
        (
            "an offset beside an instant",
            json!({ "mode": "running", "at": NEW_YEAR, "offset": "PT1H" }),
            "/offset",
        ),
    ] {
        rows.push(
            Scenario::new(&CLOCK, format!("{what} sets no clock"))
                .ask(make_frozen(A), made())
                .ask(set_clock(A, &setting), wrong_at(pointer))
                .ask(clock(A), stands_at(NEW_YEAR)),
        );
    }
    rows
}

fn advancing() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ADVANCING, name);
    let mut rows = Vec::new();
    for (by, shown) in [
        ("PT90M", "2026-01-01T01:30:00Z"),
        ("PT36H", "2026-01-02T12:00:00Z"),
        ("PT1H30M15S", "2026-01-01T01:30:15Z"),
        ("PT0.5S", "2026-01-01T00:00:00.5Z"),
        ("P30D", "2026-01-31T00:00:00Z"),
        ("P2W", "2026-01-15T00:00:00Z"),
        ("P1M", "2026-02-01T00:00:00Z"),
        ("P1Y", "2027-01-01T00:00:00Z"),
        ("P1Y2M3DT4H5M6S", "2027-03-04T04:05:06Z"),
        ("PT0S", NEW_YEAR),
        ("-PT1H", "2025-12-31T23:00:00Z"),
        ("-P1M", "2025-12-01T00:00:00Z"),
        ("-P1Y", "2025-01-01T00:00:00Z"),
    ] {
        rows.push(
            row(&format!("by {by}"))
                .ask(make_frozen(A), made())
                .ask(advance(A, by), stands_at(shown))
                .ask(clock(A), stands_at(shown)),
        );
    }
    rows.extend([
        row("a month later is the same day of the next month, or its last one")
            .ask(freeze(A, "2026-01-31T12:00:00Z"), ok())
            .ask(advance(A, "P1M"), stands_at("2026-02-28T12:00:00Z"))
            .ask(freeze(A, "2024-02-29T00:00:00Z"), ok())
            .ask(advance(A, "P1Y"), stands_at("2025-02-28T00:00:00Z")),
        row("forward and back again is where it was")
            .ask(make_frozen(A), made())
            .ask(advance(A, "P400D"), ok())
            .ask(advance(A, "-P400D"), stands_at(NEW_YEAR)),
        row("a clock that runs goes on running")
            .ask(
                set_clock(A, &json!({ "mode": "running", "at": "2030-01-01T00:00:00Z" })),
                ok(),
            )
            .ask(
                advance(A, "P1D"),
                ok().has("mode", "running").matches("now", "^2030-01-02T00:0"),
            )
            .ask(
                advance(A, "-P2D"),
                ok().has("mode", "running")
                    .matches("now", "^20(29-12-31|30-01-01)T"),
            ),
        row("a clock that is the machine's is ahead of it then, and level with it again")
            .ask(advance(A, "PT1H"), ok().has("offset", "PT1H"))
            .ask(advance(A, "-PT1H"), ok().has("offset", AHEAD_OF_NOTHING)),
        row("there is a first instant and a last one, and no clock is set beyond them")
            .ask(make_frozen(A), made())
            .ask(advance(A, "P7000Y"), ok().matches("now", "^90"))
            .ask(advance(A, "P9000Y"), wrong_at("/by"))
            .ask(advance(A, "-P9000Y"), wrong_at("/by"))
            .ask(
                set_clock(A, &json!({ "mode": "frozen", "at": "1960-01-01T00:00:00Z" })),
                wrong_at("/at"),
            )
            .ask(
                set_clock(A, &json!({ "mode": "frozen", "at": "9999-12-31T23:59:59Z" })),
                wrong_at("/at"),
            )
            .ask(
                set_clock(A, &json!({ "mode": "running", "offset": "-P100Y" })),
                wrong_at("/offset"),
            )
            .ask(
                set_clock(A, &json!({ "mode": "frozen", "at": "1970-01-01T00:00:00Z" })),
                ok(),
            )
            .ask(clerk::list(clerk::ACME, "").in_world(A), ok()),
        row("what is written later is later")
            .ask(
                make(&json!({ "name": A, "clock": { "frozen_at": NEW_YEAR } })),
                made(),
            )
            .ask(advance(A, "PT1S"), ok())
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok().has("created_at", 1_767_225_601_000_u64),
            ),
    ]);
    rows
}

fn bad_durations() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for by in [
        json!(""),
        json!("P"),
        json!("PT"),
        json!("P1DT"),
        json!("1h"),
        json!("90 minutes"),
        json!("PT1H30"),
        json!("PT1X"),
        json!("P1H"),
        json!("P999999999Y"),
        json!(3600),
        json!(null),
    ] {
        rows.push(
            Scenario::new(&ADVANCING, format!("{by} is no duration"))
                .ask(make_frozen(A), made())
                .ask(
                    below("POST", A, "/clock/advance").json(&json!({ "by": by })),
                    wrong_at("/by"),
                )
                .ask(clock(A), stands_at(NEW_YEAR)),
        );
    }
    rows.push(Scenario::new(&ADVANCING, "by how much has to be said").ask(
        below("POST", A, "/clock/advance").json(&json!({})),
        wrong_at("/by"),
    ));
    rows
}
