//! The server at the other end of a pipe.

use serde_json::{Value, json};

use super::arguments;
use super::process::Process;
use super::serve::{message, tools};
use super::wire;
use super::world::World;

/// Starts `stdio`, calls every tool, says a few things that are no messages, and closes the pipe.
pub(crate) fn run(world: &World, log: &str, format: &str) -> Result<(), String> {
    let collector = wire::collector(&world.captured)?;
    let environment = world.pointing(log, format, &collector);
    let mut process =
        Process::start(&world.program, &["stdio"], &environment, &world.folder, &world.captured)?;
    let hello = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "leak", "version": "0" } });
    let secret = world.secret("webhook");
    process.write(&message("initialize", &hello))?;
    process.write(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string())?;
    process.write(&message("tools/list", &json!({})))?;
    let listed = loop {
        let line = process.told_line()?;
        if line.starts_with("{\"jsonrpc\"") && line.contains("inputSchema") {
            break tools(&line)?;
        }
    };
    process.exposed();
    let mut ask = |method: &str, params: &Value| {
        let id = world.called() + 10;
        process.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string())
    };
    for (name, schema) in &listed {
        for arguments in [arguments::least(schema, secret), json!({ "x": secret })] {
            ask("tools/call", &json!({ "name": name, "arguments": arguments }))?;
        }
    }
    for way in ["log", "say", "metric", "answer", "refusal", "panic"] {
        ask("tools/call", &json!({ "name": "b24_user_me", "arguments": { "probe": way } }))?;
    }
    ask("tools/call", &json!({ "name": secret }))?;
    ask(secret, &json!({}))?;
    for line in [
        secret.to_owned(),
        format!("{{\"{secret}\":1,\"{secret}\":2}}"),
        format!("[\"{secret}\"]"),
        "{".into(),
    ] {
        world.called();
        process.write(&line)?;
    }
    process.end(false)
}
