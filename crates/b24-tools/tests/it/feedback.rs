//! Feedback about the server. The mailbox here keeps what it is handed; the server's own is tested with the server.

use std::sync::{Arc, Mutex};

use b24_tools::{Desk, Filed, Mailbox, NotFiled, Note};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};

use crate::house::House;

/// A mailbox that answers the same every time.
#[derive(Clone)]
struct Kept {
    notes: Arc<Mutex<Vec<Note>>>,
    answer: Result<Filed, NotFiled>,
}

impl Mailbox for Kept {
    fn knows_secret(&self, text: &str) -> bool {
        text.contains("open-sesame")
    }

    fn file<'a>(&'a self, note: &'a Note) -> BoxFuture<'a, Result<Filed, NotFiled>> {
        self.notes.lock().unwrap().push(note.clone());
        let answer = self.answer.clone();
        Box::pin(async move { answer })
    }
}

async fn house(answer: Result<Filed, NotFiled>) -> (House, Arc<Mutex<Vec<Note>>>) {
    let mut house = House::open().await;
    let notes = Arc::default();
    house.tenant.desk = Some(Arc::new(Desk::new(Box::new(Kept { notes: Arc::clone(&notes), answer }))));
    (house, notes)
}

fn filed() -> Result<Filed, NotFiled> {
    Ok(Filed { url: "https://tracker.example/issues/7".into(), number: 7 })
}

fn words(details: &str) -> Value {
    json!({ "kind": "issue", "summary": "Dates are unclear", "details": details })
}

const TOOL: &str = "bx24mcp_submit_feedback";

#[tokio::test]
async fn feedback_is_filed_once_and_the_portal_never_hears_of_it() {
    let (house, notes) = house(filed()).await;
    let asked = json!({ "kind": "suggestion", "summary": "Say more of <dates>", "details": "What does +3d & friday mean?",
        "relatedTool": "B24_Task_List", "severity": "low" });

    insta::assert_json_snapshot!(house.call(TOOL, asked).await);
    insta::assert_debug_snapshot!(notes.lock().unwrap());
    assert_eq!(house.traffic(), "");
}

#[tokio::test]
async fn what_cannot_be_filed_is_told_and_is_no_error() {
    let mut told = Vec::new();
    for why in [NotFiled::Unconfigured, NotFiled::Rejected, NotFiled::Upstream, NotFiled::Network] {
        let (house, _) = house(Err(why)).await;
        told.push(house.call(TOOL, words("it is so unclear")).await);
    }
    told.push(House::open().await.call(TOOL, words("it is so unclear")).await);
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn five_in_an_hour_are_taken_and_the_sixth_is_told_when() {
    let (mut house, notes) = house(Err(NotFiled::Network)).await;
    for _ in 0..5 {
        house.call(TOOL, words("it is so unclear")).await;
    }
    house.now += std::time::Duration::from_secs(3000);
    let sixth = house.call(TOOL, words("it is so unclear")).await;
    house.now += std::time::Duration::from_secs(600);
    let later = house.call(TOOL, words("it is so unclear")).await;

    assert_eq!(sixth["message"], "five an hour are taken; the next one in 600 s");
    assert_eq!(later["code"], "NETWORK");
    assert_eq!(notes.lock().unwrap().len(), 6);
}

#[tokio::test]
async fn a_secret_in_the_text_stays_here() {
    let (house, notes) = house(filed()).await;
    for secret in ["my word is open-sesame", "https://acme.example/rest/1/abcdef/ fails"] {
        assert_eq!(house.code(TOOL, words(secret)).await, "SECRET_IN_TEXT", "{secret}");
    }
    assert_eq!(house.code(TOOL, json!({ "kind": "positive", "summary": "\u{200b}\u{200b}\r\n\n\u{feff}", "details": "0123456789" })).await, "INVALID_INPUT");
    assert_eq!(house.code(TOOL, words("too short")).await, "INVALID_INPUT");
    assert!(notes.lock().unwrap().is_empty());
}

#[tokio::test]
async fn nobody_signs_in_here_so_there_are_no_sessions() {
    let house = House::open().await;
    insta::assert_json_snapshot!(house.call("bx24mcp_list_session", json!({})).await);
    assert_eq!(house.traffic(), "");
}
