//! The yardstick: axum with nothing around it, answering every request with one body.

use std::error::Error;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use mock_server::membership_apis::clerk::models::{
    CreateOrganizationMembershipRequest, OrganizationMembership, OrganizationMemberships,
};

use crate::connection::Connection;

/// A running server; it ends with the process.
pub(crate) struct Yardstick {
    addr: SocketAddr,
}

/// The bodies it has ready.
struct Ready {
    page: OrganizationMemberships,
    membership: OrganizationMembership,
}

impl Yardstick {
    /// A server that answers with what the other one answers to the first of these requests.
    pub(crate) fn answering_as(
        model: SocketAddr,
        connections: &[Vec<String>],
    ) -> Result<Self, Box<dyn Error>> {
        let request = connections
            .first()
            .and_then(|requests| requests.first())
            .ok_or("no requests")?;
        // What the request changes, if anything, must be undone: whatever is added is removed by the requests after it.
        let mut connection = Connection::open(model)?;
        let body = connection.ask(request)?;
        for request in connections.first().into_iter().flatten().skip(1) {
            connection.ask(request)?;
        }
        let ready = match serde_json::from_slice::<OrganizationMemberships>(&body) {
            Ok(page) => Ready {
                page,
                membership: OrganizationMembership::default(),
            },
            Err(_) => Ready {
                page: OrganizationMemberships {
                    data: Vec::new(),
                    total_count: 0,
                },
                membership: serde_json::from_slice(&body)?,
            },
        };
        Self::start(ready)
    }

    pub(crate) fn addr(&self) -> SocketAddr {
        self.addr
    }

    fn start(ready: Ready) -> Result<Self, Box<dyn Error>> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let router = Router::new()
            .route(
                "/v1/organizations/{organization_id}/memberships",
                get(list).post(create),
            )
            .route(
                "/v1/organizations/{organization_id}/memberships/{user_id}",
                axum::routing::delete(remove),
            )
            .with_state(Arc::new(ready));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        thread::spawn(move || {
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener)?;
                axum::serve(listener, router).await
            })
        });
        Ok(Self { addr })
    }
}

async fn list(State(ready): State<Arc<Ready>>) -> Json<OrganizationMemberships> {
    Json(ready.page.clone())
}

async fn create(
    State(ready): State<Arc<Ready>>,
    Json(_): Json<CreateOrganizationMembershipRequest>,
) -> Json<OrganizationMembership> {
    Json(ready.membership.clone())
}

async fn remove(State(ready): State<Arc<Ready>>) -> Json<OrganizationMembership> {
    Json(ready.membership.clone())
}
