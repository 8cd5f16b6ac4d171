//! The protocol library alone, as it comes: what it does today decides which of our workarounds are still needed.
#![expect(unreachable_pub, reason = "test files include this as a module of their own")]

use std::{
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, InputRequiredResult, ListToolsResult,
        PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
    },
    service::RequestContext,
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
    },
};
use serde_json::{Value, json};

use crate::support::{Response, exchange};

/// A word that is in an error of a tool, and in the arguments of a call.
pub const SENTINEL: &str = "sentinel-of-the-gotchas";

/// A server of the library on a port of its own, with nothing of ours around it. It lives as long as the test.
pub struct Upstream {
    address: String,
    /// What the tool `hang` tells: that it has begun, and a while after its client has gone, that it still runs.
    pub told: mpsc::Receiver<&'static str>,
}

#[derive(Clone)]
struct Plain(Arc<Mutex<mpsc::Sender<&'static str>>>);

impl ServerHandler for Plain {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let object = |value: Value| value.as_object().cloned().unwrap_or_default();
        let tool = Tool::new("list", "Returns a list", object(json!({ "type": "object" })));
        let list = Arc::new(object(json!({ "type": "array" })));
        Ok(ListToolsResult::with_all_items(vec![tool.with_raw_output_schema(list)]))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        match request.name.as_ref() {
            "panic" => panic!("a test panics on purpose"),
            "fail" => Err(ErrorData::internal_error(SENTINEL, None)),
            "ask" => Ok(InputRequiredResult::from_request_state("state").into()),
            "hang" => {
                let tell =
                    |word| self.0.lock().expect("nobody panicked").send(word).expect("the test listens");
                tell("begun");
                context.ct.cancelled().await;
                tokio::time::sleep(Duration::from_millis(20)).await;
                tell("outlived its client");
                std::future::pending().await
            }
            _ => Ok(CallToolResult::success(Vec::new()).into()),
        }
    }
}

impl Upstream {
    /// With the library's own defaults.
    pub fn start() -> Self {
        Self::with(StreamableHttpServerConfig::default())
    }

    /// With a configuration.
    pub fn with(config: StreamableHttpServerConfig) -> Self {
        let (sender, told) = mpsc::channel();
        let plain = Plain(Arc::new(Mutex::new(sender)));
        let (listening, address) = mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(async move {
                let manager = Arc::new(LocalSessionManager::default());
                let service = StreamableHttpService::new(move || Ok(plain.clone()), manager, config);
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
                let _ = listening.send(listener.local_addr().expect("an address").to_string());
                let router = axum::Router::new().route_service("/mcp", service);
                let _ = axum::serve(listener, router).await;
            });
        });
        Self { address: address.recv().expect("it listens"), told }
    }

    /// `127.0.0.1:port`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends one request.
    pub fn request(&self, method: &str, headers: &[(&str, &str)], body: &str) -> Response {
        exchange(&self.address, written(&self.address, method, headers, body).as_bytes())
    }

    /// Posts a message.
    pub fn post(&self, headers: &[(&str, &str)], body: &str) -> Response {
        self.request("POST", headers, body)
    }
}

/// A request to `/mcp`, as it goes over the wire.
pub fn written(address: &str, method: &str, headers: &[(&str, &str)], body: &str) -> String {
    let own = |name: &str| headers.iter().any(|(key, _)| *key == name);
    let mut head = format!("{method} /mcp HTTP/1.1\r\nConnection: close\r\n");
    let defaults = [
        ("Host", address),
        ("Content-Type", "application/json"),
        ("Accept", "application/json, text/event-stream"),
    ];
    for (name, value) in defaults.iter().filter(|(name, _)| !own(name)).chain(headers) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    format!("{head}Content-Length: {}\r\n\r\n{body}", body.len())
}

/// A message of the current version and the headers that go with it.
pub fn modern(method: &'static str, mut params: Value) -> ([(&'static str, String); 3], String) {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": crate::support::MODERN,
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let name = params["name"].as_str().unwrap_or_default().to_owned();
    let headers = [
        ("MCP-Protocol-Version", crate::support::MODERN.to_owned()),
        ("Mcp-Method", method.to_owned()),
        ("Mcp-Name", name),
    ];
    (headers, crate::support::message(method, params))
}
