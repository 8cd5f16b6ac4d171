//! Filters, sort orders and field lists, from keys that a model chose.
//!
//! A key reaches the portal only if it is an operator this folder knows in front of a field the portal
//! documents (or a custom field). Everything else is refused with the nearest known name: a dropped
//! condition would silently widen the answer. What an entity has is in its [`Table`]; the reader of keys,
//! operators and values is one for all of them, and writes both grammars of the portal: keys with an
//! operator in front, and the `[field, operator, value]` of REST 3.0.

mod field;
mod key;
mod table;
mod value;
mod wire;

pub(crate) use field::{Kind, SETTABLE};
pub(crate) use key::{camel, upper_snake};
pub(crate) use table::{RESULT, TASK, TIME, Table};
pub(crate) use wire::WireFilter;

use jiff::Zoned;
use serde_json::{Map, Value};

use self::key::{Key, Operator};
use crate::{Reader, Refusal, directory::people, input::PersonRef};

/// The most fields of one selection.
const MOST_SELECTED: usize = 60;
/// The most conditions of one filter.
const MOST: usize = 30;

/// A filter of one entity that is safe to send, but for people who still go by name.
#[derive(Debug)]
pub(crate) struct Filter {
    table: &'static Table,
    conditions: Vec<(Operator, String, Condition)>,
    favorites: bool,
}

#[derive(Debug)]
enum Condition {
    Ready(Value),
    Person(PersonRef),
    People(Vec<PersonRef>),
}

impl Filter {
    /// A filter without conditions.
    pub(crate) fn of(table: &'static Table) -> Self {
        Self { table, conditions: Vec::new(), favorites: false }
    }

    /// Reads the conditions that a model wrote. Times are read in the zone of `now`.
    pub(crate) fn read(
        table: &'static Table,
        written: &Map<String, Value>,
        now: &Zoned,
    ) -> Result<Self, Refusal> {
        if written.len() > MOST {
            return Err(Refusal::invalid(format!("a filter has at most {MOST} conditions")));
        }
        let mut filter = Self::of(table);
        for (written_key, value) in written {
            if table.has_favorites
                && let Some(favorites) = key::favorites(written_key, value)?
            {
                filter.favorites = favorites;
                continue;
            }
            let key = Key::read(table, written_key)?;
            filter.add(written_key, &key, value, now)?;
        }
        Ok(filter)
    }

    fn add(&mut self, written: &str, key: &Key, value: &Value, now: &Zoned) -> Result<(), Refusal> {
        match key.field.kind {
            Kind::Person => {
                let people = value::people(written, value)?;
                self.push(key, written, people)
            }
            Kind::Date => {
                for (operator, value) in value::date(written, key.operator, value, now)? {
                    let key = Key { operator, ..key.clone() };
                    self.push(&key, written, Condition::Ready(value))?;
                }
                Ok(())
            }
            _ => {
                let value = value::plain(written, key, value)?;
                self.push(key, written, Condition::Ready(value))
            }
        }
    }

    /// Adds a condition of the tool's own, such as `responsible` beside the filter.
    pub(crate) fn person(&mut self, field: &'static str, person: PersonRef) -> Result<(), Refusal> {
        self.push(&Key::read(self.table, field)?, field, Condition::Person(person))
    }

    /// Adds a condition with a value that is known to be right.
    pub(crate) fn exact(&mut self, key: &'static str, value: impl Into<Value>) -> Result<(), Refusal> {
        self.push(&Key::read(self.table, key)?, key, Condition::Ready(value.into()))
    }

    /// Adds a date condition of the tool's own, given as `argument`: `said` is read like a filter value.
    pub(crate) fn date(
        &mut self,
        key: &'static str,
        argument: &'static str,
        said: &str,
        now: &Zoned,
    ) -> Result<(), Refusal> {
        self.add(argument, &Key::read(self.table, key)?, &Value::String(said.to_owned()), now)
    }

    /// Adds "contains" on a text field.
    pub(crate) fn contains(&mut self, field: &'static str, part: &str) -> Result<(), Refusal> {
        let key = Key::read(self.table, &format!("%{field}"))?;
        let value = value::plain(field, &key, &Value::String(part.to_owned()))?;
        self.push(&key, field, Condition::Ready(value))
    }

