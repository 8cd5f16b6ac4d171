//! The portal in a box, by its flags.
#![cfg(unix)]

mod support;

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use support::{exchange, program, run};

/// A running sandbox. Killed when the test ends.
struct Sandbox {
    child: Child,
    webhook: String,
}

impl Sandbox {
    fn start(args: &[&str]) -> Self {
        let mut child = program(&[&["sandbox", "--listen", "127.0.0.1:0"], args].concat(), &[])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut webhook = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut webhook).expect("UTF-8");
        Self { child, webhook: webhook.trim().to_owned() }
    }

    /// The part of the webhook's address after the host: whose it is, and its secret.
    fn key(&self) -> &str {
        self.webhook.split("/rest/").nth(1).expect("a webhook")
    }

    fn ask(&self, method: &str) -> Value {
        let (host, key) = self.webhook.trim_start_matches("http://").split_once('/').expect("an address");
        let request = format!("GET /{key}{method} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        exchange(host, request.as_bytes()).json()
    }

    /// Stops it, and returns what it said.
    fn stop(mut self) -> String {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
        let mut said = String::new();
        self.child.stderr.take().expect("piped").read_to_string(&mut said).expect("UTF-8");
        assert!(self.child.wait().expect("it was started").success());
        said
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_portal_in_a_file_is_the_same_one_after_a_new_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("portal.json");
    let args = ["--data", file.to_str().expect("UTF-8")];
    let first = Sandbox::start(&args);
    let made = first.ask("tasks.task.add.json?fields[TITLE]=Kept&fields[RESPONSIBLE_ID]=1");
    let (id, key) =
        (made["result"]["task"]["id"].as_str().expect("an id").to_owned(), first.key().to_owned());
    assert!(first.stop().contains("It keeps everything in"));
    let second = Sandbox::start(&args);
    let read = second.ask(&format!("tasks.task.get.json?taskId={id}"));
    assert_eq!((second.key(), &read["result"]["task"]["title"]), (key.as_str(), &Value::from("Kept")));
}

#[test]
fn what_the_documents_leave_open_is_chosen_by_flags() {
    let args = [
        "--start-minus-one",
        "ignore",
        "--operating-charge",
        "outer",
        "--method-ms",
        "250",
        "--language",
        "ru",
        "--cards",
        "new",
    ];
    let (plain, chosen) = (Sandbox::start(&[]), Sandbox::start(&args));
    let list = "tasks.task.list.json?start=-1&select[]=ID&select[]=CHAT_ID";
    let told = |portal: &Sandbox| {
        let answer = portal.ask(list);
        let chat = answer["result"]["tasks"][0]["chatId"].as_u64().is_some_and(|chat| chat > 0);
        (answer.get("total").is_some(), answer["time"]["operating"] == 0.25, chat)
    };
    assert_eq!((told(&plain).0, told(&plain).1), (false, false));
    assert_eq!(told(&chosen), (true, true, true));
}

#[test]
fn tls_comes_with_the_certificate_to_trust() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ca.pem");
    let portal =
        Sandbox::start(&["--tls-listen", "127.0.0.1:0", "--cert-out", file.to_str().expect("UTF-8")]);
    assert!(std::fs::read_to_string(&file).expect("UTF-8").starts_with("-----BEGIN CERTIFICATE-----"));
    assert!(portal.stop().contains("by TLS it is https://127.0.0.1:"));
    assert_eq!(run(&["sandbox", "--tls-listen", "127.0.0.1:0"], &[]).code, Some(2));
}

#[test]
fn the_admin_token_is_shown_to_who_asks_for_it_only() {
    assert!(!Sandbox::start(&[]).stop().contains("admin token"));
    assert!(Sandbox::start(&["--show-admin-token"]).stop().contains("admin token: "));
}

#[test]
fn a_word_that_is_no_choice_is_refused_with_those_that_are() {
    let ended = run(&["sandbox", "--start-minus-one", "maybe"], &[]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("use `honour` or `ignore`"), "{}", ended.stderr);
}
