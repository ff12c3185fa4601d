//! Pages, and the links between them.

use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;

use super::calls::{
    ACME, ACME_MEMBERS, ADMIN, ALICE, BAD_PAGE, BOB, CAROL, DAVE, EMPTY, GLOBEX, MEMBER, NOWHERE, VIEWER,
    assign, list, members, ok, refused, request, roles,
};
use super::rules::{BAD_PAGES, LINKS, PAGING};

pub(crate) fn rows() -> Vec<Scenario> {
    [pages(), bad_pages(), links(), rewritten(), followed(), crowd()].concat()
}

/// The three lists.
fn lists(query: &str) -> [(&'static str, Request); 3] {
    [
        ("organizations", list(query)),
        ("members", members(ACME, query)),
        ("roles", roles(ACME, ALICE, query)),
    ]
}

fn pages() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&PAGING, name);
    let of_four = |users: &[&str]| ok().lists("", "id", users).header("total-number", "4");
    let mut rows = vec![
        row("a page has as many as it is asked for, and the last what is left")
            .ask(members(ACME, "page_size=3"), of_four(&ACME_MEMBERS[..3]))
            .ask(members(ACME, "page=2&page_size=3"), of_four(&[DAVE]))
            .ask(members(ACME, "page_size=2&page=2"), of_four(&[CAROL, DAVE]))
            .ask(members(ACME, "page_size=100"), of_four(&ACME_MEMBERS)),
        row("beyond the end there is nothing, and still as many in all")
            .ask(members(ACME, "page=2"), of_four(&[]))
            .ask(members(ACME, "page=1000000&page_size=100"), of_four(&[]))
            .ask(members(ACME, "page=9007199254740991"), of_four(&[])),
        row("a parameter without a value is none")
            .ask(members(ACME, "page=&page_size="), of_four(&ACME_MEMBERS))
            .ask(members(ACME, "page=2&page_size="), of_four(&[]))
            .ask(list("page=&page_size=1"), ok().lists("", "id", &[ACME])),
        row("a member's roles have pages")
            .given(assign(ACME, ALICE, &[VIEWER]))
            .ask(
                roles(ACME, ALICE, "page_size=2"),
                ok().lists("", "id", &[ADMIN, MEMBER]).header("total-number", "3"),
            )
            .ask(
                roles(ACME, ALICE, "page=2&page_size=2"),
                ok().lists("", "id", &[VIEWER]).header("total-number", "3"),
            ),
    ];
    for size in 1..=4 {
        let mut whole = row(&format!("pages of {size} together are the list"));
        for (number, page) in (1..).zip(ACME_MEMBERS.chunks(size)) {
            whole = whole.ask(
                members(ACME, &format!("page={number}&page_size={size}")),
                of_four(page),
            );
        }
        rows.push(whole);
    }
    rows
}

fn bad_pages() -> Vec<Scenario> {
    let bad = || refused(400, BAD_PAGE);
    let mut rows = Vec::new();
    for query in [
        "page=0",
        "page=-1",
        "page=abc",
        "page=1.5",
        "page=NaN",
        "page=1,2",
        "page=1&page=1",
        "page_size=0",
        "page_size=-20",
        "page_size=abc",
        "page_size=2.5",
        "page_size=101",
        "page_size=10&page_size=10",
        "page=0&page_size=0",
    ] {
        let row = Scenario::new(&BAD_PAGES, format!("there is no {query}"));
        rows.push(
            lists(query)
                .into_iter()
                .fold(row, |row, (_, call)| row.ask(call, bad())),
        );
    }
    let beyond = Scenario::new(&BAD_PAGES, "no page is beyond counting");
    let calls = lists("page=9223372036854775808");
    rows.push(
        calls
            .into_iter()
            .fold(beyond, |row, (_, call)| row.ask(call, bad())),
    );
    rows.push(
        Scenario::new(
            &BAD_PAGES,
            "a page that cannot be is none of what is not there either",
        )
        .ask(members(NOWHERE, "page=0"), bad()),
    );
    rows
}

fn links() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LINKS, name);
    let at = |page: u32| format!("/api/organizations?page={page}&page_size=1");
    let (one, two, three) = (at(1), at(2), at(3));
    let mut rows = vec![
        row("a page in between links the first, the last, the one before and the one after").ask(
            list("page=2&page_size=1"),
            ok().links(&[
                ("first", &one),
                ("last", &three),
                ("prev", &one),
                ("next", &three),
            ]),
        ),
        row("no page comes before the first").ask(
            list("page=1&page_size=1"),
            ok().links(&[("first", &one), ("last", &three), ("next", &two)]),
        ),
        row("no page comes after the last").ask(
            list("page=3&page_size=1"),
            ok().links(&[("first", &one), ("last", &three), ("prev", &two)]),
        ),
        row("beyond the last page the one before is linked, and none after").ask(
            list("page=9&page_size=1"),
            ok().links(&[("first", &one), ("last", &three), ("prev", &at(8))]),
        ),
        row("an empty list has one page").ask(
            members(EMPTY, ""),
            ok().links(&[
                ("first", "/api/organizations/emptyorg0003/users?page=1"),
                ("last", "/api/organizations/emptyorg0003/users?page=1"),
            ]),
        ),
        row("what is refused links nothing").ask(
            list("page=0"),
            refused(400, BAD_PAGE)
                .lacks_header("link")
                .lacks_header("total-number"),
        ),
    ];
    for ((what, call), path) in lists("").into_iter().zip([
        "/api/organizations?page=1",
        "/api/organizations/acme00000001/users?page=1",
        "/api/organizations/acme00000001/users/alice0000001/roles?page=1",
    ]) {
        rows.push(
            row(&format!(
                "a list of {what} without parameters is its first page and its last"
            ))
            .ask(call, ok().links(&[("first", path), ("last", path)])),
        );
    }
    rows
}

