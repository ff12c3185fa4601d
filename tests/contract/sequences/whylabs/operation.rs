use std::fmt;

use contract_tests::wire::Request;
use proptest::prelude::*;
use proptest::sample::select;

use super::scene::{Key, ORGANIZATIONS, USERS};

/// Something that is done in a sequence.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Call(Call),
    /// The clock goes forward by so many milliseconds.
    Advance(i64),
}

/// A request to an organization.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) key: Key,
    pub(crate) organization: &'static str,
    pub(crate) what: What,
}

/// What a request is for. Addresses and roles are as they are sent; none at all is not sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum What {
    Add {
        email: String,
        role: &'static str,
        set_default: Option<&'static str>,
    },
    List,
    SetRole {
        email: String,
        role: &'static str,
    },
    Remove(String),
}

/// An organization that there is not.
const UNKNOWN: &str = "org-unknown";

/// Addresses of nobody, at domains that are taken here and there.
const STRANGERS: [&str; 5] = [
    "old@one.example",
    "who@one.example",
    "who@four.example",
    "who",
    "",
];

/// Any operation, those that make sense far more often than the others.
pub(crate) fn operations() -> impl Strategy<Value = Operation> {
    let organization = prop_oneof![
        14 => (0..ORGANIZATIONS.len()).prop_map(Some),
        1 => Just(None),
    ];
    let key = prop_oneof![
        20 => Just(None),
        8 => Just(Some(Key::Staff)),
        2 => (0..ORGANIZATIONS.len()).prop_map(|number| Some(Key::Of(number))),
        3 => Just(Some(Key::ShortLived)),
        2 => select(&[Key::Revoked, Key::User, Key::Unknown, Key::Missing][..]).prop_map(Some),
    ];
    let what = prop_oneof![
        8 => (emails(), roles(), defaults())
            .prop_map(|(email, role, set_default)| What::Add { email, role, set_default }),
        2 => Just(What::List),
        4 => (emails(), roles()).prop_map(|(email, role)| What::SetRole { email, role }),
        6 => emails().prop_map(What::Remove),
    ];
    prop_oneof![
        20 => (organization, key, what).prop_map(|(number, key, what)| {
            let own = number.map_or(Key::Staff, Key::Of);
            Operation::Call(Call {
                key: key.unwrap_or(own),
                organization: number.map_or(UNKNOWN, |number| ORGANIZATIONS[number].id),
                what,
            })
        }),
        1 => select(&[1, 1000, 5000][..]).prop_map(Operation::Advance),
    ]
}

fn emails() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => select(&USERS[..]).prop_map(str::to_owned),
        3 => select(&USERS[..]).prop_map(str::to_uppercase),
        2 => select(&STRANGERS[..]).prop_map(str::to_owned),
    ]
}

fn roles() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        15 => select(&["ADMIN", "MEMBER", "VIEWER"][..]),
        1 => select(&["OWNER", "admin", ""][..]),
    ]
}

fn defaults() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![
        4 => Just(None),
        4 => Just(Some("True")),
        2 => select(&["False", "None", "", "yes", "off"][..]).prop_map(Some),
        1 => Just(Some("maybe")),
    ]
}

impl Call {
    pub(crate) fn request(&self) -> Request {
        let path = format!("/v0/organizations/{}/membership", self.organization);
        let request = match &self.what {
            What::Add {
                email,
                role,
                set_default,
            } => {
                let default = set_default.map_or_else(String::new, |value| format!("&set_default={value}"));
                Request::new("POST", format!("{path}?email={email}&role={role}{default}"))
            }
            What::List => Request::new("GET", path),
            What::SetRole { email, role } => Request::new("PUT", format!("{path}?email={email}&role={role}")),
            What::Remove(email) => Request::new("DELETE", format!("{path}?email={email}")),
        };
        match self.key.secret() {
            Some(secret) => request.header("x-api-key", secret),
            None => request,
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Advance(by) => write!(f, "the clock goes forward by {by} ms"),
            Self::Call(call) => {
                let request = call.request();
                write!(f, "{} {} with {:?}", request.method, request.target, call.key)
            }
        }
    }
}
