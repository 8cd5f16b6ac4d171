//! Filters, sort orders and field lists of tasks, from keys that a model chose.
//!
//! A key reaches the portal only if it is an operator this file knows in front of a field the portal
//! documents (or a custom field). Everything else is refused with the nearest known name: a dropped
//! condition would silently widen the answer. Source: `tasks/tasks-task-list.md`, `tasks/fields.md`.

mod field;
mod key;
mod value;

pub(crate) use field::{Kind, SETTABLE};
pub(crate) use key::{camel, upper_snake};

use jiff::Zoned;
use serde_json::{Map, Value};

use self::key::{Key, Operator};
use crate::{Reader, Refusal, directory::people, input::PersonRef};

/// The most fields of one selection.
const MOST_SELECTED: usize = 60;
/// The most conditions of one filter.
const MOST: usize = 30;

/// A filter of `tasks.task.list` that is safe to send, but for people who still go by name.
#[derive(Debug, Default)]
pub(crate) struct TaskFilter {
    conditions: Vec<(String, Condition)>,
    favorites: bool,
}

#[derive(Debug)]
enum Condition {
    Ready(Value),
    Person(PersonRef),
    People(Vec<PersonRef>),
}

impl TaskFilter {
    /// Reads the conditions that a model wrote. Times are read in the zone of `now`.
    pub(crate) fn read(written: &Map<String, Value>, now: &Zoned) -> Result<Self, Refusal> {
        if written.len() > MOST {
            return Err(Refusal::invalid(format!("a filter has at most {MOST} conditions")));
        }
        let mut filter = Self::default();
        for (written_key, value) in written {
            if let Some(favorites) = key::favorites(written_key, value)? {
                filter.favorites = favorites;
                continue;
            }
            let key = Key::read(written_key)?;
            filter.add(written_key, &key, value, now)?;
        }
        Ok(filter)
    }

    fn add(&mut self, written: &str, key: &Key, value: &Value, now: &Zoned) -> Result<(), Refusal> {
        match key.field.kind {
            Kind::Person => {
                let people = value::people(written, value)?;
                self.push(key.wire(), written, people)
            }
            Kind::Date => {
                for (operator, value) in value::date(written, key.operator, value, now)? {
                    self.push(key.wire_as(operator), written, Condition::Ready(value))?;
                }
                Ok(())
            }
            _ => {
                let value = value::plain(written, key, value)?;
                self.push(key.wire(), written, Condition::Ready(value))
            }
        }
    }

    /// Adds a condition of the tool's own, such as `responsible` beside the filter.
    pub(crate) fn person(&mut self, field: &'static str, person: PersonRef) -> Result<(), Refusal> {
        self.push(field.to_owned(), field, Condition::Person(person))
    }

    /// Adds a condition with a value that is known to be right.
    pub(crate) fn exact(&mut self, key: &'static str, value: impl Into<Value>) -> Result<(), Refusal> {
        self.push(key.to_owned(), key, Condition::Ready(value.into()))
    }

    /// Adds a date condition of the tool's own, given as `argument`: `said` is read like a filter value.
    pub(crate) fn date(
        &mut self,
        key: &'static str,
        argument: &'static str,
        said: &str,
        now: &Zoned,
    ) -> Result<(), Refusal> {
        self.add(argument, &Key::read(key)?, &Value::String(said.to_owned()), now)
    }

    /// Adds "contains" on a text field.
    pub(crate) fn contains(&mut self, field: &'static str, part: &str) -> Result<(), Refusal> {
        let key = Key::read(&format!("%{field}"))?;
        let value = value::plain(field, &key, &Value::String(part.to_owned()))?;
        self.push(key.wire(), field, Condition::Ready(value))
    }

