//! Adding members, and what stands against it.

use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;

use super::calls::{
    ACME, ACME_MEMBERS, CLAIM, CLAIM_ID, DOMAINS, DOMAINS_KEY, EMPTY, EMPTY_KEY, FREE, FREE_KEY, GHOST,
    MEMBER, MEMBER_ID, MULTI, OUTSIDER, SPARE, STAFF_KEY, USER, USER_ID, VIEWER, create, create_with,
    duplicate, full, list, listed, listed_with, membership, no_user, not_allowed, ok, remove, with_key,
};
use super::rules::{ADDING, CAP, DOMAINS as DOMAIN, DUPLICATE};

pub(crate) fn rows() -> Vec<Scenario> {
    [adding(), domains(), cap(), duplicates()].concat()
}

fn adding() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ADDING, name);
    vec![
        row("who is added has the role that was said, and is listed last")
            .ask(
                create(ACME, USER, "ADMIN"),
                membership(ACME, USER_ID, "ADMIN", false),
            )
            .ask(
                list(ACME),
                listed(&[ACME_MEMBERS.as_slice(), &[USER]].concat()).has("memberships.4.role", "ADMIN"),
            ),
        row("nobody need be a member before")
            .ask(
                with_key(create(EMPTY, USER, "VIEWER"), EMPTY_KEY),
                membership(EMPTY, USER_ID, "VIEWER", false),
            )
            .ask(with_key(list(EMPTY), EMPTY_KEY), listed(&[USER])),
        row("who is a member by a login can be added, and is a member twice")
            .ask(
                create(ACME, CLAIM, "VIEWER"),
                membership(ACME, CLAIM_ID, "VIEWER", false),
            )
            .ask(list(ACME), listed(&[ACME_MEMBERS.as_slice(), &[CLAIM]].concat())),
        row("a member of one organization can be added to another")
            .ask(
                with_key(create(EMPTY, MEMBER, "ADMIN"), EMPTY_KEY),
                membership(EMPTY, MEMBER_ID, "ADMIN", false),
            )
            .ask(
                list(ACME),
                listed_with(&ACME_MEMBERS, "role", &["ADMIN", "MEMBER", "VIEWER", "MEMBER"]),
            ),
    ]
}

fn domains() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&DOMAIN, name);
    let add = |email: &str| with_key(create(DOMAINS, email, "MEMBER"), DOMAINS_KEY);
    let mut rows = vec![
        row("an address at an allowed domain can join, in any letter case")
            .ask(add("member@ACME.ai"), membership(DOMAINS, MEMBER_ID, "MEMBER", false)),
        row("an address at another domain cannot")
            .ask(add(OUTSIDER), not_allowed("gmail.com"))
            .ask(
                with_key(list(DOMAINS), DOMAINS_KEY),
                listed(&["admin@acme.ai", "multi@acme.ai"]),
            ),
        row("the refusal has the domain as it was sent").ask(add("outsider@GMail.com"), not_allowed("GMail.com")),
        row("an organization without domains takes all of them")
            .ask(create(ACME, OUTSIDER, "MEMBER"), ok())
            .ask(with_key(create(EMPTY, OUTSIDER, "MEMBER"), EMPTY_KEY), ok()),
        row("the free tier takes every domain")
            .given(with_key(remove(FREE, "bulk25@free.example"), FREE_KEY))
            .ask(with_key(create(FREE, OUTSIDER, "MEMBER"), FREE_KEY), ok()),
        row("without a tier the domains count")
            .fixtures(organization("{ id: org-own, email_domains: [Acme.AI] }"))
            .ask(
                with_key(create("org-own", USER, "MEMBER"), STAFF_KEY),
                not_allowed_at("whylabs.ai", "org-own", "acme.ai"),
            )
            .ask(with_key(create("org-own", VIEWER, "MEMBER"), STAFF_KEY), ok()),
        row("a domain with blanks around it is another")
            .ask(add("member@acme.ai%20"), not_allowed("acme.ai ")),
        row("only adding looks at the domain")
            .fixtures(
                "extends: true\nwhylabs: { organizations: [{ id: org-123, email_domains: [elsewhere.example] }] }",
            )
            .ask(super::calls::update(ACME, MEMBER, "ADMIN"), ok())
            .ask(remove(ACME, MEMBER), ok())
            .ask(
                create(ACME, MEMBER, "ADMIN"),
                not_allowed_at("acme.ai", ACME, "elsewhere.example"),
            ),
    ];
    for (email, domain) in [
        ("member@mail.acme.ai", "mail.acme.ai"),
        ("member@acme.a", "acme.a"),
        ("member@xacme.ai", "xacme.ai"),
        ("acme.ai@acme.org", "acme.org"),
        ("a@acme.ai@b", "b"),
        ("acme", "acme"),
    ] {
        rows.push(row(&format!("{email} is at another domain")).ask(add(email), not_allowed(domain)));
    }
    rows.push(
        row("what is no address but a domain is at that domain").ask(add("acme.ai"), no_user("acme.ai")),
    );
    rows
}

