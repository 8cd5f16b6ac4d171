//! `Idempotency-Key` of REST 3.0: a write repeated with the same key and body is answered from memory for a day.
//! Only successes are remembered. Reads and the classic API ignore the header.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::answer_v3::RefusalV3;

const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A key belongs to a webhook, which is one person's, and to a method.
pub(crate) type Place = (usize, String, String);

/// The answers that may be replayed.
#[derive(Debug, Default)]
pub(crate) struct Replays(HashMap<Place, Kept>);

#[derive(Debug)]
struct Kept {
    body: Vec<u8>,
    answer: String,
    at: Timestamp,
}

/// Whether a header is 1 to 255 printable ASCII characters.
pub(crate) fn valid(key: &[u8]) -> Result<String, RefusalV3> {
    let printable = key.iter().all(|byte| (0x20..0x7f).contains(byte));
    if key.is_empty() || key.len() > 255 || !printable {
        let text = "The idempotency key must be 1 to 255 printable ASCII characters";
        return Err(RefusalV3::new(400, "INVALIDIDEMPOTENCYKEYEXCEPTION", text));
    }
    Ok(String::from_utf8_lossy(key).into_owned())
}

impl Replays {
    /// The answer of the first call; a refusal when its body was another one.
    pub(crate) fn find(
        &mut self,
        place: &Place,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Option<String>, RefusalV3> {
        self.0.retain(|_, kept| kept.at + KEPT > now);
        match self.0.get(place) {
            None => Ok(None),
            Some(kept) if kept.body == body => Ok(Some(kept.answer.clone())),
            Some(_) => {
                let text = "The idempotency key was already used with a different request body";
                Err(RefusalV3::new(422, "IDEMPOTENCYKEYREUSEDEXCEPTION", text))
            }
        }
    }

    pub(crate) fn keep(&mut self, place: Place, body: Vec<u8>, answer: String, now: Timestamp) {
        self.0.insert(place, Kept { body, answer, at: now });
    }
}
