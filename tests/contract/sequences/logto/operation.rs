use std::fmt;

use contract_tests::wire::{Request, percent_encoded};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::scene::Token;

/// Something that is done in a sequence.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Call(Call),
    /// The clock goes forward by so many milliseconds.
    Advance(i64),
}

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) token: Token,
    pub(crate) what: What,
}

/// The organization that a request is about.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// The one of this id, if there is one.
    Id(String),
    /// The one that was created last, by the id it was given then.
    Newest,
}

/// The part of a list that is asked for, as it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging {
    pub(crate) page: Option<i64>,
    pub(crate) size: Option<i64>,
}

/// What a request is for. Bodies are as they are sent.
#[derive(Clone, Debug)]
pub(crate) enum What {
    List {
        q: Option<&'static str>,
        featured: Option<&'static str>,
        paging: Paging,
    },
    Create(Value),
    Get(Target),
    Patch(Target, Value),
    Delete(Target),
    Members(Target, Option<&'static str>, Paging),
    Add(Target, Value),
    Replace(Target, Value),
    AssignAll(Target, Value),
    Remove(Target, &'static str),
    Roles(Target, &'static str, Paging),
    Assign(Target, &'static str, Value),
    SetRoles(Target, &'static str, Value),
    Take(Target, &'static str, &'static str),
}

/// The ids of organizations that a request may name; some of them there are only once another has been renamed.
const ORGANIZATIONS: [&str; 6] = [
    "org_wide",
    "org_small",
    "org_empty",
    "org_new",
    "ORG_WIDE",
    "org_unknown",
];

/// The ids of users that a request may name: of those there are, of nobody, and one that is no id.
const USERS: [&str; 8] = [
    "user_a",
    "user_b",
    "user_c",
    "user_d",
    "user_e",
    "user_f",
    "user_unknown",
    " ",
];

/// The ids of roles that a request may name, one of which there is not.
const ROLES: [&str; 4] = ["role_1", "role_2", "role_3", "role_unknown"];

/// What is searched for.
const SEARCHED: [&str; 9] = [
    "",
    "WID",
    "org_",
    "a",
    "example.com",
    "1555",
    "\u{e9}cole",
    " ",
    "%",
];

/// Any operation, those that make sense far more often than the others.
pub(crate) fn operations() -> impl Strategy<Value = Operation> {
    let token = prop_oneof![
        40 => Just(Token::Good),
        2 => Just(Token::WithoutScope),
        1 => select(&[Token::Expired, Token::Unknown, Token::Missing][..]),
    ];
    let what = prop_oneof![
        2 => (searches(), words(), pagings()).prop_map(|(q, featured, paging)| What::List { q, featured, paging }),
        3 => bodies(false).prop_map(What::Create),
        1 => targets().prop_map(What::Get),
        3 => (targets(), bodies(true)).prop_map(|(target, body)| What::Patch(target, body)),
        1 => targets().prop_map(What::Delete),
        2 => (targets(), searches(), pagings()).prop_map(|(target, q, paging)| What::Members(target, q, paging)),
        5 => (targets(), some("userIds", &USERS[..7])).prop_map(|(target, body)| What::Add(target, body)),
        2 => (targets(), some("userIds", &USERS[..7])).prop_map(|(target, body)| What::Replace(target, body)),
        4 => (targets(), several()).prop_map(|(target, body)| What::AssignAll(target, body)),
        2 => (targets(), users()).prop_map(|(target, user)| What::Remove(target, user)),
        2 => (targets(), users(), pagings()).prop_map(|(target, user, paging)| What::Roles(target, user, paging)),
        4 => (targets(), users(), some("organizationRoleIds", &ROLES))
            .prop_map(|(target, user, body)| What::Assign(target, user, body)),
        3 => (targets(), users(), some("organizationRoleIds", &ROLES))
            .prop_map(|(target, user, body)| What::SetRoles(target, user, body)),
        3 => (targets(), users(), select(&ROLES[..])).prop_map(|(target, user, role)| What::Take(target, user, role)),
    ];
    prop_oneof![
        20 => (token, what).prop_map(|(token, what)| Operation::Call(Call { token, what })),
        1 => select(&[1, 1000, 86_400_000][..]).prop_map(Operation::Advance),
    ]
}

fn targets() -> impl Strategy<Value = Target> {
    let id = |ids: &'static [&'static str]| select(ids).prop_map(|id| Target::Id(id.to_owned()));
    prop_oneof![
        12 => id(&ORGANIZATIONS[..3]),
        2 => id(&ORGANIZATIONS[3..]),
        5 => Just(Target::Newest),
    ]
}

fn users() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        16 => select(&USERS[..6]),
        1 => select(&USERS[6..]),
    ]
}

fn searches() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![1 => Just(None), 1 => select(&SEARCHED[..]).prop_map(Some)]
}

fn words() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![
        1 => Just(None),
        3 => select(&["1", "YES", "true"][..]).prop_map(Some),
        1 => select(&["0", "", "on"][..]).prop_map(Some),
    ]
}

