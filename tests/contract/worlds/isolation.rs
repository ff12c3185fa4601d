//! Many tests on one server, each in a world of its own: none sees what another does.

use std::env;
use std::panic::resume_unwind;
use std::thread;
use std::time::Duration;

use contract_tests::server::Server;
use contract_tests::wire::{Address, Answer, Connection, Request};
use mock_server::MockServer;
use serde_json::{Value, json};

use crate::{Test, test};

/// How many tests run at one time.
const TESTS: usize = 64;

/// How often each adds, lists and removes, unless the variable says otherwise.
const ROUNDS: usize = 10;

/// The variable that says how often.
const ROUNDS_VARIABLE: &str = "ISOLATION_ROUNDS";

/// What every made-up name begins with; nothing in the built-in fixtures has it.
const MARK: &str = "iso-";

const CLERK: (&str, &str) = ("authorization", "Bearer sk_test_rollcall");
const BEARER: (&str, &str) = ("authorization", "Bearer mock-token");
const WHYLABS: (&str, &str) = (
    "x-api-key",
    "RollcallK1.RollcallMockServerAnyKeyOfThisFormxxxxxxxxxxxxxxxxxxx",
);

pub(crate) fn tests() -> Vec<Test> {
    vec![
        test(
            "64 tests at once, each in the world of its path, see their own members only",
            || {
                run(World::in_path);
            },
        ),
        test(
            "64 tests at once, each in the world of its header, see their own members only",
            || {
                run(World::in_header);
            },
        ),
    ]
}

