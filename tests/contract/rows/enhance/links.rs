//! One-time login links.

use contract_tests::outside::{LOGIN_PAGE, SPENT_LOGIN_LINK};
use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;
use mock_server::jiff::SignedDuration;

use super::calls::{
    C, C_BIZ, C_OWNER, C_SITE, C_SUPER, C_SYS, C2, C2_OWNER, Calls as _, D, FREE, I_NEW, MO_OWNER, MO_SUPER,
    MO_SUPPORT, MO_SYS, NOPE, P_NEW, P_REG, Person, R, R_OWNER, R_SUPER, T_BIZ, T_C, T_MO, accept, accept_as,
    add, created, forbidden, list, login_link, ok, read,
};
use super::rules::{FOLLOWING, LINK_CALLERS, LOGIN_LINK, NO_LINK};

pub(crate) fn rows() -> Vec<Scenario> {
    [making(), following(), nobody(), callers()].concat()
}

/// The link was made; its path and query are kept.
fn made() -> Outcome {
    created().keep_part("", "^http://[^/]+(/.+)$", "link")
}

/// What a browser asks for that follows the link.
fn follow() -> Request {
    Request::new("GET", "{link}")
}

/// The page behind the link, which starts a session.
fn signed_in() -> Outcome {
    Outcome::outside(&LOGIN_PAGE).keep_part_of_header("set-cookie", "^id0=([^;]+);", "session")
}

fn turned_away() -> Outcome {
    Outcome::outside(&SPENT_LOGIN_LINK)
        .unchanged()
        .lacks_header("set-cookie")
}

fn making() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LOGIN_LINK, name);
    vec![
        row("each call makes another link")
            .ask(
                login_link(C, C_OWNER.member).by(&C_SYS),
                created().keep("", "first"),
            )
            .ask(
                login_link(C, C_OWNER.member).by(&C_SYS),
                created().differs("", "{first}"),
            ),
        row("the link holds a one-time password").ask(
            login_link(C, C_OWNER.member).by(&C_SYS),
            created().matches(
                "",
                "^http://[^/]+/(.+/)?login/sessions/sso\\?otp=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
            ),
        ),
        row("who has a link made for another is not signed in").ask(
            login_link(C, C_OWNER.member).by(&C_SYS),
            created().lacks_header("set-cookie"),
        ),
    ]
}

fn following() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&FOLLOWING, name);
    let own = |outcome: Outcome| {
        (
            read(C, C_OWNER.member).in_session("{session}"),
            outcome.has("loginId", C_OWNER.login),
        )
    };
    let (reading, itself) = own(ok());
    vec![
        row("who follows the link is signed in as the member")
            .ask(login_link(C, C_OWNER.member).by(&C_SYS), made())
            .ask(
                follow(),
                signed_in().header_matches("set-cookie", "^id0=[^;]+; Path=/; HttpOnly; SameSite=Lax$"),
            )
            .ask(reading.clone(), itself.clone())
            .ask(list(C, "").in_session("{session}"), ok()),
        row("a link works once")
            .ask(login_link(C, C_OWNER.member).by(&C_SYS), made())
            .ask(follow(), signed_in())
            .ask(follow(), turned_away())
            .ask(reading.clone(), itself.clone()),
        row("a link works for a short time")
            .clock("2026-01-01T00:00:00Z")
            .ask(login_link(C, C_OWNER.member).by(&C_SYS), made())
            .advance(SignedDuration::from_secs(61))
            .ask(follow(), turned_away()),
        row("a link works until its time is up")
            .clock("2026-01-01T00:00:00Z")
            .ask(login_link(C, C_OWNER.member).by(&C_SYS), made())
            .advance(SignedDuration::from_secs(59))
            .ask(follow(), signed_in())
            .ask(reading, itself),
        row("a newer link leaves an older one")
            .ask(login_link(C, C_OWNER.member).by(&C_SYS), made())
            .ask(login_link(C, C_OWNER.member).by(&C_SYS), created())
            .ask(follow(), signed_in()),
        row("following takes no credential, and any is ignored")
            .ask(login_link(C, C_OWNER.member).by(&C_SYS), made())
            .ask(follow().in_session("nobody"), signed_in())
            .ask(login_link(C, C_OWNER.member).by(&C_SYS), made())
            .ask(follow().by(&C_BIZ), signed_in()),
        row("each who follows a link of the same member has a session of its own")
            .ask(login_link(C, C_OWNER.member).by(&C_SYS), made())
            .ask(follow(), signed_in().keep_header("set-cookie", "cookie"))
            .ask(login_link(C, C_OWNER.member).by(&C_SYS), made())
            .ask(follow(), signed_in())
            .ask(list(C, "").header("cookie", "{cookie}"), ok())
            .ask(list(C, "").in_session("{session}"), ok()),
        row("a login without a password that is signed in by a link chooses one when it accepts an invitation")
            .ask(
                add(C2, P_NEW.login, &["Support"]).by(&C2_OWNER),
                created().keep("id", "id"),
            )
            .ask(login_link(C2, "{id}").by(&C2_OWNER), made())
            .ask(follow(), signed_in())
            .ask(accept(I_NEW).in_session("{session}"), forbidden())
            .ask(
                accept_as(I_NEW, P_NEW.email, "Secret1").in_session("{session}"),
                ok().lacks_header("set-cookie"),
            ),
    ]
}

