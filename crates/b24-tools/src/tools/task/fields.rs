//! Values that are written into a task, by the kind of their field; and how they compare with what was there.

mod plain;
mod read;

pub(super) use read::{Given, Home, Written, read};

use b24_rest::wire;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::{
    Refusal,
    filter::{camel, is_standard, upper_snake},
    input::shorten,
};

/// Fields as the portal takes them, in the order they were given.
pub(super) type Fields = Map<String, Value>;

/// Fields that were given: by arguments of their own, and by the keys of `fields`. A key is a portal's name in upper
/// case, a custom field's in either case, or a label.
pub(super) fn given(
    arguments: impl IntoIterator<Item = (&'static str, Option<Value>)>,
    fields: Option<&Map<String, Value>>,
) -> Result<Vec<Given>, Refusal> {
    let by_argument = |(name, value): (&str, Option<Value>)| {
        Some(Given { shown: camel(name), name: name.to_owned(), value: value? })
    };
    let mut given: Vec<Given> = arguments.into_iter().filter_map(by_argument).collect();
    for (written, value) in fields.into_iter().flatten() {
        if is_standard(written) && upper_snake(written) != *written {
            return Err(Refusal::invalid(format!("`fields.{}` is not a portal name", shorten(written, 60)))
                .hint(format!("portal names are upper case: `{}`", shorten(&upper_snake(written), 60))));
        }
        if let Some(known) = given.iter().find(|given| given.name == *written) {
            return Err(Refusal::invalid(format!(
                "`{}` is given twice: as an argument and in `fields`",
                known.name
            )));
        }
        given.push(Given { shown: shorten(written, 60), name: written.clone(), value: value.clone() });
    }
    Ok(given)
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
