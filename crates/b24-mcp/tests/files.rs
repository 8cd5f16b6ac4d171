//! Files of tasks, as they leave the server: as a resource, or by a link that opens once. The portal's own links never do.

mod support;

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use support::{OTHER, Pipe, Server, TOKEN, message};

/// What came back, byte by byte.
struct Fetched {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Fetched {
    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Asks as a browser does: without a Bearer.
fn fetch(server: &Server, method: &str, path: &str) -> Fetched {
    let mut stream = TcpStream::connect(server.address()).expect("the server listens");
    let host = server.address();
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("the server reads");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
    let head = String::from_utf8(answer[..end].to_vec()).expect("UTF-8");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let body = answer[end..].to_vec();
    if head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
        panic!("an answer with a length was expected: {head}");
    }
    Fetched { status, head, body }
}

/// A server that people reach under a public address, with a proxy in front that takes `/b24` away.
fn reached(args: &[&str], environment: &[(&str, &str)]) -> Server {
    let environment = [&[("B24_MCP_TOKEN", TOKEN)], environment].concat();
    let listen = format!("127.0.0.1:{}", quiet_port());
    let public = format!("http://{listen}/b24");
    let fixed = ["--sandbox", "--limits", "off", "--listen", &listen, "--public-url", &public];
    Server::start(&[&fixed, args].concat(), &environment)
}

/// A port that nobody listens at. Of those that the system gives to nobody who does not ask for them.
fn quiet_port() -> u16 {
    loop {
        let mut random = [0; 2];
        getrandom::fill(&mut random).expect("randomness");
        let port = 20_000 + u16::from_le_bytes(random) % 12_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// The answer of a tool, refusals included.
fn call(server: &Server, name: &str, arguments: Value) -> Value {
    let told = server.legacy("tools/call", json!({ "name": name, "arguments": arguments }));
    let text = told["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{told}"));
    serde_json::from_str(text).expect("JSON")
}

/// A task with a file: their ids.
fn with_file(server: &Server, name: &str, bytes: &[u8]) -> (u64, u64) {
    let task = call(server, "b24_task_create", json!({ "title": "Files", "responsibleId": 1 }));
    let task = task["id"].as_u64().unwrap_or_else(|| panic!("{task}"));
    let arguments = json!({ "taskId": task, "name": name, "content": STANDARD.encode(bytes) });
    let added = call(server, "b24_task_file_add", arguments);
    (task, added["file"]["id"].as_u64().unwrap_or_else(|| panic!("{added}")))
}

/// The path of a new one-use link.
fn link(server: &Server, (task, file): (u64, u64)) -> String {
    let told = call(server, "b24_task_file_get", json!({ "taskId": task, "fileId": file }));
    assert_eq!(told["downloadMinutes"], 5, "{told}");
    let link = told["download"].as_str().unwrap_or_else(|| panic!("{told}"));
    // What the proxy in front leaves of it.
    let public = format!("http://{}/b24", server.address());
    link.strip_prefix(&public).unwrap_or_else(|| panic!("{link}")).to_owned()
}

fn read(server: &Server, (task, file): (u64, u64)) -> Value {
    server.legacy("resources/read", json!({ "uri": format!("b24://task/{task}/file/{file}") }))
}

#[test]
fn a_link_opens_the_file_once_and_looking_does_not_use_it_up() {
    let server = reached(&[], &[]);
    let bytes: Vec<u8> = (0..=255).collect();
    let held = with_file(&server, "Отчёт 😀 \"Q1\".pdf", &bytes);
    let path = link(&server, held);
    let looked = fetch(&server, "HEAD", &path);
    let first = fetch(&server, "GET", &path);
    let second = fetch(&server, "GET", &path);

    assert_eq!((looked.status, looked.body.len()), (200, 0));
    assert_eq!((first.status, &first.body), (200, &bytes));
    let told = |name: &str| format!("{name}: {}", first.header(name).unwrap_or("-"));
    let headers = [
        "content-type",
        "content-length",
        "content-disposition",
        "content-security-policy",
        "x-content-type-options",
        "cache-control",
        "referrer-policy",
        "cross-origin-resource-policy",
    ];
    insta::assert_snapshot!(headers.map(told).join("\n"), @r#"
    content-type: application/pdf
    content-length: 256
    content-disposition: attachment; filename="_____ _ _Q1_.pdf"; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%F0%9F%98%80%20%22Q1%22.pdf
    content-security-policy: sandbox; default-src 'none'
    x-content-type-options: nosniff
    cache-control: no-store
    referrer-policy: no-referrer
    cross-origin-resource-policy: same-origin
    "#);

    let unknown = fetch(&server, "GET", &format!("/files/{}", "A".repeat(43)));
    let gone = [&second, &unknown].map(|gone| (gone.status, gone.text()));
    assert_eq!(gone[0], gone[1]);
    assert_eq!((gone[0].0, fetch(&server, "HEAD", &path).status), (404, 404));
    assert_eq!(second.header("content-security-policy"), first.header("content-security-policy"));
    assert_ne!(link(&server, held), path);
    assert_eq!(fetch(&server, "POST", &link(&server, held)).status, 405);
}

#[test]
fn what_a_browser_would_run_is_only_bytes() {
    let server = reached(&[], &[]);
    for name in ["a.html", "a.svg", "a.js", "a.xml"] {
        // NUL keeps it from being told as text.
        let held = with_file(&server, name, b"<script>alert(1)</script>\0");
        let fetched = fetch(&server, "GET", &link(&server, held));
        assert_eq!(fetched.header("content-type"), Some("application/octet-stream"), "{name}");
        assert!(fetched.header("content-disposition").is_some_and(|value| value.starts_with("attachment;")));
    }
}

#[test]
fn ten_megabytes_go_through_byte_by_byte_either_way() {
    // In base64 they are longer than a request usually may be.
    let server = reached(&["--deadline", "120"], &[("B24_BODY_LIMIT", "16777216")]);
    let bytes: Vec<u8> = (0..10_485_760_u32).map(|n| (n % 251) as u8).collect();
    let held = with_file(&server, "big.bin", &bytes);
    let fetched = fetch(&server, "GET", &link(&server, held));
    assert_eq!((fetched.status, fetched.header("content-length")), (200, Some("10485760")));
    assert!(fetched.body == bytes);
    let blob = read(&server, held)["result"]["contents"][0]["blob"].as_str().expect("a blob").to_owned();
    assert!(STANDARD.decode(blob).expect("base64") == bytes);
}

#[test]
fn a_resource_is_the_whole_file_in_base64() {
    let server = reached(&[], &[]);
    for (name, bytes, kind) in [
        ("Отчёт.png", b"\x89PNG\r\n\0".as_slice(), "image/png"),
        ("empty", b"", "application/octet-stream"),
        ("note.txt", "Привет".as_bytes(), "text/plain"),
    ] {
        let held = with_file(&server, name, bytes);
        let uri = format!("b24://task/{}/file/{}", held.0, held.1);
        let contents = json!([{ "uri": uri, "mimeType": kind, "blob": STANDARD.encode(bytes) }]);
        assert_eq!(read(&server, held)["result"]["contents"], contents);
        let modern = server.modern("resources/read", json!({ "uri": uri })).json();
        let result = &modern["result"];
        assert_eq!(
            (&result["contents"], &result["ttlMs"], &result["cacheScope"]),
            (&contents, &json!(0), &json!("private"))
        );
    }
}

#[test]
fn a_file_of_another_task_is_no_resource_and_neither_is_anything_else() {
    let server = reached(&[], &[]);
    let (task, file) = with_file(&server, "a.bin", b"\0");
    let other = with_file(&server, "b.bin", b"\0").0;
    let told = read(&server, (other, file));
    let error = &told["error"];
    assert_eq!((&error["code"], &error["data"]["code"]), (&json!(-32002), &json!("NOT_FOUND")));
    assert_eq!(error["message"], format!("task {other} has no file {file}"));
    for uri in
        [format!("b24://task/{task}/file/{file}/x"), format!("b24://task/{task}/file/"), "b24://x".into()]
    {
        assert_eq!(server.legacy("resources/read", json!({ "uri": uri }))["error"]["code"], -32002, "{uri}");
    }
}

#[test]
fn what_is_not_the_file_reaches_nobody() {
    for fault in ["download=html:200*9", "download=drop-before*9"] {
        let server = reached(&["--fault", fault], &[]);
        let held = with_file(&server, "a.png", b"\x89PNG");
        let path = link(&server, held);
        let fetched = fetch(&server, "GET", &path);
        assert_eq!((fetched.status, fetched.header("cache-control")), (502, Some("no-store")), "{fault}");
        insta::allow_duplicates! {
            insta::assert_snapshot!(fetched.text(), @r#"{"error":"the portal did not hand out the file; ask the assistant for a new link"}"#);
        }
        assert_eq!(fetch(&server, "GET", &path).status, 404, "it was used");
        assert_eq!(read(&server, held)["error"]["code"], -32603, "{fault}");
    }
}

#[test]
fn a_file_that_breaks_off_is_not_taken_for_a_whole_one() {
    let server = reached(&["--fault", "download=half*2"], &[]);
    let held = with_file(&server, "a.png", &[7; 100_000]);
    let fetched = fetch(&server, "GET", &link(&server, held));
    assert_eq!(fetched.header("content-length"), Some("100000"));
    assert!(fetched.body.len() < 100_000, "{}", fetched.body.len());
    let told = read(&server, held);
    assert_eq!(told["error"]["data"]["code"], "PORTAL_NO_ANSWER", "{told}");
}

#[test]
fn what_the_policy_forbids_is_neither_resource_nor_link() {
    let server = reached(&[], &[("B24_EXCLUDE_TOOLS", "b24_task_file_get")]);
    let told = read(&server, with_file(&server, "a.bin", b"\0"));
    assert_eq!(told["error"]["code"], -32002, "{told}");
    let listed = server.legacy("resources/templates/list", json!({})).to_string();
    assert!(listed.contains("b24://task/{id}") && !listed.contains("file"), "{listed}");
}

#[test]
fn there_is_no_link_where_nobody_could_open_it() {
    let server = Server::sandbox(&[]);
    let (task, file) = with_file(&server, "a.png", b"\x89PNG");
    let arguments = json!({ "taskId": task, "fileId": file });
    let told = call(&server, "b24_task_file_get", arguments.clone());
    assert_eq!(
        (told.get("download"), &told["resource"]),
        (None, &json!(format!("b24://task/{task}/file/{file}")))
    );
    assert_eq!(server.request("GET", &format!("/files/{}", "A".repeat(43)), &[], "").status, 404);

    let mut pipe = Pipe::start(&["--sandbox"], &[("B24_PUBLIC_URL", "https://mcp.acme.example")]);
    pipe.ask("initialize", support::hello("2025-06-18"));
    pipe.write(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string());
    let mut tool = |name: &str, arguments: Value| {
        let told = pipe.ask("tools/call", json!({ "name": name, "arguments": arguments }));
        serde_json::from_str::<Value>(told["result"]["content"][0]["text"].as_str().expect("text"))
            .expect("JSON")
    };
    let task = tool("b24_task_create", json!({ "title": "Files", "responsibleId": 1 }))["id"].clone();
    let added = tool("b24_task_file_add", json!({ "taskId": task, "name": "a.png", "content": "iVBORw==" }));
    let file = added["file"]["id"].clone();
    let told = tool("b24_task_file_get", json!({ "taskId": task, "fileId": file }));
    assert_eq!(told.get("download"), None, "{told}");
    let read = pipe.ask("resources/read", json!({ "uri": told["resource"] }));
    assert_eq!(read["result"]["contents"][0]["blob"], "iVBORw==");
}

#[test]
fn each_caller_has_links_of_their_own() {
    let tokens = format!("anna={TOKEN},boris={OTHER}");
    let server = reached(&[], &[("B24_MCP_TOKEN", &tokens)]);
    let (task, file) = with_file(&server, "a.png", b"\x89PNG");
    let first = link(&server, (task, file));
    let asked = message(
        "tools/call",
        json!({ "name": "b24_task_file_get", "arguments": { "taskId": task, "fileId": file } }),
    );
    let boris = format!("Bearer {OTHER}");
    // As many as one caller may have, and some more.
    for _ in 0..40 {
        assert_eq!(server.post(&[("Authorization", &boris)], &asked).status, 200);
    }
    assert_eq!(fetch(&server, "GET", &first).status, 200);
    let log = server.kill().stderr;
    let opened = log.lines().find(|line| line.contains("File handed out")).expect("it is logged");
    assert!(opened.contains("caller=anna") && opened.contains("b24_task_file_get"), "{opened}");
}

#[test]
fn nothing_that_is_answered_or_logged_holds_a_link_of_the_portal_or_a_ticket() {
    let server = reached(&["--fault", "download=html:200*3"], &[("B24_LOG", "trace")]);
    let mut said = Vec::new();
    let (task, file) = with_file(&server, "Secret name.png", b"\x89PNG");
    let mut tickets = Vec::new();
    for _ in 0..2 {
        let path = link(&server, (task, file));
        let fetched = fetch(&server, "GET", &path);
        said.push(format!("{}{}", fetched.head, fetched.text()));
        tickets.push(path.trim_start_matches("/files/").to_owned());
    }
    said.push(fetch(&server, "GET", &format!("/files/{}", tickets[0])).text());
    said.push(read(&server, (task, file)).to_string());
    for (name, arguments) in [
        ("b24_task_file_list", json!({ "taskId": task })),
        ("b24_task_get", json!({ "taskId": task, "include": ["files"] })),
        ("b24_task_file_add", json!({ "taskId": task, "name": "b.txt", "text": "b" })),
        ("b24_task_file_remove", json!({ "taskId": task, "fileId": file, "confirmDelete": true })),
    ] {
        said.push(call(&server, name, arguments).to_string());
    }
    let log = server.kill().stderr;
    assert!(log.contains("File handed out") && log.contains("download"));
    for secret in ["uf.php", "download.json", "auth[auth]", "auth=", "/rest/"] {
        assert!(!log.contains(secret), "{secret} is in the log");
        assert!(!said.iter().any(|said| said.contains(secret)), "{secret} was answered");
    }
    for secret in [tickets[0].as_str(), tickets[1].as_str(), "Secret name"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}
