//! A world per test in one embedded server.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use mock_server::fixtures::Given;
use mock_server::jiff::SignedDuration;
use mock_server::world::{Clock, NotMade, WorldName};
use mock_server::{MockServer, World};
use serde_json::json;

use crate::case::{JSON, KEY};
use crate::client::send;

static SERVER: LazyLock<MockServer> = LazyLock::new(|| MockServer::start().unwrap());

const ACME: &str = "organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships";
const GUS: &str = r#"{"user_id":"user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb","role":"org:member"}"#;

fn members(world: &World) -> String {
    let url = SERVER.clerk_url_of(world);
    format!("{}/{ACME}", url.strip_prefix(SERVER.url()).unwrap())
}

#[test]
fn worlds_of_one_server_do_not_see_each_other() {
    let worlds: Vec<_> = (0..3)
        .map(|_| SERVER.new_world().seed(7).make().unwrap())
        .collect();
    let add = |world| {
        send(
            SERVER.addr(),
            &format!("POST {}", members(world)),
            &[KEY, JSON],
            GUS,
        )
    };
    let added: Vec<_> = worlds
        .iter()
        .map(|world| add(world).json()["id"].clone())
        .collect();
    assert_eq!(added[0], added[1], "the same seed and requests");
    assert_eq!(add(&worlds[0]).status, 400, "a member already");
    worlds[1].reset();
    assert_eq!(add(&worlds[1]).status, 200);
    assert_eq!(worlds[2].outbox().len(), 1);
    assert!(SERVER.delete_world(worlds[2].name()) && !SERVER.delete_world(worlds[2].name()));
    assert_eq!(SERVER.undocumented(), 0);
}

#[test]
fn a_world_is_made_as_it_is_told_to_be_or_not_at_all() {
    let name = WorldName::parse("only-one").unwrap();
    let text =
        "{ seed: 5, clock: { frozen_at: 2026-01-01T00:00:00Z }, clerk: { users: [{ id: user_zed }] } }";
    let given = |text: &str| Given::Text {
        name: "zed".to_owned(),
        text: text.to_owned(),
    };
    let world = SERVER
        .new_world()
        .name(name.clone())
        .fixtures(given(text))
        .make()
        .unwrap();
    let export = world.export();
    assert_eq!(
        (export.seed, world.now().to_string().as_str()),
        (Some(5), "2026-01-01T00:00:00Z")
    );
    assert_eq!(export.clerk.unwrap().users.unwrap().len(), 1);
    let again = SERVER.new_world().name(name.clone()).make();
    assert!(matches!(again, Err(NotMade::Exists(known)) if known == name));
    let wrong = SERVER
        .new_world()
        .fixtures(given("clerk: { users: [{ id: 1 }] }"))
        .make();
    let Err(NotMade::Fixtures(error)) = wrong else {
        panic!("{wrong:?}")
    };
    assert!(error.to_string().contains("zed:1:"), "{error}");
}

#[test]
fn added_fixtures_lie_over_those_of_the_server() {
    let given = |text: &str| Given::Text {
        name: "text".to_owned(),
        text: text.to_owned(),
    };
    let own = given("{ seed: 3, clerk: { users: [{ id: user_ann, first_name: Ann }] } }");
    let server = MockServer::builder().fixtures(own).start().unwrap();
    let added = given("{ extends: true, clerk: { users: [{ id: user_ben }] } }");
    let world = server.new_world().fixtures(added).make().unwrap();
    let users = world.export().clerk.unwrap().users.unwrap();
    let ids: Vec<_> = users.iter().map(|user| json!(user.id)).collect();
    assert_eq!(ids, ["user_ann", "user_ben"]);
    assert_eq!(world.export().seed, Some(3));
}

/// A server that keeps its worlds in a file.
fn with_state(file: &Path) -> MockServer {
    MockServer::builder().state_file(file).start().unwrap()
}

#[test]
fn a_server_that_is_dropped_leaves_its_worlds_in_its_state_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let server = with_state(&file);
    let path = server.clerk_url();
    let path = path.strip_prefix(server.url()).unwrap();
    let added = send(server.addr(), &format!("POST {path}/{ACME}"), &[KEY, JSON], GUS);
    assert_eq!(added.status, 200);
    let before = server.world().export();
    drop(server);
    let again = with_state(&file);
    assert_eq!(again.world().export(), before);
    assert_eq!(again.world().request_count(), 1);
}

#[test]
fn a_name_that_was_made_up_is_not_made_up_again_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let made = |server: &MockServer| server.new_world().make().unwrap().name().to_string();
    let server = with_state(&file);
    let names = [made(&server), made(&server), made(&server)];
    assert_eq!(names, ["world-1", "world-2", "world-3"]);
    for gone in ["world-1", "world-3"] {
        assert!(server.delete_world(&WorldName::parse(gone).unwrap()));
    }
    drop(server);
    assert_eq!(made(&with_state(&file)), "world-4");
    assert_eq!(made(&with_state(&file)), "world-5");
    // A file that does not say which numbers were used.
    let world = json!({ "name": "world-1", "requests": 0, "events": 0 });
    let old = json!({ "version": 1, "usual": {}, "worlds": [world] });
    fs::write(&file, old.to_string()).unwrap();
    assert_eq!(made(&with_state(&file)), "world-2");
}

#[test]
fn a_clock_that_was_to_stand_before_the_first_instant_stands_at_it_and_can_be_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let early = "1960-01-01T00:00:00Z".parse().unwrap();
    let builder = MockServer::builder().clock(early).state_file(&file);
    let server = builder.start().unwrap();
    for world in [server.world(), server.new_world().clock(early).make().unwrap()] {
        assert_eq!(world.clock(), Clock::Frozen { at: Clock::FIRST });
        let export = world.export();
        world.import(&export).unwrap();
        assert_eq!(world.export(), export);
        world.advance_clock(SignedDuration::from_hours(1));
        assert_eq!(world.now().to_string(), "1970-01-01T01:00:00Z");
    }
    drop(server);
    assert_eq!(
        with_state(&file).world().now().to_string(),
        "1970-01-01T01:00:00Z"
    );
}
