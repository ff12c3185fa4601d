//! The clock of a world, set from outside.

use mock_server::MockServer;
use serde_json::{Value, json};

use crate::client::send;
use crate::control::{pointers, steer};

#[test]
fn a_clock_is_stopped_advanced_and_let_run() {
    let server = MockServer::start().unwrap();
    let clock = "/_mock/worlds/a/clock";
    for (request, body, now) in [
        (
            format!("PUT {clock}"),
            json!({ "mode": "frozen", "at": "2024-01-31T00:00:00Z" }),
            "2024-01-31T00:00:00Z",
        ),
        (
            format!("POST {clock}/advance"),
            json!({ "by": "P1M" }),
            "2024-02-29T00:00:00Z",
        ),
        (
            format!("POST {clock}/advance"),
            json!({ "by": "-PT1.5S" }),
            "2024-02-28T23:59:58.5Z",
        ),
        (
            format!("POST {clock}/advance"),
            json!({ "by": "-P54Y1M27DT23H59M58.5S" }),
            "1970-01-01T00:00:00Z",
        ),
        (format!("GET {clock}"), Value::Null, "1970-01-01T00:00:00Z"),
    ] {
        let reply = steer(&server, &request, &body);
        assert_eq!(reply.status, 200, "{request} {body}: {reply:?}");
        assert_eq!(
            reply.json(),
            json!({ "mode": "frozen", "now": now }),
            "{request} {body}"
        );
    }
    let running = steer(
        &server,
        &format!("PUT {clock}"),
        &json!({ "mode": "running", "offset": "PT1H" }),
    )
    .json();
    assert_eq!(
        (&running["mode"], &running["offset"]),
        (&json!("running"), &json!("PT1H"))
    );
    let advanced = steer(
        &server,
        &format!("POST {clock}/advance"),
        &json!({ "by": "PT1H" }),
    )
    .json();
    assert_eq!(advanced["offset"], json!("PT2H"));
    for (request, body, pointer) in [
        (format!("PUT {clock}"), json!({ "mode": "stopped" }), "/mode"),
        (
            format!("PUT {clock}"),
            json!({ "mode": "frozen", "offset": "PT1H" }),
            "/offset",
        ),
        (
            format!("PUT {clock}"),
            json!({ "mode": "frozen", "at": "10000-01-01T00:00:00Z" }),
            "/at",
        ),
        (format!("POST {clock}/advance"), json!({ "by": "an hour" }), "/by"),
        (format!("POST {clock}/advance"), json!({}), "/by"),
    ] {
        let refused = steer(&server, &request, &body);
        assert_eq!(
            (refused.status, pointers(&refused)),
            (400, vec![pointer.to_owned()]),
            "{refused:?}"
        );
    }
    let after = steer(&server, &format!("GET {clock}"), &Value::Null).json();
    assert_eq!(after["offset"], json!("PT2H"), "what is refused changes nothing");
}

#[test]
fn what_expires_has_expired_when_the_clock_is_advanced() {
    let server = MockServer::start().unwrap();
    let key = (
        "x-api-key",
        "KBLasting1.Org123AdministratorKeyUntilTheYear2100xxxxxxxxxxxxxxx",
    );
    let list = "GET /w/a/v0/organizations/org-123/membership";
    assert_eq!(send(server.addr(), list, &[key], "").status, 200);
    let by = json!({ "by": "P100Y" });
    assert_eq!(
        steer(&server, "POST /_mock/worlds/a/clock/advance", &by).status,
        200
    );
    assert_eq!(send(server.addr(), list, &[key], "").status, 403);
}
