//! Who and what there is when a sequence begins.

use std::fmt::Write as _;

/// The instant the clock stands still at, in milliseconds: the beginning of 2026.
pub(crate) const NOW: i64 = 1_767_225_600_000;

/// The last instant the short-lived key is good at: ten seconds later.
pub(crate) const END: i64 = NOW + 10_000;

/// A key that calls are made with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Key {
    /// The administrator's of an organization, by its number.
    Of(usize),
    /// Reaches every organization.
    Staff,
    /// The first organization's administrator's, for a while.
    ShortLived,
    /// The first organization's, taken back.
    Revoked,
    /// The first organization's, with another scope.
    User,
    /// Of the right form, and nobody's.
    Unknown,
    /// There is none.
    Missing,
}

impl Key {
    pub(crate) fn secret(self) -> Option<String> {
        let id = match self {
            Self::Of(number) => format!("KAdmin000{number}"),
            Self::Staff => "KStaff0000".to_owned(),
            Self::ShortLived => "KShort0000".to_owned(),
            Self::Revoked => "KRevoked00".to_owned(),
            Self::User => "KUser00000".to_owned(),
            Self::Unknown => "KUnknown00".to_owned(),
            Self::Missing => return None,
        };
        Some(format!("{id}.{}", "x".repeat(53)))
    }
}

/// An organization.
#[derive(Debug)]
pub(crate) struct Organization {
    pub(crate) id: &'static str,
    pub(crate) tier: &'static str,
    pub(crate) domains: &'static [&'static str],
    pub(crate) deleted: bool,
    /// Addresses and roles.
    pub(crate) members: &'static [(&'static str, &'static str)],
}

pub(crate) static ORGANIZATIONS: [Organization; 5] = [
    Organization {
        id: "org-open",
        tier: "PAID",
        domains: &[],
        deleted: false,
        members: &[
            ("ann@one.example", "ADMIN"),
            ("bob@one.example", "MEMBER"),
            ("cyd@two.example", "VIEWER"),
        ],
    },
    Organization {
        id: "org-strict",
        tier: "SUBSCRIPTION",
        domains: &["one.example", "Three.Example"],
        deleted: false,
        members: &[("ann@one.example", "MEMBER"), ("eve@three.example", "ADMIN")],
    },
    // Its domains count for nothing; it has room for two.
    Organization {
        id: "org-free",
        tier: "FREE",
        domains: &["one.example"],
        deleted: false,
        members: &[("dan@two.example", "ADMIN")],
    },
    Organization {
        id: "org-empty",
        tier: "",
        domains: &[],
        deleted: false,
        members: &[],
    },
    Organization {
        id: "org-gone",
        tier: "PAID",
        domains: &[],
        deleted: true,
        members: &[("ann@one.example", "MEMBER"), ("bob@one.example", "ADMIN")],
    },
];

/// The number of the organization on the free tier, and how many it has who do nothing but fill it.
pub(crate) const FILLED: (usize, usize) = (2, 21);

/// Those whom the sequences are about; of the last the record is gone.
pub(crate) const USERS: [&str; 6] = [
    "ann@one.example",
    "bob@one.example",
    "cyd@two.example",
    "dan@two.example",
    "eve@three.example",
    "fay@one.example",
];

/// Where users land in the beginning, by number.
pub(crate) const LANDING: [(usize, usize); 2] = [(0, 1), (3, 2)];

/// Memberships by login: numbers of users and of organizations.
pub(crate) const CLAIMS: [(usize, usize); 3] = [(1, 1), (2, 0), (5, 3)];

/// One who left a membership of the free organization behind.
pub(crate) const LEFT: &str = "old@one.example";

pub(crate) fn filler(number: usize) -> String {
    format!("fill{number:02}@one.example")
}

/// All of it in the format of the fixtures.
pub(crate) fn fixtures() -> String {
    let mut text = String::from("clock: { frozen_at: 2026-01-01T00:00:00Z }\nwhylabs:\n  organizations:\n");
    let mut line = |list: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{list}");
    };
    for organization in &ORGANIZATIONS {
        let tier = match organization.tier {
            "" => String::new(),
            tier => format!(", tier: {tier}"),
        };
        line(format!(
            "    - {{ id: {}{tier}, email_domains: [{}], deleted: {} }}",
            organization.id,
            organization.domains.join(", "),
            organization.deleted
        ));
    }
    line("    - { id: '0', internal: true }\n  users:".to_owned());
    for (number, email) in USERS.iter().enumerate() {
        let landing = LANDING.iter().find(|(user, _)| *user == number);
        let landing = landing.map_or_else(String::new, |(_, organization)| {
            format!(", default_organization: {}", ORGANIZATIONS[*organization].id)
        });
        line(format!("    - {{ id: {email}, email: {email}{landing} }}"));
    }
    line(format!("    - {{ id: {LEFT}, email: {LEFT}, deleted: true }}"));
    let (filled, fillers) = FILLED;
    for number in 0..fillers {
        line(format!("    - {{ id: {0}, email: {0} }}", filler(number)));
    }
    line("  memberships:".to_owned());
    let member = |organization: &str, user: &str, role: &str| {
        format!("    - {{ organization: {organization}, user: {user}, role: {role} }}")
    };
    for organization in &ORGANIZATIONS {
        for (user, role) in organization.members {
            line(member(organization.id, user, role));
        }
    }
    for number in 0..fillers {
        line(member(ORGANIZATIONS[filled].id, &filler(number), "VIEWER"));
    }
    line(member(ORGANIZATIONS[filled].id, LEFT, "VIEWER"));
    line("  claim_memberships:".to_owned());
    for (user, organization) in CLAIMS {
        line(member(ORGANIZATIONS[organization].id, USERS[user], "MEMBER"));
    }
    line("  api_keys:".to_owned());
    let mut key = |key: Key, organization: &str, scope: &str, more: &str| {
        let secret = key.secret().unwrap_or_default();
        line(format!(
            "    - {{ secret: {secret}, organization: '{organization}', scopes: ['{scope}']{more} }}"
        ));
    };
    for (number, organization) in ORGANIZATIONS.iter().enumerate() {
        key(Key::Of(number), organization.id, ":administrator", "");
    }
    let first = ORGANIZATIONS[0].id;
    key(Key::Staff, "0", ":whylabs_administrator", "");
    key(
        Key::ShortLived,
        first,
        ":administrator",
        ", expires_at: 2026-01-01T00:00:10Z",
    );
    key(Key::Revoked, first, ":administrator", ", revoked: true");
    key(Key::User, first, ":user", "");
    text
}
