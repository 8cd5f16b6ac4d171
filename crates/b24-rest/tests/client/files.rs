//! Files: asked for by id, fetched by a link that nobody sees, and no more of them than was allowed.

use std::time::Duration;

use b24_rest::{CallError, Deadline, Download, FileRef, Limits, Options, methods::disk};
use serde_json::{Value, json};

use crate::{
    logs::Log,
    scripted::{SECRET, Server, Step, call, options, options_for, soon, whole},
};

/// The credential in the link. No error, log line or answer may hold it.
const PASS: &str = "thePassOfThisFile";
const BYTES: &[u8] = b"\x00\xff\r\n\r\n\xf0\x9f\x98\x80 end";

/// A portal that names a file of `size` bytes at `link`, and answers whoever follows it with `step`.
async fn portal_with(link: &'static str, size: Value, step: Step) -> Server {
    Server::new(move |_, seen| {
        if !seen.path.contains("disk.") {
            return step.clone();
        }
        let host = seen.head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
        let link = link.replace("HOST", host.trim()).replace("PASS", PASS);
        Step::json(
            200,
            json!({ "result": { "ID": "7", "NAME": "Отчёт 😀.bin", "SIZE": size, "DOWNLOAD_URL": link } }),
        )
    })
    .await
}

const LINK: &str = "http://HOST/bitrix/tools/disk/uf.php?attachedId=7&auth[auth]=PASS&action=download&ncc=1";

fn file(bytes: &[u8]) -> Step {
    Step::text(200, bytes)
        .with("content-type", "Application/Octet-Stream; charset=x")
        .with("content-disposition", "attachment; filename=x")
}

async fn open(server: &Server, options: Options) -> Result<Download, CallError> {
    server.portal_with(options).file(FileRef::Attached(7), soon()).await?.open(1000, soon()).await
}

/// Nothing that can be printed of an error opens the file.
fn clean(what: &str, error: &CallError) {
    let printed = format!("{error:?} {error:#?} {} {:?}", whole(error), error.portal_code());
    for secret in [SECRET, PASS] {
        assert!(!printed.contains(secret), "{what}: {printed}");
    }
}

#[tokio::test]
async fn a_file_is_fetched_whole_and_its_link_is_shown_to_nobody() {
    let server = portal_with(LINK, json!(BYTES.len().to_string()), file(BYTES)).await;
    let portal = server.portal();
    let found = portal.file(FileRef::Attached(7), soon()).await.expect("it is there");
    let download = found.open(1000, soon()).await.expect("it arrives");
    let told = (found.name(), found.size(), download.size(), download.content_type());
    let size = u64::try_from(BYTES.len()).expect("small");
    assert_eq!(
        told,
        (Some("Отчёт 😀.bin".into()), Some(size), Some(size), Some("application/octet-stream".into()))
    );
    assert_eq!(found.record()["DOWNLOAD_URL"], "***");
    let printed = format!("{found:?} {download:?} {:?}", found.record());
    assert!(!printed.contains(PASS) && !printed.contains("uf.php"), "{printed}");
    assert_eq!(download.whole().await.expect("whole"), BYTES);
    assert_eq!(
        server.seen().iter().map(|seen| seen.path.replace(PASS, "PASS")).collect::<Vec<_>>(),
        [
            "/rest/7/***/disk.attachedObject.get.json",
            "/bitrix/tools/disk/uf.php?attachedId=7&auth[auth]=PASS&action=download&ncc=1"
        ]
    );
    let head = server.seen()[1].head.clone();
    assert!(
        !head.contains("authorization") && !head.contains("cookie") && !head.contains("referer"),
        "{head}"
    );
}

