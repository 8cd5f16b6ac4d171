//! Requests that are held back before they are sent.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use b24_model::Effect;
use b24_rest::{Brake, Call, CallError, Reply, Stop, methods};
use serde_json::{Map, Value, json};

use crate::scripted::{Seen, Server, Step, call, soon};

/// Lets so many requests go, and no write after them.
struct After(AtomicUsize);

impl Brake for After {
    fn check(&self, effect: Effect) -> Result<(), Stop> {
        let left = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match (effect, left) {
            (Effect::Read, _) | (_, Ok(_)) => Ok(()),
            _ => Err(Stop { code: "HELD", reason: "a test holds it".into(), hint: "wait".into() }),
        }
    }
}

fn after(requests: usize) -> Arc<After> {
    Arc::new(After(AtomicUsize::new(requests)))
}

fn echo(seen: &Seen) -> Step {
    let result: Map<String, Value> =
        seen.commands().into_iter().map(|(key, text)| (key, text.into())).collect();
    Step::json(
        200,
        json!({"result": {"result": result, "result_error": [], "result_total": [], "result_next": [], "result_time": []}}),
    )
}

fn add(title: &str) -> Call {
    call(&methods::task::ADD, json!({"fields": {"TITLE": title}}))
}

fn told(answers: &[Result<Reply, CallError>]) -> Vec<(usize, String)> {
    let mut runs: Vec<(usize, String)> = Vec::new();
    for answer in answers {
        let word = match answer {
            Ok(_) => "ok".to_owned(),
            Err(error) => format!("{} ran={:?}", error.code(), error.ran()),
        };
        match runs.last_mut() {
            Some((count, same)) if *same == word => *count += 1,
            _ => runs.push((1, word)),
        }
    }
    runs
}

#[tokio::test]
async fn a_batch_that_is_stopped_between_two_chunks_tells_what_ran_and_sends_nothing_more() {
    let server = Server::new(|_, seen| echo(seen)).await;
    let portal = server.portal().with_brake(after(2));
    let calls = (0..180).map(|n| add(&format!("no. {n}"))).chain([add("$result[x]")]).collect();
    let progress = Mutex::new(Vec::new());
    let tell = |done| progress.lock().expect("nobody panics").push(done);

    let answers = portal.batch_told(calls, soon(), &tell).await;

    assert_eq!(told(&answers), [(100, "ok".to_owned()), (81, "HELD ran=No".to_owned())]);
    assert_eq!(server.seen().len(), 2);
    assert_eq!(*progress.lock().expect("nobody panics"), [50, 100, 150, 181]);
}

#[tokio::test]
async fn reads_pass_a_brake_that_holds_writes() {
    let server = Server::always(Step::json(200, json!({"result": "here"}))).await;
    let portal = server.portal().with_brake(after(0));

    let read = portal.call(call(&methods::system::PROFILE, json!({})), soon()).await;
    let write = portal.call(add("held"), soon()).await;

    assert_eq!(told(&[read, write]), [(1, "ok".to_owned()), (1, "HELD ran=No".to_owned())]);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_write_that_waits_for_another_try_is_stopped_before_it() {
    let server = Server::always(Step::json(503, json!({"error": "QUERY_LIMIT_EXCEEDED"}))).await;
    let portal = server.portal().with_brake(after(1));

    let answer = portal.call(add("turned away once"), soon()).await;

    assert_eq!(told(&[answer]), [(1, "HELD ran=No".to_owned())]);
    assert_eq!(server.seen().len(), 1);
}
