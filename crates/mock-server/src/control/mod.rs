//! The control API: steers the server's worlds. Described by `specs/control.yaml`, served under `/_mock`.

mod access;
mod clock;
mod documents;
mod error;
mod events;
mod faults;
mod handlers;
mod requests;
mod state;
mod token;
mod worlds;

use std::sync::Arc;

use api_support::BodyLimit;
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::Request;
use membership_apis::control::router;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tower::ServiceExt as _;

pub(crate) use access::Access;
pub use membership_apis::control::models;
pub use token::{BadControlToken, ControlToken};

use crate::state_file::StateFile;
use crate::visit::PublicBase;
use crate::world::Worlds;

/// The control API of a server.
#[derive(Debug)]
pub(crate) struct Control {
    router: Router,
    body_bytes: usize,
}

/// The implementation of the generated trait.
#[derive(Debug)]
struct ControlServer {
    worlds: Arc<Worlds>,
    access: Access,
    state_file: Option<Arc<StateFile>>,
}

impl Control {
    pub(crate) fn new(
        worlds: Arc<Worlds>,
        access: Access,
        state_file: Option<Arc<StateFile>>,
        body_bytes: usize,
    ) -> Self {
        let server = ControlServer {
            worlds,
            access,
            state_file,
        };
        Self {
            router: router(Arc::new(server)),
            body_bytes,
        }
    }

    /// Answers a request whose path is that of the document. The base is the address the client knows the server by.
    ///
    /// All of it happens on a thread that may be blocked: the state of a world can be large, and reading, checking and
    /// writing it must not keep calls of the APIs waiting.
    pub(crate) async fn answer(&self, mut request: Request<Body>, base: PublicBase) -> Response {
        request.extensions_mut().insert(base);
        request.extensions_mut().insert(BodyLimit(self.body_bytes));
        let answering = self.router.clone().oneshot(request);
        let runtime = Handle::current();
        match spawn_blocking(move || runtime.block_on(answering)).await {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    }
}