#[tokio::test]
async fn a_file_of_the_drive_is_asked_for_by_its_own_id_and_an_empty_one_is_a_file_too() {
    let server = portal_with("/rest/download.json?auth=PASS&token=disk%7Cx", json!("0"), file(b"")).await;
    let portal = server.portal();
    let found = portal.file(FileRef::Drive(9), soon()).await.expect("it is there");
    assert_eq!(
        found.open(0, soon()).await.expect("it arrives").whole().await.expect("whole"),
        b"".as_slice()
    );
    assert!(server.traffic().starts_with(r#"/rest/7/***/disk.file.get.json {"id":9}"#));
}

#[tokio::test]
async fn answers_of_other_methods_hold_no_links_either() {
    let server = portal_with(LINK, json!("1"), Step::Close).await;
    let portal = server.portal();
    let reply = portal.call(call(&disk::FILE_GET, json!({ "id": 7 })), soon()).await.expect("answered");
    assert_eq!(reply.result["DOWNLOAD_URL"], "***");
}

#[tokio::test]
async fn what_is_not_the_file_is_an_error_that_opens_nothing() {
    let echo = format!("see /bitrix/tools/disk/uf.php?auth[auth]={PASS} {SECRET}");
    let page =
        Step::text(200, format!("<html>{echo}</html>")).with("content-type", "text/html; charset=utf-8");
    let refused = json!({ "error": "NO_AUTH_FOUND", "error_description": echo });
    let denied = json!({ "error": "ACCESS_DENIED", "error_description": echo });
    let away = |to: &str| Step::text(302, "").with("location", to.to_owned());
    let steps = [
        ("a page to sign in at", page.clone()),
        ("a page with an error", Step::text(404, echo.clone())),
        ("no such link", Step::json(401, refused)),
        ("no right to it", Step::json(403, denied.clone()).with("content-type", "application/json")),
        ("JSON, status 200", Step::json(200, denied).with("content-type", "application/json")),
        ("another JSON", Step::json(200, json!({"result": 1})).with("content-type", "application/json")),
        ("a part", Step::text(206, "x").with("content-disposition", "attachment")),
        ("nobody", Step::Close),
        ("silence", Step::Hang),
        ("a foreign host", away(&format!("http://evil.example/{PASS}"))),
        (
            "a foreign host, whole link",
            away(&format!(
                "http://10.0.0.1/bitrix/tools/disk/uf.php?attachedId=7&auth[auth]={PASS}&action=download&ncc=1"
            )),
        ),
        ("a foreign port", away(&format!("http://127.0.0.1:1/?{PASS}"))),
        (
            "a name with the credential",
            away(&format!(
                "http://{PASS}.localhost/bitrix/tools/disk/uf.php?attachedId=7&auth[auth]={PASS}&action=download&ncc=1"
            )),
        ),
        (
            "in a circle",
            away(&format!("/bitrix/tools/disk/uf.php?attachedId=7&auth[auth]={PASS}&action=download&ncc=1")),
        ),
        ("from one to the next", away("/login/")),
        ("nowhere", away("")),
    ];
    let mut told = Vec::new();
    for (what, step) in steps {
        let server = portal_with(LINK, json!("1"), step.clone()).await;
        let error = open(&server, options_for(&step)).await.expect_err(what);
        clean(what, &error);
        told.push(format!("{what}: {} | {error}", error.code()).replace(&server.host, "HOST"));
    }
    insta::assert_snapshot!(told.join("\n"));
}

#[tokio::test]
async fn a_page_that_comes_as_an_attachment_is_a_file() {
    let page = Step::text(200, "<html></html>")
        .with("content-type", "text/html")
        .with("content-disposition", "attachment; filename=a.html");
    let server = portal_with(LINK, json!("13"), page).await;
    let download = open(&server, options()).await.expect("a file");
    assert_eq!(download.whole().await.expect("whole"), "<html></html>");
}

#[tokio::test]
async fn a_link_to_another_host_is_not_followed() {
    for link in [
        "http://evil.example/?PASS",
        "http://localhost/?PASS",
        "ftp://127.0.0.1/PASS",
        "http://u:p@127.0.0.1/PASS",
    ] {
        let server = portal_with(link, json!("1"), file(b"x")).await;
        let error = server.portal().file(FileRef::Attached(7), soon()).await.expect_err(link);
        assert_eq!((error.code(), server.seen().len()), ("PORTAL_MOVED", 1), "{link}");
        clean(link, &error);
    }
}

#[tokio::test]
async fn a_redirect_on_the_same_host_is_followed_once() {
    let server = Server::new(|_, seen| match seen.path.as_str() {
        "/upload/x?y=1" => file(b"moved"),
        path if path.starts_with("/bitrix/") => Step::text(302, "").with("location", "/upload/x?y=1"),
        _ => Step::json(200, json!({ "result": { "DOWNLOAD_URL": "/bitrix/d?auth=0123456789" } })),
    })
    .await;
    let download = open(&server, options()).await.expect("it arrives");
    assert_eq!(download.whole().await.expect("whole"), "moved");
}

#[tokio::test]
async fn no_more_bytes_are_taken_than_were_allowed_whoever_counts() {
    let long = vec![7; 1001];
    let bare = |body: &[u8]| Step::Unmeasured { headers: "", body: body.to_vec() };
    let said = portal_with(LINK, json!("1001"), file(&long)).await;
    assert_eq!(open(&said, options()).await.expect_err("told by the portal").code(), "ANSWER_TOO_LARGE");
    assert_eq!(said.seen().len(), 1, "nobody asks for what is too long");
    let announced = portal_with(LINK, Value::Null, file(&long)).await;
    assert_eq!(open(&announced, options()).await.expect_err("announced").code(), "ANSWER_TOO_LARGE");
    let endless = portal_with(LINK, json!("5"), bare(&long)).await;
    let error = open(&endless, options()).await.expect("it begins").whole().await.expect_err("too long");
    assert_eq!(error.code(), "ANSWER_TOO_LARGE");
    let exact = portal_with(LINK, json!("1000"), file(&long[1..])).await;
    assert_eq!(open(&exact, options()).await.expect("it begins").whole().await.expect("whole").len(), 1000);
}

#[tokio::test]
async fn a_file_that_breaks_off_is_never_taken_for_a_whole_one() {
    let half = portal_with(LINK, json!("105"), Step::Half { status: 200, body: "begun" }).await;
    let bare = Step::Unmeasured { headers: "", body: b"begun".to_vec() };
    let short = portal_with(LINK, json!("105"), bare).await;
    for server in [half, short] {
        let error = open(&server, options()).await.expect("it begins").whole().await.expect_err("cut");
        assert_eq!(error.code(), "PORTAL_NO_ANSWER");
        clean("cut", &error);
    }
}

#[tokio::test]
async fn nobody_waits_for_a_file_beyond_the_deadline() {
    let server = portal_with(LINK, json!("1"), Step::Hang).await;
    let found = server.portal().file(FileRef::Attached(7), soon()).await.expect("it is there");
    let error = found.open(10, Deadline::after(Duration::from_millis(50))).await.expect_err("silence");
    assert_eq!(error.code(), "DEADLINE_EXCEEDED");
    let server = portal_with(LINK, json!("1"), file(b"x")).await;
    let found = server.portal().file(FileRef::Attached(7), soon()).await.expect("it is there");
    let late = found.open(10, soon()).await.expect("it begins").until(Deadline::after(Duration::ZERO));
    assert_eq!(late.whole().await.expect_err("too late").code(), "DEADLINE_EXCEEDED");
}

#[tokio::test]
async fn a_transfer_takes_its_place_in_the_bucket() {
    let server = portal_with(LINK, json!("1"), file(b"x")).await;
    let limits = Limits { burst: 2, per_second: 0.01, first: 2, operating_seconds: 480.0 };
    let portal = server.portal_with(Options { limits, ..options() });
    let soon = Deadline::after(Duration::from_secs(5));
    let found = portal.file(FileRef::Attached(7), soon).await.expect("the first request");
    found.open(10, soon).await.expect("the second request");
    assert_eq!(found.open(10, soon).await.expect_err("the third").code(), "PORTAL_LIMITED");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn no_line_of_the_log_holds_a_link() {
    let (log, _guard) = Log::of_everything();
    for step in [file(b"x"), Step::Close, Step::text(404, "no")] {
        let server = portal_with(LINK, json!("1"), step).await;
        if let Ok(download) = open(&server, options()).await {
            download.whole().await.expect("whole");
        }
    }
    let text = log.text();
    assert!(text.contains("rest.method=\"download\"") && text.contains("The call failed"));
    for secret in [PASS, SECRET, "uf.php", "Отчёт"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}
