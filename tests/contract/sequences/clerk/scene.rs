//! Who and what there is when a sequence begins.

use std::fmt::Write as _;

/// The instant the clock stands still at, in milliseconds: the beginning of 2026.
pub(crate) const NOW: i64 = 1_767_225_600_000;

/// A key that calls are made with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Key {
    /// Opens the first instance.
    First,
    /// Opens the second one, which has organizations switched off.
    Second,
    /// Opens the first instance, and adds nobody.
    Restricted,
    /// Opens nothing.
    Unknown,
}

impl Key {
    pub(crate) fn secret(self) -> &'static str {
        match self {
            Self::First => "sk_test_first",
            Self::Second => "sk_test_second",
            Self::Restricted => "sk_test_restricted",
            Self::Unknown => "sk_test_unknown",
        }
    }

    /// The number of the instance it opens.
    pub(crate) fn instance(self) -> Option<usize> {
        match self {
            Self::First | Self::Restricted => Some(0),
            Self::Second => Some(1),
            Self::Unknown => None,
        }
    }
}

/// A user, and the number of the instance that has it.
#[derive(Debug)]
pub(crate) struct User {
    pub(crate) id: &'static str,
    pub(crate) instance: usize,
    pub(crate) first_name: Option<&'static str>,
    pub(crate) last_name: Option<&'static str>,
    pub(crate) username: Option<&'static str>,
    pub(crate) email: Option<&'static str>,
    pub(crate) phone: Option<&'static str>,
}

const fn user(
    id: &'static str,
    instance: usize,
    names: [Option<&'static str>; 3],
    email: Option<&'static str>,
    phone: Option<&'static str>,
) -> User {
    let [first_name, last_name, username] = names;
    User {
        id,
        instance,
        first_name,
        last_name,
        username,
        email,
        phone,
    }
}

pub(crate) static USERS: [User; 8] = [
    user(
        "user_a",
        0,
        [Some("Ann"), Some("Bell"), Some("annb")],
        Some("ann@example.com"),
        Some("+15551"),
    ),
    user(
        "user_b",
        0,
        [Some("ann"), None, None],
        Some("Bob@example.com"),
        None,
    ),
    user(
        "user_c",
        0,
        [None, Some("Cole"), Some("Cole")],
        None,
        Some("+15553"),
    ),
    user("user_d", 0, [None, None, None], None, None),
    user(
        "user_e",
        0,
        [Some("Zed"), Some("cole"), None],
        Some("aaa@example.com"),
        Some("+15550"),
    ),
    user("user_f", 0, [Some("Moe"), Some("Ash"), Some("zmoe")], None, None),
    user(
        "user_g",
        1,
        [Some("Gil"), Some("Ort"), Some("gil")],
        Some("gil@example.com"),
        None,
    ),
    user("user_h", 1, [None, None, Some("hob")], None, Some("+15558")),
];

/// An organization, and the number of the instance that has it.
#[derive(Debug)]
pub(crate) struct Organization {
    pub(crate) id: &'static str,
    pub(crate) instance: usize,
    pub(crate) limit: usize,
    pub(crate) invitations: usize,
    /// Users and their roles, who joined a second after each other.
    pub(crate) members: &'static [(&'static str, &'static str)],
}

pub(crate) static ORGANIZATIONS: [Organization; 4] = [
    Organization {
        id: "org_wide",
        instance: 0,
        limit: 0,
        invitations: 2,
        members: &[
            ("user_a", "org:admin"),
            ("user_b", "org:owner"),
            ("user_c", "org:member"),
        ],
    },
    Organization {
        id: "org_tight",
        instance: 0,
        limit: 4,
        invitations: 1,
        members: &[("user_a", "org:admin"), ("user_d", "org:member")],
    },
    Organization {
        id: "org_empty",
        instance: 0,
        limit: 3,
        invitations: 0,
        members: &[],
    },
    Organization {
        id: "org_second",
        instance: 1,
        limit: 5,
        invitations: 0,
        members: &[("user_g", "org:admin"), ("user_h", "org:member")],
    },
];

/// When every organization was created: an hour before the sequence begins.
pub(crate) const CREATED: i64 = NOW - 3_600_000;

/// A role; the last has what the last member with it is kept for, though it is no admin's.
#[derive(Debug)]
pub(crate) struct Role {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) permissions: &'static [&'static str],
    pub(crate) keeps: bool,
}

