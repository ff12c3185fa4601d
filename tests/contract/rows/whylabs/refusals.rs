//! In which order is found out what is wrong, and how it is said.

use contract_tests::outside::{UNKNOWN_ROUTE, WRONG_METHOD};
use contract_tests::scenario::{Outcome, Scenario, answer};
use serde_json::json;

use super::calls::{
    ACME, ADMIN_KEY, DOMAINS, DOMAINS_KEY, EXPIRED_KEY, FREE, FREE_KEY, GHOST, GONE, GONE_KEY, MEMBER,
    NOWHERE, OUTSIDER, REVOKED_KEY, STAFF_KEY, USER_KEY, create, create_with, duplicate, forbidden, full,
    list, missing, no_administrator, no_key, no_organization, no_user, not_allowed, ok, other_organization,
    path, remove, request, unusable, update, update_with, with_key, without_key,
};
use super::rules::{BODIES, ORDER_OF_CHECKS, REQUEST_IDS, ROUTES, SHAPES};

pub(crate) fn rows() -> Vec<Scenario> {
    [order(), shapes(), ids(), routes(), bodies()].concat()
}

fn order() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ORDER_OF_CHECKS, name);
    vec![
        row("the key before the parameters")
            .ask(without_key(create(ACME, MEMBER, "OWNER")), no_key())
            .ask(without_key(request("PUT", path(ACME))), no_key())
            .ask(without_key(request("DELETE", path(ACME))), no_key())
            .ask(
                with_key(create(ACME, MEMBER, "OWNER"), "abc"),
                forbidden("The API key does not have the form of one."),
            ),
        row("the key's organization before its scopes")
            .ask(with_key(list(DOMAINS), USER_KEY), other_organization(DOMAINS)),
        row("the key's organization before the parameters and before whether it is there")
            .ask(create(DOMAINS, MEMBER, "OWNER"), other_organization(DOMAINS))
            .ask(create(NOWHERE, MEMBER, "OWNER"), other_organization(NOWHERE)),
        row("the scopes before the parameters")
            .ask(
                with_key(create(ACME, MEMBER, "OWNER"), USER_KEY),
                no_administrator(),
            )
            .ask(
                with_key(request("DELETE", path(ACME)), USER_KEY),
                no_administrator(),
            ),
        row("the parameters before the organization")
            .ask(
                with_key(create(NOWHERE, MEMBER, "OWNER"), STAFF_KEY),
                unusable("role", "OWNER"),
            )
            .ask(
                with_key(create_with(GONE, "role=ADMIN"), GONE_KEY),
                missing("email"),
            ),
        row("the first parameter at fault is the one that is told").ask(
            create_with(ACME, "role=OWNER&set_default=maybe"),
            missing("email"),
        ),
        row("the organization before the user")
            .ask(
                with_key(create(GONE, GHOST, "MEMBER"), GONE_KEY),
                no_organization(GONE),
            )
            .ask(
                with_key(create(NOWHERE, GHOST, "MEMBER"), STAFF_KEY),
                no_organization(NOWHERE),
            ),
        row("the domain before the user").ask(
            with_key(create(DOMAINS, "ghost@gmail.com", "MEMBER"), DOMAINS_KEY),
            not_allowed("gmail.com"),
        ),
        row("the user before the room").ask(
            with_key(create(FREE, GHOST, "MEMBER"), FREE_KEY),
            no_user("acme.ai"),
        ),
        row("the room before the duplicate").ask(
            with_key(create(FREE, "bulk07@free.example", "MEMBER"), FREE_KEY),
            full(),
        ),
        row("the user before the membership")
            .ask(update(ACME, GHOST, "ADMIN"), no_user("acme.ai"))
            .ask(remove(ACME, GHOST), no_user("acme.ai")),
    ]
}

