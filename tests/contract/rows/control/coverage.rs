//! Which documented answers were seen, and why.

use contract_tests::outside::Outside;
use contract_tests::scenario::{Outcome, Scenario, answer};
use contract_tests::wire::{Answer, Request};
use serde_json::{Value, json};

use super::calls::{A, B, Worlds as _, break_with, coverage, done, forget, get, made, ok};
use super::rules::{COVERAGE, TOTALS};
use crate::clerk::calls as clerk;
use crate::logto::calls as logto;
use crate::whylabs::calls as whylabs;

/// How many statuses the vendors document, for each API in its order and together.
const PAIRS: [u64; 4] = [20, 70, 4, 59];
const ALL_PAIRS: u64 = 153;

static TEAPOT: Outside = Outside::told(418);

pub(crate) fn rows() -> Vec<Scenario> {
    [listed(), causes(), undocumented(), totals()].concat()
}

fn row(name: &str) -> Scenario {
    Scenario::new(&COVERAGE, name)
}

fn list() -> Request {
    clerk::list(clerk::ACME, "").in_world(A)
}

/// The answer of Clerk's list with a status, as far as it was seen.
fn of_list(status: &str, reached: &str, counts: [u64; 3]) -> Value {
    let [genuine, forced, fault] = counts;
    json!({
        "properties": { "operation": { "const": "ListOrganizationMemberships" }, "answers": { "contains": {
            "required": ["status", "reached"],
            "properties": {
                "status": { "const": status },
                "reached": { "const": reached },
                "genuine": { "const": genuine },
                "forced": { "const": forced },
                "fault": { "const": fault },
            },
        } } },
    })
}

/// Clerk's list was answered like this.
fn shows(outcome: Outcome, status: &str, reached: &str, counts: [u64; 3]) -> Outcome {
    outcome.fits(
        "apis.0.operations",
        json!({ "contains": of_list(status, reached, counts) }),
    )
}

fn number(value: &Value, name: &str) -> Result<u64, String> {
    value[name]
        .as_u64()
        .ok_or_else(|| format!("{name} is no number in {value}"))
}

fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

/// Everything that is counted is what is listed, and the percentages are right.
fn adds_up(answer: &Answer) -> Result<(), String> {
    let body = answer.json();
    let (mut pairs, mut reached) = (0, 0);
    for api in items(&body, "apis") {
        let answers = || items(api, "operations").flat_map(|operation| items(operation, "answers"));
        let counted = || answers().filter(|answer| answer["addition"] == false);
        let seen = counted().filter(|answer| answer["reached"] != "never").count();
        let genuine = counted().filter(|answer| answer["reached"] == "genuine").count();
        for (name, listed) in [
            ("pairs", counted().count()),
            ("reached", seen),
            ("genuine", genuine),
        ] {
            if number(api, name)? != u64::try_from(listed).unwrap_or(u64::MAX) {
                return Err(format!(
                    "{name} of {} is not the {listed} that are listed",
                    api["api"]
                ));
            }
        }
        is_percentage(api)?;
        for answer in answers() {
            best_of(answer)?;
        }
        pairs += number(api, "pairs")?;
        reached += number(api, "reached")?;
    }
    if (pairs, reached) != (number(&body, "pairs")?, number(&body, "reached")?) {
        return Err("the whole is not the sum of its parts".to_owned());
    }
    is_percentage(&body)
}

/// As many of a hundred as were seen, to a tenth, and never more.
fn is_percentage(of: &Value) -> Result<(), String> {
    let float = |value: u64| f64::from(u32::try_from(value).unwrap_or(u32::MAX));
    let exact = 100.0 * float(number(of, "reached")?) / float(number(of, "pairs")?);
    let told = of["percent"].as_f64().unwrap_or(-1.0);
    if (0.0..0.1).contains(&(exact - told)) {
        Ok(())
    } else {
        Err(format!("{told} per cent instead of {exact}"))
    }
}

/// An answer counts for the best way it was seen.
fn best_of(answer: &Value) -> Result<(), String> {
    let mut ways = ["genuine", "forced", "fault"].into_iter();
    let best = ways.find(|way| answer[way].as_u64() > Some(0)).unwrap_or("never");
    if answer["reached"] == best {
        Ok(())
    } else {
        Err(format!("{answer} was seen {best} at best"))
    }
}

fn listed() -> Vec<Scenario> {
    vec![
        row("every documented answer is listed, and none was seen at first").ask(
            coverage(A, ""),
            ok().has("pairs", ALL_PAIRS)
                .has("reached", 0)
                .has("percent", 0)
                .has("violations", 0)
                .has("undocumented", json!([]))
                .lists("apis", "api", &["clerk", "logto", "whylabs", "enhance"])
                .lists("apis", "pairs", &PAIRS)
                .holds(adds_up),
        ),
        row("what a document has beyond the vendor's is listed and not counted")
            .ask(clerk::list(clerk::NOWHERE, "").in_world(A), answer(404))
            .ask(
                coverage(A, ""),
                shows(ok(), "404", "genuine", [1, 0, 0])
                    .has("reached", 0)
                    .holds(adds_up),
            ),
        row("an operation is listed with its method and path, and its answers by status").ask(
            coverage(A, "api=whylabs"),
            ok().has("apis.0.operations.0.operation", "ListOrganizationMemberships")
                .has("apis.0.operations.0.method", "GET")
                .has(
                    "apis.0.operations.0.path",
                    "/v0/organizations/{org_id}/membership",
                )
                .fits(
                    "apis.0.operations.0.answers",
                    json!({ "contains": { "properties": {
                        "status": { "const": "default" },
                        "addition": { "const": false },
                    } } }),
                ),
        ),
        row("one API can be asked for alone")
            .ask(list(), clerk::ok())
            .ask(logto::list("").in_world(A), logto::ok())
            .ask(
                coverage(A, "api=logto"),
                ok().lists("apis", "api", &["logto"])
                    .has("pairs", 70)
                    .has("reached", 1)
                    .holds(adds_up),
            ),
    ]
}