fn rewritten() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LINKS, name);
    let only = |query: &str| -> Outcome {
        let path = format!("/api/organizations?{query}");
        ok().links(&[("first", &path), ("last", &path)])
    };
    vec![
        row("a link has what the request had, and the page last where it named none")
            .ask(list("q=glob"), only("q=glob&page=1"))
            .ask(
                list("page_size=5&q=glob&showFeatured=1"),
                only("page_size=5&q=glob&showFeatured=1&page=1"),
            ),
        row("a link has its page where the request had one").ask(
            list("page=2&q=e&page_size=2"),
            ok().links(&[
                ("first", "/api/organizations?page=1&q=e&page_size=2"),
                ("prev", "/api/organizations?page=1&q=e&page_size=2"),
                ("last", "/api/organizations?page=2&q=e&page_size=2"),
            ]),
        ),
        row("a link has its page where the request had one without a value")
            .ask(list("page=&q=glob"), only("page=1&q=glob")),
        row("a link has what nobody knows, too").ask(list("x=1&q=glob"), only("x=1&q=glob&page=1")),
        row("what has to be encoded in a link is")
            .ask(list("q=%26%3D%3C%3E%22"), only("q=%26%3D%3C%3E%22&page=1"))
            .ask(list("q=%C3%A9"), only("q=%C3%A9&page=1")),
    ]
}

fn followed() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LINKS, name);
    let next = || request("GET", "{next}");
    let on = |outcome: Outcome| outcome.keep_link("next", "next");
    vec![
        row("a list is read to its end link by link")
            .ask(members(ACME, "page_size=1"), on(ok().lists("", "id", &[ALICE])))
            .ask(next(), on(ok().lists("", "id", &[BOB])))
            .ask(next(), on(ok().lists("", "id", &[CAROL])))
            .ask(next(), ok().lists("", "id", &[DAVE])),
        row("a link finds what the request found")
            .ask(list("q=0%30&page_size=1"), on(ok().lists("", "id", &[ACME])))
            .ask(next(), on(ok().lists("", "id", &[GLOBEX])))
            .ask(next(), ok().lists("", "id", &[EMPTY]))
            .ask(
                members(ACME, "q=%20b&page_size=1&page=1"),
                ok().lists("", "id", &[BOB]).keep_link("last", "next"),
            )
            .ask(next(), ok().lists("", "id", &[BOB])),
    ]
}

/// An organization of forty-five members.
fn crowd() -> Vec<Scenario> {
    let user = |number: usize| format!("u{number:02}");
    let users: Vec<_> = (1..=45).map(user).collect();
    let rows: Vec<_> = users.iter().map(|id| format!("    - {{ id: {id} }}\n")).collect();
    // They join from the last to the first.
    let memberships: Vec<_> = users
        .iter()
        .rev()
        .map(|id| format!("    - {{ organization: crowd, user: {id} }}\n"))
        .collect();
    let fixtures = format!(
        "extends: true\nlogto:\n  organizations:\n    - {{ id: crowd, name: Crowd }}\n  users:\n{}  memberships:\n{}",
        rows.concat(),
        memberships.concat()
    );
    let at = |page: u32| format!("/api/organizations/crowd/users?page={page}&page_size=20");
    let part = |from: usize, to: usize| {
        ok().lists("", "id", &users[from..to])
            .header("total-number", "45")
    };
    vec![
        Scenario::new(&PAGING, "a page has twenty unless it is said")
            .fixtures(fixtures.clone())
            .ask(members("crowd", ""), part(0, 20))
            .ask(members("crowd", "page=2"), part(20, 40))
            .ask(members("crowd", "page=3"), part(40, 45)),
        Scenario::new(
            &LINKS,
            "of three pages the second links the first, the third, and both as neighbours",
        )
        .fixtures(fixtures)
        .ask(
            members("crowd", "page=2&page_size=20"),
            part(20, 40).links(&[
                ("first", &at(1)),
                ("last", &at(3)),
                ("prev", &at(1)),
                ("next", &at(3)),
            ]),
        ),
    ]
}
