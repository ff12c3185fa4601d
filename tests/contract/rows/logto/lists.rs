//! The list of organizations: its order, what it can show beside, and what can be found in it.

use contract_tests::scenario::Scenario;
use serde_json::{Value, json};

use super::calls::{
    ACME, ALICE, BOB, CAROL, DAVE, EMPTY, ERIN, GLOBEX, add, create, created, delete, done, list, ok, patch,
    remove, replace,
};
use super::rules::{FEATURED, LISTING, SEARCHING};

pub(crate) fn rows() -> Vec<Scenario> {
    [order(), featured(), featured_members(), searching(), literally()].concat()
}

fn order() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LISTING, name);
    let mut many =
        row("ten organizations and more are listed in the order they were created in, page by page");
    let names = |from: usize, to: usize| -> Vec<String> {
        (from..=to).map(|number| format!("New {number}")).collect()
    };
    for name in names(4, 24) {
        many = many.given(create(&json!({ "name": name })));
    }
    vec![
        row("what there is is listed, without what nobody asked for").ask(
            list(""),
            ok().has(
                "",
                json!([
                    { "id": ACME, "name": "Acme Inc", "description": "Makes everything", "createdAt": 1_704_067_200_000_i64 },
                    { "id": GLOBEX, "name": "Globex", "description": null, "createdAt": 1_706_745_600_000_i64 },
                    { "id": EMPTY, "name": "Empty Org", "description": null, "createdAt": 1_709_251_200_000_i64 }
                ]),
            )
            .header("total-number", "3"),
        ),
        row("a new organization comes last, whenever it says it was created").ask(
            create(&json!({ "name": "New", "createdAt": 0 })),
            created().keep("id", "new"),
        )
        .ask(list(""), ok().lists("", "id", &[ACME, GLOBEX, EMPTY, "{new}"])),
        row("no change moves an organization")
            .ask(patch(GLOBEX, &json!({ "name": "Aaa", "createdAt": 0 })), ok())
            .ask(patch(ACME, &json!({ "description": null })), ok())
            .ask(add(EMPTY, &[ERIN]), created())
            .ask(list(""), ok().lists("", "id", &[ACME, GLOBEX, EMPTY])),
        many.ask(
            list("page=2&page_size=10"),
            ok().lists("", "name", &names(11, 20)).header("total-number", "24"),
        )
        .ask(
            list("page=3&page_size=10"),
            ok().lists("", "name", &names(21, 24)),
        )
        .ask(
            list("page=2"),
            ok().lists("", "name", &names(21, 24)).header("total-number", "24"),
        ),
        row("without organizations the list is empty")
            .ask(delete(ACME), done())
            .ask(delete(GLOBEX), done())
            .ask(delete(EMPTY), done())
            .ask(list("showFeatured=1"), ok().has("", json!([])).header("total-number", "0")),
    ]
}

fn featured() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&FEATURED, name);
    let counts = || ok().lists("", "usersCount", &[4, 1, 0]);
    let bare = || {
        ok().lists("", "id", &[ACME, GLOBEX, EMPTY])
            .lacks("0.usersCount")
            .lacks("0.featuredUsers")
    };
    let mut rows = vec![row("every organization says how many members it has, and shows up to three").ask(
        list("showFeatured=1"),
        counts()
            .lists("0.featuredUsers", "id", &[ALICE, BOB, CAROL])
            .has(
                "0.featuredUsers.0",
                json!({ "id": ALICE, "avatar": "https://example.com/avatars/alice.png", "name": "Alice Adams" }),
            )
            .has("0.featuredUsers.2", json!({ "id": CAROL, "avatar": null, "name": null }))
            .lists("1.featuredUsers", "id", &[DAVE])
            .has("2.featuredUsers", json!([])),
    )];
    for word in ["1", "true", "y", "yes", "yep", "yeah", "TRUE", "Yes", "yEAh"] {
        rows.push(
            row(&format!("members are shown where showFeatured is '{word}'"))
                .ask(list(&format!("showFeatured={word}")), counts()),
        );
    }
    for word in ["0", "false", "", "no", "on", "2", "ye", "11"] {
        rows.push(
            row(&format!("no members are shown where showFeatured is '{word}'"))
                .ask(list(&format!("showFeatured={word}")), bare()),
        );
    }
    rows.push(
        row("no members are shown where showFeatured is written otherwise")
            .ask(list("show_featured=1&showfeatured=1"), bare()),
    );
    rows
}