fn causes() -> Vec<Scenario> {
    let documented = json!({ "effect": { "kind": "documented", "status": "404" } });
    vec![
        row("an answer of the API's own is genuine, and counts each time")
            .ask(list(), clerk::ok())
            .ask(list(), clerk::ok())
            .ask(
                coverage(A, ""),
                shows(ok(), "200", "genuine", [2, 0, 0])
                    .has("reached", 1)
                    .has("apis.0.genuine", 1)
                    .holds(adds_up),
            ),
        row("a refusal is as good as a success")
            .ask(clerk::list(clerk::ACME, "limit=0").in_world(A), answer(422))
            .ask(
                coverage(A, ""),
                shows(ok(), "422", "genuine", [1, 0, 0]).has("violations", 1),
            ),
        row("an answer that is forced counts as that")
            .ask(list().header("prefer", "code=422"), answer(422))
            .ask(
                coverage(A, ""),
                shows(ok(), "422", "forced", [0, 1, 0])
                    .has("reached", 1)
                    .has("apis.0.genuine", 0)
                    .holds(adds_up),
            ),
        row("an answer that a fault gave counts as that")
            .ask(
                break_with(A, &json!({ "effect": { "kind": "documented", "status": "422" } })),
                made(),
            )
            .ask(list(), answer(422))
            .ask(
                coverage(A, ""),
                shows(ok(), "422", "fault", [0, 0, 1])
                    .has("reached", 1)
                    .has("apis.0.genuine", 0)
                    .holds(adds_up),
            ),
        row("of several causes the best counts, and all are counted")
            .ask(clerk::list(clerk::NOWHERE, "").in_world(A), answer(404))
            .ask(list().header("x-mock-status", "404"), answer(404))
            .ask(break_with(A, &documented), made())
            .ask(list(), answer(404))
            .ask(
                coverage(A, ""),
                shows(ok(), "404", "genuine", [1, 1, 1]).holds(adds_up),
            ),
        row("a success that is documented as default counts as that")
            .ask(whylabs::list(whylabs::ACME).in_world(A), whylabs::ok())
            .ask(
                coverage(A, "api=whylabs"),
                ok().has("reached", 1).has("percent", 25).fits(
                    "apis.0.operations.0.answers",
                    json!({ "contains": { "properties": {
                        "status": { "const": "default" },
                        "genuine": { "const": 1 },
                    } } }),
                ),
            ),
        row("what a HEAD shows is what a GET shows")
            .ask(
                Request {
                    method: "HEAD".to_owned(),
                    ..list()
                },
                clerk::ok(),
            )
            .ask(coverage(A, ""), ok().has("reached", 1)),
        row("what belongs to no operation is in no coverage")
            .ask(
                clerk::request("PUT", clerk::memberships(clerk::ACME)).in_world(A),
                Outcome::outside(&contract_tests::outside::WRONG_METHOD),
            )
            .ask(
                coverage(A, ""),
                ok().has("reached", 0).has("undocumented", json!([])),
            ),
    ]
}

fn undocumented() -> Vec<Scenario> {
    vec![
        row("an answer that its operation does not document is told of, and counts for nothing")
            .ask(
                break_with(A, &json!({ "effect": { "kind": "raw", "status": 418 } })),
                made(),
            )
            .ask(list(), Outcome::outside(&TEAPOT))
            .ask(list(), Outcome::outside(&TEAPOT))
            .ask(
                coverage(A, ""),
                ok().has("reached", 0)
                    .has(
                        "undocumented",
                        json!([{
                            "api": "clerk",
                            "operation": "ListOrganizationMemberships",
                            "status": 418,
                            "times": 2,
                            "by": "fault",
                        }]),
                    )
                    .holds(adds_up),
            )
            .ask(coverage(A, "api=logto"), ok().has("undocumented", json!([]))),
        row("a connection that was cut is no answer")
            .ask(
                break_with(A, &json!({ "effect": { "kind": "cut_connection" } })),
                made(),
            )
            .cut(list())
            .ask(
                coverage(A, ""),
                ok().has("reached", 0).has("undocumented", json!([])),
            ),
    ]
}

fn totals() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOTALS, name);
    vec![
        row("the coverage of all worlds is what was seen in any of them")
            .ask(list(), clerk::ok())
            .ask(clerk::list(clerk::ACME, "").in_world(B), clerk::ok())
            .ask(clerk::list(clerk::NOWHERE, "").in_world(B), answer(404))
            .ask(logto::list("surprise=1"), logto::ok())
            .ask(
                get("/coverage"),
                shows(ok(), "200", "genuine", [2, 0, 0])
                    .has("pairs", ALL_PAIRS)
                    .has("violations", 1)
                    .holds(adds_up),
            )
            .ask(
                get("/coverage?api=logto"),
                ok().has("reached", 1).lists("apis", "api", &["logto"]),
            ),
        row("what was seen in a world that is gone counts still")
            .ask(list(), clerk::ok())
            .ask(forget(A), done())
            .ask(coverage(A, ""), ok().has("reached", 0))
            .ask(get("/coverage"), ok().has("reached", 1)),
        row("what is asked of the control API is in no coverage")
            .ask(coverage(A, ""), ok())
            .ask(
                get("/coverage"),
                ok().has("reached", 0).lists("apis", "pairs", &PAIRS),
            ),
    ]
}
