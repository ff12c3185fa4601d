use axum::body::Bytes;
use axum::routing::any;
use http::HeaderValue;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Frame;

use super::*;
use crate::journal::AnsweredBy;

#[test]
fn the_world_comes_from_the_path_or_the_header_and_both_must_agree() {
    let name = |text| WorldName::parse(text).unwrap();
    let header =
        |text| HeaderMap::from_iter([(WORLD_HEADER.parse().unwrap(), HeaderValue::from_static(text))]);
    assert_eq!(world(None, &HeaderMap::new()), Ok(WorldName::default()));
    assert_eq!(world(None, &header("a")), Ok(name("a")));
    assert_eq!(world(Some(&name("a")), &header("a")), Ok(name("a")));
    world(Some(&name("a")), &header("b")).unwrap_err();
    world(None, &header("a b")).unwrap_err();
}

#[tokio::test]
async fn a_panic_of_an_api_is_recorded_and_counted_as_an_answer_that_is_not_documented() {
    let read = fixtures::read(&[], None).unwrap();
    let mut app = App::new(&Config::default(), read, Access::Open);
    for api in &mut app.apis {
        api.router = Router::new().fallback(any(async || -> StatusCode { panic!("boom") }));
    }
    let request = Request::get("/api/organizations")
        .header("host", "x")
        .body(Body::empty())
        .unwrap();
    let response = app.answer(request).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(app.undocumented(), 1);
    let world = app.worlds().get(&WorldName::default()).unwrap();
    let exchanges = world.epoch().record.journal.after(0).exchanges;
    let answer = exchanges[0].answer.as_ref().unwrap();
    assert_eq!(
        (exchanges[0].by, answer.status),
        (AnsweredBy::Api { fault: None }, response.status())
    );
    assert!(!exchanges[0].documented);
    let undocumented = &world.coverage().undocumented;
    assert_eq!((undocumented.len(), undocumented[0].status), (1, 500));
}

#[tokio::test]
async fn a_panic_outside_of_the_apis_is_counted_too() {
    let read = fixtures::read(&[], None).unwrap();
    let app = App::new(&Config::default(), read, Access::Open);
    let body = Full::new(Bytes::from("{}")).map_frame(|_| -> Frame<Bytes> { panic!("boom") });
    let request = Request::post("/_mock/worlds")
        .header("host", "localhost")
        .body(Body::new(body))
        .unwrap();
    let response = app.answer(request).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(app.undocumented(), 1);
}
