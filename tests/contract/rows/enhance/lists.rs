//! Listing members: filters, search, order and pages.

use contract_tests::scenario::Scenario;
use serde_json::{Value, json};

use super::calls::{
    C, C_BIZ, C_MEMBERS, C_OWNER, C_SITE, C_SUPER, C_SYS, C2, Calls as _, D, FREE, MO_OWNER, P_NEW, P_REG,
    Person, R_SUPER, W1, W2, W3, add, created, invite, invite_with, list, ok, remove, shows, unusable,
    update,
};
use super::rules::{BAD_QUERY, LISTING, PAGING, ROLE_FILTER, SEARCH, SITE_FILTER, SORTING};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        listing(),
        roles(),
        sites(),
        search(),
        sorting(),
        ties(),
        paging(),
        bad_queries(),
    ]
    .concat()
}

/// A row that asks for C's members by queries and sees these ones.
fn queries(row: Scenario, asked: &[(&str, &[&Person])]) -> Scenario {
    asked.iter().fold(row, |row, (query, members)| {
        row.ask(list(C, query).by(&C_OWNER), shows(members))
    })
}

fn listing() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LISTING, name);
    let active = [true, true, true, true, true, false, false];
    vec![
        row("pending and active members are listed together, in the order they came").ask(
            list(C, "").by(&R_SUPER),
            shows(&C_MEMBERS).lists("items", "isActive", &active),
        ),
        row("each is listed as it is read")
            .ask(
                super::calls::read(C, C_SITE.member).by(&C_OWNER),
                ok().keep("", "one"),
            )
            .ask(list(C, "").by(&C_OWNER), ok().has("items.4", "{one}")),
        row("who is invited is listed at once, as pending")
            .ask(invite(C, "n@x.test", &["Support"]).by(&C_OWNER), created())
            .ask(
                list(C, "offset=7").by(&C_OWNER),
                ok().lists("items", "email", &["n@x.test"])
                    .has("items.0.isActive", false)
                    .has("total", 8),
            ),
        row("each organization has a list of its own, which may be empty")
            .ask(
                list(D, "").by(&MO_OWNER),
                ok().has("", json!({ "items": [], "total": 0 })),
            )
            .ask(
                list(C2, "").by(&MO_OWNER),
                ok().lists("items", "email", &["owner@customer2.test"])
                    .has("total", 1),
            ),
        row("who is added is the last, and who is removed is missing")
            .given(add(C, FREE.login, &["Support"]).by(&C_OWNER))
            .given(remove(C, C_SUPER.member).by(&C_OWNER))
            .ask(
                list(C, "").by(&C_OWNER),
                ok().has("total", 7)
                    .has("items.1.id", C_SYS.member)
                    .has("items.6.loginId", FREE.login),
            ),
    ]
}

fn roles() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ROLE_FILTER, name);
    vec![
        queries(
            row("a role keeps those that hold it, pending ones too"),
            &[
                ("role=Owner", &[&C_OWNER]),
                ("role=SuperAdmin", &[&C_SUPER]),
                ("role=Sysadmin", &[&C_SYS]),
                ("role=Business", &[&C_BIZ, &P_REG]),
                ("role=SiteAccess", &[&C_SITE]),
                ("role=Support", &[&P_NEW]),
            ],
        ),
        queries(
            row("who holds several roles is found by each")
                .given(update(C, C_BIZ.member, &json!({ "roles": ["Support", "Business"] })).by(&C_OWNER)),
            &[
                ("role=Business", &[&C_BIZ, &P_REG]),
                ("role=Support", &[&C_BIZ, &P_NEW]),
            ],
        ),
        queries(
            row("filters narrow the list jointly"),
            &[
                ("role=Business&search=reggie", &[&P_REG]),
                ("role=SiteAccess&search=reggie", &[]),
                (&format!("role=Business&siteAccess={W1}"), &[]),
                (
                    &format!("role=SiteAccess&siteAccess={W1}&search=site"),
                    &[&C_SITE],
                ),
            ],
        ),
    ]
}

