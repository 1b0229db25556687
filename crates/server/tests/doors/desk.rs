//! A server over articles of its own, and requests to it.

use std::fs;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use pincite_core::engine::Engine;
use pincite_core::index::Update;
use pincite_server::{Options, app};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

/// Two articles that disagree, and one that tries to get out of the page.
const ARTICLES: [(&str, &str); 3] = [
    (
        "bridge.md",
        "---\ntitle: The Bridge at Dunmere\nauthor: Rowan Example\npublisher: Sample Press\n\
         date: 2024-05-02\n---\n\nThe bridge at Dunmere was opened in June 1932. It had cost 40,000 \
         pounds.\n\nTwo lanes were closed for repairs. Nobody said “for good”.\n",
    ),
    (
        "ferry.md",
        "---\ntitle: Ferries of Dunmere\npublisher: Fixture Weekly\ndate: 2023\n---\n\n\
         The bridge at Dunmere was opened in June 1934. The ferry went on for a year.\n",
    ),
    (
        "hostile.txt",
        "Hostile Notes\n\nThe <script>alert(1)</script> tower of Dunmere fell in \u{202e}1950.\n\n\
         It was \"quoted\" & <img src=x onerror=alert(2)> escaped.\n",
    ),
];

/// A server over an index of [`ARTICLES`].
pub(crate) struct Desk {
    folder: TempDir,
    engine: Arc<Engine>,
    app: Router,
}

/// The answer of a server.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let articles = folder.path().join("articles");
        fs::create_dir(&articles).expect("a folder");
        for (name, text) in ARTICLES {
            fs::write(articles.join(name), text).expect("an article");
        }
        let engine = Arc::new(Engine::new(folder.path().join("index")));
        let update = Update { paths: vec![articles], ..Update::default() };
        engine.update(&update, &()).expect("an index");
        let app = app(Arc::clone(&engine), &Options::default());
        Self { folder, engine, app }
    }

    /// The engine that is asked.
    pub(crate) fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine)
    }

    /// Writes an article and indexes it.
    pub(crate) fn add(&self, name: &str, text: &str) {
        let articles = self.folder.path().join("articles");
        fs::write(articles.join(name), text).expect("an article");
        let update = Update { paths: vec![articles], ..Update::default() };
        self.engine.update(&update, &()).expect("an index");
    }

    /// Writes an article, and does not index it.
    pub(crate) fn overwrite(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("articles").join(name), text).expect("an article");
    }

    /// Sends a request.
    pub(crate) fn send(&self, request: Request<Body>) -> Answer {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let response = self.app.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, 64 << 20).await.expect("a body");
            let body = String::from_utf8_lossy(&body).into_owned();
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path).header(header::HOST, "localhost:7465");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).expect("a request"))
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Answer {
        let request = Request::post(path).header(header::HOST, "localhost:7465");
        self.send(request.body(Body::from(body.to_owned())).expect("a request"))
    }
}

impl Answer {
    /// The document, which has to be the answer to what was asked.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// Returns the status and the reason of the refusal.
    pub(crate) fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        let problem: Value = serde_json::from_str(&self.body).expect("JSON");
        assert_eq!(problem["status"], self.status.as_u16());
        (self.status.as_u16(), problem["detail"].as_str().expect("text").to_owned())
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}