    /// Whether a condition on this field is there, whatever its operator.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.conditions.iter().any(|(key, _)| key.trim_start_matches(['!', '<', '>', '=']) == field)
    }

    fn push(&mut self, wire: String, written: &str, condition: Condition) -> Result<(), Refusal> {
        if self.conditions.iter().any(|(key, _)| *key == wire) {
            return Err(Refusal::invalid(format!(
                "`{written}` and another condition are both `{wire}` for the portal"
            ))
            .hint("give each condition once; for several values use a list"));
        }
        self.conditions.push((wire, condition));
        Ok(())
    }

    /// The filter for the wire, with people looked up.
    pub(crate) async fn resolve(self, reader: &Reader) -> Result<Map<String, Value>, Refusal> {
        let mut wire = Map::new();
        for (key, condition) in self.conditions {
            let value = match condition {
                Condition::Ready(value) => value,
                Condition::Person(person) => people::id_of(&person, reader).await?.get().into(),
                Condition::People(several) => {
                    let ids = people::ids_of(&several, reader).await?;
                    ids.into_iter().map(|id| Value::from(id.get())).collect()
                }
            };
            wire.insert(key, value);
        }
        if self.favorites {
            wire.insert("::SUBFILTER-PARAMS".into(), serde_json::json!({ "FAVORITE": "Y" }));
        }
        Ok(wire)
    }
}

/// Reads `{field: "asc" | "desc"}`. Nothing given: newest first.
pub(crate) fn order(written: Option<&Map<String, Value>>) -> Result<Map<String, Value>, Refusal> {
    let mut wire = Map::new();
    for (written_key, direction) in written.into_iter().flatten() {
        let name = key::known(written_key, field::SORTABLE, "sort by")?;
        let direction = direction.as_str().map(str::to_ascii_lowercase);
        let direction = match direction.as_deref() {
            Some("asc") => "asc",
            Some("desc") => "desc",
            _ => {
                return Err(Refusal::invalid(format!("`order.{written_key}` is neither `asc` nor `desc`")));
            }
        };
        if wire.insert(name.clone(), direction.into()).is_some() {
            return Err(Refusal::invalid(format!("`order` names `{name}` twice")));
        }
    }
    if wire.is_empty() {
        wire.insert("ID".into(), "desc".into());
    }
    Ok(wire)
}

/// Reads the names of fields to return. Repetitions are harmless and dropped.
pub(crate) fn select(written: &[String]) -> Result<Vec<String>, Refusal> {
    if written.len() > MOST_SELECTED {
        return Err(Refusal::invalid(format!("`select` names more than {MOST_SELECTED} fields")));
    }
    let mut wire: Vec<String> = Vec::new();
    // "Everything" means what is told anyway: the portal's own set may change.
    for name in written.iter().filter(|name| *name != "*") {
        let name = key::known(name, field::SELECTABLE, "select")?;
        if !wire.contains(&name) {
            wire.push(name);
        }
    }
    Ok(wire)
}

/// Reads the name of a field that may be written.
pub(crate) fn settable(written: &str) -> Result<(String, Kind), Refusal> {
    let names: Vec<&str> = SETTABLE.iter().map(|field| field.name).collect();
    let name = key::known(written, &names, "set")?;
    let kind = SETTABLE.iter().find(|field| field.name == name).map_or(Kind::Custom, |field| field.kind);
    Ok((name, kind))
}

