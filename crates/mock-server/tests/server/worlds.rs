//! Worlds, made and forgotten from outside.

use std::io::Write as _;
use std::thread;
use std::time::Duration;

use mock_server::{MockServer, World};
use serde_json::{Value, json};

use crate::acme::{MEMBERS, WITH_GUS, add_gus, members};
use crate::case::{case, check};
use crate::client::{connect, read_to_end};
use crate::control::{pointers, steer};

#[test]
fn a_world_is_made_listed_reset_and_forgotten() {
    let server = MockServer::start().unwrap();
    let new = json!({ "name": "a", "seed": 7, "clock": { "frozen_at": "2026-01-01T00:00:00Z" } });
    let made = steer(&server, "POST /_mock/worlds", &new);
    assert_eq!(
        (made.status, made.header("location")),
        (201, Some("/_mock/worlds/a")),
        "{made:?}"
    );
    let url = format!("{}/w/a/clerk/v1", server.url());
    for (pointer, expected) in [
        ("/name", json!("a")),
        ("/now", json!("2026-01-01T00:00:00Z")),
        ("/seed", json!(7)),
        ("/requests", json!(0)),
        ("/base_urls/clerk", json!(url)),
    ] {
        assert_eq!(made.json().pointer(pointer), Some(&expected), "{made:?}");
    }
    add_gus(server.addr(), "a");
    assert_eq!(
        (members(server.addr(), "a"), members(server.addr(), "default")),
        (json!(15), json!(14))
    );
    check(
        &server,
        &case(
            "GET /_mock/worlds",
            &[],
            "",
            200,
            &[
                ("/worlds/0/name", json!("a")),
                ("/worlds/0/requests", json!(2)),
                ("/worlds/1/name", json!("default")),
                (
                    "/worlds/1/base_urls/logto",
                    json!(format!("{}/logto", server.url())),
                ),
                ("/most", json!(10_000)),
            ],
        ),
    );
    check(
        &server,
        &case(
            "POST /_mock/worlds/a/reset",
            &[],
            "",
            200,
            &[
                ("/now", json!("2026-01-01T00:00:00Z")),
                ("/requests", json!(0)),
                ("/seed", json!(7)),
            ],
        ),
    );
    assert_eq!(members(server.addr(), "a"), json!(14));
    assert_eq!(steer(&server, "DELETE /_mock/worlds/a", &Value::Null).status, 204);
    for request in ["GET /_mock/worlds/a", "DELETE /_mock/worlds/a"] {
        assert_eq!(steer(&server, request, &Value::Null).status, 404, "{request}");
    }
}

#[test]
fn a_world_with_a_seed_of_its_own_is_what_a_server_with_that_seed_has() {
    let at = "2026-01-01T00:00:00Z";
    let server = MockServer::start().unwrap();
    let new = json!({ "name": "a", "seed": 7, "clock": { "frozen_at": at } });
    assert_eq!(steer(&server, "POST /_mock/worlds", &new).status, 201);
    let other = MockServer::builder()
        .seed(7)
        .clock(at.parse().unwrap())
        .start()
        .unwrap();
    let export = |server: &MockServer, world: &str| {
        steer(server, &format!("GET /_mock/worlds/{world}/state"), &Value::Null).json()
    };
    assert_eq!(export(&server, "a"), export(&other, "default"));
    assert_ne!(export(&server, "default"), export(&other, "default"));
}

#[test]
fn what_a_world_cannot_be_made_with_is_said() {
    let server = MockServer::start().unwrap();
    let unnamed = steer(&server, "POST /_mock/worlds", &json!({}));
    assert_eq!(
        (unnamed.status, &unnamed.json()["name"]),
        (201, &json!("world-1"))
    );
    let again = steer(&server, "POST /_mock/worlds", &json!({ "name": "world-1" }));
    assert_eq!(
        (again.status, again.header("content-type")),
        (409, Some("application/problem+json"))
    );
    for (body, expected) in [
        (json!({ "name": "a b" }), "/name"),
        (json!({ "seed": -1 }), "/seed"),
        (json!({ "clock": { "frozen_at": "noon" } }), "/clock/frozen_at"),
        (
            json!({ "clock": { "frozen_at": "9999-12-31T23:59:59Z" } }),
            "/clock/frozen_at",
        ),
        (json!({ "clock": { "offset": "soon" } }), "/clock/offset"),
        (json!({ "colour": "red" }), "/colour"),
        (
            json!({ "fixtures": { "clerk": { "users": [{ "id": 1 }] } } }),
            "/fixtures/clerk/users/0/id",
        ),
        (
            json!({ "fixtures": { "extends": true, "logto": { "memberships": [
                { "organization": "acme00000001", "user": "nobody" } ] } } }),
            "/fixtures/logto/memberships/0/user",
        ),
    ] {
        let refused = steer(&server, "POST /_mock/worlds", &body);
        assert_eq!(refused.status, 400, "{body}: {refused:?}");
        assert_eq!(pointers(&refused), [expected], "{body}: {refused:?}");
    }
    let misnamed = steer(&server, "GET /_mock/worlds/a%20b/clock", &Value::Null);
    assert_eq!(
        (misnamed.status, pointers(&misnamed)),
        (400, vec!["/world".to_owned()])
    );
    let listed = steer(&server, "GET /_mock/worlds", &Value::Null).json();
    assert_eq!(
        listed["worlds"].as_array().unwrap().len(),
        1,
        "nothing that was refused is there"
    );
}

#[test]
fn there_is_room_for_so_many_worlds() {
    let limits = mock_server::Limits {
        worlds: 1,
        ..mock_server::Limits::default()
    };
    let server = MockServer::builder().limits(limits).start().unwrap();
    assert_eq!(
        steer(&server, "GET /_mock/worlds/a/clock", &Value::Null).status,
        200
    );
    assert_eq!(steer(&server, "POST /_mock/worlds", &json!({})).status, 503);
    assert_eq!(
        steer(&server, "GET /_mock/worlds/b/clock", &Value::Null).status,
        503
    );
    assert_eq!(steer(&server, "GET /_mock/worlds/b", &Value::Null).status, 404);
}

#[test]
fn a_request_that_ends_after_the_time_of_its_world_leaves_no_trace_in_the_one_that_follows() {
    let ends: [fn(&MockServer, &World); 2] = [
        |_, world| world.reset(),
        |server, world| assert!(server.delete_world(world.name())),
    ];
    for end in ends {
        let server = MockServer::start().unwrap();
        let world = server.world();
        let before = world.export();
        let mut stream = connect(server.addr());
        let head = format!(
            "POST {MEMBERS} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer sk_test_rollcall\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            WITH_GUS.len()
        );
        let (first, rest) = WITH_GUS.split_at(5);
        stream.write_all(format!("{head}{first}").as_bytes()).unwrap();
        while world.request_count() == 0 {
            thread::sleep(Duration::from_millis(1));
        }
        end(&server, &world);
        stream.write_all(rest.as_bytes()).unwrap();
        let reply = read_to_end(&mut stream);
        assert_eq!(reply.status, 200, "it is answered from what there was: {reply:?}");
        for world in [world, server.world()] {
            assert_eq!(world.export(), before);
            assert_eq!(
                (
                    world.request_count(),
                    world.requests().len(),
                    world.outbox().len()
                ),
                (0, 0, 0)
            );
        }
    }
}