pub(crate) static ROLES: [Role; 4] = [
    Role {
        key: "org:admin",
        name: "Admin",
        permissions: &[
            "org:sys_profile:manage",
            "org:sys_profile:delete",
            "org:sys_memberships:read",
            "org:sys_memberships:manage",
        ],
        keeps: true,
    },
    Role {
        key: "org:member",
        name: "Member",
        permissions: &["org:sys_memberships:read"],
        keeps: false,
    },
    Role {
        key: "org:helper",
        name: "Helper",
        permissions: &["org:sys_memberships:read", "org:sys_memberships:manage"],
        keeps: false,
    },
    Role {
        key: "org:owner",
        name: "Owner",
        permissions: &[
            "org:sys_memberships:manage",
            "org:sys_memberships:read",
            "org:sys_profile:delete",
        ],
        keeps: true,
    },
];

/// All of it in the format of the fixtures.
pub(crate) fn fixtures() -> String {
    let mut text = String::from(
        "clock: { frozen_at: 2026-01-01T00:00:00Z }
clerk:
  instances: [{ id: ins_0 }, { id: ins_1, organizations_enabled: false }]
  secret_keys:
    - { secret: sk_test_first, instance: ins_0 }
    - { secret: sk_test_second, instance: ins_1 }
    - { secret: sk_test_restricted, instance: ins_0, may_add_members: false }
  roles:
",
    );
    for instance in 0..2 {
        for role in &ROLES {
            let permissions = role.permissions.iter().map(|one| format!("'{one}'"));
            let permissions: Vec<_> = permissions.collect();
            let (key, name, permissions) = (role.key, role.name, permissions.join(", "));
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "    - {{ instance: ins_{instance}, key: '{key}', name: {name}, permissions: [{permissions}] }}"
            );
        }
    }
    text.push_str("  users:\n");
    for user in &USERS {
        let _ = writeln!(text, "    - {}", user.fixture());
    }
    text.push_str("  organizations:\n");
    for organization in &ORGANIZATIONS {
        let Organization {
            id,
            instance,
            limit,
            invitations,
            ..
        } = organization;
        let _ = writeln!(
            text,
            "    - {{ id: {id}, instance: ins_{instance}, name: {id}, slug: {}, max_allowed_memberships: {limit}, pending_invitations: {invitations}, created_at: 2025-12-31T23:00:00Z }}",
            id.replace('_', "-")
        );
    }
    text.push_str("  memberships:\n");
    for organization in &ORGANIZATIONS {
        for (number, (user, role)) in organization.members.iter().enumerate() {
            let id = format!("orgmem_{}_{user}", organization.id);
            let _ = writeln!(
                text,
                "    - {{ id: {id}, organization: {}, user: {user}, role: '{role}', created_at: 2025-12-31T23:00:{number:02}Z }}",
                organization.id
            );
        }
    }
    text
}

impl User {
    fn fixture(&self) -> String {
        let nullable =
            |value: Option<&str>| value.map_or_else(|| "null".to_owned(), |value| format!("'{value}'"));
        let list = |value: Option<&str>| value.map_or_else(String::new, |value| format!("'{value}'"));
        format!(
            "{{ id: {}, instance: ins_{}, first_name: {}, last_name: {}, username: {}, email_addresses: [{}], phone_numbers: [{}] }}",
            self.id,
            self.instance,
            nullable(self.first_name),
            nullable(self.last_name),
            nullable(self.username),
            list(self.email),
            list(self.phone)
        )
    }
}
