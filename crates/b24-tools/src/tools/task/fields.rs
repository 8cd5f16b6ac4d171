//! Values that are written into a task, by the kind of their field; and how they compare with what was there.

use b24_model::moment::{EXAMPLES, Moment, to_wire};
use b24_rest::wire;
use jiff::{Timestamp, Zoned, civil};
use serde_json::{Map, Value};

use crate::{
    Reader, Refusal,
    directory::people,
    filter::{Kind, camel, settable},
    input::{PersonRef, plain_words},
};

/// When a working day ends, as long as the portal's calendar has not been asked.
const END_OF_DAY: civil::Time = civil::time(18, 0, 0, 0);
/// The longest text that is written.
const LONGEST_TEXT: usize = 100_000;
/// The most members of a set.
const MOST_MEMBERS: usize = 200;

/// Fields as the portal takes them, in the order they were given.
pub(super) type Fields = Map<String, Value>;

/// Reads one field that a model wants to set.
pub(super) async fn read(written: &str, value: &Value, reader: &Reader) -> Result<(String, Value), Refusal> {
    let (name, kind) = settable(written)?;
    let value = match kind {
        Kind::Person => people::id_of(&person(written, value)?, reader).await?.get().into(),
        Kind::People => people_of(written, value, reader).await?,
        Kind::Date => date(written, value, reader.now())?,
        _ => plain(written, kind, value)?,
    };
    Ok((name, value))
}

/// A moment for the wire. A plain day is the end of that working day; `""` or `none` takes the date away.
pub(super) fn date(written: &str, value: &Value, now: &Zoned) -> Result<Value, Refusal> {
    let said = match value {
        Value::Null => "",
        Value::String(said) => said.trim(),
        _ => {
            return Err(
                Refusal::invalid(format!("`{written}` takes a date")).hint(format!("for example {EXAMPLES}"))
            );
        }
    };
    if said.is_empty() || said.eq_ignore_ascii_case("none") {
        return Ok("".into());
    }
    let read = Moment::read(said, now).and_then(|moment| moment.at(END_OF_DAY));
    read.map(|zoned| to_wire(&zoned).into()).map_err(|error| {
        Refusal::invalid(format!("`{written}`: {error}")).hint(format!("say it like one of: {EXAMPLES}"))
    })
}

fn person(written: &str, value: &Value) -> Result<PersonRef, Refusal> {
    serde_json::from_value(value.clone())
        .map_err(|error| Refusal::invalid(format!("`{written}`: {}", plain_words(&error.to_string()))))
}

async fn people_of(written: &str, value: &Value, reader: &Reader) -> Result<Value, Refusal> {
    let Value::Array(values) = value else {
        return Err(Refusal::invalid(format!("`{written}` takes the whole list of people"))
            .hint("for example [5, \"Anna Berg\"]; `[]` takes everyone away, and has to be agreed to"));
    };
    check_members(written, values)?;
    let people = values.iter().map(|value| person(written, value)).collect::<Result<Vec<_>, _>>()?;
    Ok(people::ids_of(&people, reader).await?.into_iter().map(|id| Value::from(id.get())).collect())
}

fn plain(written: &str, kind: Kind, value: &Value) -> Result<Value, Refusal> {
    let wrong = |what: &str| Err(Refusal::invalid(format!("`{written}` takes {what}")));
    let whole = |least: i64, most: i64| wire::int(value).filter(|number| (least..=most).contains(number));
    match kind {
        Kind::Number => match whole(0, b24_model::id::MAX_ID as i64) {
            Some(number) => Ok(number.into()),
            None => wrong("a whole number; 0 for none"),
        },
        Kind::Status => match whole(2, 6) {
            Some(status) => Ok(status.into()),
            None => wrong("a status: 2 pending, 3 in progress, 4 awaiting control, 5 completed, 6 deferred"),
        },
        Kind::Priority => match whole(0, 2) {
            Some(priority) => Ok(priority.into()),
            None => wrong("a priority: 0 low, 1 medium, 2 high"),
        },
        Kind::Mark => match value {
            Value::Null => Ok(Value::Null),
            Value::String(mark) if matches!(mark.as_str(), "P" | "N" | "") => Ok(value.clone()),
            _ => wrong("`P`, `N`, or null"),
        },
        Kind::Flag => match wire::yes(value) {
            Some(flag) => Ok(if flag { "Y" } else { "N" }.into()),
            None => wrong("`Y` or `N`"),
        },
        Kind::Words => match value {
            Value::Array(words) if words.iter().all(Value::is_string) => {
                check_members(written, words)?;
                Ok(value.clone())
            }
            _ => wrong("the whole list of texts"),
        },
        Kind::Text => match value.as_str() {
            Some(text) if text.chars().count() <= LONGEST_TEXT && !text.contains('\0') => Ok(value.clone()),
            Some(_) => wrong("text of at most 100000 characters, without NUL"),
            None => wrong("text"),
        },
        _ => Ok(value.clone()),
    }
}

fn check_members(written: &str, members: &[Value]) -> Result<(), Refusal> {
    if members.len() <= MOST_MEMBERS {
        return Ok(());
    }
    Err(Refusal::invalid(format!("`{written}` has more than {MOST_MEMBERS} members")))
}

