//! Export and import.

use contract_tests::server::Server;
use contract_tests::wire::{Answer, Request, exchange};
use mock_server::fixtures::{Fixtures, Given, to_yaml};
use mock_server::jiff::SignedDuration;
use mock_server::{Builder, MockServer, World};
use serde_json::{Value, json};

use crate::{Test, test};

const ACME: &str = "org_29w9IfBrPmcpi0IeBVaKtA7R94W";
const CY: &str = "user_29w85KF5ZR3qa7yEeeby3abP3E2";
const BOB: &str = "user_29w84BKy9Pf34qY6Nb3wWD25RQ4";
const GUS: &str = "user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb";
const HAL: &str = "user_2OEpLsL9xVQ2zg4mZaouqKLiMcV";

/// WhyLabs' key that reaches every organization.
const STAFF: &str = "K8SuperAdm.WhyLabsOrg0SuperAdministratorKeyxxxxxxxxxxxxxxxxxxxxx";

pub(crate) fn tests() -> Vec<Test> {
    vec![
        test(
            "export, import, export is the identity, with a running clock",
            || {
                identity(MockServer::builder());
            },
        ),
        test(
            "export, import, export is the identity, with a running clock that was set forward",
            || {
                identity_after(MockServer::builder(), |world| {
                    world.advance_clock(SignedDuration::new(86_400, 123_456_789));
                });
            },
        ),
        test(
            "export, import, export is the identity, with a frozen clock",
            || {
                identity(frozen());
            },
        ),
        test(
            "export, import, export is the identity, with a seed of its own",
            || {
                identity(MockServer::builder().seed(u64::MAX));
            },
        ),
        test(
            "a world that is imported goes on as the exported one does",
            goes_on,
        ),
        test("an export lets the same keys in and shows none of them", keys),
        test("importing replaces everything", replaces),
        test("importing what is wrong changes nothing", changes_nothing),
        test("what happened is told, and forgotten by an import", outbox),
    ]
}

fn frozen() -> Builder {
    MockServer::builder().clock("2026-01-01T00:00:00.125Z".parse().expect("it is an instant"))
}

fn world(server: &Server) -> World {
    server.world().expect("it is ours")
}

fn send(server: &Server, method: &str, path: &str, body: &Value) -> Answer {
    let target = format!("/v1/organizations/{ACME}/memberships{path}");
    let request = Request::new(method, target).header("authorization", "Bearer sk_test_rollcall");
    let request = if body.is_null() {
        request
    } else {
        request.json(body)
    };
    exchange(server.address(), &request).unwrap_or_else(|ended| panic!("{ended}"))
}

fn add(server: &Server, user: &str) -> Answer {
    send(server, "POST", "", &json!({ "user_id": user, "role": "admin" }))
}

/// A change of every kind.
fn change(server: &Server) {
    let metadata = json!({ "public_metadata": { "a": { "b": [1.5, null, "\u{1f389}"] } }, "private_metadata": { "crm": null } });
    for answer in [
        add(server, GUS),
        send(
            server,
            "PATCH",
            &format!("/{CY}"),
            &json!({ "role": "org:owner" }),
        ),
        send(server, "PATCH", &format!("/{CY}/metadata"), &metadata),
        send(server, "DELETE", &format!("/{BOB}"), &Value::Null),
    ] {
        assert_eq!(answer.status, 200, "{answer}");
    }
    assert_eq!(add(server, CY).status, 400);
    change_whylabs(server);
}

/// The same of WhyLabs'; the oldest membership of one user changes.
fn change_whylabs(server: &Server) {
    for (method, organization, query) in [
        ("POST", "org-empty1", "email=multi@acme.ai&role=VIEWER"),
        (
            "POST",
            "org-123",
            "email=user@whylabs.ai&role=ADMIN&set_default=true",
        ),
        ("PUT", "org-123", "email=viewer@acme.ai&role=ADMIN"),
        ("DELETE", "org-123", "email=multi@acme.ai"),
        ("POST", "org-123", "email=multi@acme.ai&role=MEMBER"),
        ("DELETE", "org-123", "email=claim@acme.ai"),
    ] {
        let target = format!("/v0/organizations/{organization}/membership?{query}");
        let request = Request::new(method, target).header("x-api-key", STAFF);
        let answer = exchange(server.address(), &request).unwrap_or_else(|ended| panic!("{ended}"));
        assert_eq!(answer.status, 200, "{answer}");
    }
}

fn identity(builder: Builder) {
    identity_after(builder, |_| ());
}

