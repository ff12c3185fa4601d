//! The organization of Clerk's that tests are about where any would do, and somebody who is not in it yet.

use std::net::SocketAddr;

use serde_json::Value;

use crate::case::{JSON, KEY};
use crate::client::send;

pub(crate) const MEMBERS: &str = "/v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships";

/// Who can be added.
pub(crate) const GUS: &str = "user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb";

/// The body that adds him.
pub(crate) const WITH_GUS: &str = r#"{"user_id":"user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb","role":"org:member"}"#;

/// Adds him in a world.
pub(crate) fn add_gus(addr: SocketAddr, world: &str) {
    let reply = send(addr, &format!("POST /w/{world}{MEMBERS}"), &[KEY, JSON], WITH_GUS);
    assert_eq!(reply.status, 200, "{reply:?}");
}

/// How many members it has in a world.
pub(crate) fn members(addr: SocketAddr, world: &str) -> Value {
    let reply = send(addr, &format!("GET /w/{world}{MEMBERS}"), &[KEY], "");
    reply.json()["total_count"].clone()
}
