//! Roles of members: for members only, taken, and listed.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    ACME, ADMIN, ALICE, BOB, CAROL, DAVE, EMPTY, ERIN, FRANK, GLOBEX, MEMBER, NO_ROLE, NOBODY, NOT_A_MEMBER,
    NOT_FOUND, NOWHERE, VIEWER, add, assign, assign_all, created, delete, done, held, list, members, ok,
    patch, refused, remove, replace, roles, set_roles, take,
};
use super::rules::{APART, AT_ONCE, MEMBERS_ONLY, ROLES, TAKING};

pub(crate) fn rows() -> Vec<Scenario> {
    [members_only(), taking(), lists(), apart(), at_once()].concat()
}

fn members_only() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (who, organization, user) in [
        ("who is no member", ACME, ERIN),
        ("who is not there", ACME, NOBODY),
        ("of an organization that is not there", NOWHERE, ALICE),
        ("of an organization without members", EMPTY, ALICE),
        ("in capitals", ACME, "ALICE0000001"),
    ] {
        let refused = || refused(422, NOT_A_MEMBER);
        rows.push(
            Scenario::new(
                &MEMBERS_ONLY,
                format!("a user {who} has no roles to list, add to or replace"),
            )
            .ask(roles(organization, user, ""), refused())
            .ask(assign(organization, user, &[VIEWER]), refused())
            .ask(set_roles(organization, user, &[VIEWER]), refused())
            .ask(set_roles(organization, user, &[]), refused()),
        );
    }
    for (who, organization, user) in [
        ("who is not there", ACME, NOBODY),
        ("of an organization that is not there", NOWHERE, ALICE),
        ("of nowhere at all", "0", "0"),
    ] {
        rows.push(
            Scenario::new(&MEMBERS_ONLY, format!("no role can be taken from a user {who}"))
                .ask(take(organization, user, ADMIN), refused(422, NOT_A_MEMBER)),
        );
    }
    rows.push(
        Scenario::new(
            &MEMBERS_ONLY,
            "a user who is no member has no role that could be taken",
        )
        .ask(take(ACME, ERIN, ADMIN), refused(404, NOT_FOUND))
        .ask(take(ACME, ERIN, NO_ROLE), refused(404, NOT_FOUND)),
    );
    rows
}

fn taking() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TAKING, name);
    let gone = || refused(404, NOT_FOUND);
    vec![
        row("one role goes, the others stay")
            .ask(take(ACME, ALICE, ADMIN), done())
            .ask(roles(ACME, ALICE, ""), held(&[MEMBER]))
            .ask(roles(ACME, BOB, ""), held(&[MEMBER])),
        row("no role is taken twice")
            .ask(take(ACME, ALICE, ADMIN), done())
            .ask(take(ACME, ALICE, ADMIN), gone()),
        row("no role is taken from a member who does not hold it")
            .ask(take(ACME, CAROL, ADMIN), gone())
            .ask(take(ACME, ALICE, VIEWER), gone())
            .ask(take(ACME, ALICE, NO_ROLE), gone())
            .ask(take(ACME, ALICE, "admin"), gone()),
        row("who holds no role any more is still a member")
            .ask(take(ACME, BOB, MEMBER), done())
            .ask(roles(ACME, BOB, ""), held(&[]))
            .ask(members(ACME, "q=bob"), ok().lists("", "id", &[BOB])),
    ]
}

