//! What updateMember does to a member.

use contract_tests::scenario::{Outcome, Scenario};
use serde_json::{Value, json};

use super::calls::{
    C, C_BIZ, C_OWNER, C_SITE, C_SUPER, C2_OWNER, Calls as _, D, MO_OWNER, NOPE, P_NEW, T_MO, W1, W2, W3,
    add, forbidden, list, not_found, ok, read, refused, shows, unusable, update,
};
use super::rules::{MEMBER_ID, OVERWRITING, OWNER_ROLE, SITE_ACCESS};

pub(crate) fn rows() -> Vec<Scenario> {
    [overwriting(), sites(), owners(), ids()].concat()
}

fn settings(roles: Value, sites: Value, notifications: Value) -> Outcome {
    ok().has("roles", roles)
        .has("siteAccesses", sites)
        .has("notifications", notifications)
}

fn overwriting() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&OVERWRITING, name);
    let all = json!({ "roles": ["SiteAccess", "Support"], "siteAccesses": [W2, W1], "notifications": ["b", "a", "b"] });
    let site = |body: &Value| update(C, C_SITE.member, body).by(&C_OWNER);
    let reading = || read(C, C_SITE.member).by(&C_OWNER);
    vec![
        row("all that is sent is there afterwards, in its order, and the answer is empty")
            .ask(site(&all), ok())
            .ask(
                reading(),
                settings(
                    json!(["SiteAccess", "Support"]),
                    json!([W2, W1]),
                    json!(["b", "a", "b"]),
                ),
            ),
        row("what is left out is lost")
            .ask(
                site(&json!({ "roles": ["SiteAccess"], "siteAccesses": [W2] })),
                ok(),
            )
            .ask(reading(), settings(json!(["SiteAccess"]), json!([W2]), json!([])))
            .ask(list(C, &format!("siteAccess={W1}")).by(&C_OWNER), shows(&[]))
            .ask(
                list(C, &format!("siteAccess={W2}")).by(&C_OWNER),
                shows(&[&C_SITE]),
            )
            .ask(site(&json!({ "roles": ["SiteAccess"] })), ok())
            .ask(reading(), settings(json!(["SiteAccess"]), json!([]), json!([]))),
        row("who is left no role has none, and no right")
            .ask(
                update(C, C_SUPER.member, &json!({ "notifications": ["x"] })).by(&C_OWNER),
                ok(),
            )
            .ask(
                read(C, C_SUPER.member).by(&C_SUPER),
                settings(json!([]), json!([]), json!(["x"])),
            )
            .ask(list(C, "").by(&C_SUPER), forbidden()),
        row("an empty body empties everything, and so do empty lists")
            .ask(site(&json!({})), ok())
            .ask(reading(), settings(json!([]), json!([]), json!([])))
            .ask(
                site(&json!({ "roles": [], "siteAccesses": [], "notifications": [] })),
                ok(),
            )
            .ask(reading(), settings(json!([]), json!([]), json!([]))),
        row("everything else stays")
            .clock("2026-01-01T00:00:00Z")
            .ask(reading(), ok().keep("id", "id").keep("joinedAt", "joined"))
            .ask(
                site(&json!({ "id": NOPE, "loginId": NOPE, "name": "X", "isActive": false })),
                ok(),
            )
            .ask(
                reading(),
                ok().has("id", "{id}")
                    .has("loginId", C_SITE.login)
                    .has("isActive", true)
                    .has("email", C_SITE.email)
                    .has("name", "Cody Site")
                    .has("joinedAt", "{joined}")
                    .has("colorCode", "#8a5fb0"),
            ),
        row("a pending member stays pending")
            .ask(
                update(C, P_NEW.member, &json!({ "roles": ["Business"] })).by(&C_OWNER),
                ok(),
            )
            .ask(
                read(C, P_NEW.member).by(&C_OWNER),
                ok().has("isActive", false).has("roles", json!(["Business"])),
            ),
        row("a super admin may change itself, and then no more")
            .ask(
                update(C, C_SUPER.member, &json!({ "roles": ["Support"] })).by(&C_SUPER),
                ok(),
            )
            .ask(
                update(C, C_SUPER.member, &json!({ "roles": ["SuperAdmin"] })).by(&C_SUPER),
                forbidden(),
            ),
        row("reading is all a member may do to itself")
            .ask(read(C, C_SITE.member).by(&C_SITE), ok())
            .ask(
                update(C, C_SITE.member, &json!({ "roles": ["SiteAccess"] })).by(&C_SITE),
                forbidden(),
            ),
    ]
}

