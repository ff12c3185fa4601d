use std::fmt::Debug;

use contract_tests::server::Server;
use contract_tests::wire::{Answer, Connection, Request};
use mock_server::World;
use mock_server::fixtures::Fixtures;
use mock_server::jiff::SignedDuration;

/// Where a sequence is played: the server's world, and a connection that stays open.
pub(crate) struct Stage<'a> {
    server: &'a Server,
    world: World,
    connection: Connection,
    /// The world as it was last seen, until it may have changed.
    seen: Option<Fixtures>,
}

impl<'a> Stage<'a> {
    /// Puts the server's world to its start.
    pub(crate) fn set(server: &'a Server, start: &Fixtures) -> Result<Self, String> {
        let world = server.world().expect("the server is ours");
        world.import(start).map_err(|error| error.to_string())?;
        Ok(Self {
            server,
            world,
            connection: Connection::open(server.address()).map_err(|error| error.to_string())?,
            seen: None,
        })
    }

    /// The clock goes forward by so many milliseconds.
    pub(crate) fn advance(&mut self, by: i64) {
        self.seen = None;
        self.world.advance_clock(SignedDuration::from_millis(by));
    }

    /// What a request is answered on the connection.
    pub(crate) fn exchange(&mut self, request: &Request) -> Result<Answer, String> {
        let request = request.clone().header("connection", "keep-alive");
        let sent = self.connection.send(&request.bytes(self.server.address()));
        sent.map_err(|error| error.to_string())?;
        let answer = self.connection.answer(&request.method);
        answer.map_err(|error| error.to_string())
    }

    /// Exports the world and starts it anew from that, which has to be the same world.
    pub(crate) fn reread(&mut self) -> Result<(), String> {
        let export = self.before();
        let read = self.world.import(&export);
        read.map_err(|error| format!("the world's own export cannot be read: {error}"))?;
        self.hold(export)
    }

    /// The world as it is.
    pub(crate) fn before(&mut self) -> Fixtures {
        self.seen.take().unwrap_or_else(|| self.world.export())
    }

    /// Whether the world is still as it was before.
    pub(crate) fn hold(&mut self, before: Fixtures) -> Result<(), String> {
        if self.world.export() != before {
            return Err("the world is not as it was before".to_owned());
        }
        self.seen = Some(before);
        Ok(())
    }
}

/// Whether what was found is what is wanted.
pub(crate) fn equal<T: PartialEq + Debug>(wanted: &T, found: &T) -> Result<(), String> {
    if wanted == found {
        Ok(())
    } else {
        Err(format!("found {found:?}\ninstead of {wanted:?}"))
    }
}
