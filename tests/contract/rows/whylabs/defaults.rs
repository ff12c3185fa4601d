//! The organization a user lands in at login.

use contract_tests::scenario::Scenario;

use super::calls::{
    ACME, ACME_MEMBERS, ADMIN, CLAIM, DOMAINS, DOMAINS_KEY, EMPTY, EMPTY_KEY, GONE, GONE_KEY, MEMBER,
    MEMBER_ID, MULTI, STAFF_KEY, USER, USER_ID, VIEWER, create, create_with, list, listed_with, membership,
    ok, remove, update, with_key,
};
use super::rules::DEFAULTS;

const DOMAINS_MEMBERS: [&str; 2] = ["admin@acme.ai", "multi@acme.ai"];

pub(crate) fn rows() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&DEFAULTS, name);
    let staff = |call| with_key(call, STAFF_KEY);
    let empty = |call| with_key(call, EMPTY_KEY);
    let as_default = |organization: &str, email: &str| {
        create_with(
            organization,
            &format!("email={email}&role=MEMBER&set_default=true"),
        )
    };
    let in_acme = |defaults: &[bool]| listed_with(&ACME_MEMBERS, "default", defaults);
    let in_domains = |defaults: &[bool]| listed_with(&DOMAINS_MEMBERS, "default", defaults);
    vec![
        row("a first membership is no default unless that is said").ask(
            create(ACME, USER, "MEMBER"),
            membership(ACME, USER_ID, "MEMBER", false),
        ),
        row("a new default is the only one")
            .ask(staff(as_default(EMPTY, MULTI)), ok().has("default", true))
            .ask(list(ACME), in_acme(&[true, false, false, false]))
            .ask(with_key(list(DOMAINS), DOMAINS_KEY), in_domains(&[false, false])),
        row("a further membership leaves the default where it is")
            .ask(empty(create(EMPTY, MULTI, "MEMBER")), ok().has("default", false))
            .ask(list(ACME), in_acme(&[true, false, false, true])),
        row("who loses the default one lands in the oldest that is left")
            .ask(empty(create(EMPTY, MULTI, "MEMBER")), ok().has("default", false))
            .ask(staff(remove(ACME, MULTI)), ok())
            .ask(with_key(list(DOMAINS), DOMAINS_KEY), in_domains(&[false, true]))
            .ask(empty(list(EMPTY)), listed_with(&[MULTI], "default", &[false])),
        row("who loses another one lands where before")
            .ask(with_key(remove(DOMAINS, MULTI), DOMAINS_KEY), ok())
            .ask(list(ACME), in_acme(&[true, false, false, true])),
        row("who had none lands in the oldest that is left, too")
            .ask(empty(create(EMPTY, MEMBER, "MEMBER")), ok())
            .ask(with_key(remove(GONE, MEMBER), GONE_KEY), ok())
            .ask(list(ACME), in_acme(&[true, true, false, true]))
            .ask(empty(list(EMPTY)), listed_with(&[MEMBER], "default", &[false])),
        row("the oldest that is left may be one of an organization that is gone")
            .ask(remove(ACME, MEMBER), ok())
            .ask(
                with_key(update(GONE, MEMBER, "VIEWER"), GONE_KEY),
                membership(GONE, MEMBER_ID, "VIEWER", true),
            ),
        row("the end of a membership by login makes the oldest one the default, too")
            .ask(empty(create(EMPTY, CLAIM, "VIEWER")), ok().has("default", false))
            .ask(remove(ACME, CLAIM), ok())
            .ask(empty(list(EMPTY)), listed_with(&[CLAIM], "default", &[true])),
        row("who has nothing left has no default")
            .ask(remove(ACME, VIEWER), ok())
            .ask(create(ACME, VIEWER, "VIEWER"), ok().has("default", false)),
        row("who comes back has the default only if that is said")
            .ask(remove(ACME, MULTI), ok())
            .ask(create(ACME, MULTI, "MEMBER"), ok().has("default", false))
            .ask(remove(ACME, MULTI), ok())
            .ask(as_default(ACME, MULTI), ok().has("default", true))
            .ask(with_key(list(DOMAINS), DOMAINS_KEY), in_domains(&[false, false])),
        row("a membership that comes back is the youngest")
            .ask(empty(create(EMPTY, MULTI, "MEMBER")), ok())
            .ask(with_key(remove(DOMAINS, MULTI), DOMAINS_KEY), ok())
            .ask(with_key(create(DOMAINS, MULTI, "MEMBER"), DOMAINS_KEY), ok())
            .ask(remove(ACME, MULTI), ok())
            .ask(empty(list(EMPTY)), listed_with(&[MULTI], "default", &[true]))
            .ask(with_key(list(DOMAINS), DOMAINS_KEY), in_domains(&[false, false])),
        row("a change of role leaves it where it is")
            .ask(update(ACME, ADMIN, "VIEWER"), ok().has("default", true))
            .ask(update(ACME, VIEWER, "ADMIN"), ok().has("default", false)),
    ]
}