/// The members of `before` that `after` has no more, both as the portal or a model writes sets. `None` when
/// `before` is no set that this server can read.
pub(super) fn lost(before: &Value, after: &Value) -> Option<Vec<String>> {
    let rows = match before {
        before if is_nothing(before) => Vec::new(),
        before => wire::rows(before)?,
    };
    let after = members(after);
    let before = rows.into_iter().map(member).collect::<Option<Vec<String>>>()?;
    Some(before.into_iter().filter(|member| !after.contains(member)).collect())
}

/// What a set holds: ids, or texts. Tags come as a map of `{id, title}`.
pub(super) fn members(set: &Value) -> Vec<String> {
    wire::rows(set).unwrap_or_default().into_iter().filter_map(member).collect()
}

fn member(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) => map.get("title").or_else(|| map.get("id")).and_then(wire::text),
        other => wire::text(other),
    }
}

/// Whether the portal now holds what was asked for. `None` when its answer does not show the field, or shows
/// something else by that name: a file is written by the id of the disk and read by that of the attachment.
pub(super) fn holds(record: &Map<String, Value>, name: &str, asked: &Value) -> Option<bool> {
    let held = record.get(&camel(name)).filter(|_| name != "UF_TASK_WEBDAV_FILES")?;
    let instant = |value: &Value| value.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    Some(match (instant(held), instant(asked)) {
        (Some(held), Some(asked)) => held == asked,
        _ if is_nothing(held) && is_nothing(asked) => true,
        _ if asked.is_array() || asked.is_object() => {
            let (mut held, mut asked) = (members(held), members(asked));
            held.sort_unstable();
            asked.sort_unstable();
            asked.dedup();
            held == asked
        }
        _ => plain_text(held) == plain_text(asked),
    })
}

/// The many ways in which a portal says that there is nothing.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::String(text) => matches!(text.as_str(), "" | "0"),
        Value::Number(number) => number.as_i64() == Some(0),
        Value::Bool(flag) => !flag,
        other => crate::record::task::is_unset(other),
    }
}

/// Text by what it says: portals trim it, and some answer with the signs of HTML escaped.
pub(super) fn plain_text(value: &Value) -> String {
    const SIGNS: [(&str, &str); 5] =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#039;", "'"), ("&amp;", "&")];
    let text = wire::text(value).unwrap_or_default();
    let text = SIGNS.iter().fold(text, |text, (escaped, sign)| text.replace(escaped, sign));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn now() -> Zoned {
        "2026-10-16T09:30:00+02:00[Europe/Berlin]".parse().expect("a zoned time")
    }

    #[test]
    fn a_plain_day_ends_with_the_working_day_and_nothing_takes_the_date_away() {
        assert_eq!(date("deadline", &json!("friday"), &now()), Ok(json!("2026-10-23T18:00:00+02:00")));
        assert_eq!(
            date("deadline", &json!("tomorrow 09:00"), &now()),
            Ok(json!("2026-10-17T09:00:00+02:00"))
        );
        assert_eq!(date("deadline", &json!("none"), &now()), Ok(json!("")));
        assert!(date("deadline", &json!("asap"), &now()).is_err());
    }

    #[test]
    fn a_set_loses_who_is_not_named_again_however_it_is_written() {
        assert_eq!(lost(&json!(["5", "7"]), &json!([7])), Some(vec!["5".into()]));
        assert_eq!(
            lost(&json!({ "3": { "id": 3, "title": "urgent" } }), &json!([])),
            Some(vec!["urgent".into()])
        );
        assert_eq!(lost(&json!([]), &json!([1])), Some(Vec::new()));
        assert_eq!(lost(&Value::Null, &json!([1])), Some(Vec::new()));
        for unreadable in [json!("7"), json!({ "a": "7" }), json!([[7]])] {
            assert_eq!(lost(&unreadable, &json!([7])), None, "{unreadable}");
        }
    }

    #[test]
    fn what_the_portal_holds_is_compared_by_meaning_and_not_by_spelling() {
        let record = json!({ "priority": "2", "deadline": "2026-10-23T16:00:00+00:00", "auditors": ["7", "5"], "title": "A" });
        let record = record.as_object().expect("an object");
        assert_eq!(holds(record, "PRIORITY", &json!(2)), Some(true));
        assert_eq!(holds(record, "DEADLINE", &json!("2026-10-23T18:00:00+02:00")), Some(true));
        assert_eq!(holds(record, "AUDITORS", &json!([5, 7])), Some(true));
        assert_eq!(holds(record, "TITLE", &json!("B")), Some(false));
        assert_eq!(holds(record, "GROUP_ID", &json!(1)), None);
        let record = json!({ "groupId": null, "parentId": "0", "title": "Call &quot;Client&quot;" });
        let record = record.as_object().expect("an object");
        assert_eq!(holds(record, "GROUP_ID", &json!(0)), Some(true));
        assert_eq!(holds(record, "PARENT_ID", &json!(0)), Some(true));
        assert_eq!(holds(record, "TITLE", &json!(" Call \"Client\" ")), Some(true));
    }
}