fn lists() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ROLES, name);
    vec![
        row("roles are shown whole").ask(
            roles(ACME, ALICE, ""),
            ok().has(
                "",
                json!([
                    { "id": ADMIN, "name": "admin", "description": "Runs the organization" },
                    { "id": MEMBER, "name": "member", "description": "Takes part in the organization" }
                ]),
            )
            .header("total-number", "2"),
        ),
        row("a role that nobody described has a description of null").ask(
            roles(GLOBEX, DAVE, ""),
            ok().has(
                "",
                json!([{ "id": VIEWER, "name": "viewer", "description": null }]),
            ),
        ),
        row("a member without roles has an empty list").ask(
            roles(ACME, CAROL, ""),
            ok().has("", json!([])).header("total-number", "0"),
        ),
        row("roles stand in the order they were given in, on every page")
            .ask(set_roles(ACME, CAROL, &[VIEWER, ADMIN]), done())
            .ask(assign(ACME, CAROL, &[MEMBER, ADMIN]), created())
            .ask(roles(ACME, CAROL, ""), held(&[VIEWER, ADMIN, MEMBER]))
            .ask(roles(ACME, CAROL, "page_size=1&page=3"), held(&[MEMBER]))
            .ask(take(ACME, CAROL, VIEWER), done())
            .ask(assign(ACME, CAROL, &[VIEWER]), created())
            .ask(roles(ACME, CAROL, ""), held(&[ADMIN, MEMBER, VIEWER])),
        row("the second of two roles is the second page of one").ask(
            roles(ACME, ALICE, "page=2&page_size=1"),
            held(&[MEMBER]).header("total-number", "2"),
        ),
    ]
}

fn apart() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&APART, name);
    vec![
        row("one role can be held in many organizations, and taken in one of them")
            .ask(assign(ACME, DAVE, &[VIEWER]), created())
            .ask(add(EMPTY, &[DAVE]), created())
            .ask(assign_all(EMPTY, &[DAVE], &[VIEWER]), created())
            .ask(take(ACME, DAVE, VIEWER), done())
            .ask(roles(ACME, DAVE, ""), held(&[]))
            .ask(roles(GLOBEX, DAVE, ""), held(&[VIEWER]))
            .ask(roles(EMPTY, DAVE, ""), held(&[VIEWER])),
        row("what happens to one organization's members is not seen in another")
            .ask(roles(GLOBEX, DAVE, ""), ok().keep("", "before"))
            .ask(replace(ACME, &[DAVE, FRANK]), done())
            .ask(remove(ACME, DAVE), done())
            .ask(delete(ACME), done())
            .ask(roles(GLOBEX, DAVE, ""), ok().has("", "{before}")),
    ]
}

fn at_once() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&AT_ONCE, name);
    let count = |number: usize| ok().has("0.usersCount", number);
    let acme = || list("showFeatured=1&q=acme");
    let of_erin = |ids: &[&str]| ok().lists("0.organizationRoles", "id", ids);
    let erin = || members(ACME, "q=erin");
    vec![
        row("who joins and who leaves is counted at once")
            .ask(add(ACME, &[ERIN, FRANK]), created())
            .ask(acme(), count(6))
            .ask(remove(ACME, ALICE), done())
            .ask(acme(), count(5))
            .ask(replace(ACME, &[ERIN]), done())
            .ask(acme(), count(1)),
        row("roles given and taken are seen at once, wherever they are shown")
            .given(add(ACME, &[ERIN]))
            .ask(assign(ACME, ERIN, &[VIEWER]), created())
            .ask(erin(), of_erin(&[VIEWER]))
            .ask(assign_all(ACME, &[ERIN], &[ADMIN]), created())
            .ask(erin(), of_erin(&[ADMIN, VIEWER]))
            .ask(roles(ACME, ERIN, ""), held(&[VIEWER, ADMIN]))
            .ask(set_roles(ACME, ERIN, &[MEMBER]), done())
            .ask(erin(), of_erin(&[MEMBER]))
            .ask(take(ACME, ERIN, MEMBER), done())
            .ask(erin(), of_erin(&[]))
            .ask(roles(ACME, ERIN, ""), held(&[])),
        row("a new name is seen at once, in the list too")
            .ask(patch(ACME, &json!({ "name": "Acme Ltd" })), ok())
            .ask(acme(), ok().has("0.name", "Acme Ltd").has("0.usersCount", 4)),
    ]
}