fn shapes() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SHAPES, name);
    vec![
        row("a refusal by the application has a type and the id of the request")
            .ask(
                create(ACME, "Member@acme.ai", "ADMIN"),
                duplicate("Member@acme.ai", ACME),
            )
            .ask(update(ACME, GHOST, "ADMIN"), no_user("acme.ai")),
        row("a refusal for the key has them too")
            .ask(without_key(list(ACME)), no_key())
            .ask(with_key(list(ACME), DOMAINS_KEY), other_organization(ACME)),
        row("a refusal of a parameter names it, and links to the request").ask(
            create_with(ACME, "email=a&role=OWNER&x=%20"),
            unusable("role", "OWNER").has(
                "_links",
                json!({ "self": {
                    "href": "/v0/organizations/org-123/membership?email=a&role=OWNER&x=%20",
                    "templated": false,
                } }),
            ),
        ),
        row("nobody's address is told")
            .ask(
                create(ACME, "who.ever@Some.Where", "ADMIN"),
                no_user("Some.Where"),
            )
            .ask(remove(ACME, "a@b@c.d"), no_user("c.d")),
        row("no refusal has the shape of a success").ask(
            with_key(list(GONE), GONE_KEY),
            no_organization(GONE).lacks("memberships"),
        ),
    ]
}

fn ids() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REQUEST_IDS, name);
    let uuid = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";
    vec![
        row("a refused request has an id of its own, in the body and in the header")
            .ask(
                without_key(list(ACME)),
                no_key().matches("requestId", uuid).keep("requestId", "first"),
            )
            .ask(without_key(list(ACME)), no_key().differs("requestId", "{first}")),
        row("a caller may name the request")
            .ask(
                without_key(list(ACME)).header("x-request-id", "mine"),
                no_key().has("requestId", "mine"),
            )
            .ask(
                update(ACME, GHOST, "ADMIN").header("x-request-id", "mine too"),
                no_user("acme.ai").has("requestId", "mine too"),
            ),
        row("every answer has the id of its request")
            .ask(
                list(ACME).header("x-request-id", "mine"),
                ok().header("x-request-id", "mine"),
            )
            .ask(
                create(ACME, MEMBER, "OWNER").header("x-request-id", "mine"),
                answer(400).header("x-request-id", "mine").lacks("requestId"),
            )
            .ask(list(ACME), ok().keep_header("x-request-id", "fresh")),
    ]
}

fn routes() -> Vec<Scenario> {
    let unknown = |key: Option<&str>| {
        let call = without_key(request("GET", "/v0/organizations/org-123/members"));
        match key {
            Some(key) => call.header("x-api-key", key),
            None => call,
        }
    };
    let mut rows = vec![
        Scenario::new(
            &ROUTES,
            "an unknown route asks for a key, and is unknown with one",
        )
        .ask(unknown(None), no_key())
        .ask(
            unknown(Some("abc")),
            forbidden("The API key does not have the form of one."),
        )
        .ask(unknown(Some(REVOKED_KEY)), forbidden("The API key was revoked."))
        .ask(unknown(Some(EXPIRED_KEY)), forbidden("The API key has expired."))
        .ask(
            unknown(Some(USER_KEY)),
            Outcome::outside(&UNKNOWN_ROUTE).has("type", "ResourceNotFound"),
        ),
    ];
    for method in ["PATCH", "OPTIONS", "TRACE"] {
        let call = || request(method, path(ACME));
        rows.push(
            Scenario::new(
                &ROUTES,
                format!("{method} is a wrong method, once there is a key"),
            )
            .ask(without_key(call()), no_key())
            .ask(
                call(),
                Outcome::outside(&WRONG_METHOD)
                    .header("allow", "DELETE, GET, HEAD, POST, PUT")
                    .has("type", "MethodNotAllowed"),
            ),
        );
    }
    rows
}

fn bodies() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&BODIES, name);
    let json = |call: contract_tests::wire::Request| call.header("content-type", "application/json");
    vec![
        row("an empty body that is called JSON is none")
            .ask(
                json(create(ACME, super::calls::USER, "ADMIN")).bytes_as_body(""),
                ok(),
            )
            .ask(json(update(ACME, MEMBER, "VIEWER")).bytes_as_body(""), ok())
            .ask(json(remove(ACME, MEMBER)).bytes_as_body(""), ok()),
        row("what a body says is not looked at")
            .ask(
                json(create_with(ACME, "role=ADMIN")).bytes_as_body(r#"{"email":"user@whylabs.ai"}"#),
                missing("email"),
            )
            .ask(
                with_key(update_with(ACME, "email=member@acme.ai&role=VIEWER"), ADMIN_KEY)
                    .bytes_as_body(r#"{"role":"ADMIN"}"#),
                ok().has("role", "VIEWER"),
            ),
        row("an address at another domain is refused whatever the body says").ask(
            with_key(create(DOMAINS, OUTSIDER, "MEMBER"), DOMAINS_KEY).bytes_as_body("{"),
            not_allowed("gmail.com"),
        ),
    ]
}
