mod worlds;

use std::future::pending;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use jiff::Timestamp;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::app::App;
use crate::config::{Anonymous, Config, Limits};
use crate::control::ControlToken;
use crate::fixtures::Given;
use crate::guide;
use crate::served::{APIS, Served};
use crate::server::{Server, StartError};
use crate::world::{Clock, World};
pub use worlds::WorldBuilder;

/// A server inside the current process, on a free port; it stops when it is dropped.
///
/// It has a thread and a runtime of its own. So it works in tests with any async runtime and in those with none, a
/// test that blocks its runtime does not block the server, and starting it takes no `.await`. Several live side by side
/// and share nothing.
#[derive(Debug)]
pub struct MockServer {
    addr: SocketAddr,
    url: String,
    app: Arc<App>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl MockServer {
    /// Starts a server with the usual settings.
    ///
    /// # Errors
    /// When no port can be had. The settings are the usual ones: no fixtures to be read, and no state file.
    pub fn start() -> Result<Self, StartError> {
        Self::builder().start()
    }

    /// Settings to change first.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Its address.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert!(server.addr().ip().is_loopback());
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Its root, `http://127.0.0.1:…`, without a slash at the end.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert_eq!(server.url(), format!("http://{}", server.addr()));
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The base URL to give to a client of Clerk: its paths begin with `/organizations`.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert_eq!(server.clerk_url(), format!("{}/clerk/v1", server.url()));
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn clerk_url(&self) -> String {
        self.base_url(&crate::clerk::SERVED)
    }

    /// The base URL to give to a client of Logto: its paths begin with `/api`.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert_eq!(server.logto_url(), format!("{}/logto", server.url()));
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn logto_url(&self) -> String {
        self.base_url(&crate::logto::SERVED)
    }

    /// The base URL to give to a client of WhyLabs: its paths begin with `/v0`.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert_eq!(server.whylabs_url(), format!("{}/whylabs", server.url()));
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn whylabs_url(&self) -> String {
        self.base_url(&crate::whylabs::SERVED)
    }

    /// The base URL to give to a client of Enhance: its paths begin with `/orgs` and `/invites`.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert_eq!(server.enhance_url(), format!("{}/enhance", server.url()));
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn enhance_url(&self) -> String {
        self.base_url(&crate::enhance::SERVED)
    }

    /// The world that requests without a name of another are for: its state, its clock and its outbox. There is room for it
    /// however many others there are.
    ///
    /// ```
    /// use mock_server::{Limits, MockServer};
    ///
    /// let limits = Limits { worlds: 0, ..Limits::default() };
    /// let server = MockServer::builder().limits(limits).start()?;
    /// assert!(server.world().outbox().is_empty());
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn world(&self) -> World {
        self.app.worlds().default_world()
    }

    /// How many answers were sent so far that their operation does not document; anything but 0 is a bug of the server.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert_eq!(server.undocumented(), 0);
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn undocumented(&self) -> u64 {
        self.app.undocumented()
    }

    fn base_url(&self, api: &'static Served) -> String {
        debug_assert!(APIS.iter().any(|known| std::ptr::eq(*known, api)));
        guide::base_url(api, &self.url)
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic there was printed when it happened; a second one while dropping would abort the test run.
            let _ = thread.join();
        }
    }
}

/// Settings of a [`MockServer`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    config: Config,
}

impl Default for Builder {
    fn default() -> Self {
        let listen = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        Self {
            config: Config {
                listen,
                ..Config::default()
            },
        }
    }
}

impl Builder {
    /// Where to listen; any free port of 127.0.0.1 otherwise.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = mock_server::MockServer::builder().listen("0.0.0.0:0".parse()?).start()?;
    /// assert!(server.addr().ip().is_unspecified());
    /// # Ok(())
    /// # }
    /// ```
    pub fn listen(mut self, addr: SocketAddr) -> Self {
        self.config.listen = addr;
        self
    }

    /// What everything made up is derived from; the fixtures' seed otherwise, and 0 where they have none.
    ///
    /// ```
    /// use mock_server::MockServer;
    ///
    /// let server = MockServer::builder().seed(7).start()?;
    /// assert_eq!(server.world().export().seed, Some(7));
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    pub fn seed(mut self, seed: u64) -> Self {
        self.config.seed = Some(seed);
        self
    }

    /// Stops the world's clock at an instant, or at [`Clock::FIRST`] where that is later; otherwise it shows the machine's
    /// time.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let at = "2026-01-01T00:00:00Z".parse()?;
    /// let server = mock_server::MockServer::builder().clock(at).start()?;
    /// assert_eq!(server.world().now(), at);
    /// # Ok(())
    /// # }
    /// ```
    pub fn clock(mut self, at: Timestamp) -> Self {
        self.config.clock = Some(Clock::Frozen { at });
        self
    }

