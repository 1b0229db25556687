//! Who is answered, and what browsers may do with the answer.
//!
//! A page of another site can make a browser ask a server on the same machine, or, by having its
//! name point there, read the answers. So the name that was asked has to be ours, and so has the
//! origin, where a browser gives one.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::refusal::Refusal;

/// The content security policy of pages: our own script and styles, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' \
                      data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// The names that the server answers to.
#[derive(Debug, Clone)]
pub(crate) struct Names(Arc<[String]>);

impl Names {
    /// Those of the loopback interface, of the address that is listened on, and `others`.
    pub(crate) fn new(address: IpAddr, others: &[String]) -> Self {
        let mut names = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec();
        if !address.is_unspecified() {
            names.push(match address {
                IpAddr::V4(address) => address.to_string(),
                IpAddr::V6(address) => format!("[{address}]"),
            });
        }
        names.extend(others.iter().map(|name| name.to_ascii_lowercase()));
        Self(names.into())
    }

    /// Returns why a request with these headers is not answered, if it is not.
    fn refuse(&self, headers: &HeaderMap) -> Option<Refusal> {
        let forbidden = |detail: String| {
            Refusal::new(StatusCode::FORBIDDEN, "forbidden", "This is not answered", detail)
        };
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let Some(host) = host.map(str::to_ascii_lowercase) else {
            return Some(Refusal::bad_request("the request has no Host"));
        };
        if !self.0.iter().any(|name| name == without_port(&host)) {
            let detail = format!("this server is not called “{}”", without_port(&host));
            return Some(forbidden(detail).with_hint("name it with --allow-host NAME"));
        }
        let origin = headers.get(header::ORIGIN)?;
        let origin = origin.to_str().unwrap_or_default().to_ascii_lowercase();
        let ours = ["http://", "https://"].iter().any(|it| origin.strip_prefix(it) == Some(&*host));
        (!ours).then(|| forbidden(format!("pages of “{origin}” may not ask this server")))
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        // The colons of an IPv6 address are in brackets.
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Answers requests to one of our names from one of our pages, or from no page.
pub(crate) async fn names(State(names): State<Names>, request: Request, next: Next) -> Response {
    match names.refuse(request.headers()) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

/// Adds to every answer what browsers may do with it.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = HeaderValue::from_static(POLICY);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(host: &str, origin: Option<&str>) -> Option<u16> {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a header"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("a header"));
        }
        let names = Names::new([127, 0, 0, 1].into(), &["Desk.example".to_owned()]);
        names.refuse(&headers).map(|refusal| refusal.status.as_u16())
    }

    #[test]
    fn only_our_names_and_our_pages_are_answered() {
        for host in ["localhost:80", "127.0.0.1", "[::1]:80", "[::1]", "desk.example", "LOCALHOST"]
        {
            assert_eq!(asked(host, None), None, "{host}");
        }
        for host in ["evil.example", "localhost.evil.example:80", "::1", "", "127.0.0.1.evil"] {
            assert_eq!(asked(host, None), Some(403), "{host}");
        }
        assert_eq!(asked("localhost:80", Some("http://localhost:80")), None);
        for origin in
            ["http://evil.example", "http://localhost:81", "null", "http://localhost:80.x"]
        {
            assert_eq!(asked("localhost:80", Some(origin)), Some(403), "{origin}");
        }
    }
}
