//! Coverage for people, and for CI.

use contract_tests::outside::Outside;
use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Answer;
use roxmltree::{Document, Node};
use serde_json::json;

use super::calls::{A, Worlds as _, break_with, coverage_junit, coverage_text, get, made, ok};
use super::rules::REPORTS;
use crate::clerk::calls as clerk;

static TEAPOT: Outside = Outside::told(418);

pub(crate) fn rows() -> Vec<Scenario> {
    [text(), junit()].concat()
}

fn row(name: &str) -> Scenario {
    Scenario::new(&REPORTS, name)
        .ask(clerk::list(clerk::ACME, "").in_world(A), clerk::ok())
        .ask(
            break_with(
                A,
                &json!({ "match": { "headers": { "x-tea": "*" } }, "effect": { "kind": "raw", "status": 418 } }),
            ),
            made(),
        )
        .ask(
            clerk::list(clerk::ACME, "").header("x-tea", "please").in_world(A),
            Outcome::outside(&TEAPOT),
        )
}

fn text() -> Vec<Scenario> {
    let is_plain = |outcome: Outcome| outcome.header_matches("content-type", "^text/plain");
    vec![
        row("a table for people is followed by what was never seen and what is not documented").ask(
            coverage_text(A, "api=clerk"),
            is_plain(ok())
                .mentions("ListOrganizationMemberships")
                .mentions("1 of 20 pairs seen (5 %)")
                .mentions("\n\nNever seen:\n  clerk CreateOrganizationMembership 200\n")
                .mentions("\n  clerk ListOrganizationMemberships 418, times: 1, by: fault\n"),
        ),
        row("a table for people can be of one API")
            .ask(
                coverage_text(A, ""),
                is_plain(ok()).mentions("153").mentions("acceptInvite"),
            )
            .ask(
                coverage_text(A, "api=clerk"),
                is_plain(ok()).hides("acceptInvite"),
            ),
        row("a table for people can be of all worlds")
            .ask(get("/coverage.txt"), is_plain(ok()).mentions("153"))
            .ask(
                get("/coverage.txt?api=logto"),
                is_plain(ok()).hides("acceptInvite"),
            ),
    ]
}

/// A test suite, and the test cases in it.
struct Suite {
    name: String,
    tests: usize,
    skipped: usize,
    failures: usize,
}

/// What a number in an attribute says.
fn count(node: Node<'_, '_>, name: &str) -> Result<usize, String> {
    let text = node.attribute(name).ok_or_else(|| format!("{name} is missing"))?;
    text.parse().map_err(|_| format!("{name} is {text:?}"))
}

fn is_element(node: &Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name(name)
}

/// The suites, each of which counts what it holds.
fn suites(answer: &Answer) -> Result<Vec<Suite>, String> {
    let text = answer.text();
    let document = Document::parse(&text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    if !is_element(&root, "testsuites") {
        return Err(format!("the root is {:?}", root.tag_name()));
    }
    let nodes = root.children().filter(|node| is_element(node, "testsuite"));
    let suites: Vec<_> = nodes.map(suite).collect::<Result<_, _>>()?;
    for (name, sum) in [
        ("tests", suites.iter().map(|suite| suite.tests).sum::<usize>()),
        ("failures", suites.iter().map(|suite| suite.failures).sum()),
    ] {
        if count(root, name)? != sum {
            return Err(format!("{name} of all is not {sum}"));
        }
    }
    Ok(suites)
}

fn suite(node: Node<'_, '_>) -> Result<Suite, String> {
    let cases: Vec<_> = node
        .children()
        .filter(|child| is_element(child, "testcase"))
        .collect();
    let with = |name: &str| {
        let has = |case: &&Node<'_, '_>| case.children().any(|child| is_element(&child, name));
        cases.iter().filter(has).count()
    };
    let suite = Suite {
        name: node.attribute("name").unwrap_or_default().to_owned(),
        tests: cases.len(),
        skipped: with("skipped"),
        failures: with("failure"),
    };
    for (name, held) in [
        ("tests", suite.tests),
        ("skipped", suite.skipped),
        ("failures", suite.failures),
    ] {
        if count(node, name)? != held {
            return Err(format!("{name} of {} is not {held}", suite.name));
        }
    }
    let is_named =
        |case: &Node<'_, '_>| case.attribute("name").is_some() && case.attribute("classname").is_some();
    if cases.iter().all(is_named) {
        Ok(suite)
    } else {
        Err(format!("a test case of {} has no name", suite.name))
    }
}

/// Clerk's pairs: one was seen, the others are skipped. What a fault was told to send is no failure.
fn is_of_clerk(answer: &Answer) -> Result<(), String> {
    let suites = suites(answer)?;
    match suites.as_slice() {
        [clerk] if (clerk.tests, clerk.skipped, clerk.failures) == (20, 19, 0) => Ok(()),
        _ => Err(format!("{} suites, or other counts", suites.len())),
    }
}

fn has_four_suites(answer: &Answer) -> Result<(), String> {
    let suites = suites(answer)?;
    let named = ["clerk", "logto", "whylabs", "enhance"].iter().all(|name| {
        suites
            .iter()
            .any(|suite| suite.name.to_lowercase().contains(name))
    });
    if suites.len() == 4 && named {
        Ok(())
    } else {
        Err(format!("{} suites, or other names", suites.len()))
    }
}

fn junit() -> Vec<Scenario> {
    let is_xml = |outcome: Outcome| outcome.header_matches("content-type", "^application/xml");
    vec![
        row("a report for CI has a suite per API, which counts what it holds")
            .ask(coverage_junit(A, ""), is_xml(ok()).holds(has_four_suites)),
        row("what was never seen is skipped, and what a fault was told to send is no failure")
            .ask(coverage_junit(A, "api=clerk"), is_xml(ok()).holds(is_of_clerk)),
        row("a report for CI can be of all worlds")
            .ask(get("/coverage.junit.xml"), is_xml(ok()).holds(has_four_suites))
            .ask(
                get("/coverage.junit.xml?api=clerk"),
                is_xml(ok()).holds(is_of_clerk),
            ),
    ]
}
