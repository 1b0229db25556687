//! [`Browser`]: as much of WebDriver as the test needs, over plain HTTP.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// The name by which WebDriver calls elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A headless browser, which ends with this.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// Starts a browser that keeps what it has in `folder`; `None` where there is none.
    pub(crate) fn start(folder: &Path) -> Option<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
        let mut driver = Command::new("chromedriver");
        driver.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = driver.spawn().ok()?;
        let mut browser = Self { driver, port, session: String::new() };
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            &profile,
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }}});
        for _ in 0..100 {
            if browser.send("GET", "/status", &Value::Null).is_some() {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        let session = browser.send("POST", "/session", &wanted)?;
        browser.session = format!("/session/{}", session["sessionId"].as_str()?);
        Some(browser)
    }

    pub(crate) fn go(&self, url: &str) {
        self.ask("/url", &json!({"url": url}));
    }

    pub(crate) fn resize(&self, width: u32, height: u32) {
        // Windows have a least width; what pages see of the screen has not.
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": true});
        let command = "Emulation.setDeviceMetricsOverride";
        self.ask("/goog/cdp/execute", &json!({"cmd": command, "params": metrics}));
    }

    /// The page as a screen reader is given it: the nodes that are not passed over, in their order.
    pub(crate) fn accessible(&self) -> Vec<Value> {
        let command = json!({"cmd": "Accessibility.getFullAXTree", "params": {}});
        let tree = self.ask("/goog/cdp/execute", &command);
        let nodes = tree["nodes"].as_array().expect("nodes").clone();
        let mut byid: HashMap<_, _> =
            nodes.iter().map(|node| (node["nodeId"].clone(), node)).collect();
        let mut open = vec![&nodes[0]];
        let mut ordered = Vec::new();
        while let Some(node) = open.pop() {
            let below = node["childIds"].as_array().map_or(&[][..], Vec::as_slice);
            open.extend(below.iter().rev().filter_map(|id| byid.remove(id)));
            if node["ignored"] != true {
                ordered.push(node.clone());
            }
        }
        ordered
    }

    /// Runs a script in the page, and returns what it returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.ask("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// Waits until an expression is true.
    pub(crate) fn wait(&self, expression: &str) {
        for _ in 0..150 {
            if self.run(&format!("return ({expression})")) == true {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
        let page = self.run("return document.body.innerText");
        panic!("not so: {expression}; the page says {page}");
    }

    /// Types into an element.
    pub(crate) fn keys(&self, selector: &str, text: &str) {
        let found = self.ask("/element", &json!({"using": "css selector", "value": selector}));
        let id = found[ELEMENT].as_str().expect("an element");
        self.ask(&format!("/element/{id}/value"), &json!({"text": text}));
    }

    /// Presses a key, wherever the focus is.
    pub(crate) fn press(&self, key: &str) {
        let presses =
            [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})];
        let actions = json!({"actions": [{"type": "key", "id": "keys", "actions": presses}]});
        self.ask("/actions", &actions);
    }

    /// Returns what the console has said that is worse than a note.
    pub(crate) fn complaints(&self) -> Vec<Value> {
        let log = self.ask("/se/log", &json!({"type": "browser"}));
        let log = log.as_array().expect("a log").iter();
        log.filter(|it| it["level"] == "SEVERE" || it["level"] == "WARNING").cloned().collect()
    }

    /// The addresses that the pages have asked for.
    pub(crate) fn asked(&self) -> Vec<String> {
        let log = self.ask("/se/log", &json!({"type": "performance"}));
        let events = log.as_array().expect("a log").iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let event = &event["message"];
            let is_request = event["method"] == "Network.requestWillBeSent";
            let url = event["params"]["request"]["url"].as_str()?.to_owned();
            let is_own = ["data:", "chrome:"].iter().any(|it| url.starts_with(it));
            (is_request && !is_own).then_some(url)
        });
        events.collect()
    }

    fn ask(&self, path: &str, body: &Value) -> Value {
        let path = format!("{}{path}", self.session);
        self.send("POST", &path, body).unwrap_or_else(|| panic!("{path} {body} has no answer"))
    }

    /// Sends a command, and returns its value; `None` if it failed.
    fn send(&self, method: &str, path: &str, body: &Value) -> Option<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let body = if body.is_null() { String::new() } else { body.to_string() };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        )
        .ok()?;
        let mut answer = Vec::new();
        // A connection may be kept open: what was announced is read, and no more.
        let mut part = [0; 1 << 16];
        loop {
            let text = String::from_utf8_lossy(&answer).into_owned();
            if let Some((head, rest)) = text.split_once("\r\n\r\n") {
                let announced = head.lines().find_map(|line| {
                    let (name, value) = line.split_once(':')?;
                    name.eq_ignore_ascii_case("content-length")
                        .then(|| value.trim().parse().ok())?
                });
                if announced.is_some_and(|length: usize| rest.len() >= length) {
                    let value: Value = serde_json::from_str(rest).ok()?;
                    let failed = !head.starts_with("HTTP/1.1 200");
                    return (!failed).then(|| value["value"].clone());
                }
            }
            match stream.read(&mut part).ok()? {
                0 => return None,
                n => answer.extend_from_slice(&part[..n]),
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = self.send("DELETE", &self.session, &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