    /// Starts from these fixtures instead of the built-in ones, or adds them if they say `extends: true`. Can be given
    /// again.
    pub fn fixtures(mut self, given: Given) -> Self {
        self.config.fixtures.push(given);
        self
    }

    /// Lets calls without any credential through to this API too.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::io::{Read as _, Write as _};
    /// use mock_server::{Anonymous, MockServer};
    ///
    /// let server = MockServer::builder().anonymous(Anonymous::Logto).start()?;
    /// let mut stream = std::net::TcpStream::connect(server.addr())?;
    /// stream.write_all(b"GET /logto/api/organizations HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n")?;
    /// let mut answer = String::new();
    /// stream.read_to_string(&mut answer)?;
    /// assert!(answer.starts_with("HTTP/1.1 200"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn anonymous(mut self, api: Anonymous) -> Self {
        self.config.anonymous.push(api);
        self
    }

    /// Whether what is called is kept and counted: the journal, violations and coverage. It is, unless this says no.
    pub fn recording(mut self, recording: bool) -> Self {
        self.config.recording = recording;
        self
    }

    /// What steering the server under `/_mock` takes; nothing otherwise, as long as it listens on an address of this
    /// machine alone.
    pub fn control_token(mut self, token: ControlToken) -> Self {
        self.config.control_token = Some(token);
        self
    }

    /// Keeps all worlds in this file: they are read from it when the server starts, and written to it when the server is
    /// dropped. Where it cannot be written then, that is logged. No other server may have it meanwhile.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mock_server::MockServer;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("state.json");
    /// let at = "2026-01-01T00:00:00Z".parse()?;
    /// let server = MockServer::builder().state_file(&path).start()?;
    /// server.world().freeze_clock(at);
    /// drop(server);
    ///
    /// let again = MockServer::builder().state_file(&path).start()?;
    /// assert_eq!(again.world().now(), at);
    /// # Ok(())
    /// # }
    /// ```
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.config.state = Some(path.into());
        self
    }

    /// What clients may use up.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mock_server::{Limits, MockServer};
    ///
    /// let limits = Limits { worlds: 1, ..Limits::default() };
    /// let server = MockServer::builder().limits(limits).start()?;
    /// server.new_world().make()?;
    /// assert!(server.new_world().make().is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn limits(mut self, limits: Limits) -> Self {
        self.config.limits = limits;
        self
    }

    /// Starts the server. When this returns, it takes connections.
    ///
    /// # Errors
    /// When the address cannot be listened on, or the fixtures or the state file cannot be used.
    pub fn start(self) -> Result<MockServer, StartError> {
        let listen = self.config.listen;
        let (started, start) = mpsc::sync_channel(1);
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("mock-server".to_owned())
            .spawn(move || run(&self.config, &started, stopped))
            .map_err(|source| StartError::Listen { addr: listen, source })?;
        let (addr, url, app) = match start.recv() {
            Ok(started) => started?,
            Err(_) => {
                return Err(StartError::Listen {
                    addr: listen,
                    source: std::io::Error::other("the server's thread is gone"),
                });
            }
        };
        Ok(MockServer {
            addr,
            url,
            app,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

type Started = Result<(SocketAddr, String, Arc<App>), StartError>;

/// The server's thread. It ends as soon as `stopped` does: whoever drops a server is done with it, and requests that
/// are being answered are cut off with the runtime. The state file then has all that was changed until then.
fn run(config: &Config, started: &mpsc::SyncSender<Started>, stopped: oneshot::Receiver<()>) {
    // The builder waits for what is sent, so it is there to receive it.
    match runtime_and_server(config) {
        Err(error) => drop(started.send(Err(error))),
        Ok((runtime, server)) => {
            let app = server.app();
            drop(started.send(Ok((server.addr(), server.url(), Arc::clone(&app)))));
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => {}
                    _ = server.serve(pending(), pending()) => {}
                }
            });
            drop(runtime);
            if let Err(error) = app.save() {
                // Whoever dropped the server cannot be given it.
                tracing::error!(%error, "what the worlds are now is lost");
            }
        }
    }
}

fn runtime_and_server(config: &Config) -> Result<(Runtime, Server), StartError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|source| StartError::Listen {
        addr: config.listen,
        source,
    })?;
    let server = {
        let _entered = runtime.enter();
        Server::bind(config)?
    };
    Ok((runtime, server))
}
