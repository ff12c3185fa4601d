//! From a request to its answer: what stands around the APIs, and which of them is meant.
//!
//! The rewrite (see [`Address`]) wraps everything: it finds the API and gives it the path it knows, so that each API's
//! router answers for unknown routes and methods itself. A request then goes through what can be forced and what goes
//! wrong on purpose, and on to the API's own router.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use api_support::server::{Match, Routes};
use api_support::{BodyLimit, Outcome};
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::uri::PathAndQuery;
use http::{HeaderMap, Request, StatusCode, Uri};
use tower::ServiceExt as _;

use crate::address::{Address, Target};
use crate::config::{Config, Limits};
use crate::control::{Access, Control};
use crate::journal::redaction;
use crate::layers::cors::Cors;
use crate::layers::lateness::Lateness;
use crate::layers::log::Line;
use crate::layers::recording::{Purpose, Recording};
use crate::layers::{faults, forced, host, panics, sizes};
use crate::served::{APIS, Served};
use crate::state_file::{StateFile, StateFileError};
use crate::visit::{PublicBase, Visit};
use crate::world::{World, WorldName, Worlds};
use crate::{fixtures, guide, problem};

/// The header that names a world, for clients whose base URL cannot be set.
const WORLD_HEADER: &str = "x-mock-world";

/// Everything that answers requests.
#[derive(Debug)]
pub(crate) struct App {
    apis: Vec<Mounted>,
    control: Control,
    credentials: Vec<String>,
    worlds: Arc<Worlds>,
    state_file: Option<Arc<StateFile>>,
    limits: Limits,
    undocumented: AtomicU64,
}

#[derive(Debug)]
struct Mounted {
    served: &'static Served,
    routes: Routes,
    router: Router,
}

/// A request to an API or to nothing, and the world it is for.
struct Visitor<'a> {
    world: World,
    base: PublicBase,
    /// The path as the vendor has it.
    path: &'a str,
}

