//! What WhyLabs queues for its mails.

use contract_tests::scenario::Scenario;
use mock_server::world::Message;
use serde_json::{Value, json};

use super::calls::{
    ACME, EMPTY, GHOST, MEMBER, STAFF_KEY, USER, USER_ID, VIEWER, create, create_with, duplicate, no_user,
    ok, remove, update, with_key,
};
use super::rules::NOTIFICATIONS;

/// A notification, as WhyLabs writes it.
fn notification(message: &Message) -> Option<Value> {
    match message {
        Message::Whylabs(told) => Some(json!({
            "orgId": told.org_id,
            "orgName": told.org_name,
            "userId": told.user_id,
            "userEmail": told.user_email,
            "createdBy": told.created_by,
        })),
        _ => None,
    }
}

pub(crate) fn rows() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&NOTIFICATIONS, name);
    let of = |organization: &str, name: &str, key: &str| json!({ "orgId": organization, "orgName": name, "userId": USER_ID, "userEmail": USER, "createdBy": key });
    vec![
        row("who is added is told of, with the id of the key that did it")
            .ask(create(ACME, "USER@WhyLabs.AI", "ADMIN"), ok())
            .ask(with_key(create(EMPTY, USER, "VIEWER"), STAFF_KEY), ok())
            .told(
                notification,
                vec![
                    of(ACME, "Acme AI", "RollcallK1"),
                    of(EMPTY, "Empty", "K8SuperAdm"),
                ],
            ),
        row("nothing else is told, and no addition that is refused")
            .ask(create(ACME, MEMBER, "ADMIN"), duplicate(MEMBER, ACME))
            .ask(create(ACME, GHOST, "ADMIN"), no_user("acme.ai"))
            .ask(update(ACME, MEMBER, "ADMIN"), ok())
            .ask(remove(ACME, VIEWER), ok())
            .told(notification, Vec::new()),
        row("the others who lose a default are not told of")
            .ask(
                create_with(ACME, &format!("email={USER}&role=ADMIN&set_default=true")),
                ok(),
            )
            .told(notification, vec![of(ACME, "Acme AI", "RollcallK1")]),
    ]
}
