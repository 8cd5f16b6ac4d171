//! A list of REST 3.0 over rows that are already answers: filter, order, select, pages. The shape says which
//! fields there are and what may be done with each.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use crate::methods::CallV3;
use crate::wire::answer_v3::{OutcomeV3, RefusalV3};

/// The fields of an entity.
pub(crate) struct Shape {
    /// As refusals call it: `ResultDto`.
    pub(crate) entity: &'static str,
    pub(crate) fields: &'static [&'static str],
    pub(crate) filterable: &'static [&'static str],
    pub(crate) sortable: &'static [&'static str],
}

const SIZE: usize = 50;

impl Shape {
    /// Refuses a name that is no field.
    pub(crate) fn known(&self, name: &str) -> Result<(), RefusalV3> {
        if self.fields.contains(&name) { Ok(()) } else { Err(RefusalV3::unknown_field(name, self.entity)) }
    }

    /// The conditions of `filter` as field, operator and value.
    pub(crate) fn conditions(&self, filter: &Value) -> Result<Vec<Condition>, RefusalV3> {
        let malformed = || {
            let text = format!("Unable to recognize the filter expression `{filter}`");
            RefusalV3::new(400, "INVALIDFILTEREXCEPTION", text)
        };
        let rows = filter.as_array().ok_or_else(malformed)?;
        rows.iter()
            .map(|row| {
                let parts = row.as_array().map(Vec::as_slice);
                let (field, operator, value) = match parts {
                    Some([Value::String(field), value]) => {
                        (field, if value.is_array() { "in" } else { "=" }, value)
                    }
                    Some([Value::String(field), Value::String(operator), value]) => {
                        (field, operator.as_str(), value)
                    }
                    _ => return Err(malformed()),
                };
                self.known(field)?;
                if !self.filterable.contains(&field.as_str()) {
                    let text = format!(
                        "In DTO `{}`, the `{field}` field requires the `Filterable` attribute for such a request",
                        self.entity
                    );
                    return Err(RefusalV3::validation(vec![(field.clone(), text)]));
                }
                Condition::new(field, operator, value)
            })
            .collect()
    }

    /// The page of `rows` a call asks for.
    pub(crate) fn list(&self, call: &CallV3<'_>, mut rows: Vec<Map<String, Value>>) -> OutcomeV3 {
        let select = crate::methods::task_v3::strict::names(call, "select")?;
        for name in select.iter().flatten() {
            self.known(name.split('.').next().unwrap_or(name))?;
        }
        let (offset, limit) = pagination(call)?;
        for (name, down) in self.order(call)?.iter().rev() {
            rows.sort_by(|a, b| {
                let order = compare(&a[name.as_str()], &b[name.as_str()]);
                if *down { order.reverse() } else { order }
            });
        }
        let reduced = |mut row: Map<String, Value>| {
            if let Some(select) = &select {
                row.retain(|name, _| select.iter().any(|own| own == name));
            }
            Value::Object(row)
        };
        let items: Vec<Value> = rows.into_iter().skip(offset).take(limit).map(reduced).collect();
        Ok(json!({ "items": items }))
    }

    fn order(&self, call: &CallV3<'_>) -> Result<Vec<(String, bool)>, RefusalV3> {
        let asked = match call.params.get("order") {
            None | Some(Value::Null) => return Ok(vec![("id".to_owned(), false)]),
            Some(value) => value,
        };
        let refused = || {
            let text = format!("Unable to recognize the sorting expression `{asked}`");
            RefusalV3::new(400, "INVALIDORDEREXCEPTION", text)
        };
        let map = asked.as_object().ok_or_else(refused)?;
        map.iter()
            .map(|(name, way)| {
                self.known(name)?;
                let way = way.as_str().unwrap_or_default().to_ascii_uppercase();
                let fits = self.sortable.contains(&name.as_str()) && (way == "ASC" || way == "DESC");
                fits.then(|| (name.clone(), way == "DESC")).ok_or_else(refused)
            })
            .collect()
    }
}

/// One condition of a filter.
pub(crate) struct Condition {
    pub(crate) field: String,
    operator: String,
    values: Vec<Value>,
}

impl Condition {
    fn new(field: &str, operator: &str, value: &Value) -> Result<Self, RefusalV3> {
        if !["=", "!=", ">", ">=", "<", "<=", "in", "between"].contains(&operator) {
            let text = format!("Unknown filter operator `{operator}`");
            return Err(RefusalV3::new(400, "UNKNOWNFILTEROPERATOREXCEPTION", text));
        }
        let values = match value {
            Value::Array(values) if matches!(operator, "in" | "between") => values.clone(),
            one => vec![one.clone()],
        };
        let number = field == "id" || field.ends_with("Id");
        if number && !values.iter().all(|value| value.is_i64() || value.is_null()) {
            return Err(RefusalV3::wrong_type(field, "int"));
        }
        Ok(Self { field: field.to_owned(), operator: operator.to_owned(), values })
    }

    /// Whether a row passes.
    pub(crate) fn holds(&self, row: &Map<String, Value>) -> bool {
        let own = &row[self.field.as_str()];
        let first = self.values.first().unwrap_or(&Value::Null);
        match self.operator.as_str() {
            "=" => own == first,
            "!=" => own != first,
            "in" => self.values.contains(own),
            "between" => match self.values.as_slice() {
                [from, to] => compare(own, from).is_ge() && compare(own, to).is_le(),
                _ => false,
            },
            ">" => compare(own, first).is_gt(),
            ">=" => compare(own, first).is_ge(),
            "<" => compare(own, first).is_lt(),
            _ => compare(own, first).is_le(),
        }
    }

    /// The one number an equality asks for.
    pub(crate) fn id(&self) -> Option<u64> {
        let alone = self.operator == "=" || (self.operator == "in" && self.values.len() == 1);
        self.values.first().filter(|_| alone).and_then(Value::as_u64)
    }
}

/// Numbers by size, texts by letters; what has no order is equal, and null comes first.
fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Less,
        (_, Value::Null) => Ordering::Greater,
        (Value::String(a), Value::String(b)) => a.cmp(b),
        _ => a.as_i64().cmp(&b.as_i64()),
    }
}

/// Offset and limit.
fn pagination(call: &CallV3<'_>) -> Result<(usize, usize), RefusalV3> {
    let asked = match call.params.get("pagination") {
        None | Some(Value::Null) => return Ok((0, SIZE)),
        Some(value) => value,
    };
    let refused = || {
        let text = format!("Unable to recognize the pagination parameter `{asked}`");
        RefusalV3::new(400, "INVALIDPAGINATIONEXCEPTION", text)
    };
    let map = asked.as_object().ok_or_else(refused)?;
    let number = |name: &str| match map.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_u64().and_then(|number| usize::try_from(number).ok()) {
            Some(number) => Ok(Some(number)),
            None => Err(refused()),
        },
    };
    let limit = number("limit")?.unwrap_or(SIZE);
    if limit == 0 {
        return Err(refused());
    }
    let pages = number("page")?.unwrap_or(1).saturating_sub(1);
    let offset = number("offset")?.unwrap_or(pages.saturating_mul(limit));
    Ok((offset, limit.min(1000)))
}