fn nobody() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&NO_LINK, name);
    vec![
        row("an organization that is not there has nobody")
            .ask(login_link(NOPE, C_OWNER.member).by(&MO_OWNER), forbidden())
            .ask(login_link("abc", C_OWNER.member).by(&MO_OWNER), forbidden()),
        row("who is no member of the organization cannot be signed in")
            .ask(login_link(C, NOPE).by(&C_OWNER), forbidden())
            .ask(login_link(C, "abc").by(&C_OWNER), forbidden())
            .ask(login_link(C, C_OWNER.login).by(&C_OWNER), forbidden())
            .ask(login_link(C, C2_OWNER.member).by(&MO_OWNER), forbidden()),
        row("a pending member cannot be signed in")
            .ask(login_link(C, P_NEW.member).by(&C_OWNER), forbidden())
            .ask(login_link(C, P_REG.member).by(&MO_OWNER), forbidden()),
    ]
}

fn callers() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LINK_CALLERS, name);
    let mut rows = Vec::new();
    let may: [(&str, &Person); 6] = [
        ("the owner", &C_OWNER),
        ("a super admin", &C_SUPER),
        ("a system administrator", &C_SYS),
        ("the owner of the master organization", &MO_OWNER),
        ("a super admin of the master organization", &MO_SUPER),
        ("a system administrator of the master organization", &MO_SYS),
    ];
    for (who, person) in may {
        rows.push(row(&format!("{who} makes links")).ask(login_link(C, C_SITE.member).by(person), made()));
    }
    rows.extend([
        row("a super admin's token makes links, here and from the master organization")
            .ask(login_link(C, C_SITE.member).with(T_C.secret), made())
            .ask(login_link(C, C_SITE.member).with(T_MO.secret), made())
            .ask(login_link(C, C_SITE.member).with(T_BIZ.secret), forbidden()),
        row("a reseller in between makes no links")
            .ask(login_link(C, C_SITE.member).by(&R_OWNER), forbidden())
            .ask(login_link(C, C_SITE.member).by(&R_SUPER), forbidden())
            .ask(login_link(R, R_SUPER.member).by(&R_OWNER), made()),
        row("nobody else makes links, not even for itself")
            .ask(login_link(C, C_SITE.member).by(&MO_SUPPORT), forbidden())
            .ask(login_link(C, C_SITE.member).by(&C_BIZ), forbidden())
            .ask(login_link(C, C_SITE.member).by(&C_SITE), forbidden())
            .ask(login_link(C, C_SITE.member).by(&C2_OWNER), forbidden())
            .ask(login_link(C, C_SITE.member).by(&FREE), forbidden()),
        row("a system administrator of the master organization signs in members of any customer")
            .ask(
                add(D, super::calls::ALIEN.login, &["Support"]).by(&MO_OWNER),
                created().keep("id", "id"),
            )
            .ask(login_link(D, "{id}").by(&MO_SYS), made())
            .ask(login_link(R, R_OWNER.member).by(&MO_SYS), made()),
    ]);
    rows
}
