use std::fmt;

use proptest::prelude::*;
use proptest::sample::select;

use super::role::Role;
use super::scene::NO_ORG;

/// Something that is done in a sequence.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Call(Caller, What),
    /// The clock goes forward by so many seconds.
    Advance(i64),
    /// The world is exported and begins anew from that.
    Reread,
}

/// Who calls. What there is of sessions and tokens is known only when the call is made.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Caller {
    /// The latest session of the login of this realm and address.
    Login(usize, &'static str),
    /// One of all tokens there ever were.
    Token(usize),
    /// The latest session of whoever has one of all invitations there ever were.
    Invited(usize),
    Nobody,
}

/// A member: of this organization, with this address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Who {
    pub(crate) org: usize,
    pub(crate) email: &'static str,
}

/// What is asked for; organizations by their number.
#[derive(Clone, Debug)]
pub(crate) enum What {
    MakeToken(usize, NewToken),
    ListTokens(usize),
    /// One of all tokens there ever were but the first.
    DropToken(usize, usize),
    /// A login of a realm, by its address.
    Add(usize, usize, &'static str, Vec<Role>),
    List(usize, Query),
    Read(usize, Who),
    Update(usize, Who, Settings),
    Remove(usize, Who),
    Link(usize, Who),
    HandOver(usize, Who),
    Take(usize),
    Invite(usize, NewInvite),
    /// One of all invitations there ever were.
    Accept(usize, Option<Proof>),
    Validate(usize),
    /// One of all login links there ever were.
    Follow(usize),
}

/// What somebody without a session shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proof {
    /// An address; that of whoever is invited where nothing is said.
    pub(crate) email: Option<&'static str>,
    pub(crate) password: &'static str,
}

#[derive(Clone, Debug)]
pub(crate) struct NewToken {
    pub(crate) roles: Vec<Role>,
    pub(crate) name: Option<&'static str>,
    /// In how many seconds it ends.
    pub(crate) ends: Option<i64>,
}

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) roles: Option<Vec<Role>>,
    /// Numbers of websites.
    pub(crate) sites: Option<Vec<usize>>,
    pub(crate) notifications: Option<Vec<&'static str>>,
}

#[derive(Clone, Debug)]
pub(crate) struct NewInvite {
    pub(crate) email: &'static str,
    pub(crate) name: &'static str,
    pub(crate) settings: Settings,
}

#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) offset: Option<i64>,
    pub(crate) limit: Option<i64>,
    pub(crate) sort: Option<(&'static str, Option<&'static str>)>,
    pub(crate) search: Option<&'static str>,
    pub(crate) role: Option<Role>,
    pub(crate) site: Option<usize>,
}

const EMAILS: [&str; 9] = [
    "a@x.test", "b@x.test", "c@x.test", "d@x.test", "e@x.test", "f@x.test", "g@x.test", "B@X.test",
    "Z@x.test",
];

/// Any operation, those that make sense far more often than the others.
pub(crate) fn operations() -> impl Strategy<Value = Operation> {
    let call = (callers(), calls()).prop_map(|(caller, what)| Operation::Call(caller, what));
    let entry = (callers(), entries(), 0..8_u8).prop_map(|(any, what, odd)| {
        let caller = match &what {
            _ if odd == 0 => any,
            What::Accept(invite, _) if odd < 3 => Caller::Invited(*invite),
            _ => Caller::Nobody,
        };
        Operation::Call(caller, what)
    });
    prop_oneof![
        30 => call,
        10 => entry,
        2 => select(&[1, 61, 3600, 86_400, 6 * 86_400, 11 * 86_400][..]).prop_map(Operation::Advance),
        1 => Just(Operation::Reread),
    ]
}

fn callers() -> impl Strategy<Value = Caller> {
    prop_oneof![
        8 => Just(Caller::Token(0)),
        6 => Just(Caller::Login(0, EMAILS[0])),
        12 => (0..2_usize, select(&EMAILS[..7])).prop_map(|(realm, email)| Caller::Login(realm, email)),
        3 => (0..8_usize).prop_map(Caller::Token),
        1 => Just(Caller::Nobody),
    ]
}

fn orgs() -> impl Strategy<Value = usize> {
    prop_oneof![
        2 => Just(0_usize),
        2 => Just(1_usize),
        10 => Just(2_usize),
        3 => Just(3_usize),
        6 => Just(4_usize),
        1 => Just(NO_ORG),
    ]
}

/// An organization and mostly one of its members.
fn members() -> impl Strategy<Value = (usize, Who)> {
    (orgs(), select(&EMAILS[..]), orgs(), 0..12_u8).prop_map(|(org, email, other, odd)| {
        let of = if odd == 0 || org == NO_ORG { other } else { org };
        (org, Who { org: of, email })
    })
}

