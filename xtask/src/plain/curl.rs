//! A request through the platform's `curl`: it brings TLS, the machine's certificates and its proxy settings.

use std::io::Write;
use std::process::{Command, Stdio};

use super::{Answer, Request};

pub(super) fn send(origin: &str, request: &Request) -> Result<Answer, String> {
    let told = |e: std::io::Error| format!("`curl` could not be run: {e}");
    let mut child = Command::new("curl")
        // First, so that a person's own settings cannot follow redirects or decode answers.
        .args(["--disable", "--config", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(told)?;
    let mut orders = child.stdin.take().ok_or("`curl` takes no orders")?;
    orders.write_all(config(origin, request)?.as_bytes()).map_err(told)?;
    drop(orders);
    let done = child.wait_with_output().map_err(told)?;
    if done.status.success() {
        Answer::read_from_curl(&done.stdout)
    } else {
        // Its complaint names the host, never the path.
        let why = String::from_utf8_lossy(&done.stderr);
        Err(format!("{origin} does not answer: {}", why.trim()))
    }
}

/// What curl reads from stdin. A body has to be text: in its configuration there is no way to write other bytes.
fn config(origin: &str, request: &Request) -> Result<String, String> {
    let body = std::str::from_utf8(&request.body).map_err(|_| "only text can be sent through curl")?;
    let mut lines = vec![
        "silent".to_owned(),
        "show-error".to_owned(),
        "include".to_owned(),
        "http1.1".to_owned(),
        "max-time = 65".to_owned(),
        format!("request = {}", quoted(request.verb)),
        format!("url = {}", quoted(&format!("{origin}{}", request.path))),
        // The addresses hold brackets, which curl would take for a pattern.
        "globoff".to_owned(),
    ];
    for (name, value) in &request.headers {
        lines.push(format!("header = {}", quoted(&format!("{name}: {value}"))));
    }
    if request.verb != "GET" {
        lines.push(format!("data-raw = {}", quoted(body)));
    }
    Ok(lines.join("\n") + "\n")
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_quoted_so_that_a_body_cannot_give_any() {
        let request = Request {
            verb: "POST",
            path: "/rest/1/x/profile".to_owned(),
            headers: vec![("Content-Type", "application/json".to_owned())],
            body: b"{\"a\":\"\\\"\"}\nurl = \"https://evil.example\"".to_vec(),
        };

        let config = config("https://acme.example", &request).expect("the body is text");

        assert_eq!(config.lines().filter(|line| line.starts_with("url")).count(), 1);
        assert!(
            config.contains(r#"data-raw = "{\"a\":\"\\\"\"}\nurl = \"https://evil.example\"""#),
            "{config}"
        );
    }
}