fn cap() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&CAP, name);
    let free = |call: Request| with_key(call, FREE_KEY);
    let mut rows = vec![
        row("an organization on the free tier holds 25 memberships")
            .ask(free(create(FREE, SPARE, "MEMBER")), full())
            .given(free(remove(FREE, "bulk25@free.example")))
            .ask(free(create(FREE, SPARE, "MEMBER")), ok())
            .ask(free(create(FREE, "bulk25@free.example", "MEMBER")), full()),
        row("a member of a full one cannot be added for that reason, and not as a duplicate")
            .ask(free(create(FREE, "bulk01@free.example", "ADMIN")), full()),
        row("memberships by login do not count")
            .fixtures(format!(
                "extends: true\nwhylabs: {{ claim_memberships: [{{ organization: {FREE}, user: {CLAIM_ID}, role: MEMBER }}] }}"
            ))
            .given(free(remove(FREE, "bulk03@free.example")))
            .ask(free(create(FREE, CLAIM, "MEMBER")), ok())
            .ask(free(create(FREE, SPARE, "MEMBER")), full()),
        row("what users left behind who are gone counts")
            .fixtures(
                "extends: true\nwhylabs: { users: [{ id: user-ghost, email: bulk99@free.example, deleted: true }], memberships: [{ organization: org-free25, user: user-ghost, role: MEMBER }] }",
            )
            .given(free(remove(FREE, "bulk03@free.example")))
            .ask(free(create(FREE, SPARE, "MEMBER")), full()),
    ];
    for tier in [
        "tier: PAID",
        "tier: AWS_MARKETPLACE",
        "tier: SUBSCRIPTION",
        "name: No tier",
    ] {
        rows.push(
            row(&format!("an organization of {tier} has no limit"))
                .fixtures(organization(&format!("{{ id: org-free25, {tier} }}")))
                .ask(free(create(FREE, SPARE, "MEMBER")), ok())
                .ask(free(create(FREE, OUTSIDER, "MEMBER")), ok()),
        );
    }
    rows
}

fn duplicates() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&DUPLICATE, name);
    vec![
        row("a member cannot be added again, and keeps the role")
            .ask(create(ACME, MEMBER, "ADMIN"), duplicate(MEMBER, ACME))
            .ask(
                list(ACME),
                listed_with(&ACME_MEMBERS, "role", &["ADMIN", "MEMBER", "VIEWER", "MEMBER"]),
            ),
        row("nor by another spelling of the address, which the refusal repeats").ask(
            create(ACME, "Member@ACME.ai", "ADMIN"),
            duplicate("Member@ACME.ai", ACME),
        ),
        row("nor to be given a default")
            .ask(
                create_with(ACME, &format!("email={MEMBER}&role=MEMBER&set_default=true")),
                duplicate(MEMBER, ACME),
            )
            .ask(
                with_key(
                    create_with(DOMAINS, &format!("email={MULTI}&role=VIEWER&set_default=true")),
                    DOMAINS_KEY,
                ),
                duplicate(MULTI, DOMAINS),
            )
            .ask(
                list(ACME),
                listed_with(&ACME_MEMBERS, "default", &[true, false, false, true]),
            ),
        row("who was added is a member at once")
            .ask(create(ACME, USER, "MEMBER"), ok())
            .ask(create(ACME, USER, "MEMBER"), duplicate(USER, ACME))
            .ask(create(ACME, GHOST, "MEMBER"), no_user("acme.ai")),
    ]
}

/// The built-in world with this organization.
fn organization(row: &str) -> String {
    format!("extends: true\nwhylabs: {{ organizations: [{row}] }}")
}

fn not_allowed_at(domain: &str, organization: &str, allowed: &str) -> Outcome {
    let message = format!("Addresses at {domain} cannot join {organization}, which allows {allowed}.");
    super::calls::refused(400, "IllegalArgument", &message)
}
