//! The mails that invitations are sent by.

use contract_tests::scenario::{Outcome, Scenario};
use mock_server::EnhanceMail;
use mock_server::world::Message;
use serde_json::{Value, json};

use super::calls::{
    C, C_BIZ, C_OWNER, Calls as _, D, FREE, I_REG, MO_OWNER, P_NEW, P_REG, PASSWORD, accept_as, created,
    invite, invite_with, ok, refused, unusable,
};
use super::rules::MAIL;

/// A mail, as far as a row looks at it.
fn mail(message: &Message) -> Option<Value> {
    match message {
        Message::Enhance(EnhanceMail::Invite {
            to,
            name,
            organization,
            url,
        }) => Some(json!({ "to": to, "name": name, "organization": organization, "url": url })),
        _ => None,
    }
}

fn sent() -> Outcome {
    created().keep("", "url")
}

pub(crate) fn rows() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&MAIL, name);
    let asking = |send: bool| {
        let body = json!({ "email": "n@x.test", "name": "N", "roles": ["Support"], "sendEmail": send });
        invite_with(C, &body).by(&C_OWNER)
    };
    let to = |email: &str, name: &str, organization: &str, url: &str| json!({ "to": email, "name": name, "organization": organization, "url": url });
    vec![
        row("a mail with the URL goes out when nothing is said, and when it is asked for")
            .ask(invite(C, "m@x.test", &["Support"]).by(&C_OWNER), sent())
            .ask(asking(true), created().keep("", "other"))
            .told(
                mail,
                vec![
                    to("m@x.test", "Ina Invited", "Customer Co", "{url}"),
                    to("n@x.test", "N", "Customer Co", "{other}"),
                ],
            ),
        row("no mail goes out when none is asked for")
            .ask(asking(false), sent())
            .told(mail, Vec::new()),
        row("who is invited again gets another mail with another URL")
            .ask(asking(true), sent())
            .ask(asking(false), created().differs("", "{url}"))
            .ask(asking(true), created().differs("", "{url}").keep("", "third"))
            .told(
                mail,
                vec![
                    to("n@x.test", "N", "Customer Co", "{url}"),
                    to("n@x.test", "N", "Customer Co", "{third}"),
                ],
            ),
        row("a registered person's mail goes to the address it has, under the name it has")
            .ask(invite(C, "FREE@Logins.test", &["Support"]).by(&C_OWNER), sent())
            .told(mail, vec![to(FREE.email, "Fred Free", "Customer Co", "{url}")]),
        row("the mail names the organization")
            .ask(invite(D, "n@x.test", &["Support"]).by(&MO_OWNER), sent())
            .told(
                mail,
                vec![to("n@x.test", "Ina Invited", "Direct Customer Co", "{url}")],
            ),
        row("an invitation that is refused sends nothing, and nothing else does")
            .ask(
                invite(C, C_BIZ.email, &["Support"]).by(&C_OWNER),
                refused(400, "already_exists", "member"),
            )
            .ask(invite(C, "n@x.test", &["Owner"]).by(&C_OWNER), unusable())
            .ask(accept_as(I_REG, P_REG.email, PASSWORD), ok())
            .ask(
                super::calls::add(C, FREE.login, &["Support"]).by(&C_OWNER),
                created(),
            )
            .ask(
                super::calls::remove(C, P_NEW.member).by(&C_OWNER),
                super::calls::gone(),
            )
            .told(mail, Vec::new()),
        row("the key in the mail is the one that is accepted")
            .ask(
                invite(C, "n@x.test", &["Support"]).by(&C_OWNER),
                sent().keep_part("", "/invites/([^?]+)\\?", "key"),
            )
            .told(mail, vec![to("n@x.test", "Ina Invited", "Customer Co", "{url}")])
            .ask(accept_as("{key}", "n@x.test", "Secret1"), ok()),
    ]
}
