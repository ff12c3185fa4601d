//! The yardstick: axum with nothing around it, answering every request with one body it has ready, as a struct, and
//! reading the same request bodies into the same structs.

use std::error::Error;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A running server; it ends with the process.
pub(crate) struct Yardstick {
    addr: SocketAddr,
}

/// Makes a router out of a recorded body.
pub(crate) type Ready = fn(&[u8]) -> Result<Router, Box<dyn Error>>;

/// Answers everything with a body of type `T`.
pub(crate) fn reading<T>(body: &[u8]) -> Result<Router, Box<dyn Error>>
where
    T: Clone + DeserializeOwned + Serialize + Send + Sync + 'static,
{
    let ready: Arc<T> = Arc::new(serde_json::from_slice(body)?);
    let answer = |State(ready): State<Arc<T>>| async move { Json(T::clone(&ready)) };
    Ok(Router::new()
        .route("/{*path}", get(answer).post(answer).put(answer).delete(answer))
        .with_state(ready))
}

/// Reads a body of type `B` and answers it with one of type `T`, anything without a body as well.
pub(crate) fn writing<B, T>(body: &[u8]) -> Result<Router, Box<dyn Error>>
where
    B: DeserializeOwned + Send + 'static,
    T: Clone + DeserializeOwned + Serialize + Send + Sync + 'static,
{
    let ready: Arc<T> = Arc::new(serde_json::from_slice(body)?);
    let write = |State(ready): State<Arc<T>>, Json(_): Json<B>| async move { Json(T::clone(&ready)) };
    let remove = |State(ready): State<Arc<T>>| async move { Json(T::clone(&ready)) };
    Ok(Router::new()
        .route("/{*path}", axum::routing::post(write).put(write).delete(remove))
        .with_state(ready))
}

/// Reads a body of type `B` and answers with nothing but a status.
pub(crate) fn writing_only<B>(_: &[u8]) -> Result<Router, Box<dyn Error>>
where
    B: DeserializeOwned + Send + 'static,
{
    let write = |Json(_): Json<B>| async { StatusCode::CREATED };
    let remove = || async { StatusCode::NO_CONTENT };
    Ok(Router::new().route("/{*path}", axum::routing::post(write).put(write).delete(remove)))
}

impl Yardstick {
    pub(crate) fn start(router: Router) -> Result<Self, Box<dyn Error>> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
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

    pub(crate) fn addr(&self) -> SocketAddr {
        self.addr
    }
}
