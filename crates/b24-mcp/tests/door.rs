//! Who may speak to the server, and what the others are told.

mod support;

use support::{Response, Server, TOKEN};

fn told(response: &Response) -> (u16, &str, Option<&str>) {
    (response.status, &response.reason, response.header("www-authenticate"))
}

fn knock(server: &Server, path: &str, authorization: Option<&str>) -> Response {
    let headers: Vec<_> = authorization.map(|value| ("Authorization", value)).into_iter().collect();
    server.request("POST", path, &headers, "")
}

#[test]
fn without_a_strong_bearer_the_endpoint_is_not_available_to_anybody() {
    for token in ["", "replace-with-secure-token", "short"] {
        let server = Server::start(&[], &[("B24_MCP_TOKEN", token)]);
        for authorization in [None, Some("Bearer replace-with-secure-token"), Some("Bearer short")] {
            let response = knock(&server, "/mcp", authorization);
            assert_eq!(told(&response), (503, "MCP endpoint is not available", None), "{token:?}");
        }
    }
}

#[test]
fn a_caller_without_the_right_bearer_is_told_what_the_reference_system_tells() {
    let server = Server::start(&[], &[("B24_MCP_TOKEN", TOKEN)]);
    assert_eq!(
        told(&knock(&server, "/mcp", None)),
        (401, "Missing Authorization header", Some(r#"Bearer realm="bx24-template-mcp""#))
    );
    let same_length = format!("Bearer {}", "x".repeat(TOKEN.len()));
    for wrong in ["Bearer wrong", "Basic dTpw", "Bearer", same_length.as_str()] {
        assert_eq!(
            told(&knock(&server, "/mcp", Some(wrong))),
            (
                401,
                "Invalid bearer token",
                Some(
                    r#"Bearer realm="bx24-template-mcp", error="invalid_token", error_description="Invalid bearer token""#
                )
            ),
            "{wrong}"
        );
    }
}

#[test]
fn the_guard_stands_before_mcp_and_everything_below_it_and_nowhere_else() {
    let server = Server::start(&[], &[("B24_MCP_TOKEN", TOKEN)]);
    let statuses = |authorization: Option<&str>| {
        ["/mcp", "/mcp/anything/below", "/mcphacked", "/"]
            .map(|path| knock(&server, path, authorization).status)
    };
    assert_eq!(statuses(None), [401, 401, 404, 404]);
    assert_eq!(statuses(Some(&format!("bearer  {TOKEN}"))), [415, 404, 404, 404]);
}

#[test]
fn nobody_is_read_before_they_are_known() {
    let server = Server::start(&[], &[("B24_MCP_TOKEN", TOKEN)]);
    // The announced body never comes: an answer means that nobody waited for it.
    let head = format!("POST /mcp HTTP/1.1\r\nHost: {}\r\nContent-Length: 99\r\n\r\n", server.address());
    assert_eq!(server.raw(head.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").as_bytes()).status, 401);
}

#[test]
fn foreign_pages_and_foreign_names_are_turned_away_before_the_bearer_is_looked_at() {
    let server = Server::start(&["--public-url", "https://mcp.acme.example"], &[("B24_MCP_TOKEN", TOKEN)]);
    let status = |headers: &[(&str, &str)]| server.request("POST", "/mcp", headers, "").status;
    assert_eq!(status(&[("Origin", "https://evil.example")]), 403);
    assert_eq!(status(&[("Origin", "null")]), 403);
    assert_eq!(status(&[("Host", "evil.example")]), 403);
    assert_eq!(status(&[("Host", "")]), 400);
    assert_eq!(status(&[("Host", "mcp.acme.example"), ("Origin", "https://mcp.acme.example")]), 401);
    assert_eq!(status(&[("Host", "localhost")]), 401);
}

#[test]
fn a_page_of_this_machine_may_use_a_server_of_this_machine() {
    let server = Server::start(&[], &[("B24_MCP_TOKEN", TOKEN)]);
    let status = |origin| server.request("GET", "/mcp", &[("Origin", origin)], "").status;
    assert_eq!([status("http://localhost:6274"), status("http://evil.example")], [401, 403]);
}

#[test]
fn each_of_several_bearers_opens_the_door_under_its_own_label() {
    let tokens = format!("anna={TOKEN},boris={}", support::OTHER);
    let server = Server::start(&["--sandbox"], &[("B24_MCP_TOKEN", &tokens)]);
    let call = support::message("tools/call", serde_json::json!({ "name": "b24_user_me", "arguments": {} }));
    let other = format!("Bearer {}", support::OTHER);
    assert_eq!(server.post(&[("Authorization", &other)], &call).status, 200);
    assert!(server.kill().stderr.contains("caller=boris"));
}
