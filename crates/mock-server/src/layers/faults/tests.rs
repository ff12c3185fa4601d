use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::*;
use crate::app::App;
use crate::config::Config;
use crate::control::Access;
use crate::fixtures;
use crate::journal::Exchange;
use crate::world::{Clock, NewWorld, World, WorldName};

/// A server without a socket, and its world with one fault.
fn with(fault: Value) -> (App, World) {
    let app = App::new(
        &Config::default(),
        fixtures::read(&[], None).unwrap(),
        Access::Open,
    );
    let world = app.worlds().get_or_begin(&WorldName::default()).unwrap();
    world.add_fault(serde_json::from_value(fault).unwrap()).unwrap();
    (app, world)
}

fn request() -> Request<Body> {
    Request::post("/api/organizations")
        .header("host", "x")
        .header("authorization", "Bearer mock-token")
        .header("content-type", "application/json")
        .body(Body::from(r#"{"name":"made"}"#))
        .unwrap()
}

/// An answer that was read.
struct Read {
    status: u16,
    body: Vec<u8>,
    /// Whether the body did not break off.
    has_ended: bool,
}

async fn read(response: Response) -> Read {
    let status = response.status().as_u16();
    let mut rest = response.into_body();
    let mut body = Vec::new();
    let has_ended = loop {
        match rest.frame().await {
            Some(Ok(frame)) => body.extend_from_slice(frame.data_ref().unwrap()),
            Some(Err(_)) => break false,
            None => break true,
        }
    };
    Read {
        status,
        body,
        has_ended,
    }
}

/// The one exchange that the journal has.
fn only(world: &World) -> Arc<Exchange> {
    let exchanges = world.epoch().record.journal.after(0).exchanges;
    assert_eq!(exchanges.len(), 1);
    Arc::clone(&exchanges[0])
}

/// What the journal has when a request was answered, and the answer was read.
async fn recorded(fault: Value) -> (Read, Arc<Exchange>) {
    let (app, world) = with(fault);
    let answer = read(app.answer(request()).await).await;
    (answer, only(&world))
}

#[tokio::test]
async fn the_journal_has_every_call_with_what_gave_the_answer() {
    let (own, instead) = (AnsweredBy::Api { fault: Some(1) }, AnsweredBy::Fault { id: 1 });
    for (effect, by, status) in [
        (
            json!({ "kind": "documented", "status": "403" }),
            instead,
            Some(403),
        ),
        (json!({ "kind": "raw", "status": 599 }), instead, Some(599)),
        (
            json!({ "kind": "rate_limit", "requests": 0, "seconds": 1 }),
            instead,
            Some(429),
        ),
        (json!({ "kind": "cut_connection" }), instead, None),
        (
            json!({ "kind": "cut_connection", "after_handling": true }),
            instead,
            None,
        ),
        (
            json!({ "kind": "slow_body", "bytes_per_second": 1_000_000 }),
            own,
            Some(201),
        ),
        (json!({ "kind": "truncated_body" }), own, Some(201)),
        (json!({ "kind": "empty_body" }), own, Some(201)),
    ] {
        let (_, exchange) = recorded(json!({ "effect": effect })).await;
        assert_eq!(exchange.by, by, "{effect}");
        let answer = exchange.answer.as_ref();
        assert_eq!(answer.map(|answer| answer.status.as_u16()), status, "{effect}");
        assert_eq!(exchange.body.kept, r#"{"name":"made"}"#, "{effect}");
        assert!(exchange.is_whole, "{effect}");
        let documented = !matches!(status, Some(429 | 599));
        assert_eq!(exchange.documented, documented, "{effect}");
    }
}

#[tokio::test]
async fn the_journal_has_as_much_of_a_body_as_was_sent() {
    for (effect, is_ended) in [
        (json!({ "kind": "truncated_body" }), false),
        (json!({ "kind": "truncated_body", "bytes": 0 }), false),
        (json!({ "kind": "truncated_body", "bytes": 7 }), false),
        (json!({ "kind": "truncated_body", "bytes": 1_000_000 }), true),
        (json!({ "kind": "empty_body" }), true),
        (
            json!({ "kind": "slow_body", "bytes_per_second": 1_000_000 }),
            true,
        ),
    ] {
        let (answer, exchange) = recorded(json!({ "effect": effect })).await;
        let kept = &exchange.answer.as_ref().unwrap().body;
        let sent = answer.body;
        assert_eq!((&*kept.kept, kept.bytes), (&*sent, sent.len()), "{effect}");
        assert_eq!(answer.has_ended, is_ended, "{effect}");
    }
}

#[tokio::test]
async fn a_slow_answer_took_as_long_as_its_body() {
    let (slow, exchange) =
        recorded(json!({ "effect": { "kind": "slow_body", "bytes_per_second": 2000 } })).await;
    let due = Duration::from_micros(u64::try_from(slow.body.len()).unwrap() * 500);
    assert!(due > Duration::from_millis(20), "{due:?}");
    assert!(exchange.took >= due, "{:?} of {due:?}", exchange.took);
}

#[tokio::test]
async fn of_a_slow_body_the_journal_has_what_was_sent_when_its_client_went_away() {
    let (app, world) = with(json!({ "effect": { "kind": "slow_body", "bytes_per_second": 100 } }));
    let mut body = app.answer(request()).await.into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    let second = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(
        world.epoch().record.journal.after(0).exchanges.is_empty(),
        "it is being sent"
    );
    drop(body);
    let exchange = only(&world);
    let kept = &exchange.answer.as_ref().unwrap().body;
    assert_eq!(*kept.kept, *[first, second].concat());
    assert_eq!(kept.bytes, 10);
    assert!(exchange.took >= Duration::from_millis(100), "{:?}", exchange.took);
}

#[tokio::test]
async fn a_delay_is_part_of_the_time_an_answer_took() {
    let (answer, exchange) = recorded(json!({ "delay": { "milliseconds": 30 } })).await;
    assert_eq!(
        (answer.status, exchange.by),
        (201, AnsweredBy::Api { fault: Some(1) })
    );
    assert!(exchange.took >= Duration::from_millis(30), "{:?}", exchange.took);
}

#[tokio::test]
async fn a_call_whose_client_goes_away_within_a_delay_is_recorded_without_an_answer() {
    let (app, world) = with(json!({ "delay": { "milliseconds": 60_000 } }));
    let organizations = || world.export().logto.unwrap().organizations.unwrap().len();
    let before = organizations();
    timeout(Duration::from_millis(20), app.answer(request()))
        .await
        .unwrap_err();
    let exchanges = world.epoch().record.journal.after(0).exchanges;
    assert_eq!(exchanges.len(), 1);
    assert!(exchanges[0].answer.is_none());
    assert_eq!(organizations(), before);
}

#[tokio::test]
async fn a_cut_shows_in_the_extensions_of_the_response() {
    let (app, _) = with(json!({ "effect": { "kind": "cut_connection" } }));
    let response = app.answer(request()).await;
    assert!(response.extensions().get::<NoAnswer>().is_some());
}

/// What ends the time of a world of a server.
const ENDS: [fn(&App, &World); 2] = [
    |_, world| world.reset(),
    |app, world| assert!(app.worlds().remove(world.name())),
];

#[tokio::test]
async fn when_the_time_of_its_world_ends_a_delayed_call_does_nothing_and_keeps_nothing() {
    for end in ENDS {
        let (app, world) = with(json!({ "delay": { "milliseconds": 600_000 } }));
        let before = world.export();
        world.advance_clock(SignedDuration::from_hours(1));
        let ended = (Arc::downgrade(&world.epoch()), Arc::downgrade(&world.state()));
        let ending = async {
            while world.faults()[0].applied == 0 {
                tokio::task::yield_now().await;
            }
            end(&app, &world);
        };
        let both = async { tokio::join!(app.answer(request()), ending) };
        let (response, ()) = timeout(Duration::from_secs(10), both).await.unwrap();
        assert!(response.extensions().get::<NoAnswer>().is_some());
        assert!(ended.0.upgrade().is_none() && ended.1.upgrade().is_none());
        assert_eq!(world.export(), before);
        let page = world.epoch().record.journal.after(0);
        assert_eq!(
            (page.exchanges.len(), page.last, world.request_count()),
            (0, 0, 0)
        );
        assert_eq!(app.worlds().totals().report(None).reached, 0);
    }
}

#[tokio::test]
async fn a_slow_answer_goes_on_when_the_time_of_its_world_ends_and_keeps_nothing_of_it() {
    for end in ENDS {
        let (app, _) = with(json!({ "delay": { "milliseconds": 0 } }));
        let a_clock_of_its_own = NewWorld {
            clock: Some(Clock::Running {
                offset: SignedDuration::from_hours(1),
            }),
            ..NewWorld::default()
        };
        let world = app.worlds().make(&a_clock_of_its_own).unwrap();
        let slow = json!({ "effect": { "kind": "slow_body", "bytes_per_second": 1000 } });
        world.add_fault(serde_json::from_value(slow).unwrap()).unwrap();
        let began_with = Arc::downgrade(&world.state());
        let mut request = request();
        let name = world.name().as_str().parse().unwrap();
        request.headers_mut().insert("x-mock-world", name);
        let mut answer = app.answer(request).await;
        assert!(answer.body_mut().frame().await.unwrap().is_ok());
        let ended = (Arc::downgrade(&world.epoch()), Arc::downgrade(&world.state()));
        end(&app, &world);
        assert!(ended.0.upgrade().is_none() && ended.1.upgrade().is_none());
        app.worlds().remove(world.name());
        drop(world);
        assert!(began_with.upgrade().is_none());
        assert_eq!(app.worlds().totals().report(None).reached, 0);
        let rest = read(answer).await;
        assert!(rest.has_ended && rest.body.ends_with(b"}"));
        assert_eq!(app.worlds().totals().report(None).reached, 1);
    }
}