fn featured_members() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&FEATURED, name);
    let first = |users: &[&str], count: usize| {
        ok().lists("0.featuredUsers", "id", users)
            .has("0.usersCount", count)
    };
    let acme = || list("showFeatured=1&q=acme");
    vec![
        row("the members shown are those who joined first")
            .ask(add(ACME, &[ERIN]), created())
            .ask(acme(), first(&[ALICE, BOB, CAROL], 5))
            .ask(remove(ACME, ALICE), done())
            .ask(acme(), first(&[BOB, CAROL, DAVE], 4))
            .ask(add(ACME, &[ALICE]), created())
            .ask(remove(ACME, CAROL), done())
            .ask(acme(), first(&[BOB, DAVE, ERIN], 4)),
        row("the members shown are among those there are")
            .ask(replace(ACME, &[ERIN]), done())
            .ask(acme(), first(&[ERIN], 1))
            .ask(replace(ACME, &[]), done())
            .ask(acme(), first(&[], 0)),
        row("the same members are shown whenever they are asked for")
            .ask(acme(), ok().keep("", "seen"))
            .ask(acme(), ok().has("", "{seen}")),
        row("members are shown on every page, of what is found too")
            .ask(
                list("showFeatured=1&page=2&page_size=1"),
                ok().lists("", "id", &[GLOBEX]).has("0.usersCount", 1),
            )
            .ask(list("showFeatured=1&q=empty"), ok().has("0.usersCount", 0)),
    ]
}

fn searching() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SEARCHING, name);
    let found = |ids: &[&str]| {
        ok().lists("", "id", ids)
            .header("total-number", &ids.len().to_string())
    };
    vec![
        row("a part of a name is found, in capitals or not")
            .ask(list("q=GLOB"), found(&[GLOBEX]))
            .ask(list("q=lobe"), found(&[GLOBEX]))
            .ask(list("q=Acme%20I"), found(&[ACME])),
        row("a part of an id is found, in capitals or not")
            .ask(list("q=X0000"), found(&[GLOBEX]))
            .ask(list("q=000"), found(&[ACME, GLOBEX, EMPTY]))
            .ask(list("q=EMPTYORG0003"), found(&[EMPTY])),
        row("descriptions are not searched").ask(list("q=everything"), found(&[])),
        row("searching for nothing is not searching").ask(list("q="), found(&[ACME, GLOBEX, EMPTY])),
        row("what nobody is called is not found").ask(
            list("q=nosuch"),
            ok().has("", json!([])).header("total-number", "0"),
        ),
        row("those found are counted before they are paged").ask(
            list("q=e&page=2&page_size=1"),
            ok().lists("", "id", &[GLOBEX]).header("total-number", "3"),
        ),
        row("letters beyond ASCII are found in capitals or not")
            .given(create(&json!({ "name": "\u{c9}cole Stra\u{df}e" })))
            .ask(
                list("q=%C3%A9COLE%20stra%C3%9F"),
                ok().lists("", "name", &["\u{c9}cole Stra\u{df}e"]),
            ),
    ]
}

fn literally() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SEARCHING, name);
    let none = || ok().has("", json!([])).header("total-number", "0");
    vec![
        row("blanks count")
            .ask(list("q=%20org"), ok().lists("", "id", &[EMPTY]))
            .ask(list("q=+org"), ok().lists("", "id", &[EMPTY]))
            .ask(list("q=%20globex"), none())
            .ask(list("q=globex%20"), none()),
        row("no sign stands for others")
            .given(create(&json!({ "name": "100%_\\" })))
            .ask(list("q=g%25x"), none())
            .ask(list("q=globe_"), none())
            .ask(list("q=.*"), none())
            .ask(list("q=%25_%5C"), ok().lists("", "name", &["100%_\\"])),
        row("a name is found as it is now")
            .given(patch(GLOBEX, &json!({ "name": "Initech" })))
            .ask(list("q=initech"), ok().lists("", "id", &[GLOBEX]))
            .ask(
                list("q=globex&page=1"),
                ok().lists("", "name", &[Value::from("Initech")]),
            ),
    ]
}
