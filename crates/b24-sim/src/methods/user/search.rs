//! `user.search`: people by the beginning of their names, their position or their department.

use serde_json::{Map, Value};

use super::get::{filter_of, list, passes};
use crate::methods::Call;
use crate::wire::answer_v2::Outcome;
use crate::wire::lenient;
use crate::world::people::User;

pub(super) fn search(call: &mut Call<'_>) -> Outcome {
    let filter = filter_of(call);
    let find = filter.iter().find(|(key, _)| key.eq_ignore_ascii_case("FIND"));
    if let Some((_, text)) = find {
        let text = lenient::text(text).unwrap_or_default();
        return list(call, |user| finds(call, user, &text));
    }
    let (begins, rest): (Map<_, _>, Map<_, _>) =
        filter.into_iter().partition(|(key, _)| field_of(key).is_some());
    list(call, |user| {
        begins.iter().all(|(key, value)| field_of(key).is_some_and(|field| field(call, user, value)))
            && passes(call, user, &rest)
    })
}

type Begins = fn(&Call<'_>, &User, &Value) -> bool;

/// The keys that are matched by their beginning, as a fulltext index or a right LIKE does.
fn field_of(key: &str) -> Option<Begins> {
    match key.to_ascii_uppercase().as_str() {
        "NAME" => Some(|_, user, value| begins(&user.name, value)),
        "LAST_NAME" => Some(|_, user, value| begins(&user.last_name, value)),
        "WORK_POSITION" => Some(|_, user, value| begins(&user.position, value)),
        "UF_DEPARTMENT_NAME" => {
            Some(|call, user, value| departments(call, user).iter().any(|name| begins(name, value)))
        }
        _ => None,
    }
}

fn begins(own: &str, value: &Value) -> bool {
    lenient::list(value)
        .into_iter()
        .filter_map(lenient::text)
        .any(|text| own.to_lowercase().starts_with(text.trim().trim_matches('%').to_lowercase().as_str()))
}

/// Whether every word of `text` begins a word of the person's names, position, address or departments.
pub(super) fn finds(call: &Call<'_>, user: &User, text: &str) -> bool {
    let departments = departments(call, user).join(" ");
    let own = format!(
        "{} {} {} {} {} {departments}",
        user.name, user.last_name, user.second_name, user.position, user.email
    )
    .to_lowercase();
    let own: Vec<&str> = own.split_whitespace().collect();
    text.to_lowercase().split_whitespace().all(|word| own.iter().any(|own| own.starts_with(word)))
}

fn departments<'a>(call: &'a Call<'_>, user: &User) -> Vec<&'a str> {
    let of = user.departments.iter();
    of.filter_map(|id| call.world.departments.get(id)).map(|department| department.name.as_str()).collect()
}
