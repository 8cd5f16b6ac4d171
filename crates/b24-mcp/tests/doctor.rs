//! What `doctor` says of a portal that answers.

mod support;

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
};

use b24_sim::{Cards, Portal, Settings, WebhookSpec};
use support::{TOKEN, run};

/// What doctor finds about some things, in front of a portal made for the test.
fn found(settings: Settings, scopes: Option<&[&str]>, about: &[&str]) -> String {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let portal = runtime.block_on(Portal::start(settings)).expect("a portal");
    let webhook = match scopes {
        Some(scopes) => {
            let spec = WebhookSpec::of(1).scopes(scopes.iter().copied());
            portal.add_webhook(spec).expect("a webhook").expose_webhook_url().to_owned()
        }
        None => portal.expose_webhook_url(),
    };
    let environment = [("B24_WEBHOOK_URL", webhook.as_str()), ("B24_MCP_TOKEN", TOKEN)];
    let ended = run(&["doctor", "--json", "--tools", "b24_user_me,b24_task_list"], &environment);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&ended.stdout).expect("JSON");
    let lines = rows.iter().filter(|row| about.iter().any(|about| row["about"] == *about));
    let line = |row: &serde_json::Value| {
        let next = row["next"].as_str().map(|next| format!("\n  -> {next}")).unwrap_or_default();
        format!("{} {} {}{next}", row["grade"].as_str().unwrap_or_default(), row["about"], row["what"])
    };
    lines.map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_tool_works_or_names_the_box_to_tick() {
    insta::assert_snapshot!(found(Settings::default(), Some(&["user_brief"]), &["tool", "card"]), @r#"
    warn "tool" "`b24_task_list` cannot work: the webhook lacks `task`"
      -> edit the webhook in the portal (Developer resources) and tick `task`
    ok "tool" "`b24_user_me` works"
    "#);
}

#[test]
fn the_cards_of_tasks_are_known_by_what_the_portal_answers() {
    let cards = |cards| found(Settings { cards, ..Settings::default() }, None, &["card"]);
    let blind = found(Settings::default(), Some(&["task", "user_brief"]), &["card"]);
    insta::assert_snapshot!([cards(Cards::Old), cards(Cards::New), blind].join("\n"), @r#"
    ok "card" "tasks have the old card: their comments are in the forum"
    ok "card" "tasks have the new card: their comments are messages of a chat"
    ok "card" "which card tasks have cannot be told without the permission `im`; no tool needs it"
    "#);
}

#[test]
fn the_limits_are_told_as_seen_and_the_zone_with_where_it_came_from() {
    let settings = Settings { method_ms: Some(450_000), ..Settings::default() };
    insta::assert_snapshot!(found(settings, None, &["limits", "zone"]), @r#"
    ok "zone" "dates are read in Europe/Moscow, from the profile of that person"
    warn "limits" "the calls made here have used 93.8 % of their running time (450.0 of 480 s); how many requests are left no portal tells; 50 and then 2 in a second are reckoned with"
      -> another program uses the same webhook heavily: give each a webhook of its own
    "#);
}

#[test]
fn a_clock_that_is_an_hour_off_is_named_in_seconds() {
    let portal = Settings::default();
    portal.clock.advance(std::time::Duration::from_secs(3600));
    let told = found(portal, None, &["clock"]);
    // The two clocks are read one after the other, so the last digit is not ours to know.
    assert!(told.starts_with("warn \"clock\" \"is 3") && told.contains(" s behind the portal's"), "{told}");
    assert!(told.contains("NTP"), "{told}");
}

#[test]
fn a_portal_whose_plan_has_run_out_is_named_as_such() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            refuse(stream);
        }
    });
    let webhook = format!("http://{address}/rest/1/not-a-secret-at-all/");
    let ended = run(&["doctor"], &[("B24_WEBHOOK_URL", &webhook)]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.contains("the portal's plan does not include REST, or has run out"), "{ended:?}");
}

/// Answers one request as a portal does whose subscription is over.
fn refuse(mut stream: TcpStream) {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        line.clear();
    }
    let body = r#"{"error":"PAYMENT_REQUIRED","error_description":"Payment required"}"#;
    let length = body.len();
    let head = format!(
        "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n"
    );
    let _ = stream.write_all(format!("{head}Connection: close\r\n\r\n{body}").as_bytes());
}
