//! `/_mock/coverage` and `/_mock/worlds/{world}/coverage`: which documented answers were seen.

use mock_server::MockServer;
use serde_json::{Value, json};

use crate::acme::MEMBERS;
use crate::case::KEY;
use crate::client::send;
use crate::requests::get;

fn answers(report: &Value, operation: &str) -> Vec<(String, String)> {
    let operations = report["apis"].as_array().unwrap().iter();
    let mut operations = operations.flat_map(|api| api["operations"].as_array().unwrap());
    let found = operations.find(|one| one["operation"] == operation).unwrap();
    let seen = found["answers"].as_array().unwrap().iter();
    let seen = seen.filter(|answer| answer["reached"] != "never");
    seen.map(|answer| {
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        (text("status"), text("reached"))
    })
    .collect()
}

fn called() -> MockServer {
    let server = MockServer::start().unwrap();
    let addr = server.addr();
    send(addr, &format!("GET {MEMBERS}"), &[KEY], "");
    send(addr, &format!("HEAD {MEMBERS}"), &[KEY], "");
    send(addr, &format!("GET {MEMBERS}?limit=x"), &[KEY], "");
    send(addr, &format!("POST {MEMBERS}"), &[("prefer", "code=404")], "");
    // No pair: a status that cannot be forced, a path and a method that nobody documents.
    send(addr, &format!("POST {MEMBERS}"), &[("prefer", "code=418")], "");
    send(addr, "GET /v1/nothing", &[KEY], "");
    send(addr, &format!("PUT {MEMBERS}"), &[KEY], "");
    send(addr, "GET /w/other/v0/organizations/org-123/membership", &[], "");
    server
}

#[test]
fn every_documented_answer_is_listed_with_what_gave_it() {
    let server = called();
    let report = get(&server, "/_mock/worlds/default/coverage");
    let pair = |status: &str, reached: &str| (status.to_owned(), reached.to_owned());
    assert_eq!(
        answers(&report, "ListOrganizationMemberships"),
        [pair("200", "genuine"), pair("422", "genuine")]
    );
    assert_eq!(
        answers(&report, "CreateOrganizationMembership"),
        [pair("404", "forced")]
    );
    for (pointer, expected) in [
        ("/pairs", json!(153)),
        ("/reached", json!(3)),
        ("/percent", json!(1.9)),
        ("/apis/0/api", json!("clerk")),
        ("/apis/0/reached", json!(3)),
        ("/apis/0/genuine", json!(2)),
        ("/undocumented", json!([])),
    ] {
        assert_eq!(report.pointer(pointer), Some(&expected), "{pointer}");
    }
    let only = get(&server, "/_mock/worlds/default/coverage?api=whylabs");
    assert_eq!(
        (&only["reached"], only["apis"].as_array().unwrap().len()),
        (&json!(0), 1)
    );
}

#[test]
fn the_totals_keep_what_worlds_saw_that_began_anew() {
    let server = called();
    server.world().reset();
    assert_eq!(
        get(&server, "/_mock/worlds/default/coverage")["reached"],
        json!(0)
    );
    let totals = get(&server, "/_mock/coverage");
    assert_eq!(totals["apis"][0]["reached"], json!(3));
    assert!(answers(&totals, "RemoveOrganizationMembership").is_empty());
}

#[test]
fn people_get_a_table_that_ends_with_what_was_never_seen() {
    let server = called();
    for path in [
        "/_mock/worlds/default/coverage.txt?api=clerk",
        "/_mock/coverage.txt?api=clerk",
    ] {
        let reply = send(server.addr(), &format!("GET {path}"), &[], "");
        assert!(
            reply.header("content-type").unwrap().starts_with("text/plain"),
            "{}",
            reply.head
        );
        let lines: Vec<_> = reply.body.lines().map(str::trim).collect();
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("clerk: 3 of 20 pairs seen (15 %), 2")),
            "{}",
            reply.body
        );
        assert!(
            lines.contains(&"clerk CreateOrganizationMembership 200"),
            "{}",
            reply.body
        );
        assert!(
            !lines.contains(&"clerk CreateOrganizationMembership 404"),
            "{}",
            reply.body
        );
        assert!(
            lines.last().unwrap().starts_with("3 of 20 pairs seen (15 %)."),
            "{}",
            reply.body
        );
    }
}

#[test]
fn ci_gets_a_test_case_per_pair() {
    let server = called();
    for path in [
        "/_mock/worlds/default/coverage.junit.xml",
        "/_mock/coverage.junit.xml",
    ] {
        let reply = send(server.addr(), &format!("GET {path}?api=clerk"), &[], "");
        assert_eq!(
            reply.header("content-type"),
            Some("application/xml"),
            "{}",
            reply.head
        );
        assert_eq!(reply.body.matches("<testcase ").count(), 20, "{}", reply.body);
        assert_eq!(reply.body.matches("<skipped ").count(), 17, "{}", reply.body);
        assert!(
            reply
                .body
                .contains(r#"<testsuite name="clerk" tests="20" failures="0""#),
            "{}",
            reply.body
        );
    }
}

#[test]
fn an_api_that_is_not_served_is_told() {
    let server = MockServer::start().unwrap();
    for path in [
        "/_mock/coverage",
        "/_mock/worlds/default/coverage.txt",
        "/_mock/coverage.junit.xml",
    ] {
        let refused = send(server.addr(), &format!("GET {path}?api=stripe"), &[], "");
        assert_eq!(refused.status, 400, "{}", refused.body);
        assert_eq!(refused.json().pointer("/errors/0/pointer"), Some(&json!("/api")));
    }
}

#[test]
fn a_server_that_records_nothing_says_so_in_every_form() {
    let server = MockServer::builder().recording(false).start().unwrap();
    for path in ["/_mock/coverage", "/_mock/worlds/default/coverage"] {
        assert_eq!(get(&server, path)["recorded"], json!(false));
        let text = send(server.addr(), &format!("GET {path}.txt"), &[], "");
        assert!(text.body.contains("the server records nothing"), "{}", text.body);
        let junit = send(server.addr(), &format!("GET {path}.junit.xml"), &[], "");
        assert!(junit.body.contains("errors=\"1\""), "{}", junit.body);
        assert!(junit.body.contains("<error "), "{}", junit.body);
    }
    let server = MockServer::start().unwrap();
    assert_eq!(get(&server, "/_mock/coverage")["recorded"], json!(true));
}
