//! Who and what there is when a sequence begins.

use std::fmt::Write as _;

/// The instant the clock stands still at, in milliseconds: the beginning of 2026.
pub(crate) const NOW: i64 = 1_767_225_600_000;

/// When every user and every organization was created: an hour before the sequence begins.
pub(crate) const CREATED: i64 = NOW - 3_600_000;

/// What a call has to show.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Token {
    /// Good for everything.
    Good,
    /// Good for nothing.
    WithoutScope,
    /// Its time is up.
    Expired,
    /// Nobody knows it.
    Unknown,
    /// There is none.
    Missing,
}

impl Token {
    pub(crate) fn secret(self) -> Option<&'static str> {
        match self {
            Self::Good => Some("good"),
            Self::WithoutScope => Some("without-scope"),
            Self::Expired => Some("expired"),
            Self::Unknown => Some("unknown"),
            Self::Missing => None,
        }
    }
}

#[derive(Debug)]
pub(crate) struct User {
    pub(crate) id: &'static str,
    pub(crate) username: Option<&'static str>,
    pub(crate) email: Option<&'static str>,
    pub(crate) phone: Option<&'static str>,
    pub(crate) name: Option<&'static str>,
    pub(crate) is_suspended: bool,
}

const fn user(
    id: &'static str,
    names: [Option<&'static str>; 2],
    email: Option<&'static str>,
    phone: Option<&'static str>,
) -> User {
    let [username, name] = names;
    User {
        id,
        username,
        email,
        phone,
        name,
        is_suspended: false,
    }
}

/// In the order they are listed in.
pub(crate) static USERS: [User; 6] = [
    user(
        "user_a",
        [Some("annb"), Some("Ann Bell")],
        Some("ann@example.com"),
        Some("15551"),
    ),
    user("user_b", [None, Some("bob")], Some("Bob@example.com"), None),
    user("user_c", [Some("Cole"), None], None, Some("15553")),
    User {
        is_suspended: true,
        ..user("user_d", [None, None], None, None)
    },
    user(
        "user_e",
        [None, Some("Zed \u{c9}cole")],
        Some("aaa@example.org"),
        Some("15550"),
    ),
    user("user_f", [Some("zmoe"), Some("Moe Ash")], None, None),
];

#[derive(Debug)]
pub(crate) struct Role {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: Option<&'static str>,
}

/// Their ids, their names and their places here are in different orders.
pub(crate) static ROLES: [Role; 3] = [
    Role {
        id: "role_2",
        name: "keeper",
        description: Some("Keeps"),
    },
    Role {
        id: "role_1",
        name: "writer",
        description: None,
    },
    Role {
        id: "role_3",
        name: "admin",
        description: Some("Runs it"),
    },
];

#[derive(Debug)]
pub(crate) struct Organization {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: Option<&'static str>,
    /// Users and their roles, in the order they joined.
    pub(crate) members: &'static [(&'static str, &'static [&'static str])],
}

pub(crate) static ORGANIZATIONS: [Organization; 3] = [
    Organization {
        id: "org_wide",
        name: "Wide",
        description: Some("Has a lot"),
        members: &[
            ("user_d", &["role_1", "role_2"]),
            ("user_a", &["role_3"]),
            ("user_c", &[]),
            ("user_b", &["role_2"]),
        ],
    },
    Organization {
        id: "org_small",
        name: "Small widget",
        description: None,
        members: &[("user_a", &["role_1"])],
    },
    Organization {
        id: "org_empty",
        name: "Empty",
        description: None,
        members: &[],
    },
];

/// All of it in the format of the fixtures.
pub(crate) fn fixtures() -> String {
    let mut text = String::from(
        "clock: { frozen_at: 2026-01-01T00:00:00Z }
logto:
  access_tokens:
    - { secret: good }
    - { secret: without-scope, scope: '' }
    - { secret: expired, expires_at: 2025-12-31T23:00:00Z }
  users:
",
    );
    let quoted = |value: Option<&str>| value.map_or_else(|| "null".to_owned(), |value| format!("'{value}'"));
    // Writing to a String cannot fail.
    for user in &USERS {
        let _ = writeln!(
            text,
            "    - {{ id: {}, username: {}, primary_email: {}, primary_phone: {}, name: {}, is_suspended: {}, created_at: 2025-12-31T23:00:00Z }}",
            user.id,
            quoted(user.username),
            quoted(user.email),
            quoted(user.phone),
            quoted(user.name),
            user.is_suspended
        );
    }
    text.push_str("  organization_roles:\n");
    for Role {
        id,
        name,
        description,
    } in &ROLES
    {
        let description = quoted(*description);
        let _ = writeln!(
            text,
            "    - {{ id: {id}, name: {name}, description: {description} }}"
        );
    }
    text.push_str("  organizations:\n");
    for organization in &ORGANIZATIONS {
        let _ = writeln!(
            text,
            "    - {{ id: {}, name: {}, description: {}, created_at: 2025-12-31T23:00:00Z }}",
            organization.id,
            organization.name,
            quoted(organization.description)
        );
    }
    text.push_str("  memberships:\n");
    for organization in &ORGANIZATIONS {
        for (user, roles) in organization.members {
            let _ = writeln!(
                text,
                "    - {{ organization: {}, user: {user}, roles: [{}] }}",
                organization.id,
                roles.join(", ")
            );
        }
    }
    text
}
