//! `user.get` and `user.current`.

use serde_json::{Map, Value, json};

use super::fields;
use super::search::finds;
use crate::methods::Call;
use crate::methods::query::{filter, page};
use crate::wire::answer_v2::{Answer, Outcome, Refusal};
use crate::wire::lenient;
use crate::wire::params::as_map;
use crate::world::moment;
use crate::world::people::User;

/// Parameters of the method itself; anything else beside them is a filter, as old callers write it.
const OWN: [&str; 7] = ["sort", "order", "filter", "admin_mode", "select", "image_resize", "start"];

pub(super) fn current(call: &mut Call<'_>) -> Outcome {
    let Some(user) = call.world.users.get(&call.caller) else {
        return Err(Refusal::invalid_credentials());
    };
    let mut row = fields::row(user, &fields::shown(call.scopes), call.zone);
    if let Some(row) = row.as_object_mut()
        && row.contains_key("LAST_ACTIVITY_DATE")
    {
        // Of oneself the portal tells this date as plain text.
        row.insert("LAST_ACTIVITY_DATE".to_owned(), json!(moment::plain(call.now, call.zone)));
        row.insert("IS_ONLINE".to_owned(), json!("Y"));
        row.shift_remove("TIMESTAMP_X");
    }
    Ok(row.into())
}

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let filter = filter_of(call);
    list(call, |user| passes(call, user, &filter))
}

/// The filter, wherever it was written.
pub(super) fn filter_of(call: &Call<'_>) -> Map<String, Value> {
    if let Some(filter) = call.params.get("filter").and_then(as_map) {
        return filter;
    }
    let map = call.params.as_map().iter();
    map.filter(|(key, _)| !OWN.contains(&key.to_ascii_lowercase().as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// Whether a person passes every key; unknown keys are ignored.
pub(super) fn passes(call: &Call<'_>, user: &User, filter: &Map<String, Value>) -> bool {
    filter.iter().all(|(key, value)| {
        let (operator, name) = filter::key(key);
        let name = name.to_ascii_uppercase();
        match name.as_str() {
            "NAME_SEARCH" => finds(call, user, &lenient::text(value).unwrap_or_default()),
            "ACTIVE" => {
                let asked = json!(if lenient::yes(value) { "Y" } else { "N" });
                fields::cell(user, "ACTIVE", call.zone)
                    .is_none_or(|cell| filter::passes(operator, &cell, &asked, call.zone))
            }
            name => fields::cell(user, name, call.zone)
                .is_none_or(|cell| filter::passes(operator, &cell, value, call.zone)),
        }
    })
}

/// The people that `keep` leaves, sorted, cut to a page, reduced to the fields that may be seen.
pub(super) fn list(call: &Call<'_>, keep: impl Fn(&User) -> bool) -> Outcome {
    let mut found: Vec<&User> = call.world.users.values().filter(|user| keep(user)).collect();
    sort(call, &mut found);
    let page = page::cut(call, found);
    let names = fields::selected(fields::shown(call.scopes), &call.params.names("select")?);
    let rows = page.rows.iter().map(|user| fields::row(user, &names, call.zone)).collect();
    let answer: Answer = page.answer(rows);
    Ok(answer)
}

/// `sort` is a field name and `order` a direction, both strings. Anything else is passed over: the documents name no
/// refusal, and a public client asks for every list with an object in `order`.
fn sort(call: &Call<'_>, users: &mut [&User]) {
    let name = call.params.text("sort").unwrap_or_default().to_ascii_uppercase();
    let down = call.params.text("order").is_some_and(|order| order.eq_ignore_ascii_case("desc"));
    let name = if name.is_empty() { "ID" } else { &name };
    users.sort_by(|a, b| match (fields::cell(a, name, call.zone), fields::cell(b, name, call.zone)) {
        (Some(a), Some(b)) => a.order(&b),
        _ => a.id.cmp(&b.id),
    });
    if down {
        users.reverse();
    }
}
