use std::fmt;

use contract_tests::wire::Request;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::scene::Key;

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

/// What a request is for. Bodies are as they are sent.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Add(Value),
    List {
        limit: Option<i64>,
        offset: Option<i64>,
        order: Option<&'static str>,
    },
    SetRole(&'static str, Value),
    Merge(&'static str, Value),
    Remove(&'static str),
}

/// The ids of organizations that a request may name, one of which there is not.
const ORGANIZATIONS: [&str; 5] = ["org_wide", "org_tight", "org_empty", "org_second", "org_unknown"];

/// The ids of users that a request may name, one of which there is not.
const USERS: [&str; 9] = [
    "user_a",
    "user_b",
    "user_c",
    "user_d",
    "user_e",
    "user_f",
    "user_g",
    "user_h",
    "user_unknown",
];

const ORDERS: [&str; 14] = [
    "created_at",
    "-created_at",
    "first_name",
    "-first_name",
    "last_name",
    "-last_name",
    "username",
    "-username",
    "email_address",
    "-email_address",
    "phone_number",
    "-phone_number",
    "+username",
    "age",
];

/// Any operation, those that make sense far more often than the others.
pub(crate) fn operations() -> impl Strategy<Value = Operation> {
    let key = prop_oneof![
        30 => Just(Key::First),
        4 => Just(Key::Second),
        2 => Just(Key::Restricted),
        1 => Just(Key::Unknown),
    ];
    let organization = prop_oneof![
        12 => select(&ORGANIZATIONS[..3]),
        2 => Just(ORGANIZATIONS[3]),
        1 => Just(ORGANIZATIONS[4]),
    ];
    let what = prop_oneof![
        6 => additions(),
        4 => lists(),
        5 => (select(&USERS), roles()).prop_map(|(user, role)| What::SetRole(user, json!({ "role": role }))),
        4 => (select(&USERS), patches()).prop_map(|(user, patch)| What::Merge(user, patch)),
        4 => select(&USERS).prop_map(What::Remove),
    ];
    prop_oneof![
        20 => (key, organization, what).prop_map(|(key, organization, what)| {
            Operation::Call(Call { key, organization, what })
        }),
        1 => select(&[1, 2, 1000, 86_400_000][..]).prop_map(Operation::Advance),
    ]
}

fn roles() -> impl Strategy<Value = Value> {
    prop_oneof![
        12 => select(&["org:admin", "org:member", "org:helper", "org:owner"][..]).prop_map(Value::from),
        2 => select(&["admin", "basic_member"][..]).prop_map(Value::from),
        1 => select(&["org:unknown", "org:Admin"][..]).prop_map(Value::from),
        1 => select(vec![json!(""), json!(null), json!(5)]),
    ]
}

fn additions() -> impl Strategy<Value = What> {
    let bag = || {
        prop_oneof![
            6 => Just(None),
            1 => Just(Some(json!(null))),
            2 => objects().prop_map(Some),
        ]
    };
    (select(&USERS), roles(), bag(), bag()).prop_map(|(user, role, public, private)| {
        let mut body = json!({ "user_id": user, "role": role });
        for (name, bag) in [("public_metadata", public), ("private_metadata", private)] {
            if let Some(bag) = bag {
                body[name] = bag;
            }
        }
        What::Add(body)
    })
}

fn lists() -> impl Strategy<Value = What> {
    let limit = prop_oneof![
        5 => Just(None),
        5 => (1..4_i64).prop_map(Some),
        2 => select(&[500, 501, 0][..]).prop_map(Some),
    ];
    let offset = prop_oneof![
        5 => Just(None),
        5 => (0..6_i64).prop_map(Some),
        1 => Just(Some(-1)),
    ];
    let order = prop_oneof![1 => Just(None), 4 => select(&ORDERS[..]).prop_map(Some)];
    (limit, offset, order).prop_map(|(limit, offset, order)| What::List { limit, offset, order })
}

fn patches() -> impl Strategy<Value = Value> {
    let bag = || {
        prop_oneof![
            4 => Just(None),
            8 => objects().prop_map(Some),
            1 => select(vec![json!(null), json!("x"), json!([])]).prop_map(Some),
        ]
    };
    (bag(), bag(), any::<u8>()).prop_map(|(public, private, odd)| {
        let bags = [("public_metadata", public), ("private_metadata", private)];
        let bags = bags
            .into_iter()
            .filter_map(|(name, bag)| Some((name.to_owned(), bag?)));
        let mut patch: Map<_, _> = bags.collect();
        if odd < 8 {
            patch.insert("unsafe_metadata".to_owned(), json!({}));
        }
        Value::Object(patch)
    })
}

/// Objects whose keys often meet, with nulls at every level, and now and then with a lot in them.
fn objects() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => Just(json!(null)),
        4 => (0..3).prop_map(Value::from),
        2 => select(vec![json!(true), json!("text"), json!([1, null]), json!("\u{e9}\n\"")]),
        1 => (4080..4100_usize).prop_map(|length| Value::from("x".repeat(length))),
        1 => (8180..8190_usize).prop_map(|length| Value::from("y".repeat(length))),
    ];
    let keys = || select(&["a", "b", "c"][..]);
    let member = leaf.prop_recursive(3, 12, 3, move |inner| {
        proptest::collection::vec((keys(), inner), 0..3).prop_map(object)
    });
    proptest::collection::vec((keys(), member), 0..4).prop_map(object)
}

fn object(members: Vec<(&'static str, Value)>) -> Value {
    let members = members
        .into_iter()
        .map(|(name, member)| (name.to_owned(), member));
    Value::Object(members.collect())
}

impl Call {
    /// The request that is sent.
    pub(crate) fn request(&self) -> Request {
        let path = format!("/v1/organizations/{}/memberships", self.organization);
        let request = match &self.what {
            What::Add(body) => Request::new("POST", path).json(body),
            What::List { limit, offset, order } => {
                let limit = limit.map(|limit| format!("limit={limit}"));
                let offset = offset.map(|offset| format!("offset={offset}"));
                let order = order.map(|order| format!("order_by={order}"));
                let query: Vec<_> = [limit, offset, order].into_iter().flatten().collect();
                Request::new("GET", format!("{path}?{}", query.join("&")))
            }
            What::SetRole(user, body) => Request::new("PATCH", format!("{path}/{user}")).json(body),
            What::Merge(user, body) => Request::new("PATCH", format!("{path}/{user}/metadata")).json(body),
            What::Remove(user) => Request::new("DELETE", format!("{path}/{user}")),
        };
        request.header("authorization", format!("Bearer {}", self.key.secret()))
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Advance(by) => write!(f, "the clock goes forward by {by} ms"),
            Self::Call(call) => {
                let request = call.request();
                write!(
                    f,
                    "{} {} with {}",
                    request.method,
                    request.target,
                    call.key.secret()
                )?;
                match &call.what {
                    What::Add(body) | What::SetRole(_, body) | What::Merge(_, body) => write!(f, ": {body}"),
                    What::List { .. } | What::Remove(_) => Ok(()),
                }
            }
        }
    }
}
