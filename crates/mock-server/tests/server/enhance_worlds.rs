//! Worlds with everything in them that Enhance can change.

use mock_server::MockServer;

use crate::case::JSON;
use crate::client::{Reply, send};
use crate::enhance::{CUSTOMER, KEY, login_link};

/// A change of every kind; what is left of it are an invitation, a session, a token and a login link.
fn change(server: &MockServer) -> [String; 4] {
    let ask = |request: &str, body: &str| {
        let reply = send(server.addr(), request, &[KEY, JSON], body);
        assert!((200..300).contains(&reply.status), "{request}: {reply:?}");
        reply
    };
    let text = |reply: &Reply, pointer: &str| {
        reply
            .json()
            .pointer(pointer)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    let members = format!("{CUSTOMER}/members");
    ask(
        &format!("POST {members}"),
        r#"{"loginId":"7ec6f54a-b558-40b0-84f9-d11ade5b049d","roles":["Support"]}"#,
    );
    let settings = r#"{"roles":["Business","SiteAccess"],"siteAccesses":["562b0076-285a-4680-9b6e-d2b994a2c01f"],"notifications":["\u0000é"]}"#;
    ask(
        &format!("PUT {members}/191c255b-3e8b-44e9-930f-fa75a0bff66f"),
        settings,
    );
    ask(
        &format!("DELETE {members}/0c0b637a-6c2e-4fe8-9bce-f078e3acf019"),
        "",
    );
    ask(
        &format!("PUT {CUSTOMER}/owner"),
        r#"{"memberId":"ede00f77-ced1-4a23-b154-4a3ca8333869"}"#,
    );
    ask(&format!("DELETE {CUSTOMER}/owner"), "");
    let owner = r#"{"email":"O'Hara+x@x.test","name":"","roles":["Owner"]}"#;
    let url = text(&ask(&format!("POST {CUSTOMER}/invites"), owner), "");
    let key = url.split(['/', '?']).nth(4).unwrap().to_owned();
    let accept = r#"{"email":"new@customer.test","password":"Secret1","locale":"en-GB"}"#;
    let accepted = send(
        server.addr(),
        "POST /invites/48d9d0a7-2cc6-4d4d-863f-3874c5d08560",
        &[JSON],
        accept,
    );
    let session = accepted
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let token = r#"{"roles":["SuperAdmin"],"tokenExpires":"9999-12-31T23:59:59-12:00","friendlyName":"new"}"#;
    let token = text(
        &ask(&format!("POST {CUSTOMER}/access_tokens"), token),
        "/unencryptedToken",
    );
    ask(
        &format!("DELETE {CUSTOMER}/access_tokens/4959a10f-8024-4c5d-a192-c4c3f3b94637"),
        "",
    );
    [key, session, format!("Bearer {token}"), login_link(server, "")]
}

#[test]
fn a_world_goes_on_where_its_export_is_imported() {
    let start = || {
        let builder = MockServer::builder().seed(7);
        builder
            .clock("2026-01-01T00:00:00Z".parse().unwrap())
            .start()
            .unwrap()
    };
    let (server, twin) = (start(), start());
    let left = change(&server);
    assert_eq!(change(&twin), left, "the same seed, clock and requests");
    let export = server.world().export();
    assert_eq!(twin.world().export(), export);

    let other = MockServer::start().unwrap();
    other.world().import(&export).unwrap();
    assert_eq!(other.world().export(), export);
    let [key, session, token, link] = &left;
    let status = |request: &str, header| send(other.addr(), request, &[header], "").status;
    let list = format!("GET {CUSTOMER}/members");
    assert_eq!(status(&list, ("cookie", session)), 403);
    assert_eq!(status(&list, ("authorization", token)), 200);
    assert_eq!(status(&format!("GET {link}"), JSON), 200);
    let accept = r#"{"email":"o'hara+X@x.test","password":"Secret1"}"#;
    let reply = send(other.addr(), &format!("POST /invites/{key}"), &[JSON], accept);
    assert_eq!(reply.status, 200, "{reply:?}");
    let accept = r#"{"email":"reg@customer.test","password":"mock-password"}"#;
    let registered = "POST /invites/393a3f79-a87f-4491-bedf-72932b7ad663";
    assert_eq!(send(other.addr(), registered, &[JSON], accept).status, 200);
}
