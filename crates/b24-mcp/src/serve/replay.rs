//! Writes whose answer may not have arrived.
//!
//! A client whose stream broke sends the same call again. If the first one still runs, or has ended within the
//! last minute without anybody taking its answer, the second gets that answer: nothing is written twice. An answer
//! that was taken is forgotten at once, so whoever means the same write twice gets it twice.
//!
//! The invariant: an entry is removed only by the writer that made it (its ticket was dropped without an answer), by
//! the proof that its own answer was taken, or by a minute's time. Over HTTP the proof is that the body of a response
//! was read to its end ([`super::receipt`]); that a tool has returned proves nothing, because a session outlives its
//! streams. Each entry has a serial, so that what was said about an older one never removes a newer one of the same
//! key. What went into the buffers of a connection that died without a word counts as taken: nobody can know better.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use b24_tools::{Answer, Caller, Policy};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use tokio::sync::watch;

/// How long an answer that nobody took is kept.
const KEPT: Duration = Duration::from_secs(60);

/// Who calls what with which arguments: the same key is the same call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key([u8; 32]);

impl Key {
    /// The order of the arguments' names does not matter. What the arguments are cannot be read back from it. Under another
    /// policy it is another call: one that is forbidden there must not get the answer of one that was allowed here.
    pub(crate) fn of(caller: &Caller, policy: &Policy, tool: &str, arguments: &Map<String, Value>) -> Self {
        let mut digest = Sha256::new();
        for part in [caller.label.as_str(), &format!("{policy:?}"), tool] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        digest.update(canonical(&Value::Object(arguments.clone())).to_string());
        Self(digest.finalize().into())
    }
}

/// The same value with sorted names, so that equal values are written alike.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut names: Vec<&String> = map.keys().collect();
            names.sort_unstable();
            Value::Object(names.into_iter().map(|name| (name.clone(), canonical(&map[name]))).collect())
        }
        Value::Array(items) => items.iter().map(canonical).collect(),
        other => other.clone(),
    }
}

/// The writes of this process.
#[derive(Clone, Default)]
pub(crate) struct Replays(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    entries: HashMap<Key, Entry>,
    next: u64,
}

struct Entry {
    serial: u64,
    ending: watch::Receiver<Option<Ending>>,
    ended: Option<Instant>,
}

/// How a write ended, for those who wait for its answer.
#[derive(Clone)]
enum Ending {
    Answered(Answer),
    /// It was cancelled before it changed anything.
    NeverWas,
}

/// What somebody learns who waited for the answer of another call.
pub(crate) enum Again {
    /// The answer of the first call, marked.
    Told(Answer, Delivery),
    /// The first call was cancelled before it changed anything: make the call.
    NeverWas,
    /// The first call ended without a word.
    Lost,
}

/// What a call is: the first of its kind, or one more of the same.
pub(crate) enum Joined {
    /// Make the call, and give its answer to the ticket.
    First(Ticket),
    /// Wait for the answer of the first.
    Again(Waiting),
}

/// The answer of a write that somebody else makes or made.
pub(crate) struct Waiting {
    ending: watch::Receiver<Option<Ending>>,
    delivery: Delivery,
}

/// Which answer is on its way. Dropped without [`Delivery::taken`], the answer stays for the same call made again.
#[derive(Clone)]
pub(crate) struct Delivery {
    key: Key,
    serial: u64,
    replays: Replays,
}

/// The duty to say how a write ended. Dropped without an answer (the tool panicked), the write is forgotten.
pub(crate) struct Ticket {
    delivery: Delivery,
    ending: watch::Sender<Option<Ending>>,
    is_ended: bool,
}

