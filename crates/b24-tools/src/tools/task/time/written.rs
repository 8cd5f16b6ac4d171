//! The fields of a time entry that somebody wants written, checked and with the person looked up.

use b24_model::moment::{EXAMPLES, Moment, to_wire};
use b24_rest::wire;
use jiff::{Timestamp, civil};
use serde_json::{Map, Value};

use super::Row;
use crate::{
    Reader, Refusal,
    directory::people,
    input::{PersonRef, worktime},
};

/// The longest comment.
const LONGEST: usize = 4000;
/// When the work of a day begins that is said without a time.
const MORNING: civil::Time = civil::time(9, 0, 0, 0);

/// What was said about an entry.
pub(super) struct Said<'a> {
    pub(super) seconds: Option<u32>,
    pub(super) time: Option<&'a str>,
    pub(super) comment: Option<&'a str>,
    pub(super) user: Option<&'a PersonRef>,
    pub(super) date: Option<&'a str>,
}

/// The same, ready to be written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    pub(super) seconds: Option<u32>,
    pub(super) comment: Option<String>,
    pub(super) user: Option<u64>,
    /// When the work began, in the zone of the acting person.
    pub(super) date: Option<String>,
}

impl Written {
    pub(super) async fn read(said: Said<'_>, reader: &Reader) -> Result<Self, Refusal> {
        let seconds = worktime::of(said.seconds, said.time)?;
        if let Some(comment) = said.comment
            && (comment.chars().count() > LONGEST || comment.contains('\0'))
        {
            return Err(Refusal::invalid(format!("`comment` has at most {LONGEST} characters, without NUL")));
        }
        let refuse = |error: b24_model::moment::Unread| {
            Refusal::invalid(format!("`date`: {error}")).hint(format!("say it like one of: {EXAMPLES}"))
        };
        let date = match said.date {
            Some(text) => {
                let moment = Moment::read(text, reader.now()).map_err(refuse)?;
                Some(to_wire(&moment.at(MORNING).map_err(refuse)?))
            }
            None => None,
        };
        let user = match said.user {
            Some(person) => Some(people::id_of(person, reader).await?.get()),
            None => None,
        };
        Ok(Self { seconds, comment: said.comment.map(str::to_owned), user, date })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.seconds.is_none() && self.comment.is_none() && self.user.is_none() && self.date.is_none()
    }

    /// The portal's fields. Length and comment are always sent, because the portal insists on them: where nothing
    /// was said they are those of `before`.
    pub(super) fn fields(&self, before: Option<&Row>) -> Map<String, Value> {
        let old = |key: &str| before.and_then(|row| row.get(key));
        let mut fields = Map::new();
        let seconds = self.seconds.map(i64::from).or_else(|| old("SECONDS").and_then(wire::int));
        fields.insert("SECONDS".into(), seconds.unwrap_or(0).into());
        let comment = self.comment.as_deref().or_else(|| old("COMMENT_TEXT").and_then(Value::as_str));
        fields.insert("COMMENT_TEXT".into(), comment.unwrap_or_default().into());
        if let Some(user) = self.user {
            fields.insert("USER_ID".into(), user.into());
        }
        if let Some(date) = &self.date {
            fields.insert("CREATED_DATE".into(), date.as_str().into());
        }
        fields
    }

    /// The portal's name of each thing that was said, with the argument's.
    pub(super) fn said(&self) -> Vec<(&'static str, &'static str)> {
        [
            ("SECONDS", "seconds", self.seconds.is_some()),
            ("COMMENT_TEXT", "comment", self.comment.is_some()),
            ("USER_ID", "userId", self.user.is_some()),
            ("CREATED_DATE", "date", self.date.is_some()),
        ]
        .into_iter()
        .filter_map(|(field, argument, is_said)| is_said.then_some((field, argument)))
        .collect()
    }

    /// The arguments that an entry does not hold, although they were said.
    pub(super) fn ignored(&self, now: &Row) -> Vec<&'static str> {
        let wanted = self.fields(None);
        let held =
            |field: &str| wanted.get(field).is_some_and(|value| same(field, now.get(field), Some(value)));
        self.said().into_iter().filter(|(field, _)| !held(field)).map(|(_, argument)| argument).collect()
    }
}

/// Whether two values of a field are the same, however the portal spells them.
pub(super) fn same(field: &str, one: Option<&Value>, other: Option<&Value>) -> bool {
    let instant = |value: Option<&Value>| value?.as_str()?.parse::<Timestamp>().ok();
    match field {
        "SECONDS" | "USER_ID" => one.and_then(wire::int) == other.and_then(wire::int),
        "CREATED_DATE" => instant(one) == instant(other),
        _ => one.and_then(wire::text) == other.and_then(wire::text),
    }
}