fn pagings() -> impl Strategy<Value = Paging> {
    let page = prop_oneof![
        4 => Just(None),
        6 => (1..4_i64).prop_map(Some),
        1 => select(&[0, -1, 1000][..]).prop_map(Some),
    ];
    let size = prop_oneof![
        4 => Just(None),
        6 => (1..4_i64).prop_map(Some),
        1 => select(&[100, 101, 0][..]).prop_map(Some),
    ];
    (page, size).prop_map(|(page, size)| Paging { page, size })
}

/// A body that names some of these ids, now and then none, one twice, or something else.
fn some(name: &'static str, ids: &'static [&'static str]) -> impl Strategy<Value = Value> {
    // What nobody has stands last.
    let usual = &ids[..ids.len() - 1];
    let wrong = select(vec![
        json!(null),
        json!("user_a"),
        json!([""]),
        json!(["user_a", 5, ""]),
        json!({}),
    ]);
    prop_oneof![
        16 => vec(select(usual), 0..4).prop_map(move |ids| json!({ name: ids })),
        2 => vec(select(ids), 1..4).prop_map(move |ids| json!({ name: ids })),
        1 => wrong.prop_map(move |wrong| json!({ name: wrong })),
        1 => Just(json!({})),
    ]
}

/// A body that names users and roles.
fn several() -> impl Strategy<Value = Value> {
    (some("userIds", &USERS[..7]), some("organizationRoleIds", &ROLES)).prop_map(|(users, roles)| {
        let members = [users, roles]
            .into_iter()
            .filter_map(|body| body.as_object().cloned());
        Value::Object(members.flatten().collect())
    })
}

/// A body that says what an organization is to be, or to be from now on.
fn bodies(is_change: bool) -> impl Strategy<Value = Value> {
    let id = prop_oneof![
        12 => Just(None),
        4 => select(&ORGANIZATIONS[..4]).prop_map(|id| Some(json!(id))),
        1 => select(vec![json!(""), json!("x".repeat(22)), json!(null)]).prop_map(Some),
    ];
    let name = prop_oneof![
        (if is_change { 8 } else { 1 }) => Just(None),
        12 => select(&["Wide", "new", "Widget & Co", "\u{c9}cole"][..]).prop_map(|name| Some(json!(name))),
        1 => select(vec![json!(""), json!("n".repeat(129)), json!(null), json!(5)]).prop_map(Some),
    ];
    let description = prop_oneof![
        8 => Just(None),
        8 => select(vec![json!(null), json!(""), json!("words"), json!("d".repeat(256))]).prop_map(Some),
        1 => select(vec![json!("d".repeat(257)), json!([])]).prop_map(Some),
    ];
    let created = prop_oneof![
        12 => Just(None),
        4 => select(vec![json!(0), json!(1_715_000_000_000_i64), json!(-1), json!(1.5)]).prop_map(Some),
        1 => select(vec![json!("now"), json!(null)]).prop_map(Some),
    ];
    let other = prop_oneof![6 => Just(None), 1 => Just(Some(json!({})))];
    (id, name, description, created, other).prop_map(|(id, name, description, created, other)| {
        let members = [
            ("id", id),
            ("name", name),
            ("description", description),
            ("createdAt", created),
            ("customData", other),
        ];
        let members = members
            .into_iter()
            .filter_map(|(name, member)| Some((name.to_owned(), member?)));
        Value::Object(members.collect::<Map<_, _>>())
    })
}

impl Call {
    /// The request that is sent, when this is the organization that was created last.
    pub(crate) fn request(&self, newest: &str) -> Request {
        let request = self.what.request(newest);
        match self.token.secret() {
            Some(secret) => request.header("authorization", format!("Bearer {secret}")),
            None => request,
        }
    }
}

impl Target {
    /// The id that is named, when this is the organization that was created last.
    pub(crate) fn id<'a>(&'a self, newest: &'a str) -> &'a str {
        match self {
            Self::Id(id) => id,
            Self::Newest => newest,
        }
    }
}

impl What {
    fn request(&self, newest: &str) -> Request {
        const ALL: &str = "/api/organizations";
        let of = |target: &Target| format!("{ALL}/{}", percent_encoded(target.id(newest)));
        let users = |target: &Target| format!("{}/users", of(target));
        let user = |target: &Target, user: &str| format!("{}/{}", users(target), percent_encoded(user));
        let roles = |target: &Target, id: &str| format!("{}/roles", user(target, id));
        match self {
            Self::List { q, featured, paging } => {
                let featured = featured.map(|word| format!("showFeatured={word}"));
                Request::new("GET", format!("{ALL}?{}", query(*q, featured, *paging)))
            }
            Self::Create(body) => Request::new("POST", ALL).json(body),
            Self::Get(target) => Request::new("GET", of(target)),
            Self::Patch(target, body) => Request::new("PATCH", of(target)).json(body),
            Self::Delete(target) => Request::new("DELETE", of(target)),
            Self::Members(target, q, paging) => {
                Request::new("GET", format!("{}?{}", users(target), query(*q, None, *paging)))
            }
            Self::Add(target, body) => Request::new("POST", users(target)).json(body),
            Self::Replace(target, body) => Request::new("PUT", users(target)).json(body),
            Self::AssignAll(target, body) => {
                Request::new("POST", format!("{}/roles", users(target))).json(body)
            }
            Self::Remove(target, id) => Request::new("DELETE", user(target, id)),
            Self::Roles(target, id, paging) => Request::new(
                "GET",
                format!("{}?{}", roles(target, id), query(None, None, *paging)),
            ),
            Self::Assign(target, id, body) => Request::new("POST", roles(target, id)).json(body),
            Self::SetRoles(target, id, body) => Request::new("PUT", roles(target, id)).json(body),
            Self::Take(target, id, role) => Request::new(
                "DELETE",
                format!("{}/{}", roles(target, id), percent_encoded(role)),
            ),
        }
    }

    /// The body that is sent, for people to read.
    fn body(&self) -> Option<&Value> {
        match self {
            Self::Create(body)
            | Self::Patch(_, body)
            | Self::Add(_, body)
            | Self::Replace(_, body)
            | Self::AssignAll(_, body)
            | Self::Assign(_, _, body)
            | Self::SetRoles(_, _, body) => Some(body),
            _ => None,
        }
    }

    /// Whether it changes nothing, whatever comes of it.
    pub(crate) fn only_reads(&self) -> bool {
        matches!(
            self,
            Self::List { .. } | Self::Get(_) | Self::Members(..) | Self::Roles(..)
        )
    }
}

fn query(q: Option<&str>, other: Option<String>, paging: Paging) -> String {
    let q = q.map(|q| format!("q={}", percent_encoded(q)));
    let page = paging.page.map(|page| format!("page={page}"));
    let size = paging.size.map(|size| format!("page_size={size}"));
    let parts: Vec<_> = [q, other, page, size].into_iter().flatten().collect();
    parts.join("&")
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Advance(by) => write!(f, "the clock goes forward by {by} ms"),
            Self::Call(call) => {
                let request = call.request("newest");
                let token = call.token.secret().unwrap_or("no token");
                write!(f, "{} {} with {token}", request.method, request.target)?;
                call.what.body().map_or(Ok(()), |body| write!(f, ": {body}"))
            }
        }
    }
}
