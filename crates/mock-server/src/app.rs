//! From a request to its answer: what stands around the APIs, and which of them is meant.
//!
//! The rewrite (see [`Address`]) wraps everything: it finds the API and gives it the path it knows, so that each API's
//! router answers for unknown routes and methods itself. A request then goes through what can be forced, and on to the
//! API's own router.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};

use api_support::server::Routes;
use api_support::{BodyLimit, Outcome};
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::uri::{Authority, PathAndQuery};
use http::{HeaderMap, Request, StatusCode, Uri, header};
use tower::ServiceExt as _;

use crate::address::{Address, Target};
use crate::config::{Config, Limits};
use crate::layers::cors::Cors;
use crate::layers::log::Line;
use crate::layers::{forced, log, panics, sizes};
use crate::served::{APIS, Served};
use crate::visit::{PublicBase, Visit};
use crate::world::{World, WorldName};
use crate::{fixtures, guide, problem};

/// The header that names a world, for clients whose base URL cannot be set.
const WORLD_HEADER: &str = "x-mock-world";

/// Everything that answers requests.
#[derive(Debug)]
pub(crate) struct App {
    apis: Vec<Mounted>,
    credentials: Vec<String>,
    world: World,
    limits: Limits,
    undocumented: AtomicU64,
}

#[derive(Debug)]
struct Mounted {
    served: &'static Served,
    routes: Routes,
    router: Router,
}

impl App {
    pub(crate) fn new(config: &Config, read: fixtures::Read) -> Self {
        let mount = |served: &&'static Served| Mounted {
            served,
            routes: Routes::new(served.operations, served.trailing_slash),
            router: (served.router)(config),
        };
        Self {
            apis: APIS.iter().map(mount).collect(),
            credentials: guide::credentials(&read.fixtures),
            world: World::new(read.state),
            limits: config.limits,
            undocumented: AtomicU64::new(0),
        }
    }

    /// The world that requests without a name of another are for.
    pub(crate) fn world(&self) -> &World {
        &self.world
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
            None => panics::caught(self.route(request)).await,
        };
        cors.allow(&mut response);
        line.end(&response);
        response
    }

    async fn route(&self, request: Request<Body>) -> Response {
        if let Some(refusal) = sizes::refusal(&request, &self.limits) {
            return refusal;
        }
        let path = request.uri().path().to_owned();
        let found = Address::of(&path)
            .map_err(|bad| bad.to_string())
            .and_then(|address| Ok((world(address.world.as_ref(), request.headers())?, address)));
        let (world, address) = match found {
            Ok(found) => found,
            Err(detail) => return problem::answer(StatusCode::BAD_REQUEST, &detail, &[]),
        };
        let base = PublicBase {
            origin: origin(request.headers()),
            prefix: address.prefix.to_owned(),
        };
        match address.target {
            Target::Index => guide::page(request.method(), &base, &self.credentials),
            Target::Nothing(path) => guide::nothing(path, &base),
            Target::Api(index, inner) => match self.apis.get(index) {
                Some(api) => self.visit(api, &inner, &world, base, request).await,
                None => guide::nothing(&path, &base),
            },
        }
    }

    /// Hands a request to its API, under the path the API knows.
    async fn visit(
        &self,
        api: &Mounted,
        path: &str,
        world: &WorldName,
        base: PublicBase,
        mut request: Request<Body>,
    ) -> Response {
        let Some(uri) = within(path, request.uri().query()) else {
            return problem::answer(StatusCode::BAD_REQUEST, "The path cannot be read.", &[]);
        };
        *request.uri_mut() = uri;
        let random = self.world.next_request();
        if let Some(answer) = forced::answer(api.served, &api.routes, &request, &mut random.made_up()) {
            return answer;
        }
        tracing::debug!(api = api.served.name, %world, path = log::path(path), "a request for an API");
        request
            .extensions_mut()
            .insert(Visit::new(base, self.world.clone(), random));
        request.extensions_mut().insert(BodyLimit(self.limits.body_bytes));
        let answered: Result<Response, Infallible> = api.router.clone().oneshot(request).await;
        let response = match answered {
            Ok(response) => response,
            Err(never) => match never {},
        };
        self.count(&response);
        response
    }

    fn count(&self, response: &Response) {
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
    }
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

/// Scheme, host and port as the client wrote them, where that is a host.
fn origin(headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| Authority::try_from(host.as_bytes()).ok())
        .filter(|host| !host.host().is_empty() && !host.as_str().contains('@'));
    match host {
        Some(host) => format!("http://{host}"),
        None => "http://localhost".to_owned(),
    }
}

fn within(path: &str, query: Option<&str>) -> Option<Uri> {
    let path_and_query = match query {
        Some(query) => PathAndQuery::try_from(format!("{path}?{query}")),
        None => PathAndQuery::try_from(path),
    };
    path_and_query.ok().map(Uri::from)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn links_lead_to_the_host_that_was_asked_and_to_no_odd_one() {
        let origin = |host| {
            origin(&HeaderMap::from_iter([(
                header::HOST,
                HeaderValue::from_static(host),
            )]))
        };
        assert_eq!(origin("mock.test:4010"), "http://mock.test:4010");
        assert_eq!(origin("[::1]:4010"), "http://[::1]:4010");
        for odd in ["", "a b", "<x>", "user@evil.test", "evil.test/..", "a\"b"] {
            assert_eq!(origin(odd), "http://localhost", "{odd}");
        }
    }

    #[test]
    fn the_world_comes_from_the_path_or_the_header_and_both_must_agree() {
        let name = |text| WorldName::parse(text).unwrap();
        let header =
            |text| HeaderMap::from_iter([(WORLD_HEADER.parse().unwrap(), HeaderValue::from_static(text))]);
        assert_eq!(world(None, &HeaderMap::new()), Ok(WorldName::default()));
        assert_eq!(world(None, &header("a")), Ok(name("a")));
        assert_eq!(world(Some(&name("a")), &header("a")), Ok(name("a")));
        world(Some(&name("a")), &header("b")).unwrap_err();
        world(None, &header("a b")).unwrap_err();
    }
}
