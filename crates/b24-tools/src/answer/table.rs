//! Rows as a table: the names of the columns once, then rows of values.

use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Map, Value};

/// The members of a table.
pub(crate) const COLUMNS: &str = "columns";
/// See [`COLUMNS`].
pub(crate) const ROWS: &str = "rows";

/// Puts `columns` and `rows` into the place of the list of objects, and says which member holds the rows now.
///
/// An answer without such a list, or with something else in it, stays as it is.
pub(super) fn lay(answer: &mut Map<String, Value>, member: &'static str, zone: &TimeZone) -> &'static str {
    let objects = answer
        .get(member)
        .and_then(Value::as_array)
        .and_then(|list| list.iter().map(Value::as_object).collect::<Option<Vec<_>>>());
    let Some(objects) = objects else { return member };
    let mut columns: Vec<&str> = Vec::new();
    for key in objects.iter().flat_map(|row| row.keys()) {
        if !columns.contains(&key.as_str()) {
            columns.push(key);
        }
    }
    // A column in which nothing stands says nothing.
    columns.retain(|column| objects.iter().any(|row| row.get(*column).is_some_and(|value| !value.is_null())));
    let moments: Vec<bool> = columns.iter().map(|column| holds_moments(&objects, column)).collect();
    let cell = |row: &Map<String, Value>, (column, is_moment): (&&str, &bool)| {
        let value = row.get(*column).cloned().unwrap_or(Value::Null);
        if *is_moment { local(&value, zone).unwrap_or(value) } else { value }
    };
    let rows: Vec<Value> = objects
        .iter()
        .map(|row| columns.iter().zip(&moments).map(|column| cell(row, column)).collect())
        .collect();
    let columns: Value = columns.into_iter().collect();
    let mut told = Map::new();
    for (key, value) in std::mem::take(answer) {
        if key == member {
            told.insert(COLUMNS.into(), columns.clone());
            told.insert(ROWS.into(), Value::Array(rows.clone()));
        } else {
            told.insert(key, value);
        }
    }
    *answer = told;
    ROWS
}

/// Whether every value of a column is a moment with its offset.
fn holds_moments(rows: &[&Map<String, Value>], column: &str) -> bool {
    let mut values =
        rows.iter().filter_map(|row| row.get(column)).filter(|value| !value.is_null()).peekable();
    values.peek().is_some() && values.all(|value| value.as_str().and_then(moment).is_some())
}

fn moment(text: &str) -> Option<Timestamp> {
    // The shortest is 2026-10-16T09:30Z.
    (text.len() >= 17 && text.as_bytes().get(10) == Some(&b'T')).then(|| text.parse().ok()).flatten()
}

/// The same moment as the person's clock shows it. Their zone is told once, beside the table.
fn local(value: &Value, zone: &TimeZone) -> Option<Value> {
    let zoned = moment(value.as_str()?)?.to_zoned(zone.clone());
    let pattern = if zoned.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    Some(zoned.strftime(pattern).to_string().into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn laid(answer: Value) -> String {
        let Value::Object(mut answer) = answer else { panic!("an object") };
        let zone = TimeZone::get("Europe/Moscow").expect("a zone");
        let member = lay(&mut answer, "tasks", &zone);
        format!("{member}: {}", Value::Object(answer))
    }

    #[test]
    fn columns_are_named_once_and_moments_are_told_by_the_persons_clock() {
        insta::assert_snapshot!(laid(json!({
            "total": 2,
            "tasks": [
                { "id": 1, "title": "2026-10-16T09:30:00Z", "deadline": "2026-10-16T09:30:00Z", "mark": null },
                { "id": 2, "title": "B", "status": 5 },
            ],
            "link": "x",
        })), @r#"rows: {"total":2,"columns":["id","title","deadline","status"],"rows":[[1,"2026-10-16T09:30:00Z","2026-10-16 12:30",null],[2,"B",null,5]],"link":"x"}"#);
    }

    #[test]
    fn no_rows_are_an_empty_table_and_what_is_no_list_of_objects_stays() {
        assert_eq!(laid(json!({ "tasks": [] })), r#"rows: {"columns":[],"rows":[]}"#);
        assert_eq!(laid(json!({ "tasks": [1] })), r#"tasks: {"tasks":[1]}"#);
        assert_eq!(laid(json!({ "id": 1 })), r#"tasks: {"id":1}"#);
    }
}
