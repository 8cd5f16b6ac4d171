//! `department.get` and `department.fields`. Filters are flat parameters and take no prefixes.

use serde_json::{Map, Value, json};

use crate::methods::Call;
use crate::methods::query::cell::Cell;
use crate::methods::query::filter::{Operator, passes};
use crate::methods::query::page;
use crate::wire::answer_v2::Outcome;
use crate::world::people::Department;

const NAMES: [&str; 5] = ["ID", "NAME", "SORT", "PARENT", "UF_HEAD"];

pub(super) fn fields(_: &mut Call<'_>) -> Outcome {
    Ok(json!({
        "ID": "ID",
        "NAME": "Department Name",
        "SORT": "Sort Order",
        "PARENT": "Parent Department",
        "UF_HEAD": "Manager",
    })
    .into())
}

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let sort_name = call.params.text("sort").unwrap_or_default().to_ascii_uppercase();
    // `SORT` is a filter and `sort` a field name, and keys are folded: a number filters.
    let sort_number = call.params.get("sort").filter(|value| crate::wire::lenient::int(value).is_some());
    let kept = |department: &&Department| {
        NAMES.iter().all(|name| {
            let asked = if *name == "SORT" { sort_number } else { call.params.get(name) };
            asked.is_none_or(|value| passes(Operator::Equal, &cell(department, name), value, call.zone))
        })
    };
    let mut found: Vec<&Department> = call.world.departments.values().filter(kept).collect();
    if NAMES.contains(&sort_name.as_str()) {
        found.sort_by(|a, b| cell(a, &sort_name).order(&cell(b, &sort_name)));
    }
    if call.params.text("order").is_some_and(|order| order.eq_ignore_ascii_case("desc")) {
        found.reverse();
    }
    let page = page::cut(call, found);
    let rows = page.rows.iter().map(|department| row(department)).collect();
    Ok(page.answer(rows))
}

fn cell(department: &Department, name: &str) -> Cell {
    match name {
        "NAME" => Cell::Text(department.name.clone()),
        "SORT" => Cell::Int(department.sort),
        "PARENT" => Cell::optional_id(department.parent),
        "UF_HEAD" => Cell::optional_id(department.head),
        _ => Cell::id(department.id),
    }
}

fn row(department: &Department) -> Value {
    let mut row = Map::new();
    row.insert("ID".to_owned(), json!(department.id.to_string()));
    row.insert("NAME".to_owned(), json!(department.name));
    row.insert("SORT".to_owned(), json!(department.sort));
    if let Some(parent) = department.parent {
        row.insert("PARENT".to_owned(), json!(parent.to_string()));
    }
    if let Some(head) = department.head {
        row.insert("UF_HEAD".to_owned(), json!(head.to_string()));
    }
    Value::Object(row)
}
