//! Requests that are refused before any tool sees them, each with a secret in it.

use serde_json::json;

use super::serve::{Client, message};
use super::wire;

impl Client<'_> {
    /// Every page of an error: of our own, of the protocol library, and of the HTTP library below.
    pub(crate) fn pages(&self) {
        // One is short enough to be repeated as a whole, the other one is cut somewhere.
        ["webhook", "second Bearer"].iter().for_each(|name| self.pages_with(self.world.secret(name)));
    }

    fn pages_with(&self, secret: &str) {
        let bearer = self.world.secret("first Bearer").to_owned();
        let list = message("tools/list", &json!({}));
        let wrong = format!("Bearer {bearer}x");
        for path in ["/", "/mcp/x", "/api/health", "/api/ready", "/metrics", "/mcp"] {
            self.send(&format!("GET {path}?token={secret}"), &[("Authorization", &wrong)], "");
        }
        self.send(&format!("POST /mcp/x/{secret}"), &[("Authorization", &format!("Bearer {bearer}"))], &list);
        self.send(&format!("GET /rest/1/{secret}/profile.json"), &[], "");
        self.send("POST /mcp", &[], &list);
        self.send("POST /mcp", &[("Authorization", &wrong)], &list);
        self.send("POST /mcp", &[("Authorization", &wrong), ("authorization", &wrong)], &list);
        for headers in [
            [("Content-Type", "text/plain"), ("Cookie", secret)],
            [("Host", "evil.example"), ("Cookie", secret)],
            [("Origin", "https://evil.example"), ("Cookie", secret)],
            [("Accept", secret), ("Cookie", "a=b")],
            [("MCP-Protocol-Version", secret), ("Cookie", "a=b")],
            [("Mcp-Session-Id", secret), ("Cookie", "a=b")],
            [("X-MCP-Toolsets", secret), ("Cookie", "a=b")],
            [("X-MCP-Tools", secret), ("X-MCP-Exclude-Tools", secret)],
            [("traceparent", secret), ("tracestate", secret)],
        ] {
            self.post(&headers, &list);
        }
        for verb in ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"] {
            self.send(&format!("{verb} /mcp"), &[("Authorization", &format!("Bearer {bearer}"))], "");
        }
        self.post(&[], &"x".repeat(100_000));
        self.bodies(secret);
        self.raw(secret);
    }

    fn bodies(&self, secret: &str) {
        for body in [
            secret.to_owned(),
            format!("{{\"{secret}\":1,\"{secret}\":2}}"),
            format!("[\"{secret}\"]"),
            json!({ "jsonrpc": secret, "id": 1, "method": "ping" }).to_string(),
            message(secret, &json!({})),
            message("tools/call", &json!({ "name": secret, "arguments": {} })),
            message("tools/call", &json!({ "name": 7, "arguments": secret })),
            message("tools/list", &json!({ "cursor": secret })),
            message("resources/read", &json!({ "uri": format!("b24://{secret}") })),
            message("prompts/get", &json!({ "name": secret, "arguments": { "a": secret } })),
            message(
                "completion/complete",
                &json!({ "ref": { "type": "ref/prompt", "name": secret }, "argument": { "name": secret, "value": secret } }),
            ),
            message("logging/setLevel", &json!({ "level": secret })),
            message("initialize", &json!({ "protocolVersion": secret })),
            message("tools/list", &json!({ "_meta": { "io.modelcontextprotocol/protocolVersion": secret } })),
        ] {
            self.post(&[], &body);
        }
    }

    /// What is no request at all is answered by the HTTP library.
    fn raw(&self, secret: &str) {
        for bytes in [
            format!("{secret}\r\n\r\n"),
            format!("GET /{secret} HTTP/9.9\r\n\r\n"),
            format!("GET / HTTP/1.1\r\n{secret}\r\n\r\n"),
            format!("POST /mcp HTTP/1.1\r\nHost: {}\r\nContent-Length: {secret}\r\n\r\n", self.address),
            format!("GET /mcp HTTP/1.1\r\nX: {}\r\n\r\n", secret.repeat(40_000)),
        ] {
            self.world.called();
            wire::exchange(&self.address, bytes.as_bytes(), &self.world.captured, "clients");
        }
    }

    /// A session of an old client, and one of somebody else who would like to have it.
    pub(crate) fn sessions(&self) {
        let secret = self.world.secret("second Bearer").to_owned();
        let hello = json!({
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": secret, "version": secret },
        });
        let opened = String::from_utf8_lossy(&self.post(&[], &message("initialize", &hello))).into_owned();
        let session = opened
            .lines()
            .find_map(|line| line.strip_prefix("mcp-session-id: "))
            .unwrap_or_default()
            .to_owned();
        let own = [("Mcp-Session-Id", session.as_str())];
        self.post(&own, &json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string());
        self.post(&own, &message("tools/call", &json!({ "name": "b24_user_me", "arguments": {} })));
        let other = format!("Bearer {secret}");
        self.post(&[("Mcp-Session-Id", &session), ("Authorization", &other)], &message("ping", &json!({})));
        self.send("DELETE /mcp", &[("Mcp-Session-Id", &session), ("Authorization", &other)], "");
    }
}
