//! The server a test talks to.

use std::env;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::LazyLock;

use mock_server::{Builder, MockServer, World};

use crate::wire::Address;

/// The variable that names another server to test.
const BASE_URL: &str = "CONTRACT_BASE_URL";

/// A running server.
#[derive(Debug)]
pub enum Server {
    /// Ours, with the usual settings, for one test alone.
    Ours(MockServer, Address),
    /// Somebody's, at an address.
    Given(Address),
}

static GIVEN: LazyLock<Option<Address>> = LazyLock::new(|| {
    let url = env::var(BASE_URL).ok().filter(|url| !url.is_empty())?;
    Some(Address::read(&url).unwrap_or_else(|reason| panic!("{BASE_URL}: {reason}")))
});

impl Server {
    /// The server to test: the one `CONTRACT_BASE_URL` names, else one of ours, just started.
    ///
    /// # Panics
    /// When ours does not start.
    #[must_use]
    pub fn start() -> Self {
        match given() {
            Some(address) => Self::Given(address.clone()),
            None => Self::ours(MockServer::builder()),
        }
    }

    /// One of ours with settings of its own, wherever the other tests go.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn ours(builder: Builder) -> Self {
        let server = builder.start().unwrap_or_else(|error| panic!("{error}"));
        let address = Address {
            authority: reached_at(server.addr()).to_string(),
            prefix: String::new(),
        };
        Self::Ours(server, address)
    }

    /// The world it serves, when it is ours.
    #[must_use]
    pub fn world(&self) -> Option<World> {
        match self {
            Self::Ours(server, _) => Some(server.world()),
            Self::Given(_) => None,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> &Address {
        match self {
            Self::Ours(_, address) | Self::Given(address) => address,
        }
    }

    /// How many answers it gave that their operation does not document, as far as it says so.
    #[must_use]
    pub fn undocumented(&self) -> u64 {
        match self {
            Self::Ours(server, _) => server.undocumented(),
            Self::Given(_) => 0,
        }
    }
}

/// Where a server is reached from its own machine: one that listens everywhere, on the loopback.
fn reached_at(mut listens: SocketAddr) -> SocketAddr {
    if listens.ip().is_unspecified() {
        listens.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    listens
}

/// The server `CONTRACT_BASE_URL` names.
#[must_use]
pub fn given() -> Option<&'static Address> {
    GIVEN.as_ref()
}