    /// Whether a condition on this field is there, whatever its operator.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.conditions.iter().any(|(_, name, _)| name == field)
    }

    fn push(&mut self, key: &Key, written: &str, condition: Condition) -> Result<(), Refusal> {
        let same =
            |operator: Operator, name: &str| operator.wire() == key.operator.wire() && name == key.name;
        if self.conditions.iter().any(|(operator, name, _)| same(*operator, name)) {
            let wire = format!("{}{}", key.operator.wire(), key.name);
            return Err(Refusal::invalid(format!(
                "`{written}` and another condition are both `{wire}` for the portal"
            ))
            .hint("give each condition once; for several values use a list"));
        }
        let several = matches!(&condition, Condition::People(_) | Condition::Ready(Value::Array(_)));
        if several && !self.table.takes_list(key.operator) {
            return Err(Refusal::invalid(format!("`{written}` takes one value, not a list"))
                .hint("ask for the values that are wanted, or give one condition"));
        }
        self.conditions.push((key.operator, key.name.clone(), condition));
        Ok(())
    }

    /// The filter for the wire, with people looked up.
    pub(crate) async fn resolve(self, reader: &Reader) -> Result<WireFilter, Refusal> {
        let mut conditions = Vec::with_capacity(self.conditions.len());
        for (operator, name, condition) in self.conditions {
            let value = match condition {
                Condition::Ready(value) => value,
                Condition::Person(person) => people::id_of(&person, reader).await?.get().into(),
                Condition::People(several) => {
                    let ids = people::ids_of(&several, reader).await?;
                    ids.into_iter().map(|id| Value::from(id.get())).collect()
                }
            };
            conditions.push((operator, name, value));
        }
        Ok(wire::spelled(self.table, conditions, self.favorites))
    }
}

/// Reads `{field: "asc" | "desc"}`. Nothing given: newest first.
pub(crate) fn order(
    table: &Table,
    written: Option<&Map<String, Value>>,
) -> Result<Map<String, Value>, Refusal> {
    let mut wire = Map::new();
    for (written_key, direction) in written.into_iter().flatten() {
        let name = table.spelled(&key::known(table, written_key, table.sortable, "sort by")?);
        let direction = direction.as_str().map(str::to_ascii_lowercase);
        let direction = match direction.as_deref() {
            Some("asc") => table.ascending(),
            Some("desc") => table.descending(),
            _ => {
                return Err(Refusal::invalid(format!("`order.{written_key}` is neither `asc` nor `desc`")));
            }
        };
        if wire.insert(name.clone(), direction.into()).is_some() {
            return Err(Refusal::invalid(format!("`order` names `{name}` twice")));
        }
    }
    if wire.is_empty() {
        wire.insert(table.spelled("ID"), table.descending().into());
    }
    Ok(wire)
}

/// Reads the names of fields to return. Repetitions are harmless and dropped.
pub(crate) fn select(table: &Table, written: &[String]) -> Result<Vec<String>, Refusal> {
    if written.len() > MOST_SELECTED {
        return Err(Refusal::invalid(format!("`select` names more than {MOST_SELECTED} fields")));
    }
    let mut wire: Vec<String> = Vec::new();
    // "Everything" means what is told anyway: the portal's own set may change.
    for name in written.iter().filter(|name| *name != "*") {
        let name = table.spelled(&key::known(table, name, table.selectable, "select")?);
        if !wire.contains(&name) {
            wire.push(name);
        }
    }
    Ok(wire)
}

