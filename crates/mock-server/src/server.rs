use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use membership_apis::control;

use crate::app::App;
use crate::config::{Config, Limits};
use crate::control::Access;
use crate::fixtures::{self, FixturesError};
use crate::guide;
use crate::listen::Listener;
use crate::state_file::StateFileError;
use crate::world::Clock;

/// A server that has its address and does not serve yet.
#[derive(Debug)]
pub struct Server {
    listener: Listener,
    addr: SocketAddr,
    app: Arc<App>,
    /// Who may steer it, in words.
    told: &'static str,
    limits: Limits,
}

impl Server {
    /// Reads the fixtures and the state file, and takes the address. Needs a tokio runtime with I/O and time.
    ///
    /// # Errors
    /// When the fixtures or the state file cannot be used, or the address cannot be listened on.
    pub fn bind(config: &Config) -> Result<Self, StartError> {
        let failed = |source| StartError::Listen {
            addr: config.listen,
            source,
        };
        let mut read = fixtures::read(&config.fixtures, config.seed)?;
        read.state.clock = config.clock.map_or(read.state.clock, Clock::bounded);
        let listener = Listener::bind(config.listen).map_err(failed)?;
        let addr = listener.local_addr().map_err(failed)?;
        let access = Access::of(config.control_token.as_ref(), addr);
        let told = access.told();
        let app = App::new(config, read, access);
        app.restore()?;
        Ok(Self {
            listener,
            addr,
            app: Arc::new(app),
            told,
            limits: config.limits,
        })
    }

    /// The address, with the port the system chose where port 0 was asked for.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The address as a URL, without a slash at the end. An address that stands for all of the machine's is written
    /// as the one by which the machine reaches itself.
    #[must_use]
    pub fn url(&self) -> String {
        let ip = match self.addr.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        format!("http://{}", SocketAddr::new(ip, self.addr.port()))
    }

    /// What a person who starts the server is told: where it listens, each API's base URL, and a header that lets a
    /// call in; and where it is steered, and by whom.
    #[must_use]
    pub fn greeting(&self) -> String {
        let url = self.url();
        format!(
            "listening on {url}\n{}  {:<8} {url}{}  {}\n",
            guide::table(&url, self.app.credentials()),
            "Control",
            control::BASE_PATH,
            self.told
        )
    }

    /// Serves until `stop` is ready and the requests being answered then are answered, for which they have
    /// [`Limits::grace`] and until `hurry` is ready; then the state file is written in any case. `hurry` is not polled
    /// where there is nothing to wait for.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn serve(
        self,
        stop: impl Future<Output = ()>,
        hurry: impl Future<Output = ()>,
    ) -> Result<(), StateFileError> {
        self.listener
            .serve(Arc::clone(&self.app), self.limits, stop, hurry)
            .await;
        self.app.save()
    }

    pub(crate) fn app(&self) -> Arc<App> {
        Arc::clone(&self.app)
    }
}

/// Why a server did not start, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address is not to be had.
    #[error("cannot listen on {addr}: {source}{}", advice(.source))]
    Listen {
        /// The address.
        addr: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// What the world was to start from cannot be used.
    #[error(transparent)]
    Fixtures(#[from] FixturesError),
    /// The worlds of an earlier server cannot be brought back.
    #[error(transparent)]
    StateFile(#[from] StateFileError),
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            "\nAnother process has this port: stop it, or choose another with --listen or MOCK_LISTEN (port 0 takes any free one)."
        }
        io::ErrorKind::AddrNotAvailable => {
            "\nThis machine does not have the address: --listen takes one of its own, such as 127.0.0.1:4010."
        }
        io::ErrorKind::PermissionDenied => {
            "\nPorts below 1024 need special rights: choose another with --listen or MOCK_LISTEN."
        }
        _ => "",
    }
}