fn sites() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SITE_FILTER, name);
    let of = |site: &str| format!("siteAccess={site}");
    let both = |roles: &[&str]| json!({ "roles": roles, "siteAccesses": [W1] });
    let collaborator =
        json!({ "email": "n@x.test", "name": "N", "roles": ["SiteAccess"], "siteAccesses": [W2, W1] });
    let mut rows = vec![
        queries(
            row("a website keeps its collaborators"),
            &[(&of(W1), &[&C_SITE]), (&of(W2), &[])],
        ),
        queries(
            row("what is no website of the organization matches nobody"),
            &[(&of(W3), &[]), (&of(super::calls::NOPE), &[]), (&of("abc"), &[])],
        ),
        row("pending collaborators count")
            .given(invite_with(C, &collaborator).by(&C_OWNER))
            .ask(
                list(C, &of(W2)).by(&C_OWNER),
                ok().lists("items", "email", &["n@x.test"]).has("total", 1),
            )
            .ask(
                list(C, &of(W1)).by(&C_OWNER),
                ok().lists("items", "email", &[C_SITE.email, "n@x.test"]),
            ),
    ];
    for roles in [["SiteAccess", "SuperAdmin"], ["SuperAdmin", "SiteAccess"]] {
        rows.push(
            queries(
                row(&format!(
                    "a collaborator who is also a super admin does not match ({})",
                    roles[0]
                ))
                .given(update(C, C_SITE.member, &both(&roles)).by(&C_OWNER)),
                &[(&of(W1), &[])],
            )
            .ask(
                list(C, "role=SiteAccess").by(&C_OWNER),
                shows(&[&C_SITE]).has("items.0.siteAccesses", json!([W1])),
            ),
        );
    }
    rows.push(queries(
        row("an owner does not match")
            .given(update(C, C_OWNER.member, &both(&["Owner", "SiteAccess"])).by(&C_OWNER)),
        &[(&of(W1), &[&C_SITE]), ("role=SiteAccess", &[&C_OWNER, &C_SITE])],
    ));
    rows
}

fn search() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SEARCH, name);
    let named = |email: &str, name: &str| {
        invite_with(C, &json!({ "email": email, "name": name, "roles": ["Support"] })).by(&C_OWNER)
    };
    vec![
        queries(
            row("a part of name or address finds a member, in any case"),
            &[
                ("search=Cleo", &[&C_SUPER]),
                ("search=CLEO", &[&C_SUPER]),
                ("search=leo%20s", &[&C_SUPER]),
                ("search=OWNER@", &[&C_OWNER]),
                ("search=sy", &[&C_SYS]),
                ("search=site", &[&C_SITE]),
                ("search=customer.test", &C_MEMBERS),
                ("search=nobody", &[]),
            ],
        ),
        queries(row("an empty search keeps all"), &[("search=", &C_MEMBERS)]),
        queries(
            row("no character stands for others"),
            &[
                ("search=%25", &[]),
                ("search=_", &[]),
                ("search=*", &[]),
                ("search=c.*o", &[]),
            ],
        ),
        queries(
            row("only name and address are searched"),
            &[
                ("search=Sysadmin", &[]),
                ("search=backups", &[]),
                (&format!("search={}", C_SITE.member), &[]),
            ],
        ),
        row("letters beyond ASCII have two cases, too")
            .given(named("a@x.test", "Änne Öhl"))
            .ask(
                list(C, "search=%C3%A4NNE%20%C3%B6").by(&C_OWNER),
                ok().lists("items", "email", &["a@x.test"]),
            ),
    ]
}

const BY_NAME: [&Person; 7] = [&C_BIZ, &C_SUPER, &C_SITE, &C_OWNER, &C_SYS, &P_NEW, &P_REG];
const BY_EMAIL: [&Person; 7] = [&C_BIZ, &P_NEW, &C_OWNER, &P_REG, &C_SITE, &C_SUPER, &C_SYS];
const BY_DAY: [&Person; 7] = [&C_OWNER, &C_SUPER, &C_SYS, &C_BIZ, &C_SITE, &P_NEW, &P_REG];
const PENDING_FIRST: [&Person; 7] = [&P_NEW, &P_REG, &C_OWNER, &C_SUPER, &C_SYS, &C_BIZ, &C_SITE];

fn sorting() -> Vec<Scenario> {
    let backwards = |mut members: [&'static Person; 7]| {
        members.reverse();
        members
    };
    let mut rows = Vec::new();
    for (key, up, down) in [
        ("name", BY_NAME, backwards(BY_NAME)),
        ("email", BY_EMAIL, backwards(BY_EMAIL)),
        ("joinedAt", BY_DAY, backwards(BY_DAY)),
        ("status", BY_DAY, PENDING_FIRST),
    ] {
        let row = Scenario::new(
            &SORTING,
            format!("by {key}, upwards unless downwards is asked for"),
        );
        let asc = format!("sortBy={key}&sortOrder=asc");
        let desc = format!("sortOrder=desc&sortBy={key}");
        rows.push(queries(
            row,
            &[(&format!("sortBy={key}"), &up), (&asc, &up), (&desc, &down)],
        ));
    }
    rows
}