impl App {
    pub(crate) fn new(config: &Config, read: fixtures::Read, access: Access) -> Self {
        let mount = |served: &&'static Served| Mounted {
            served,
            routes: Routes::new(served.operations, served.wire.trailing_slash),
            router: (served.router)(config),
        };
        let credentials = guide::credentials(&read.fixtures);
        let worlds = Arc::new(Worlds::new(read, config));
        let state_file = config.state.as_deref().map(|path| Arc::new(StateFile::at(path)));
        Self {
            apis: APIS.iter().map(mount).collect(),
            control: Control::new(
                Arc::clone(&worlds),
                access,
                state_file.clone(),
                config.limits.control_body_bytes,
            ),
            credentials,
            worlds,
            state_file,
            limits: config.limits,
            undocumented: AtomicU64::new(0),
        }
    }

    /// The worlds that requests are for.
    pub(crate) fn worlds(&self) -> &Worlds {
        &self.worlds
    }

    /// Brings back the worlds of the state file, where there is one.
    pub(crate) fn restore(&self) -> Result<(), StateFileError> {
        match &self.state_file {
            Some(file) => file.read(&self.worlds),
            None => Ok(()),
        }
    }

    /// Writes the state file, where there is to be one.
    pub(crate) fn save(&self) -> Result<(), StateFileError> {
        match &self.state_file {
            Some(file) => file.write(&self.worlds).map(drop),
            None => Ok(()),
        }
    }

    /// For each API a header that lets a call in.
    pub(crate) fn credentials(&self) -> &[String] {
        &self.credentials
    }

    /// How many answers were sent that their operation does not document.
    pub(crate) fn undocumented(&self) -> u64 {
        self.undocumented.load(Ordering::Relaxed)
    }

    /// Answers a request, whatever it is.
    pub(crate) async fn answer(&self, request: Request<Body>) -> Response {
        let line = Line::begin(&request);
        let cors = Cors::of(request.headers());
        let mut response = match cors.preflight(request.method()) {
            Some(response) => response,
            None => {
                let answered = panics::caught(self.route(request)).await;
                answered.unwrap_or_else(|panicked| self.counted(panicked))
            }
        };
        cors.allow(&mut response);
        line.end(&response);
        response
    }

    async fn route(&self, mut request: Request<Body>) -> Response {
        if let Some(refusal) = sizes::refusal(&request, &self.limits) {
            return refusal;
        }
        if let Some(refusal) = host::refusal(&request) {
            return refusal;
        }
        host::take_from_target(&mut request);
        let path = request.uri().path().to_owned();
        let found = Address::of(&path)
            .map_err(|bad| bad.to_string())
            .and_then(|address| Ok((world(address.world.as_ref(), request.headers())?, address)));
        let (name, address) = match found {
            Ok(found) => found,
            Err(detail) => return problem::answer(StatusCode::BAD_REQUEST, &detail, &[]),
        };
        let base = PublicBase {
            origin: host::origin(request.headers()),
            prefix: address.prefix.to_owned(),
            is_world_in_header: request.headers().contains_key(WORLD_HEADER),
        };
        match address.target {
            Target::Index => return guide::page(request.method(), &base, &self.credentials),
            Target::Control(inner) => return self.steer(inner, base, request).await,
            Target::Api(..) | Target::Nothing(_) => {}
        }
        let world = match self.worlds.get_or_begin(&name) {
            Ok(world) => world,
            Err(no_room) => {
                return problem::answer(StatusCode::SERVICE_UNAVAILABLE, &no_room.to_string(), &[]);
            }
        };
        let visitor = Visitor {
            world,
            base,
            path: address.own_path,
        };
        match address.target {
            Target::Api(index, inner) if let Some(api) = self.apis.get(index) => {
                self.visit(api, &inner, visitor, request).await
            }
            _ => miss(visitor, request).await,
        }
    }

    /// Hands a request to the control API, under the path its document has.
    async fn steer(&self, path: &str, base: PublicBase, mut request: Request<Body>) -> Response {
        let Some(uri) = within(path, request.uri().query()) else {
            return unreadable_path();
        };
        *request.uri_mut() = uri;
        let lateness = Lateness::of(&request);
        self.counted(lateness.checked(self.control.answer(request, base).await))
    }

    /// Hands a request to its API, under the path the API knows.
    async fn visit(
        &self,
        api: &Mounted,
        path: &str,
        visitor: Visitor<'_>,
        mut request: Request<Body>,
    ) -> Response {
        let Some(uri) = within(path, request.uri().query()) else {
            return unreadable_path();
        };
        *request.uri_mut() = uri;
        let Visitor { world, base, path } = visitor;
        let (epoch, random) = world.next_request();
        let found = api.routes.find(request.method(), request.uri().path());
        let operation = match found {
            Match::Operation { index, .. } => api.served.operations.get(index),
            Match::Path { .. } | Match::Nothing { .. } => None,
        };
        let purpose = Purpose {
            epoch: &epoch,
            arrival: random.position(),
            api: Some(api.served),
            operation,
            path,
        };
        let mut recording = Recording::begin(purpose, &mut request);
        recording.found(&found);
        tracing::debug!(
            api = api.served.name,
            world = world.name().as_str(),
            path = redaction::path(path),
            "a request for an API"
        );
        let rng = &mut random.made_up();
        let forced = forced::answer(api.served, operation, request.headers(), rng);
        if let Some((response, by)) = forced {
            recording.answered_by(by);
            return recording.end(response).await;
        }
        let strike = faults::strike(purpose, &request, random);
        let asked = self.ask(api, Visit::new(base, world, epoch, random), request);
        match strike {
            Some(strike) => faults::answer(strike, recording, asked).await,
            None => recording.end(asked.await).await,
        }
    }

    /// Has the API answer.
    async fn ask(&self, api: &Mounted, visit: Visit, mut request: Request<Body>) -> Response {
        let lateness = Lateness::of(&request);
        request.extensions_mut().insert(visit);
        request.extensions_mut().insert(BodyLimit(self.limits.body_bytes));
        // Caught here, so that it is recorded as any other answer.
        let answered = panics::caught(api.router.clone().oneshot(request)).await;
        let response = match answered {
            Ok(Ok(response)) => lateness.checked(response),
            Ok(Err(never)) => match never {},
            Err(panicked) => panicked,
        };
        self.counted(response)
    }

    /// The same answer; where its operation does not document it, it is counted and logged.
    fn counted(&self, response: Response) -> Response {
        if let Some(outcome) = response
            .extensions()
            .get::<Outcome>()
            .filter(|outcome| !outcome.documented)
        {
            let before = self.undocumented.fetch_add(1, Ordering::Relaxed);
            let operation = outcome.operation.map_or("", |operation| operation.id);
            let status = response.status().as_u16();
            tracing::error!(
                operation,
                status,
                so_far = before + 1,
                "an answer that its operation does not document"
            );
        }
        response
    }
}

/// The answer to a request for no API, which its world keeps too: whoever wonders why finds it there.
async fn miss(visitor: Visitor<'_>, mut request: Request<Body>) -> Response {
    let Visitor { world, base, path } = visitor;
    let (epoch, random) = world.next_request();
    let purpose = Purpose {
        epoch: &epoch,
        arrival: random.position(),
        api: None,
        operation: None,
        path,
    };
    let recording = Recording::begin(purpose, &mut request);
    let response = guide::nothing(path, &base);
    recording.end(response).await
}

fn unreadable_path() -> Response {
    problem::answer(StatusCode::BAD_REQUEST, "The path cannot be read.", &[])
}

/// The world a request is for: the one its path and its header name, which must not differ.
fn world(in_path: Option<&WorldName>, headers: &HeaderMap) -> Result<WorldName, String> {
    let mut world = in_path.cloned();
    for value in headers.get_all(WORLD_HEADER) {
        let named =
            WorldName::parse(&String::from_utf8_lossy(value.as_bytes())).map_err(|bad| bad.to_string())?;
        match &world {
            Some(other) if *other != named => {
                return Err(format!(
                    "The request names two worlds, {other} and {named}. Name one."
                ));
            }
            _ => world = Some(named),
        }
    }
    Ok(world.unwrap_or_default())
}

fn within(path: &str, query: Option<&str>) -> Option<Uri> {
    let path_and_query = match query {
        Some(query) => PathAndQuery::try_from(format!("{path}?{query}")),
        None => PathAndQuery::try_from(path),
    };
    path_and_query.ok().map(Uri::from)
}

#[cfg(test)]
mod tests;