fn roles() -> impl Strategy<Value = Vec<Role>> {
    proptest::collection::vec(select(&Role::ALL[..]), 1..4)
}

fn settings() -> impl Strategy<Value = Settings> {
    let roles = prop_oneof![6 => roles().prop_map(Some), 1 => Just(Some(Vec::new())), 1 => Just(None)];
    let site = prop_oneof![8 => 0..2_usize, 1 => 2..4_usize];
    // A website stands in a list once.
    let sites = prop_oneof![
        3 => Just(None),
        4 => proptest::collection::vec(site, 0..3).prop_map(|mut sites| { sites.dedup(); Some(sites) }),
    ];
    let words = proptest::collection::vec(select(&["backups", "news", ""][..]), 0..3);
    let notifications = prop_oneof![Just(None), words.prop_map(Some)];
    (roles, sites, notifications).prop_map(|(roles, sites, notifications)| Settings {
        roles,
        sites,
        notifications,
    })
}

fn tokens() -> impl Strategy<Value = NewToken> {
    let name = select(&[None, Some("ci"), Some("ci"), Some("other"), Some("")][..]);
    let ends = select(&[None, None, Some(3600), Some(1), Some(7 * 86_400), Some(-5)][..]);
    (roles(), name, ends).prop_map(|(roles, name, ends)| NewToken { roles, name, ends })
}

fn queries() -> impl Strategy<Value = Query> {
    let number = || select(&[None, None, Some(0), Some(1), Some(2), Some(5), Some(-1)][..]);
    let key = select(&["status", "name", "email", "joinedAt", "age"][..]);
    let order = select(&[None, Some("asc"), Some("desc"), Some("desc"), Some("up")][..]);
    let sort = prop_oneof![1 => Just(None), 2 => (key, order).prop_map(Some)];
    let search = select(
        &[
            None,
            None,
            None,
            Some(""),
            Some("A@X"),
            Some("bo"),
            Some("x.TEST"),
            Some("%"),
        ][..],
    );
    let role = prop_oneof![3 => Just(None), 1 => select(&Role::ALL[..]).prop_map(Some)];
    let site = prop_oneof![6 => Just(None), 1 => (0..4_usize).prop_map(Some)];
    (number(), number(), sort, search, role, site).prop_map(|(offset, limit, sort, search, role, site)| {
        Query {
            offset,
            limit,
            sort,
            search,
            role,
            site,
        }
    })
}

fn invites() -> impl Strategy<Value = NewInvite> {
    let name = select(&["Ann", "bea", "Zed"][..]);
    (select(&EMAILS[..]), name, settings()).prop_map(|(email, name, settings)| NewInvite {
        email,
        name,
        settings,
    })
}

fn calls() -> impl Strategy<Value = What> {
    prop_oneof![
        4 => (orgs(), tokens()).prop_map(|(org, token)| What::MakeToken(org, token)),
        1 => orgs().prop_map(What::ListTokens),
        1 => (orgs(), 0..8_usize).prop_map(|(org, token)| What::DropToken(org, token)),
        5 => (orgs(), 0..2_usize, select(&EMAILS[..7]), roles())
            .prop_map(|(org, realm, email, roles)| What::Add(org, realm, email, roles)),
        4 => (orgs(), queries()).prop_map(|(org, query)| What::List(org, query)),
        3 => members().prop_map(|(org, who)| What::Read(org, who)),
        5 => (members(), settings()).prop_map(|((org, who), settings)| What::Update(org, who, settings)),
        3 => members().prop_map(|(org, who)| What::Remove(org, who)),
        3 => members().prop_map(|(org, who)| What::Link(org, who)),
        3 => members().prop_map(|(org, who)| What::HandOver(org, who)),
        2 => orgs().prop_map(What::Take),
        7 => (orgs(), invites()).prop_map(|(org, invite)| What::Invite(org, invite)),
    ]
}

/// What is done with invitations and login links; the later ones are open more often than the earlier.
fn entries() -> impl Strategy<Value = What> {
    let email = prop_oneof![5 => Just(None), 1 => select(&EMAILS[..]).prop_map(Some)];
    let proof = (email, select(&["first", "second"][..]));
    let proof = prop_oneof![
        1 => Just(None),
        6 => proof.prop_map(|(email, password)| Some(Proof { email, password })),
    ];
    prop_oneof![
        6 => (0..4_usize, proof).prop_map(|(invite, proof)| What::Accept(invite, proof)),
        2 => (0..4_usize).prop_map(What::Validate),
        2 => (0..3_usize).prop_map(What::Follow),
    ]
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(caller, what) => write!(f, "{caller:?}: {what:?}"),
            Self::Advance(by) => write!(f, "the clock goes forward by {by} s"),
            Self::Reread => f.write_str("the world is exported and begins anew"),
        }
    }
}
