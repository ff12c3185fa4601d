//! Who and what there is when a sequence begins.

use std::fmt::Write as _;

use super::role::Role;

/// The instant the clock stands still at, in seconds: the beginning of 2026.
pub(crate) const NOW: i64 = 1_767_225_600;

/// The password of every login that has one.
pub(crate) const PASSWORD: &str = "first";

/// An organization; its number is its place in the list.
pub(crate) struct Org {
    pub(crate) name: &'static str,
    pub(crate) parent: Option<usize>,
    pub(crate) panel: Option<&'static str>,
    /// The numbers of its websites.
    pub(crate) sites: &'static [usize],
}

pub(crate) static ORGS: [Org; 5] = [
    Org {
        name: "Master",
        parent: None,
        panel: Some("panel.master.test"),
        sites: &[],
    },
    Org {
        name: "Reseller",
        parent: Some(0),
        panel: Some("panel.reseller.test"),
        sites: &[],
    },
    Org {
        name: "Customer",
        parent: Some(1),
        panel: None,
        sites: &[0, 1],
    },
    Org {
        name: "Other",
        parent: Some(1),
        panel: None,
        sites: &[2],
    },
    Org {
        name: "Direct",
        parent: Some(0),
        panel: None,
        sites: &[],
    },
];

/// The number of no organization.
pub(crate) const NO_ORG: usize = ORGS.len();

/// A login: the realm it is in, by the number of its organization, and its address.
pub(crate) struct Login {
    pub(crate) realm: usize,
    pub(crate) email: &'static str,
    pub(crate) registered: bool,
}

const fn login(realm: usize, email: &'static str) -> Login {
    Login {
        realm,
        email,
        registered: true,
    }
}

pub(crate) static LOGINS: [Login; 11] = [
    login(0, "a@x.test"),
    login(0, "b@x.test"),
    login(0, "c@x.test"),
    login(0, "d@x.test"),
    login(0, "e@x.test"),
    login(1, "a@x.test"),
    login(1, "b@x.test"),
    login(1, "c@x.test"),
    login(1, "d@x.test"),
    login(1, "e@x.test"),
    Login {
        realm: 1,
        email: "f@x.test",
        registered: false,
    },
];

/// Members: organization, login, role.
pub(crate) static MEMBERS: [(usize, usize, Role); 8] = [
    (0, 0, Role::Owner),
    (0, 1, Role::Sysadmin),
    (1, 2, Role::Owner),
    (1, 3, Role::SuperAdmin),
    (2, 5, Role::Owner),
    (2, 6, Role::SuperAdmin),
    (2, 7, Role::Business),
    (3, 8, Role::Owner),
];

/// Tokens: organization, secret, role.
pub(crate) static TOKENS: [(usize, &str, Role); 3] = [
    (0, "token-of-the-master", Role::SuperAdmin),
    (2, "token-of-the-customer", Role::SuperAdmin),
    (2, "token-of-little-use", Role::Business),
];

/// The id of the n-th thing of a kind.
fn id(kind: u32, number: usize) -> String {
    format!("{kind:08x}-0000-4000-8000-{number:012x}")
}

pub(crate) fn org_id(number: usize) -> String {
    id(1, number)
}

pub(crate) fn site_id(number: usize) -> String {
    id(2, number)
}

pub(crate) fn login_id(number: usize) -> String {
    id(3, number)
}

pub(crate) fn member_id(number: usize) -> String {
    id(4, number)
}

pub(crate) fn token_id(number: usize) -> String {
    id(5, number)
}

/// The id of nothing.
pub(crate) fn no_id() -> String {
    id(9, 9)
}

pub(crate) fn session(login: usize) -> String {
    format!("session-{login}")
}

pub(crate) fn login_name(login: usize) -> String {
    let names = [
        "Ann", "bob", "Bob", "Cy", "Dee", "ann", "Zoe", "Eve", "Fay", "Gus", "Hal",
    ];
    names[login % names.len()].to_owned()
}

pub(crate) const COLOR: &str = "#123456";

/// The realm that an organization's logins are in.
pub(crate) fn realm(org: usize) -> usize {
    ORGS[org].parent.unwrap_or(org)
}

/// All of it in the format of the fixtures.
pub(crate) fn fixtures() -> String {
    let mut text = "clock: { frozen_at: 2026-01-01T00:00:00Z }\nenhance:\n".to_owned();
    let mut lines = |list: &str, lines: Vec<String>| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {list}:");
        for line in lines {
            let _ = writeln!(text, "    - {{ {line} }}");
        }
    };
    let org = |(number, org): (usize, &Org)| {
        let parent = org.parent.map(|parent| format!(", parent: {}", org_id(parent)));
        let panel = org.panel.map(|panel| format!(", panel_domain: {panel}"));
        let [parent, panel] = [parent, panel].map(Option::unwrap_or_default);
        format!("id: {}, name: {}{parent}{panel}", org_id(number), org.name)
    };
    lines("organizations", ORGS.iter().enumerate().map(org).collect());
    let sites = ORGS.iter().enumerate().flat_map(|(number, org)| {
        let site = move |site: &usize| format!("id: {}, organization: {}", site_id(*site), org_id(number));
        org.sites.iter().map(site)
    });
    lines("websites", sites.collect());
    let login = |(number, login): (usize, &Login)| {
        let password = format!(", password: {PASSWORD}");
        format!(
            "id: {}, realm: {}, email: {}, name: {}, color_code: '{COLOR}'{}",
            login_id(number),
            org_id(login.realm),
            login.email,
            login_name(number),
            if login.registered { &password } else { "" }
        )
    };
    lines("logins", LOGINS.iter().enumerate().map(login).collect());
    let registered = (0..LOGINS.len()).filter(|number| LOGINS[*number].registered);
    let sessions =
        registered.map(|number| format!("secret: {}, login: {}", session(number), login_id(number)));
    lines("sessions", sessions.collect());
    let token = |(number, (org, secret, role)): (usize, &(usize, &str, Role))| {
        let (id, org) = (token_id(number), org_id(*org));
        format!("id: {id}, organization: {org}, secret: {secret}, roles: [{role:?}]")
    };
    lines("access_tokens", TOKENS.iter().enumerate().map(token).collect());
    let member = |(number, (org, login, role)): (usize, &(usize, usize, Role))| {
        let (id, org, login) = (member_id(number), org_id(*org), login_id(*login));
        format!("id: {id}, organization: {org}, login: {login}, roles: [{role:?}], joined_on: 2025-12-31")
    };
    lines("members", MEMBERS.iter().enumerate().map(member).collect());
    text
}