/// Operators that the portal documents for tasks, and `%`, which is translated.
pub(crate) fn operators() -> impl Iterator<Item = &'static str> {
    Operator::ALL.into_iter().map(Operator::written)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn now() -> Zoned {
        "2026-10-16T09:30:00+02:00[Europe/Berlin]".parse().expect("a zoned time")
    }

    fn read(written: Value) -> String {
        let Value::Object(written) = written else { panic!("an object") };
        match TaskFilter::read(&written, &now()) {
            Ok(filter) => {
                let shown = filter.conditions.iter().map(|(key, condition)| match condition {
                    Condition::Ready(value) => format!("{key} = {value}"),
                    other => format!("{key} = {other:?}"),
                });
                shown.collect::<Vec<_>>().join("\n")
            }
            Err(refusal) => format!("{} | {}", refusal.message(), refusal.next_step().unwrap_or("-")),
        }
    }

    #[test]
    fn both_spellings_of_a_field_and_every_operator_reach_the_wire() {
        insta::assert_snapshot!(read(json!({
            "realStatus": [2, 3], "!GROUP_ID": 7, ">=createdDate": "2026-10-01", "<DEADLINE": "2026-10-16T12:00:00Z",
            "%title": "report", "RESPONSIBLE_ID": "5", "!=auditor": "Anna", "PRIORITY": "2", "UF_CRM_TASK": "D_7"
        })), @r#"
        REAL_STATUS = [2,3]
        !GROUP_ID = 7
        >=CREATED_DATE = "2026-10-01T00:00:00+02:00"
        <DEADLINE = "2026-10-16T14:00:00+02:00"
        TITLE = "%report%"
        RESPONSIBLE_ID = Person(Id(UserId(5)))
        !AUDITOR = Person(Name("Anna"))
        PRIORITY = 2
        UF_CRM_TASK = "D_7"
        "#);
    }

    #[test]
    fn a_day_is_the_whole_day_whatever_the_operator() {
        insta::assert_snapshot!(read(json!({ "<=DEADLINE": "today", ">CLOSED_DATE": "2026-10-01" })), @r#"
        <=DEADLINE = "2026-10-16T23:59:59+02:00"
        >CLOSED_DATE = "2026-10-01T23:59:59+02:00"
        "#);
        insta::assert_snapshot!(read(json!({ "DEADLINE": "tomorrow" })), @r#"
        >=DEADLINE = "2026-10-17T00:00:00+02:00"
        <=DEADLINE = "2026-10-17T23:59:59+02:00"
        "#);
    }

    #[test]
    fn what_is_not_a_field_an_operator_or_a_value_is_refused_and_never_dropped() {
        let bad = [
            json!({ "responsible": 5 }),
            json!({ "__proto__": 1 }),
            json!({ "!constructor": 1 }),
            json!({ "><ID": [1, 2] }),
            json!({ "!!ID": 1 }),
            json!({ ">": 1 }),
            json!({ "": 1 }),
            json!({ "ID\u{0}": 1 }),
            json!({ "ID]": 1 }),
            json!({ "UF_CRM_TASK;DROP": 1 }),
            json!({ "0": { "LOGIC": "OR" } }),
            json!({ "ID": { "value": 1 } }),
            json!({ "ID": [[1]] }),
            json!({ "ID": "1 OR 1=1" }),
            json!({ "REAL_STATUS": 9 }),
            json!({ "DEADLINE": "soon" }),
            json!({ "%ID": 1 }),
            json!({ ">TITLE": "a" }),
            json!({ "responsibleId": 1, "RESPONSIBLE_ID": 2 }),
            json!({ "x".repeat(200): 1 }),
        ];
        let refused = bad.into_iter().map(read).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(refused);
    }

    #[test]
    fn sort_orders_and_field_lists_are_checked_the_same_way() {
        let order = |value: Value| match order(value.as_object()) {
            Ok(wire) => Value::Object(wire).to_string(),
            Err(refusal) => refusal.message().to_owned(),
        };
        let select = |names: &[&str]| match select(&names.iter().map(ToString::to_string).collect::<Vec<_>>())
        {
            Ok(wire) => wire.join(","),
            Err(refusal) => refusal.message().to_owned(),
        };
        assert_eq!(order(json!({})), r#"{"ID":"desc"}"#);
        assert_eq!(order(json!({ "deadline": "ASC" })), r#"{"DEADLINE":"asc"}"#);
        assert_eq!(order(json!({ "ID; DROP": "asc" })), "`ID; DROP` cannot be the name of a field");
        assert_eq!(order(json!({ "deadline": "up" })), "`order.deadline` is neither `asc` nor `desc`");
        assert_eq!(select(&["id", "title", "TITLE", "ufAutoNumber"]), "ID,TITLE,UF_AUTO_NUMBER");
        assert_eq!(select(&["password"]), "there is no field `password` to select");
    }
}
