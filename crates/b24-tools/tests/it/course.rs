//! Calls that are stopped on their way, and calls that tell how far they are.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use b24_tools::{Brake, Canceller, Course, Freeze, Progress, Untold};
use serde_json::{Value, json};

use crate::house::House;

/// Stops all writes after it was asked so many times.
struct After {
    left: AtomicUsize,
}

impl After {
    fn asked(times: usize) -> Arc<Self> {
        Arc::new(Self { left: AtomicUsize::new(times) })
    }
}

impl Brake for After {
    fn frozen(&self) -> Option<Freeze> {
        let let_go = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        let_go.is_err().then(|| Freeze {
            by: Some("olga".into()),
            since: "2026-10-16T06:00:00Z".parse().ok(),
            reason: Some("stock-taking".into()),
        })
    }
}

/// Keeps what it is told, and cancels the call when so many are done.
#[derive(Default)]
struct Listener {
    told: Mutex<Vec<(usize, usize)>>,
    cancel: Mutex<Option<(usize, Canceller)>>,
}

impl Progress for Listener {
    fn tell(&self, done: usize, total: usize) {
        self.told.lock().unwrap().push((done, total));
        if let Some((at, canceller)) = &*self.cancel.lock().unwrap()
            && done >= *at
        {
            canceller.cancel();
        }
    }
}

/// Rates that many tasks, the first ones of the world again and again.
async fn rate(house: &House, many: usize) -> Value {
    let tasks = house.portal.task_ids();
    let ids: Vec<u64> = tasks.into_iter().take(many).collect();
    assert_eq!(ids.len(), many, "the world has enough tasks");
    let asked = json!({ "taskId": ids, "rating": "positive", "force": true, "confirmChange": true });
    let answer = house.call("b24_task_rate", asked).await;
    let error =
        |row: &Value| row["error"].as_str().map(|text| text.split(':').next().unwrap_or("").to_owned());
    let rows = answer["results"].as_array().cloned().unwrap_or_default();
    let first_bad = rows.iter().position(|row| row["ok"] == false);
    json!({
        "code": answer["code"], "ok": answer["ok"], "failed": answer["failed"],
        "firstBad": first_bad, "why": first_bad.and_then(|at| error(&rows[at])),
    })
}

#[tokio::test]
async fn a_freeze_stops_a_long_batch_between_two_chunks_and_the_rows_say_which_ran() {
    let mut house = House::crowded(120).await;
    // Asked at the gate, before the record, and before each of three chunks.
    house.course = Course::new(After::asked(4), Arc::new(Untold));
    let told = rate(&house, 120).await;
    assert_eq!(told, json!({ "code": null, "ok": 100, "failed": 20, "firstBad": 100, "why": "FROZEN" }));
    let writes = house.traffic().matches("tasks.task.update").count();
    assert_eq!(writes, 2);
}

#[tokio::test]
async fn a_frozen_server_refuses_writes_before_any_wire_call_and_still_reads() {
    let mut house = House::open().await;
    house.course = Course::new(After::asked(0), Arc::new(Untold));
    insta::assert_json_snapshot!(
        house.call("b24_task_create", json!({ "title": "A", "responsibleId": 1 })).await
    );
    assert_eq!(house.traffic(), "");
    assert_eq!(house.code("b24_task_list", json!({})).await, "ok");
}

#[tokio::test]
async fn a_long_batch_tells_how_far_it_is_and_a_short_one_does_not() {
    let mut house = House::crowded(120).await;
    for (many, expected) in [(120, vec![(50, 120), (100, 120), (120, 120)]), (50, vec![])] {
        let listener = Arc::new(Listener::default());
        house.course = Course::new(Arc::new(b24_tools::Unbraked), Arc::clone(&listener) as Arc<dyn Progress>);
        rate(&house, many).await;
        assert_eq!(*listener.told.lock().unwrap(), expected);
    }
}

#[tokio::test]
async fn a_cancelled_batch_stops_before_its_next_chunk_and_says_what_ran() {
    let mut house = House::crowded(120).await;
    let listener = Arc::new(Listener::default());
    house.course = Course::new(Arc::new(b24_tools::Unbraked), Arc::clone(&listener) as Arc<dyn Progress>);
    *listener.cancel.lock().unwrap() = Some((50, house.course.canceller()));
    let told = rate(&house, 120).await;
    assert_eq!(told, json!({ "code": null, "ok": 50, "failed": 70, "firstBad": 50, "why": "CANCELLED" }));
    assert!(house.course.has_written());
}

#[tokio::test]
async fn a_call_that_was_cancelled_before_it_wrote_makes_no_further_call() {
    let mut house = House::open().await;
    house.course.canceller().cancel();
    let code = house.code("b24_task_create", json!({ "title": "A", "responsibleId": 1 })).await;
    assert_eq!((code.as_str(), house.traffic().as_str()), ("CANCELLED", ""));
    assert!(!house.course.has_written());
    house.course = Course::default();
    assert_eq!(house.code("b24_task_create", json!({ "title": "A", "responsibleId": 1 })).await, "ok");
}