/// Reads the name of a field of a task that may be written.
pub(crate) fn settable(written: &str) -> Result<(String, Kind), Refusal> {
    let names: Vec<&str> = SETTABLE.iter().map(|field| field.name).collect();
    let name = key::known(&TASK, written, &names, "set")?;
    let kind = SETTABLE.iter().find(|field| field.name == name).map_or(Kind::Custom, |field| field.kind);
    Ok((name, kind))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn now() -> Zoned {
        "2026-10-16T09:30:00+02:00[Europe/Berlin]".parse().expect("a zoned time")
    }

    fn read(written: Value) -> String {
        read_as(&TASK, written)
    }

    fn read_as(table: &'static Table, written: Value) -> String {
        let Value::Object(written) = written else { panic!("an object") };
        match Filter::read(table, &written, &now()) {
            Ok(filter) => {
                let shown = filter.conditions.iter().map(|(operator, name, condition)| match condition {
                    Condition::Ready(value) => format!("{}{name} = {value}", operator.wire()),
                    other => format!("{}{name} = {other:?}", operator.wire()),
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

    /// What is sent for conditions without people.
    fn sent(table: &'static Table, written: Value) -> String {
        let Value::Object(written) = written else { panic!("an object") };
        let filter = Filter::read(table, &written, &now()).expect("a filter");
        let ready = filter.conditions.into_iter().map(|(operator, name, condition)| match condition {
            Condition::Ready(value) => (operator, name, value),
            other => panic!("{other:?}"),
        });
        let wire = wire::spelled(table, ready.collect(), filter.favorites);
        Value::Object(wire.beside(Value::Null)).to_string()
    }

    #[test]
    fn one_reader_writes_both_grammars_of_the_portal() {
        let written = json!({ "ID": [7, 8], "!=messageId": 5, ">=TASK_ID": 1, "status": "open" });
        insta::assert_snapshot!(sent(&RESULT, written), @r#"{"filter":[["id","in",[7,8]],["messageId","!=",5],["taskId",">=",1],["status","=","open"]]}"#);
        insta::assert_snapshot!(sent(&TIME, json!({ "id": [7, 8], "!ID": 5, ">createdDate": "2026-10-01" })), @r#"{"filter":{"ID":[7,8],"!ID":5,">CREATED_DATE":"2026-10-01T23:59:59+02:00"}}"#);
        insta::assert_snapshot!(sent(&TASK, json!({ "favorite": true, "%TITLE": "a" })), @r#"{"filter":{"TITLE":"%a%","::SUBFILTER-PARAMS":{"FAVORITE":"Y"}}}"#);
    }

    #[test]
    fn every_entity_has_its_own_fields_and_operators() {
        let refused = [
            read_as(&TIME, json!({ "SECONDS": 5 })),
            read_as(&TIME, json!({ "%ID": 5 })),
            read_as(&TIME, json!({ "UF_HOURS": 5 })),
            read_as(&TIME, json!({ "favorite": true })),
            read_as(&RESULT, json!({ "!ID": [1, 2] })),
            read_as(&RESULT, json!({ "!authorId": [1, 2] })),
            read_as(&RESULT, json!({ "%status": "open" })),
            read_as(&RESULT, json!({ "text": "x" })),
        ];
        insta::assert_snapshot!(refused.join("\n"), @r#"
        there is no field `SECONDS` to filter by | the fields are ID, TASK_ID, USER_ID, CREATED_DATE
        `%` is no operator of the list of time entries | the operators are = ! < <= > >=, in front of the field: {">=CREATED_DATE": "-7d"}
        there is no field `UF_HOURS` to filter by | the fields are ID, TASK_ID, USER_ID, CREATED_DATE
        there is no field `favorite` to filter by | the fields are ID, TASK_ID, USER_ID, CREATED_DATE
        `!ID` takes one value, not a list | ask for the values that are wanted, or give one condition
        `!authorId` takes one value, not a list | ask for the values that are wanted, or give one condition
        `%` is no operator of the list of results | the operators are = ! < <= > >=, in front of the field: {"status": "open"}
        there is no field `text` to filter by | the fields are TASK_ID, ID, AUTHOR_ID, STATUS, MESSAGE_ID
        "#);
    }

    #[test]
    fn sort_orders_and_field_lists_are_checked_the_same_way() {
        let order = |value: Value| match order(&TASK, value.as_object()) {
            Ok(wire) => Value::Object(wire).to_string(),
            Err(refusal) => refusal.message().to_owned(),
        };
        let select = |names: &[&str]| match select(
            &TASK,
            &names.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ) {
            Ok(wire) => wire.join(","),
            Err(refusal) => refusal.message().to_owned(),
        };
        assert_eq!(order(json!({})), r#"{"ID":"desc"}"#);
        assert_eq!(order(json!({ "deadline": "ASC" })), r#"{"DEADLINE":"asc"}"#);
        assert_eq!(order(json!({ "ID; DROP": "asc" })), "`ID; DROP` cannot be the name of a field");
        assert_eq!(order(json!({ "deadline": "up" })), "`order.deadline` is neither `asc` nor `desc`");
        assert_eq!(select(&["id", "title", "TITLE", "ufAutoNumber"]), "ID,TITLE,UF_AUTO_NUMBER");
        assert_eq!(select(&["password"]), "there is no field `password` to select");
        let newest = super::order(&RESULT, None).expect("an order");
        assert_eq!(Value::Object(newest).to_string(), r#"{"id":"DESC"}"#);
    }
}
