//! What the outbox has of Logto.

use mock_server::world::Message;
use mock_server::{LogtoWebhook, MockServer};

use super::KEY;
use crate::case::JSON;
use crate::client::send;

#[test]
fn changes_of_organizations_and_members_are_told_and_those_of_roles_are_not() {
    let server = MockServer::start().unwrap();
    let users = |ids: &str| format!(r#"{{"userIds":[{ids}]}}"#);
    for (request, body, status) in [
        ("POST /api/organizations", r#"{"name":"Crew"}"#.to_owned(), 201),
        (
            "PATCH /api/organizations/globex000002",
            r#"{"id":"globex"}"#.to_owned(),
            200,
        ),
        (
            "POST /api/organizations/globex/users",
            users(r#""erin00000005","dave00000004""#),
            201,
        ),
        (
            "POST /api/organizations/globex/users/erin00000005/roles",
            r#"{"organizationRoleIds":["role_admin_0000000001"]}"#.to_owned(),
            201,
        ),
        (
            "PUT /api/organizations/globex/users",
            users(r#""frank0000006","erin00000005""#),
            204,
        ),
        (
            "DELETE /api/organizations/globex/users/erin00000005",
            String::new(),
            204,
        ),
        ("DELETE /api/organizations/globex", String::new(), 204),
        ("DELETE /api/organizations/globex", String::new(), 404),
    ] {
        let reply = send(server.addr(), request, &[KEY, JSON], &body);
        assert_eq!(reply.status, status, "{request}: {}", reply.body);
    }
    let told: Vec<_> = server
        .world()
        .outbox()
        .into_iter()
        .map(|event| match event.message {
            Message::Logto(webhook) => webhook,
            other => panic!("{other:?}"),
        })
        .collect();
    let names: Vec<_> = told.iter().map(LogtoWebhook::name).collect();
    let members = "Organization.Membership.Updated";
    assert_eq!(
        names,
        [
            "Organization.Created",
            "Organization.Data.Updated",
            members,
            members,
            members,
            "Organization.Deleted"
        ]
    );
    assert!(
        told.iter()
            .skip(1)
            .all(|webhook| webhook.organization_id() == "globex")
    );
    let [_, _, joined, replaced, left, _] = told.as_slice() else {
        panic!("{told:?}")
    };
    let changed = |webhook: &LogtoWebhook| match webhook {
        LogtoWebhook::OrganizationMembershipUpdated {
            added_user_ids,
            removed_user_ids,
            ..
        } => (added_user_ids.join(" "), removed_user_ids.join(" ")),
        other => panic!("{other:?}"),
    };
    assert_eq!(changed(joined), ("erin00000005".to_owned(), String::new()));
    assert_eq!(
        changed(replaced),
        ("frank0000006".to_owned(), "dave00000004".to_owned())
    );
    assert_eq!(changed(left), (String::new(), "erin00000005".to_owned()));
}
