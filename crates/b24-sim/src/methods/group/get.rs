//! `sonet_group.get`: groups the caller may see, newest first.

use serde_json::{Value, json};

use super::found;
use crate::methods::Call;
use crate::methods::query::page;
use crate::wire::answer_v2::Outcome;
use crate::wire::lenient;
use crate::world::group::Group;
use crate::world::moment;

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let mut filter = call.params.array("FILTER")?;
    if let Some(id) = call.params.get("GROUP_ID").and_then(lenient::id) {
        filter.insert("ID".to_owned(), json!(id));
    }
    let order = call.params.array("ORDER")?;
    let groups = found(call, &filter, &order, call.params.yes("IS_ADMIN"));
    let page = page::cut(call, groups);
    let rows = page.rows.iter().map(|group| row(call, group)).collect();
    Ok(page.answer(rows))
}

fn row(call: &Call<'_>, group: &Group) -> Value {
    let flag = |yes: bool| if yes { "Y" } else { "N" };
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    json!({
        "ID": group.id.to_string(),
        "SITE_ID": "s1",
        "NAME": group.name,
        "DESCRIPTION": text(&group.description),
        "DATE_CREATE": moment::iso(group.created, call.zone),
        "DATE_UPDATE": moment::iso(group.updated, call.zone),
        "ACTIVE": "Y",
        "VISIBLE": flag(group.visible),
        "OPENED": flag(group.opened),
        "CLOSED": flag(group.closed),
        "SUBJECT_ID": "1",
        "OWNER_ID": group.owner().to_string(),
        "KEYWORDS": text(&group.keywords),
        "NUMBER_OF_MEMBERS": group.members.len().to_string(),
        "DATE_ACTIVITY": moment::iso(group.updated, call.zone),
        "SUBJECT_NAME": "Workgroups",
        "PROJECT": flag(group.project),
        "IS_EXTRANET": "N",
    })
}
