//! The control API: steers the server's worlds. Described by `specs/control.yaml`, served under `/_mock`.

mod access;
mod error;
mod handlers;

use std::sync::Arc;

use api_support::BodyLimit;
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::Request;
use membership_apis::control::router;
use tower::ServiceExt as _;

pub(crate) use access::Access;

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
}

impl Control {
    pub(crate) fn new(worlds: Arc<Worlds>, access: Access, body_bytes: usize) -> Self {
        let server = ControlServer { worlds, access };
        Self {
            router: router(Arc::new(server)),
            body_bytes,
        }
    }

    /// Answers a request whose path is that of the document. The base is the address the client knows the server by.
    pub(crate) async fn answer(&self, mut request: Request<Body>, base: PublicBase) -> Response {
        request.extensions_mut().insert(base);
        request.extensions_mut().insert(BodyLimit(self.body_bytes));
        match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}
