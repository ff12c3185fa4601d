//! The orders a list of members can be asked for in.

use std::cmp::Ordering;
use std::sync::Arc;

use super::model::{Instance, Membership, User};

/// A field to sort by, and which way.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Sorting {
    pub(super) field: Field,
    pub(super) descending: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Field {
    CreatedAt,
    PhoneNumber,
    EmailAddress,
    FirstName,
    LastName,
    Username,
}

impl Default for Sorting {
    /// Newest first.
    fn default() -> Self {
        Self {
            field: Field::CreatedAt,
            descending: true,
        }
    }
}

impl Sorting {
    /// Reads `created_at`, `+created_at` or `-created_at`; no sign means upwards, as `+` does.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (descending, field) = match text.strip_prefix('-') {
            Some(field) => (true, field),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let field = match field {
            "created_at" => Field::CreatedAt,
            "phone_number" => Field::PhoneNumber,
            "email_address" => Field::EmailAddress,
            "first_name" => Field::FirstName,
            "last_name" => Field::LastName,
            "username" => Field::Username,
            _ => return None,
        };
        Some(Self { field, descending })
    }

    /// Sorts memberships, which come newest first and stay so where they are equal. Letters count the same in either
    /// case; who has no value counts as having the highest.
    pub(super) fn sort(self, instance: &Instance, memberships: &mut [&Arc<Membership>]) {
        let key = |membership: &&Arc<Membership>| {
            let user = instance.users.get(&membership.user_id);
            Key(user.and_then(|user| self.value(user)).map(str::to_lowercase))
        };
        if self.descending {
            memberships.sort_by_cached_key(|membership| std::cmp::Reverse(key(membership)));
        } else {
            memberships.sort_by_cached_key(key);
        }
    }

    fn value(self, user: &User) -> Option<&str> {
        match self.field {
            Field::CreatedAt => None,
            Field::PhoneNumber => user.phone_number(),
            Field::EmailAddress => user.email_address(),
            Field::FirstName => user.first_name.as_deref(),
            Field::LastName => user.last_name.as_deref(),
            Field::Username => user.username.as_deref(),
        }
    }
}

/// A value to sort by; nothing comes after everything.
#[derive(Debug, Eq, PartialEq)]
struct Key(Option<String>);

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Some(one), Some(two)) => one.cmp(two),
            (one, two) => one.is_none().cmp(&two.is_none()),
        }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_a_field_with_or_without_a_sign() {
        let read = |text| Sorting::read(text).map(|sorting| (sorting.field, sorting.descending));
        assert_eq!(read("username"), Some((Field::Username, false)));
        assert_eq!(read("+username"), Some((Field::Username, false)));
        assert_eq!(read("-username"), Some((Field::Username, true)));
        for text in [
            "",
            "+",
            "-",
            "age",
            "--username",
            "username,email_address",
            "Username",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