fn run(addressed: fn(usize) -> World) {
    let server = Server::ours(MockServer::builder());
    let address = server.address();
    thread::scope(|scope| {
        let tests: Vec<_> = (0..TESTS)
            .map(|number| scope.spawn(move || play(&addressed(number), address)))
            .collect();
        for test in tests {
            test.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
    assert_eq!(server.undocumented(), 0);
}

/// The world of one test, and whom it is about.
struct World {
    name: String,
    /// What stands before every path.
    prefix: String,
    by_header: bool,
    person: String,
}

impl World {
    fn in_path(number: usize) -> Self {
        let name = format!("in-path-{number}");
        Self {
            prefix: format!("/w/{name}"),
            name,
            by_header: false,
            person: format!("{MARK}{number:02}"),
        }
    }

    fn in_header(number: usize) -> Self {
        Self {
            name: format!("in-header-{number}"),
            prefix: String::new(),
            by_header: true,
            person: format!("{MARK}{number:02}"),
        }
    }

    /// An Enhance login's id that only this test has.
    fn login(&self) -> String {
        let number = self.person.trim_start_matches(MARK);
        format!("00000000-0000-4000-8000-0000000000{number}")
    }

    fn fixtures(&self) -> Value {
        let person = &self.person;
        json!({
            "extends": true,
            "clerk": { "users": [{ "id": format!("user_{person}"), "first_name": person }] },
            "logto": { "users": [{ "id": person, "name": person }] },
            "whylabs": { "users": [{ "email": format!("{person}@acme.ai") }] },
            "enhance": { "logins": [{ "id": self.login(), "email": format!("{person}@mo.test"), "name": person }] },
        })
    }

    fn call(&self, method: &str, path: &str, (header, credential): (&str, &str)) -> Request {
        let request = Request::new(method, format!("{}{path}", self.prefix))
            .header("connection", "keep-alive")
            .header(header, credential);
        if self.by_header {
            request.header("x-mock-world", &self.name)
        } else {
            request
        }
    }
}

/// One test: makes its world, and then adds, lists and removes in all four APIs, over and over.
fn play(world: &World, address: &Address) {
    let mut connection = Connection::open(address).unwrap_or_else(|error| panic!("{error}"));
    // So many at once take their turns.
    connection.set_patience(Duration::from_secs(120));
    let mut client = Client {
        connection,
        address,
        person: world.person.clone(),
    };
    let made = Request::new("POST", "/_mock/worlds")
        .header("connection", "keep-alive")
        .json(&json!({ "name": world.name, "fixtures": world.fixtures() }));
    assert_eq!(client.ask(&made).status, 201, "{} is made", world.name);
    for _ in 0..rounds() {
        clerk(&mut client, world);
        logto(&mut client, world);
        whylabs(&mut client, world);
        enhance(&mut client, world);
    }
}

fn rounds() -> usize {
    env::var(ROUNDS_VARIABLE).map_or(ROUNDS, |rounds| {
        rounds
            .parse()
            .unwrap_or_else(|error| panic!("{ROUNDS_VARIABLE}={rounds}: {error}"))
    })
}

/// A connection, and the only person of all the tests' who may be heard of on it.
struct Client<'a> {
    connection: Connection,
    address: &'a Address,
    person: String,
}

impl Client<'_> {
    fn ask(&mut self, request: &Request) -> Answer {
        let sent = self.connection.send(&request.bytes(self.address));
        sent.unwrap_or_else(|error| panic!("{error}"));
        let answer = self.connection.answer(&request.method);
        answer.unwrap_or_else(|ended| panic!("{ended}"))
    }

    /// A call that succeeds, and in whose answer nobody of another test is.
    fn done(&mut self, request: &Request) -> Answer {
        let answer = self.ask(request);
        assert!((200..300).contains(&answer.status), "{}: {answer}", self.person);
        let text = answer.text();
        for (at, _) in text.match_indices(MARK) {
            assert!(
                text[at..].starts_with(&self.person),
                "{} hears of somebody else: {answer}",
                self.person
            );
        }
        answer
    }

    /// A listing that has the person, or has not.
    fn listed(&mut self, request: &Request, is_there: bool) {
        let answer = self.done(request);
        let found = answer.text().contains(&self.person);
        assert_eq!(found, is_there, "{} in {answer}", self.person);
    }
}

fn clerk(client: &mut Client<'_>, world: &World) {
    let memberships = "/v1/organizations/org_29w9PnBRoeL5pykPTPly5kAA819/memberships";
    let user = format!("user_{}", world.person);
    let add = world.call("POST", memberships, CLERK);
    let list = world.call("GET", memberships, CLERK);
    client.done(&add.json(&json!({ "user_id": user, "role": "org:member" })));
    client.listed(&list, true);
    client.done(&world.call("DELETE", &format!("{memberships}/{user}"), CLERK));
    client.listed(&list, false);
}

fn logto(client: &mut Client<'_>, world: &World) {
    let users = "/api/organizations/acme00000001/users";
    let list = world.call("GET", &format!("{users}?page_size=100"), BEARER);
    let add = world.call("POST", users, BEARER);
    client.done(&add.json(&json!({ "userIds": [world.person] })));
    client.listed(&list, true);
    client.done(&world.call("DELETE", &format!("{users}/{}", world.person), BEARER));
    client.listed(&list, false);
}

fn whylabs(client: &mut Client<'_>, world: &World) {
    let membership = "/v0/organizations/org-123/membership";
    let email = format!("{}%40acme.ai", world.person);
    let list = world.call("GET", membership, WHYLABS);
    let add = format!("{membership}?email={email}&role=MEMBER");
    client.done(&world.call("POST", &add, WHYLABS));
    client.listed(&list, true);
    let remove = format!("{membership}?email={email}");
    client.done(&world.call("DELETE", &remove, WHYLABS));
    client.listed(&list, false);
}

fn enhance(client: &mut Client<'_>, world: &World) {
    let members = "/orgs/b5da37cf-cdbc-413a-ac1d-7e3f023a9f2c/members";
    let list = world.call("GET", members, BEARER);
    let add = world.call("POST", members, BEARER);
    let added = client.done(&add.json(&json!({ "loginId": world.login(), "roles": ["Support"] })));
    let id = added.json()["id"].as_str().map(str::to_owned);
    let id = id.unwrap_or_else(|| panic!("the answer has an id: {added}"));
    client.listed(&list, true);
    client.done(&world.call("DELETE", &format!("{members}/{id}"), BEARER));
    client.listed(&list, false);
}