fn identity_after(builder: Builder, set: fn(&World)) {
    let server = Server::ours(builder);
    set(&world(&server));
    let start = world(&server).export();
    change(&server);
    let changed = world(&server).export();
    assert_ne!(start, changed);
    for exported in [&start, &changed, &start] {
        world(&server).import(exported).unwrap();
        assert_eq!(world(&server).export(), *exported);
    }
    // The same by way of a file, into another server with other settings.
    let text = to_yaml(&changed);
    let file = Given::Text {
        name: "exported.yaml".to_owned(),
        text: text.clone(),
    };
    let other = Server::ours(MockServer::builder().fixtures(file));
    assert_eq!(world(&other).export(), changed);
    assert_eq!(to_yaml(&world(&other).export()), text);
}

fn goes_on() {
    let (one, other) = (Server::ours(frozen()), Server::ours(MockServer::builder()));
    change(&one);
    world(&other).import(&world(&one).export()).unwrap();
    let (of_one, of_other) = (add(&one, HAL), add(&other, HAL));
    assert_eq!(of_one.status, 200, "{of_one}");
    assert_eq!(of_one.json(), of_other.json());
    assert_eq!(world(&one).export(), world(&other).export());
}

fn keys() {
    let server = Server::ours(MockServer::builder());
    let exported = world(&server).export();
    assert!(!to_yaml(&exported).contains("sk_test"));
    assert!(!to_yaml(&exported).contains(STAFF));
    world(&server).import(&exported).unwrap();
    assert_eq!(add(&server, GUS).status, 200);
}

fn replaces() {
    let server = Server::ours(MockServer::builder());
    let fixtures: Fixtures = serde_json::from_value(json!({
        "clerk": { "secret_keys": [{ "secret": "sk_test_rollcall" }], "organizations": [{ "id": "org_only" }] }
    }))
    .unwrap();
    world(&server).import(&fixtures).unwrap();
    let left = world(&server).export().clerk.unwrap();
    assert_eq!(left.organizations.unwrap().len(), 1);
    assert!(left.users.unwrap().is_empty());
    assert_eq!(add(&server, GUS).status, 404);
}

fn changes_nothing() {
    let server = Server::ours(MockServer::builder());
    change(&server);
    let before = world(&server).export();
    let outbox = world(&server).outbox();
    for (fault, wanted) in [
        (
            json!({ "clerk": { "memberships": [{ "organization": "org_gone", "user": GUS, "role": "org:admin" }] } }),
            "there is no organization `org_gone`",
        ),
        (
            json!({ "clerk": { "instances": [{ "id": "a" }, { "id": "a" }] } }),
            "stands twice",
        ),
        (
            json!({ "clerk": { "organizations": [{ "slug": "No Slug" }] } }),
            "slug",
        ),
        (json!({ "clock": { "frozen_at": "soon" } }), "soon"),
        (
            json!({ "clerk": { "organizations": [{ "created_at": "2025-01-02T00:00:00Z", "updated_at": "2025-01-01T00:00:00Z" }] } }),
            "changed before it was created",
        ),
        (
            json!({ "clerk": { "secret_keys": [{}] } }),
            "either `secret` or `sha256`",
        ),
    ] {
        let fixtures: Fixtures = serde_json::from_value(fault.clone()).unwrap();
        let error = world(&server).import(&fixtures).unwrap_err().to_string();
        assert!(error.contains(wanted), "{fault}: {error}");
        assert_eq!(world(&server).export(), before, "{fault}");
        assert_eq!(world(&server).outbox(), outbox, "{fault}");
    }
    assert_eq!(add(&server, HAL).status, 200);
}

fn outbox() {
    let server = Server::ours(frozen());
    change(&server);
    let events = world(&server).outbox();
    let told: Vec<_> = events
        .iter()
        .map(|event| match &event.message {
            mock_server::world::Message::Clerk(webhook) => webhook.name(),
            mock_server::world::Message::Whylabs(notification) => notification.org_id.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    let created = "organizationMembership.created";
    let updated = "organizationMembership.updated";
    let deleted = "organizationMembership.deleted";
    let whylabs = ["org-empty1", "org-123", "org-123"];
    assert_eq!(
        told,
        [[created, updated, updated, deleted].as_slice(), &whylabs].concat()
    );
    assert!(events.iter().all(|event| event.at == world(&server).now()));
    world(&server).import(&world(&server).export()).unwrap();
    assert!(world(&server).outbox().is_empty());
}
