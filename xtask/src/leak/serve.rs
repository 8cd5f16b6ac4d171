//! The server over HTTP: every tool with arguments of every kind, every fault of the portal, every page of an error.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use super::arguments;
use super::process::Process;
use super::wire;
use super::world::World;
use crate::plain::Answer;

/// How many clients there are at a time.
const CLIENTS: usize = 6;

/// Everything that the portal can do wrong; what makes the client wait for long comes last.
const FAULTS: [&str; 15] = [
    "drop-before",
    "drop-after",
    "half",
    "delay:50",
    "status:500",
    "status:403",
    "status-after:502",
    "html:502",
    "gzip",
    "chunked",
    "bom",
    "no-time",
    "html-description",
    "odd-result",
    "status:401",
];
const SLOW_FAULTS: [&str; 2] = ["query-limit", "429"];

/// How much is asked of a server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pass {
    /// Everything.
    Thorough,
    /// A few calls, a few pages, and whatever the build can do to give secrets away.
    Short,
}

/// Starts a server with this log, and asks all there is to ask.
pub(crate) fn run(world: &World, log: &str, format: &str, pass: Pass) -> Result<(), String> {
    let collector = wire::collector(&world.captured)?;
    let environment = world.pointing(log, format, &collector);
    let args = ["serve", "--listen", "127.0.0.1:0"];
    let process = Process::start(&world.program, &args, &environment, &world.folder, &world.captured)?;
    let address = process.told("listening on http://")?.split('/').next().unwrap_or_default().to_owned();
    process.exposed();
    let client = Client { world, address };
    let tools = client.tools()?;
    match pass {
        Pass::Thorough => {
            client.every_tool(&tools);
            client.every_fault(&tools);
        }
        Pass::Short => {
            let few = tools.iter().take(3);
            few.for_each(|tool| client.call(&tool.0, &arguments::least(&tool.1, world.secret("webhook"))));
        }
    }
    client.pages();
    client.beside()?;
    client.sessions();
    for way in ["log", "say", "metric", "answer", "refusal", "panic"] {
        client.call("b24_user_me", &json!({ "probe": way }));
    }
    let admin = format!("Bearer {}", world.secret("admin token"));
    client.send("GET /metrics", &[("Authorization", &admin)], "");
    process.exposed();
    process.end(true)
}

/// The name of a tool and the schema of its arguments.
pub(crate) type Tool = (String, Value);

/// Somebody who speaks to the server.
pub(crate) struct Client<'a> {
    pub(crate) world: &'a World,
    pub(crate) address: String,
}

impl Client<'_> {
    /// Sends a request; the answer is kept.
    pub(crate) fn send(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
        self.world.called();
        let bytes = wire::request(&self.address, line, headers, body);
        wire::exchange(&self.address, &bytes, &self.world.captured, "clients")
    }

    /// Posts a body to `/mcp` as one of the admin's own clients.
    pub(crate) fn post(&self, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
        let bearer = format!("Bearer {}", self.world.secret("first Bearer"));
        let mut all = vec![
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
            ("Accept", "application/json, text/event-stream"),
        ];
        all.retain(|(name, _)| !headers.iter().any(|(other, _)| other == name));
        all.extend_from_slice(headers);
        self.send("POST /mcp", &all, body)
    }

    /// Calls a tool.
    pub(crate) fn call(&self, name: &str, arguments: &Value) {
        self.post(&[], &message("tools/call", &json!({ "name": name, "arguments": arguments })));
    }

    fn tools(&self) -> Result<Vec<Tool>, String> {
        tools(&self.ask("tools/list", &json!({}))?.to_string())
    }

    /// The message that answers a request.
    pub(crate) fn ask(&self, method: &str, params: &Value) -> Result<Value, String> {
        let answer = Answer::read(&self.post(&[], &message(method, params)))?;
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        let line = body.lines().find(|line| line.contains("\"jsonrpc\"")).unwrap_or_default();
        serde_json::from_str(line.trim_start_matches("data:"))
            .map_err(|e| format!("`{method}` got no JSON: {e}"))
    }

    /// Each tool with the least, with all, and with wrong arguments; with every secret where a text may stand.
    fn every_tool(&self, tools: &[Tool]) {
        let address = format!("https://acme.example/rest/1/{}/", self.world.secret("webhook"));
        let all =
            self.world.sentinels.iter().map(|sentinel| sentinel.value.as_str()).collect::<Vec<_>>().join(" ");
        self.spread(tools, |client, _, (name, schema)| {
            client.call(name, &arguments::least(schema, "1"));
            client.call(name, &arguments::least(schema, &address));
            client.call(name, &arguments::most(schema, &all));
            arguments::wrong(schema, client.world.secret("second Bearer"))
                .iter()
                .for_each(|wrong| client.call(name, wrong));
        });
    }

    /// Each tool while the portal misbehaves, each time in another way, and a few tools in every way.
    fn every_fault(&self, tools: &[Tool]) {
        self.spread(tools, |client, index, (name, schema)| {
            client.world.portal.plan(&format!("any={}*2", FAULTS[index % FAULTS.len()]));
            client.call(name, &arguments::least(schema, "1"));
        });
        for fault in FAULTS.iter().chain(&SLOW_FAULTS) {
            let few = ["b24_user_me", "b24_task_list", "b24_task_create"];
            few.iter().filter_map(|name| tools.iter().find(|tool| tool.0 == *name)).for_each(
                |(name, schema)| {
                    self.world.portal.plan(&format!("any={fault}*2"));
                    self.call(name, &arguments::least(schema, self.world.secret("webhook")));
                },
            );
        }
    }

    /// Gives each tool to one of several clients.
    fn spread(&self, tools: &[Tool], work: impl Fn(&Self, usize, &Tool) + Sync) {
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| {
                    while let Some((index, tool)) = {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        tools.get(index).map(|tool| (index, tool))
                    } {
                        work(self, index, tool);
                    }
                });
            }
        });
    }
}

/// A request.
pub(crate) fn message(method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string()
}

/// The tools that an answer lists.
pub(crate) fn tools(answer: &str) -> Result<Vec<Tool>, String> {
    let answer: Value =
        serde_json::from_str(answer).map_err(|e| format!("the list of tools is no JSON: {e}"))?;
    let listed = answer["result"]["tools"].as_array().ok_or("there is no list of tools")?;
    Ok(listed
        .iter()
        .map(|tool| (tool["name"].as_str().unwrap_or_default().to_owned(), tool["inputSchema"].clone()))
        .collect())
}
