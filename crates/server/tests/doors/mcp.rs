//! The tools for language models, as `rmcp`'s own client calls them.

use pincite_server::mcp_over;
use rmcp::model::{CallToolRequestParams, ReadResourceRequestParams};
use rmcp::service::RunningService;
use rmcp::{RoleClient, ServiceExt};
use serde_json::{Value, json};

use crate::desk::Desk;

type Client = RunningService<RoleClient, ()>;

/// Runs `talk` with a client of the tools over `desk`.
fn with_client<F: Future<Output = ()>>(desk: &Desk, talk: impl FnOnce(Client) -> F) {
    let engine = desk.engine();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let (ours, theirs) = tokio::io::duplex(1 << 16);
        let (input, output) = tokio::io::split(theirs);
        let served = tokio::spawn(mcp_over(engine, input, output));
        talk(().serve(tokio::io::split(ours)).await.expect("a client")).await;
        served.await.expect("it ends").expect("without an error");
    });
}

/// Calls a tool, whose answer has to be the same as text and as a structure.
async fn call(client: &Client, name: &'static str, arguments: Value) -> Value {
    let arguments = arguments.as_object().expect("arguments").clone();
    let request = CallToolRequestParams::new(name).with_arguments(arguments);
    let result = client.call_tool(request).await.expect("an answer");
    let answer = serde_json::to_value(&result).expect("JSON");
    assert_ne!(answer["isError"], true, "{answer}");
    let content = answer["content"].as_array().expect("content");
    assert_eq!(content.len(), 1, "{answer}");
    let text: Value =
        serde_json::from_str(content[0]["text"].as_str().expect("text")).expect("JSON");
    assert_eq!(text, answer["structuredContent"]);
    text
}

#[test]
fn a_model_searches_fetches_verifies_checks_and_cites() {
    let desk = Desk::new();
    with_client(&desk, |client| async move {
        let info = client.peer_info().expect("what the server is");
        let instructions = serde_json::to_value(&*info).expect("JSON");
        assert!(instructions.to_string().contains("verify_quote"), "{instructions}");
        let tools = client.list_all_tools().await.expect("tools");
        let names: Vec<&str> = tools.iter().map(|tool| &*tool.name).collect();
        assert_eq!(names, ["search", "fetch", "verify_quote", "check_claim", "cite"]);

        let found = call(&client, "search", json!({"query": "bridge opened 1932"})).await;
        let first = &found["results"][0];
        assert_eq!(first["id"], "bridge#p1.1");
        assert_eq!(first["title"], "The Bridge at Dunmere");
        assert_eq!(first["text"], "The bridge at Dunmere was opened in June 1932.");
        assert!(first["url"].as_str().is_some_and(|url| url.starts_with("file:///")), "{first}");

        let fetched = call(&client, "fetch", json!({"id": "bridge#p1.1"})).await;
        assert_eq!(fetched["text"], first["text"]);
        let whole = call(&client, "fetch", json!({"id": "bridge"})).await;
        assert!(whole["text"].as_str().is_some_and(|text| text.contains("Two lanes")), "{whole}");

        for (quote, source, status) in [
            ("It had cost 40,000 pounds.", Some("bridge"), "exact"),
            ("It had cost 50,000 pounds.", Some("bridge"), "altered"),
            ("It had cost 40,000 pounds.", None, "exact"),
        ] {
            let asked = json!({"quote": quote, "source": source});
            let verified = call(&client, "verify_quote", asked).await;
            assert_eq!(verified["results"][0]["status"], status, "{verified}");
        }
        let claim = json!({"claim": "The bridge at Dunmere was opened in June 1932."});
        let checked = call(&client, "check_claim", claim).await;
        assert_eq!(checked["checks"][0]["verdict"], "disputed");
        let cited = call(&client, "cite", json!({"id": "bridge#p1.1", "format": "ris"})).await;
        assert!(cited["document"].as_str().is_some_and(|it| it.starts_with("TY  - ")), "{cited}");

        let resources = client.list_all_resources().await.expect("resources");
        assert_eq!(resources[0].uri, "pincite://source/bridge");
        let read = client.read_resource(ReadResourceRequestParams::new(resources[0].uri.clone()));
        let read = serde_json::to_value(read.await.expect("a source")).expect("JSON");
        assert!(read["contents"][0]["text"].as_str().is_some_and(|it| it.contains("1932")));
        let nowhere = ReadResourceRequestParams::new("pincite://source/nowhere");
        assert!(client.read_resource(nowhere).await.is_err());
        client.cancel().await.expect("it ends");
    });
}

#[test]
fn answers_have_the_shapes_that_were_announced() {
    let desk = Desk::new();
    with_client(&desk, |client| async move {
        for tool in client.list_all_tools().await.expect("tools") {
            let arguments = match &*tool.name {
                "search" => json!({"query": "bridge", "limit": 2}),
                "verify_quote" => json!({"quote": "It had cost 40,000 pounds."}),
                "check_claim" => json!({"claim": "The bridge at Dunmere was opened in June 1933."}),
                _ => json!({"id": "ferry#p1.2"}),
            };
            let schema = |it: &Value, schema: &Value| {
                let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
                compiler
                    .add_resource("https://schema.invalid/it", schema.clone())
                    .expect("a schema");
                let index = compiler.compile("https://schema.invalid/it", &mut schemas);
                schemas.validate(it, index.expect("a schema")).expect("as announced");
            };
            let input = Value::Object((*tool.input_schema).clone());
            // Models fill in flat arguments more surely than nested ones.
            assert!(!input.to_string().contains("$ref"), "{input}");
            schema(&arguments, &input);
            let output = tool.output_schema.clone().expect("a schema of the output");
            let name: &'static str = Box::leak(tool.name.into_owned().into_boxed_str());
            schema(&call(&client, name, arguments).await, &Value::Object((*output).clone()));
        }
        let wrong = json!({"query": "bridge", "colour": "green"});
        let request = CallToolRequestParams::new("search")
            .with_arguments(wrong.as_object().expect("arguments").clone());
        let wrong = serde_json::to_value(client.call_tool(request).await.expect("an answer"));
        let wrong = wrong.expect("JSON");
        assert!(wrong["isError"] == true && wrong.to_string().contains("colour"), "{wrong}");
        client.cancel().await.expect("it ends");
    });
}

#[test]
fn the_same_tools_are_served_over_http() {
    let desk = Desk::new();
    let post = |body: Value| {
        let request = axum::http::Request::post("/mcp")
            .header("host", "localhost:7465")
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream");
        desk.send(request.body(axum::body::Body::from(body.to_string())).expect("a request"))
    };
    let search = json!({"name": "search", "arguments": {"query": "ferry"}});
    let answer = post(json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": search}));
    let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
    let url = &answer["result"]["structuredContent"]["results"][0]["url"];
    assert_eq!(url, "http://localhost:7465/s/ferry#p1.2", "{answer}");
    let rebound = axum::http::Request::post("/mcp").header("host", "evil.example");
    let rebound = desk.send(rebound.body(axum::body::Body::empty()).expect("a request"));
    assert_eq!(rebound.status, 403);
}