fn sites() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SITE_ACCESS, name);
    let set = |roles: &[&str], sites: &[&str]| {
        let body = json!({ "roles": roles, "siteAccesses": sites });
        update(C, C_SITE.member, &body).by(&C_OWNER)
    };
    let reading = || read(C, C_SITE.member).by(&C_OWNER);
    let unknown = || refused(400, "invalid_input", "website");
    vec![
        row("websites are kept for a collaborator alone")
            .ask(set(&["Support"], &[W1]), ok())
            .ask(reading(), ok().has("siteAccesses", json!([])))
            .ask(set(&["SiteAccess"], &[W1]), ok())
            .ask(reading(), ok().has("siteAccesses", json!([W1]))),
        row("without the role nobody looks at websites")
            .ask(set(&["Support"], &[NOPE, "abc"]), ok())
            .ask(reading(), ok().has("siteAccesses", json!([]))),
        row("who loses the role loses the websites, also when it comes back")
            .ask(set(&["Support"], &[]), ok())
            .ask(
                update(C, C_SITE.member, &json!({ "roles": ["SiteAccess"] })).by(&C_OWNER),
                ok(),
            )
            .ask(reading(), ok().has("siteAccesses", json!([]))),
        row("a collaborator's websites have to be the organization's")
            .ask(set(&["SiteAccess"], &[W3]), unknown())
            .ask(set(&["SiteAccess"], &[NOPE]), unknown())
            .ask(set(&["SiteAccess"], &["abc"]), unusable())
            .ask(set(&["SiteAccess"], &[W1, W3]), unknown())
            .ask(reading(), ok().has("siteAccesses", json!([W1]))),
        row("a role beside the one of collaborators leaves the websites")
            .ask(set(&["SuperAdmin", "SiteAccess"], &[W2]), ok())
            .ask(reading(), ok().has("siteAccesses", json!([W2]))),
    ]
}

fn owners() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&OWNER_ROLE, name);
    let owner = |body: &Value| update(C, C_OWNER.member, body);
    let owned = || refused(400, "invalid_input", "owner");
    vec![
        row("nobody becomes an owner by a change")
            .ask(
                update(C, C_BIZ.member, &json!({ "roles": ["Owner"] })).by(&C_OWNER),
                owned(),
            )
            .ask(
                update(C, C_SUPER.member, &json!({ "roles": ["SuperAdmin", "Owner"] })).by(&MO_OWNER),
                owned(),
            ),
        row("nobody becomes an owner by a change where nobody owns")
            .given(add(D, super::calls::ALIEN.login, &["Support"]).with(T_MO.secret))
            .ask(list(D, "").with(T_MO.secret), ok().keep("items.0.id", "id"))
            .ask(
                update(D, "{id}", &json!({ "roles": ["Owner"] })).with(T_MO.secret),
                owned(),
            ),
        row("the owner stays the owner")
            .ask(owner(&json!({ "roles": ["SuperAdmin"] })).by(&C_OWNER), owned())
            .ask(owner(&json!({ "roles": [] })).by(&C_SUPER), owned())
            .ask(owner(&json!({})).by(&MO_OWNER), owned())
            .ask(owner(&json!({ "notifications": ["x"] })).by(&C_OWNER), owned()),
        row("the owner's other settings can be changed, when the role is sent along")
            .ask(
                owner(&json!({ "roles": ["Owner"], "notifications": ["x"] })).by(&C_SUPER),
                ok(),
            )
            .ask(
                read(C, C_OWNER.member).by(&C_OWNER),
                settings(json!(["Owner"]), json!([]), json!(["x"])),
            ),
        row("the owner may have roles beside")
            .ask(
                owner(&json!({ "roles": ["Business", "Owner"] })).by(&C_OWNER),
                ok(),
            )
            .ask(list(C, "role=Owner").by(&C_OWNER), shows(&[&C_OWNER]))
            .ask(list(C, "role=Business").by(&C_OWNER), ok().has("total", 3)),
    ]
}

fn ids() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&MEMBER_ID, name);
    let roles = json!({ "roles": ["Support"] });
    vec![
        row("changing takes the id of a member of the organization")
            .ask(update(C, NOPE, &roles).by(&C_OWNER), not_found("member"))
            .ask(
                update(C, C2_OWNER.member, &roles).by(&C_OWNER),
                not_found("member"),
            )
            .ask(update(C, C_BIZ.login, &roles).by(&C_OWNER), not_found("member")),
        row("changing under a malformed id is a bad request")
            .ask(
                update(C, "abc", &roles).by(&C_OWNER),
                refused(400, "invalid_input", "member").matches("message", "member_id"),
            )
            .ask(
                update(C, &format!("{}0", C_BIZ.member), &roles).by(&C_OWNER),
                unusable(),
            ),
        row("an id counts in either case").ask(
            read(C, &C_BIZ.member.to_uppercase()).by(&C_OWNER),
            ok().has("id", C_BIZ.member),
        ),
    ]
}