fn ties() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SORTING, name);
    let named = |email: &str, name: &str| {
        invite_with(C, &json!({ "email": email, "name": name, "roles": ["Support"] })).by(&C_OWNER)
    };
    let sorted =
        |query: &str, emails: &[&str]| (list(C, query).by(&C_OWNER), ok().lists("items", "email", emails));
    let by_name = ["b@x.test", "a@x.test", "c@x.test"];
    let (up, down) = (
        sorted("search=x.test&sortBy=name", &by_name),
        sorted(
            "search=x.test&sortBy=name&sortOrder=desc",
            &["c@x.test", "b@x.test", "a@x.test"],
        ),
    );
    let (day_up, day_down) = (
        sorted("search=x.test&sortBy=joinedAt", &by_name),
        sorted("search=x.test&sortBy=joinedAt&sortOrder=desc", &by_name),
    );
    let mixed = sorted(
        "search=x.test&sortBy=email",
        &["AB@x.test", "b@x.test", "Zed@x.test"],
    );
    vec![
        row("names that differ in case alone are equal, and equals keep the order they came in both ways")
            .given(named("b@x.test", "anna"))
            .given(named("a@x.test", "Anna"))
            .given(named("c@x.test", "ben"))
            .ask(up.0, up.1)
            .ask(down.0, down.1),
        row("those of one day keep the order they came in both ways")
            .clock("2026-01-01T00:00:00Z")
            .given(named("b@x.test", "Z"))
            .given(named("a@x.test", "Y"))
            .given(named("c@x.test", "X"))
            .ask(day_up.0, day_up.1)
            .ask(day_down.0, day_down.1),
        row("addresses are sorted without regard to case")
            .given(named("Zed@x.test", "Z"))
            .given(named("b@x.test", "Y"))
            .given(named("AB@x.test", "X"))
            .ask(mixed.0, mixed.1),
    ]
}

fn paging() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&PAGING, name);
    let page = |query: &str, members: &[&Person], total: usize| {
        let ids: Vec<Value> = members.iter().map(|person| person.member.into()).collect();
        (
            list(C, query).by(&C_OWNER),
            ok().lists("items", "id", &ids).has("total", total),
        )
    };
    let pages =
        |name: &str, asked: Vec<(contract_tests::wire::Request, contract_tests::scenario::Outcome)>| {
            asked
                .into_iter()
                .fold(row(name), |row, (request, outcome)| row.ask(request, outcome))
        };
    vec![
        pages(
            "a page begins where it is asked to and is as long; the total counts all",
            vec![
                page("limit=2&offset=1", &[&C_SUPER, &C_SYS], 7),
                page("limit=2", &[&C_OWNER, &C_SUPER], 7),
                page("offset=5", &[&P_NEW, &P_REG], 7),
                page("limit=100&offset=6", &[&P_REG], 7),
                page("limit=7", &C_MEMBERS, 7),
            ],
        ),
        pages(
            "behind the end there is nothing, nor on a page of none",
            vec![
                page("offset=7", &[], 7),
                page("offset=1000000", &[], 7),
                page("limit=0", &[], 7),
                page("limit=0&offset=3", &[], 7),
            ],
        ),
        pages(
            "what is filtered and sorted is cut last",
            vec![
                page("role=Business&limit=1", &[&C_BIZ], 2),
                page("role=Business&offset=1", &[&P_REG], 2),
                page("sortBy=name&limit=2&offset=5", &[&P_NEW, &P_REG], 7),
                page("sortBy=email&sortOrder=desc&limit=1", &[&C_SYS], 7),
                page("search=owner&limit=0", &[], 1),
            ],
        ),
    ]
}

fn bad_queries() -> Vec<Scenario> {
    let bad = [
        ("offset", "-1"),
        ("offset", "x"),
        ("offset", "1.5"),
        ("limit", "-1"),
        ("limit", "ten"),
        ("limit", "0x10"),
        ("sortBy", "age"),
        ("sortBy", "Name"),
        ("sortBy", "joined_at"),
        ("sortOrder", "up"),
        ("sortOrder", "ASC"),
        ("role", "Boss"),
        ("role", "owner"),
        ("role", "SysAdmin"),
    ];
    let bad = bad.map(|(name, value)| {
        Scenario::new(
            &BAD_QUERY,
            format!("{name}={value} is refused, and the refusal says so"),
        )
        .ask(
            list(C, &format!("{name}={value}")).by(&C_OWNER),
            unusable()
                .lacks("detail")
                .matches("message", &format!("^{name}\\b")),
        )
    });
    bad.into()
}