impl Replays {
    /// Joins the write of this key, or begins it.
    pub(crate) fn join(&self, key: Key, now: Instant) -> Joined {
        let mut kept = self.kept();
        kept.entries.retain(|_, entry| entry.ended.is_none_or(|ended| now.duration_since(ended) <= KEPT));
        let delivery = |serial| Delivery { key, serial, replays: self.clone() };
        if let Some(entry) = kept.entries.get(&key) {
            let (ending, delivery) = (entry.ending.clone(), delivery(entry.serial));
            return Joined::Again(Waiting { ending, delivery });
        }
        let (ending, waited_for) = watch::channel(None);
        kept.next += 1;
        let serial = kept.next;
        kept.entries.insert(key, Entry { serial, ending: waited_for, ended: None });
        Joined::First(Ticket { delivery: delivery(serial), ending, is_ended: false })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Delivery {
    /// The answer was taken: the next call of its key is a new one.
    pub(crate) fn taken(&self) {
        self.forget();
    }

    fn forget(&self) {
        let mut kept = self.replays.kept();
        if kept.entries.get(&self.key).is_some_and(|entry| entry.serial == self.serial) {
            kept.entries.remove(&self.key);
        }
    }
}

impl Ticket {
    /// Which answer will be on its way when the write has ended.
    pub(crate) fn delivery(&self) -> Delivery {
        self.delivery.clone()
    }

    /// Says how the write ended, to whoever waits or comes within a minute.
    pub(crate) fn end(mut self, answer: Answer, now: Instant) {
        let Delivery { key, serial, replays } = &self.delivery;
        if let Some(entry) = replays.kept().entries.get_mut(key).filter(|entry| entry.serial == *serial) {
            entry.ended = Some(now);
        }
        self.is_ended = true;
        self.ending.send_replace(Some(Ending::Answered(answer)));
    }

    /// Says that nothing was changed, and forgets the write: the same call is a new one.
    pub(crate) fn never_was(self) {
        self.ending.send_replace(Some(Ending::NeverWas));
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if !self.is_ended {
            self.delivery.forget();
        }
    }
}

/// Waits for the first call to end.
pub(crate) async fn again(waiting: Waiting) -> Again {
    let Waiting { mut ending, delivery } = waiting;
    let ended = ending.wait_for(Option::is_some).await.map(|ended| ended.clone());
    match ended {
        Ok(Some(Ending::Answered(first))) => Again::Told(marked(first), delivery),
        Ok(Some(Ending::NeverWas)) => Again::NeverWas,
        Ok(None) | Err(_) => Again::Lost,
    }
}

/// Says in the answer that it is not the first time it is told.
fn marked(mut answer: Answer) -> Answer {
    if let Some(structured) = &mut answer.structured {
        structured.insert("replayed".into(), true.into());
        answer.text = Value::Object(structured.clone()).to_string();
    }
    answer
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(caller: &str, arguments: Value) -> Key {
        let Value::Object(arguments) = arguments else { panic!("an object") };
        Key::of(&Caller::named(caller), &Policy::default(), "b24_task_create", &arguments)
    }

    fn answer() -> Answer {
        let structured = json!({ "id": 7 }).as_object().cloned();
        Answer { is_error: false, structured, text: r#"{"id":7}"#.into(), code: None, calls: 1 }
    }

    fn ticket(joined: Joined) -> Ticket {
        match joined {
            Joined::First(ticket) => ticket,
            Joined::Again(_) => panic!("it should be the first of its kind"),
        }
    }

    #[test]
    fn the_same_call_is_the_same_caller_and_the_same_arguments_in_any_order() {
        let one = key("anna", json!({ "title": "A", "tags": ["x", "y"] }));
        assert_eq!(one, key("anna", json!({ "tags": ["x", "y"], "title": "A" })));
        assert_ne!(one, key("boris", json!({ "title": "A", "tags": ["x", "y"] })));
        assert_ne!(one, key("anna", json!({ "title": "A", "tags": ["y", "x"] })));
        let arguments = json!({ "title": "A", "tags": ["x", "y"] });
        let read_only = Policy { read_only: true, ..Policy::default() };
        let arguments = arguments.as_object().expect("an object");
        assert_ne!(one, Key::of(&Caller::named("anna"), &read_only, "b24_task_create", arguments));
    }

    #[tokio::test]
    async fn an_answer_that_nobody_took_is_given_to_the_same_call_and_marked() {
        let (replays, now, key) = (Replays::default(), Instant::now(), key("anna", json!({})));
        let first = ticket(replays.join(key, now));
        let Joined::Again(waiting) = replays.join(key, now) else { panic!("the first still runs") };
        first.end(answer(), now);
        let Again::Told(told, _) = again(waiting).await else { panic!("an answer") };
        assert_eq!(told.text, r#"{"id":7,"replayed":true}"#);
        let Joined::Again(later) = replays.join(key, now + KEPT) else { panic!("nobody took it") };
        assert!(matches!(again(later).await, Again::Told(..)));
    }

    #[test]
    fn an_answer_that_was_taken_or_is_old_is_not_given_again() {
        let (replays, now, key) = (Replays::default(), Instant::now(), key("anna", json!({})));
        let first = ticket(replays.join(key, now));
        let delivery = first.delivery();
        first.end(answer(), now);
        delivery.taken();
        ticket(replays.join(key, now)).end(answer(), now);
        ticket(replays.join(key, now + KEPT + Duration::from_secs(1)));
    }

    #[test]
    fn what_becomes_known_of_an_older_write_never_removes_a_newer_one() {
        let (replays, now, key) = (Replays::default(), Instant::now(), key("anna", json!({})));
        let older = ticket(replays.join(key, now));
        let delivery = older.delivery();
        older.end(answer(), now);
        let later = now + KEPT + Duration::from_secs(1);
        let newer = ticket(replays.join(key, later));
        delivery.taken();
        assert!(matches!(replays.join(key, later), Joined::Again(_)), "the newer one still runs");
        newer.end(answer(), later);
        delivery.taken();
        assert!(matches!(replays.join(key, later), Joined::Again(_)), "nobody took the newer answer");
    }

    #[tokio::test]
    async fn a_write_that_never_ended_is_forgotten_and_its_waiters_are_told() {
        let (replays, now, key) = (Replays::default(), Instant::now(), key("anna", json!({})));
        let first = ticket(replays.join(key, now));
        let Joined::Again(waiting) = replays.join(key, now) else { panic!("the first still runs") };
        drop(first);
        assert!(matches!(again(waiting).await, Again::Lost));
        ticket(replays.join(key, now));
    }

    #[tokio::test]
    async fn a_write_that_changed_nothing_is_forgotten_and_its_waiters_make_it_themselves() {
        let (replays, now, key) = (Replays::default(), Instant::now(), key("anna", json!({})));
        let first = ticket(replays.join(key, now));
        let Joined::Again(waiting) = replays.join(key, now) else { panic!("the first still runs") };
        first.never_was();
        assert!(matches!(again(waiting).await, Again::NeverWas));
        ticket(replays.join(key, now));
    }
}
