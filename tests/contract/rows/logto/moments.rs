//! What happens at one moment, and one after the other.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    ACME, ADMIN, ALICE, EMPTY, ERIN, FRANK, MEMBER, NO_SUCH_ID, NOT_FOUND, VIEWER, add, assign, assign_all,
    create, created, delete, done, get, list, listed, members, ok, patch, refused, remove, replace, roles,
    set_roles, take,
};
use super::rules::{LIFE, TOGETHER};

pub(crate) fn rows() -> Vec<Scenario> {
    let mut rows = at_once();
    rows.push(life());
    rows
}

fn at_once() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOGETHER, name);
    let one_of = |count: usize| {
        let mut outcomes = vec![refused(404, NOT_FOUND); count - 1];
        outcomes.push(done());
        outcomes
    };
    let new = || create(&json!({ "name": "New Org" }));
    vec![
        row("who is added eight times at one moment is a member once")
            .together(vec![add(EMPTY, &[ERIN]); 8], vec![created(); 8])
            .ask(members(EMPTY, ""), listed(&[ERIN], 1)),
        row("who is removed eight times at one moment is removed once")
            .together(vec![remove(ACME, ALICE); 8], one_of(8))
            .ask(members(ACME, ""), ok().header("total-number", "3")),
        row("a role taken eight times at one moment is taken once")
            .together(vec![take(ACME, ALICE, ADMIN); 8], one_of(8))
            .ask(roles(ACME, ALICE, ""), ok().lists("", "id", &[MEMBER])),
        row("an organization deleted eight times at one moment is deleted once")
            .together(vec![delete(ACME); 8], one_of(8))
            .ask(list(""), ok().header("total-number", "2")),
        row("eight organizations created at one moment are eight")
            .together(vec![new(); 8], vec![created(); 8])
            .ask(
                list("q=new"),
                ok().header("total-number", "8")
                    .keep("0.id", "one")
                    .differs("1.id", "{one}"),
            ),
        row("roles given at one moment are all given")
            .together(
                vec![
                    assign(ACME, ALICE, &[VIEWER]),
                    assign_all(ACME, &[ALICE], &[VIEWER, ADMIN]),
                    assign(ACME, ALICE, &[MEMBER]),
                ],
                vec![created(); 3],
            )
            .ask(
                members(ACME, "q=alice"),
                ok().lists("0.organizationRoles", "id", &[ADMIN, MEMBER, VIEWER]),
            ),
    ]
}

fn life() -> Scenario {
    Scenario::new(
        &LIFE,
        "created, renamed, peopled, ranked, counted, emptied, deleted and gone",
    )
    .ask(
        create(&json!({ "name": "Initech" })),
        created().keep("id", "id").keep("", "new"),
    )
    .ask(get("{id}"), ok().has("", "{new}"))
    .ask(
        patch(
            "{id}",
            &json!({ "name": "Initrode", "description": "Was Initech" }),
        ),
        ok().has("id", "{id}").keep("", "renamed"),
    )
    .ask(get("{id}"), ok().has("", "{renamed}"))
    .ask(add("{id}", &[FRANK, ERIN]), created())
    .ask(assign_all("{id}", &[FRANK, ERIN], &[MEMBER]), created())
    .ask(assign("{id}", ERIN, &[ADMIN]), created())
    .ask(
        members("{id}", ""),
        listed(&[ERIN, FRANK], 2)
            .lists("0.organizationRoles", "id", &[ADMIN, MEMBER])
            .lists("1.organizationRoles", "id", &[MEMBER]),
    )
    .ask(set_roles("{id}", FRANK, &[VIEWER]), done())
    .ask(take("{id}", ERIN, MEMBER), done())
    .ask(roles("{id}", ERIN, ""), ok().lists("", "id", &[ADMIN]))
    .ask(
        list("showFeatured=1&q=initrode"),
        ok().has("0.usersCount", 2)
            .lists("0.featuredUsers", "id", &[FRANK, ERIN]),
    )
    .ask(remove("{id}", FRANK), done())
    .ask(replace("{id}", &[]), done())
    .ask(list("showFeatured=1&q=initrode"), ok().has("0.usersCount", 0))
    .ask(delete("{id}"), done())
    .ask(get("{id}"), refused(404, NO_SUCH_ID))
    .ask(list(""), ok().header("total-number", "3"))
}
