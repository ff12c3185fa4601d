//! Who may call what on a reseller's customer. Who may not is known, and changes nothing.

use contract_tests::scenario::Scenario;
use contract_tests::wire::Request;

use super::calls::{
    ALIEN, C, C_BIZ, C_OWNER, C_SITE, C_SUPER, C_SYS, C2_OWNER, Calls as _, FREE, MO_OWNER, MO_SUPER,
    MO_SUPPORT, MO_SYS, P_REG, Person, R_OWNER, R_SUPER, T_BIZ, T_C, T_MO, Token, all_twelve, forbidden,
};
use super::rules::RIGHTS;

/// Somebody who calls.
enum Caller {
    Person(&'static Person),
    Token(&'static Token),
}

use Caller::{Person as Login, Token as Bearer};

/// What a caller may do: one or several of the sets of rights below.
struct Named {
    name: &'static str,
    caller: Caller,
    /// Members, tokens and invitations.
    manages: bool,
    /// Login links.
    signs_in: bool,
    /// Handing over the ownership.
    hands_over: bool,
    /// Taking it away.
    takes: bool,
}

const fn caller(name: &'static str, caller: Caller, rights: [bool; 4]) -> Named {
    let [manages, signs_in, hands_over, takes] = rights;
    Named {
        name,
        caller,
        manages,
        signs_in,
        hands_over,
        takes,
    }
}

static CALLERS: [Named; 18] = [
    caller(
        "the master organization's owner",
        Login(&MO_OWNER),
        [true, true, true, true],
    ),
    caller(
        "the master organization's super admin",
        Login(&MO_SUPER),
        [true, true, true, true],
    ),
    caller(
        "the master organization's system administrator",
        Login(&MO_SYS),
        [false, true, false, false],
    ),
    caller(
        "the master organization's support",
        Login(&MO_SUPPORT),
        [false; 4],
    ),
    caller("the reseller's owner", Login(&R_OWNER), [true, false, true, true]),
    caller(
        "the reseller's super admin",
        Login(&R_SUPER),
        [true, false, true, true],
    ),
    caller("the owner", Login(&C_OWNER), [true, true, true, false]),
    caller("a super admin", Login(&C_SUPER), [true, true, false, false]),
    caller(
        "a system administrator",
        Login(&C_SYS),
        [false, true, false, false],
    ),
    caller("a member with the role Business", Login(&C_BIZ), [false; 4]),
    caller("a collaborator", Login(&C_SITE), [false; 4]),
    caller("a pending member", Login(&P_REG), [false; 4]),
    caller("another customer's owner", Login(&C2_OWNER), [false; 4]),
    caller("a member of nothing", Login(&FREE), [false; 4]),
    caller("a member of nothing in another realm", Login(&ALIEN), [false; 4]),
    caller(
        "the master organization's token",
        Bearer(&T_MO),
        [true, true, true, true],
    ),
    caller("a super admin's token", Bearer(&T_C), [true, true, false, false]),
    caller("a token with the role Business", Bearer(&T_BIZ), [false; 4]),
];

impl Named {
    fn may(&self, operation: &str) -> bool {
        match operation {
            "making a login link" => self.signs_in,
            "handing over the ownership" => self.hands_over,
            "taking the ownership away" => self.takes,
            // Whom the operations below are about is the collaborator.
            "reading a member" => self.manages || self.name == "a collaborator",
            _ => self.manages,
        }
    }

    fn calls(&self, request: Request) -> Request {
        match self.caller {
            Login(person) => request.by(person),
            Bearer(token) => request.with(token.secret),
        }
    }
}

pub(crate) fn rows() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, request) in all_twelve(C, C_SITE.member, T_BIZ.id) {
        let mut refused = Scenario::new(&RIGHTS, format!("{what} is for nobody else"));
        for caller in &CALLERS {
            let request = caller.calls(request.clone());
            if caller.may(what) {
                rows.push(Scenario::new(&RIGHTS, format!("{what} is for {}", caller.name)).given(request));
            } else {
                refused = refused.ask(request, forbidden());
            }
        }
        rows.push(refused);
    }
    rows
}
