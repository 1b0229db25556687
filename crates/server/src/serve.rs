//! [`Server`]: listens, and answers until it is told to stop.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::desk::Desk;
use crate::guard::{self, Names};
use crate::refusal::Refusal;
use crate::{api, mcp, pages};
use pincite_core::engine::Engine;
use pincite_core::index::Report;
use pincite_core::{Error, Result};

/// The longest body of a request, in bytes: a draft of some 600 pages.
const MAX_BODY: usize = 2 << 20;

/// The time limit of a request.
const TIME: Duration = Duration::from_secs(60);

/// The time that requests have to end after the server was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// The interval between two looks for commits of other processes.
const LOOK: Duration = Duration::from_secs(1);

/// The address that a server listens at, and the hosts that it answers for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address to listen on.
    pub address: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Names that it answers to, beside those of the loopback interface and its address.
    pub allowed_hosts: Vec<String>,
    /// The report of the last update of the index, for the page of the library.
    pub report: Option<Report>,
}

impl Default for Options {
    fn default() -> Self {
        let address = Ipv4Addr::LOCALHOST.into();
        Self { address, port: Self::PORT, allowed_hosts: Vec::new(), report: None }
    }
}

impl Options {
    /// The port where no other is given.
    pub const PORT: u16 = 7465;
}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    engine: Arc<Engine>,
    app: Router,
}

impl Server {
    /// Listens, and opens the index.
    ///
    /// # Errors
    /// The index cannot be opened; the port is taken.
    pub fn bind(engine: Arc<Engine>, options: &Options) -> Result<Self> {
        engine.mark()?;
        let address = SocketAddr::new(options.address, options.port);
        let listen = || {
            let listener = TcpListener::bind(address)?;
            listener.set_nonblocking(true)?;
            Ok((listener.local_addr()?, listener))
        };
        let (address, listener) = listen().map_err(Error::io("listen on", address.to_string()))?;
        let app = app(Arc::clone(&engine), options);
        Ok(Self { listener, address, engine, app })
    }

    /// The address of its first page: `http://127.0.0.1:7465/`.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Answers until the process is told to stop (SIGINT, SIGTERM), and then what was begun.
    ///
    /// # Errors
    /// The system gives no threads.
    pub fn run(self) -> Result<()> {
        let runtime = runtime()?;
        let refused = Error::io("listen on", self.address.to_string());
        look_for_commits(Arc::downgrade(&self.engine));
        let (told, mut stop) = tokio::sync::watch::channel(false);
        let served = runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let serving = axum::serve(listener, self.app).with_graceful_shutdown(async move {
                told_to_stop().await;
                let _ = told.send(true);
            });
            let late = async {
                let _ = stop.wait_for(|stop| *stop).await;
                tokio::time::sleep(GRACE).await;
            };
            tokio::select! {
                served = async { serving.await } => served,
                () = late => Ok(()),
            }
        });
        // Work that nobody waits for any more is not waited for.
        runtime.shutdown_background();
        served.map_err(refused)
    }
}

/// A runtime for answers; what blocks has threads of its own.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .worker_threads(2)
        .enable_io()
        .enable_time()
        .build()
        .map_err(Error::io("start", "threads"))
}

/// Returns the routes of a server, for tests and for other programs to serve.
pub fn app(engine: Arc<Engine>, options: &Options) -> Router {
    let names = Names::new(options.address, &options.allowed_hosts);
    let desk = Desk::new(engine, options.report.clone());
    Router::new()
        .merge(pages::routes())
        .nest("/v1", api::routes())
        .with_state(desk.clone())
        .merge(mcp::routes(desk))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(|_| {
            Refusal::internal("pincite failed where it should not have").into_response()
        }))
        .layer(from_fn_with_state(names, guard::names))
        .layer(from_fn(guard::headers))
}

/// Looks every now and then whether another process has committed, for as long as there is the
/// engine. What goes wrong is said by the next answer that needs the index.
pub(crate) fn look_for_commits(engine: Weak<Engine>) {
    thread::spawn(move || {
        loop {
            thread::sleep(LOOK);
            let Some(engine) = engine.upgrade() else { break };
            let _ = engine.refresh();
        }
    });
}

/// Waits until the process is told to stop.
fn told_to_stop() -> impl Future<Output = ()> {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let ended = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    async {
        tokio::select! {
            () = interrupted => {}
            () = ended => {}
        }
    }
}
