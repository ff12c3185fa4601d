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

use api_support::{BodyLimit, DoubledMembers, UntypedBodies, WireRules};
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Frame};
use membership_apis::control::router;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tower::ServiceExt as _;

pub(crate) use access::Access;
pub use membership_apis::control::models;
pub use token::{BadControlToken, ControlToken};

use crate::problem;
use crate::state_file::StateFile;
use crate::visit::PublicBase;
use crate::world::Worlds;

/// Whoever steers writes by hand, and is told of what would be lost without a word. A body that does not say what it is
/// could come from a web page of another machine, which sends no JSON without being allowed to.
const WIRE: WireRules = WireRules {
    doubled_members: DoubledMembers::Refuse,
    untyped_bodies: UntypedBodies::Refuse,
    ..WireRules::STRICT
};

/// The control API of a server.
#[derive(Debug)]
pub(crate) struct Control {
    router: Router,
    access: Access,
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
            access: access.clone(),
            state_file,
        };
        Self {
            access,
            router: router(Arc::new(server)),
            body_bytes,
        }
    }

    /// Answers a request whose path is that of the document. The base is the address the client knows the server by.
    ///
    /// What comes with the request is waited for here. All else happens on a thread that may be blocked: the state of a
    /// world can be large, and reading, checking and writing it must not keep calls of the APIs waiting.
    pub(crate) async fn answer(&self, mut request: Request<Body>, base: PublicBase) -> Response {
        request.extensions_mut().insert(base);
        request.extensions_mut().insert(BodyLimit(self.body_bytes));
        let body = request.body();
        // One that is announced as too large is refused without being waited for.
        let may_be_read = body.size_hint().lower() <= u64::try_from(self.body_bytes).unwrap_or(u64::MAX);
        if may_be_read && !body.is_end_stream() && self.access.lets_in(request.headers()) {
            let (parts, body) = request.into_parts();
            request = match self.gathered(body).await {
                Ok(body) => Request::from_parts(parts, body),
                Err(refusal) => return refusal,
            };
        }
        let answering = self.router.clone().oneshot(request);
        let runtime = Handle::current();
        match spawn_blocking(move || runtime.block_on(answering)).await {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(failed) => match failed.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => problem::answer(StatusCode::SERVICE_UNAVAILABLE, "The server is stopping.", &[]),
            },
        }
    }

    /// A body that is there: whole, or as much of it as shows that it is too large. The error is the answer where it
    /// breaks off.
    async fn gathered(&self, mut body: Body) -> Result<Body, Response> {
        let mut bytes = Vec::new();
        while let Some(frame) = body.frame().await {
            match frame.map(Frame::into_data) {
                Ok(Ok(data)) => bytes.extend_from_slice(&data),
                Ok(Err(_)) => {}
                Err(error) => {
                    let detail = format!("The body broke off: {error}.");
                    return Err(problem::answer(StatusCode::BAD_REQUEST, &detail, &[]));
                }
            }
            if bytes.len() > self.body_bytes {
                break;
            }
        }
        Ok(Body::from(bytes))
    }
}
