use std::io::{Read as _, Write as _};
use std::thread;
use std::time::{Duration, Instant};

use mock_server::MockServer;
use serde_json::json;

use super::{CREATE, LIST, add, call, counts, organizations, with};
use crate::client::connect;

#[test]
fn a_delay_alone_holds_a_call_up_and_leaves_the_answer_to_the_api() {
    let (server, _) = with(&json!({ "delay": { "milliseconds": 120 }, "match": { "api": "logto" } }));
    let begun = Instant::now();
    assert_eq!(call(&server, LIST).status, 200);
    assert!(
        begun.elapsed() >= Duration::from_millis(120),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn a_delay_comes_before_the_effect_and_before_the_work_of_the_api() {
    let server = MockServer::start().unwrap();
    let effect = json!({ "kind": "empty_body" });
    let id = add(
        &server,
        &json!({ "delay": { "milliseconds": 400 }, "effect": effect }),
    );
    let before = organizations(&server);
    thread::scope(|scope| {
        let delayed = scope.spawn(|| call(&server, CREATE));
        while counts(&server, &id).1 == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(organizations(&server), before);
        // Nothing is held meanwhile that others need.
        server.world().clear_faults();
        assert_eq!(call(&server, LIST).status, 200);
        assert_eq!(
            (delayed.join().unwrap().body.as_str(), organizations(&server)),
            ("", before + 1)
        );
    });
}

#[test]
fn a_delay_between_two_times_is_at_least_the_first_and_differs_from_call_to_call() {
    let server = MockServer::builder().seed(3).start().unwrap();
    add(
        &server,
        &json!({ "delay": { "milliseconds": 20, "up_to_milliseconds": 140 } }),
    );
    let took: Vec<_> = (0..8)
        .map(|_| {
            let begun = Instant::now();
            call(&server, LIST);
            begun.elapsed()
        })
        .collect();
    let (least, most) = (took.iter().min().unwrap(), took.iter().max().unwrap());
    assert!(*least >= Duration::from_millis(20), "{took:?}");
    assert!(*most - *least >= Duration::from_millis(20), "{took:?}");
}

#[test]
fn calls_wait_side_by_side() {
    let (server, _) = with(&json!({ "delay": { "milliseconds": 300 } }));
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| assert_eq!(call(&server, LIST).status, 200));
        }
    });
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[test]
fn a_server_stops_though_a_call_is_held_up_for_long() {
    let (server, id) = with(&json!({ "delay": { "milliseconds": 600_000 } }));
    let mut stream = connect(server.addr());
    stream
        .write_all(b"GET /v1/nothing HTTP/1.1\r\nhost: x\r\n\r\n")
        .unwrap();
    while counts(&server, &id).1 == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    let begun = Instant::now();
    drop(server);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(stream.read(&mut [0]).unwrap_or(0), 0);
}

#[test]
fn a_call_that_is_delayed_when_the_time_of_its_world_ends_does_nothing_and_is_cut_off_at_once() {
    let ends: [fn(&MockServer); 2] = [
        |server| server.world().reset(),
        |server| assert!(server.delete_world(server.world().name())),
    ];
    for end in ends {
        let (server, id) = with(&json!({ "delay": { "milliseconds": 600_000 } }));
        let before = organizations(&server);
        let mut stream = connect(server.addr());
        stream
            .write_all(
                b"POST /api/organizations HTTP/1.1\r\nhost: x\r\nauthorization: Bearer mock-token\r\n\
                  content-type: application/json\r\ncontent-length: 15\r\n\r\n{\"name\":\"made\"}",
            )
            .unwrap();
        while counts(&server, &id).1 == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        end(&server);
        let mut answer = Vec::new();
        let begun = Instant::now();
        let _ = stream.read_to_end(&mut answer);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert_eq!(String::from_utf8_lossy(&answer), "");
        assert_eq!(organizations(&server), before);
    }
}
