//! What goes wrong on purpose, and how it is steered.

mod bodies;
mod connection;
mod delays;
mod effects;
mod matching;
mod steering;

use mock_server::MockServer;
use serde_json::Value;

use crate::case::{JSON, KEY};
use crate::client::{Reply, send};

const FAULTS: &str = "/_mock/worlds/default/faults";
const LIST: &str = "GET /api/organizations";
const CREATE: &str = "POST /api/organizations";
const MEMBERSHIPS: &str = "GET /v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships";

/// Sends a fault to the control API, which takes it.
fn add(server: &MockServer, fault: &Value) -> String {
    let reply = send(
        server.addr(),
        &format!("POST {FAULTS}"),
        &[JSON],
        &fault.to_string(),
    );
    assert_eq!(reply.status, 201, "{}", reply.body);
    let id = reply.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(reply.header("location"), Some(format!("{FAULTS}/{id}").as_str()));
    id
}

/// A server on which this goes wrong, and the fault's id.
fn with(fault: &Value) -> (MockServer, String) {
    let server = MockServer::start().unwrap();
    let id = add(&server, fault);
    (server, id)
}

/// A credential that Logto takes.
const TOKEN: (&str, &str) = ("authorization", "Bearer mock-token");

/// Calls an API with a credential it takes.
fn call(server: &MockServer, request: &str) -> Reply {
    let key = if request.contains("/api/") { TOKEN } else { KEY };
    let body = if request == CREATE {
        r#"{"name":"made"}"#
    } else {
        ""
    };
    send(server.addr(), request, &[key, JSON], body)
}

/// How often a fault was matched, and took effect.
fn counts(server: &MockServer, id: &str) -> (i64, i64) {
    let faults = server.world().faults();
    let fault = faults.iter().find(|fault| fault.id == id).unwrap();
    (fault.matched, fault.applied)
}

/// How many organizations Logto has, whatever goes wrong.
fn organizations(server: &MockServer) -> usize {
    server
        .world()
        .export()
        .logto
        .unwrap()
        .organizations
        .unwrap()
        .len()
}
