//! `im.chat.get`, `im.chat.user.list`, `im.dialog.get`: which chat belongs to a task, and what is known of it.

use serde_json::{Value, json};

use super::{Dialog, no_access};
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::world::moment;
use crate::world::task::Task;

/// Null when nothing is bound to the pair.
pub(super) fn chat(call: &mut Call<'_>) -> Outcome {
    let kind = call.params.text("ENTITY_TYPE").unwrap_or_default();
    let id = call.params.text("ENTITY_ID").and_then(|id| id.parse::<u64>().ok());
    let task = id.and_then(|id| call.world.tasks.get(&id)).filter(|task| task.chat_type() == kind);
    Ok(task.map_or(Value::Null, |task| json!({ "ID": task.chat() })).into())
}

pub(super) fn members(call: &mut Call<'_>) -> Outcome {
    let Some(id) = call.params.int("CHAT_ID").filter(|id| *id > 0) else {
        return Err(Refusal::new(400, "CHAT_ID_EMPTY", "Chat ID can't be empty"));
    };
    let task = call.world.task_of_chat(u64::try_from(id).unwrap_or(0));
    let task = task.filter(|task| task.takes_part(call.caller));
    Ok(json!(task.ok_or_else(no_access)?.members()).into())
}

fn dialog_of(call: &Call<'_>, task: &Task) -> Value {
    let last = call.world.messages_of(task.id).next_back();
    let last_id = last.map_or(0, |message| message.id);
    let count = call.world.messages_of(task.id).count();
    let readers = task.members().into_iter().map(|user| {
        let name = call.world.users.get(&user).map(crate::world::people::User::full_name);
        json!({ "user_id": user, "user_name": name, "message_id": last_id, "date": null })
    });
    json!({
        "id": task.chat(),
        "parent_chat_id": 0,
        "parent_message_id": 0,
        "name": task.title,
        "description": "",
        "owner": task.created_by,
        "extranet": false,
        "avatar": "",
        "color": "#4ba984",
        "type": if task.chat_type() == "TASKS" { "tasks" } else { "tasksTask" },
        "counter": 0,
        "user_counter": task.members().len(),
        "message_count": count,
        "unread_id": 0,
        "restrictions": {
            "avatar": false, "rename": false, "extend": false, "call": true, "mute": true, "leave": false,
            "leave_owner": false, "send": true, "user_list": true, "path": "", "path_title": "",
        },
        "last_message_id": last_id,
        "last_id": last_id,
        "marked_id": 0,
        "disk_folder_id": 0,
        "entity_type": task.chat_type(),
        "entity_id": task.id.to_string(),
        "entity_data_1": "",
        "entity_data_2": "",
        "entity_data_3": "",
        "mute_list": [],
        "date_create": moment::iso(task.created, call.zone),
        "message_type": "X",
        "public": "",
        "role": if task.created_by == call.caller { "owner" } else { "member" },
        "entity_link": {
            "type": task.chat_type(),
            "url": format!("/company/personal/user/{}/tasks/task/view/{}/", call.caller, task.id),
            "id": task.id.to_string(),
        },
        "text_field_enabled": true,
        "background_id": null,
        "permissions": {
            "manage_users_add": "none", "manage_users_delete": "none", "manage_ui": "none",
            "manage_settings": "owner", "manage_messages": "member", "can_post": "member",
        },
        "is_new": false,
        "readed_list": readers.collect::<Vec<_>>(),
        "manager_list": [task.created_by],
        "last_message_views": { "message_id": last_id, "first_viewers": [], "count_of_viewers": 0 },
        "dialog_id": format!("chat{}", task.chat()),
    })
}

pub(super) fn dialog(call: &mut Call<'_>) -> Outcome {
    match super::dialog(call)? {
        Dialog::Of(task) => Ok(dialog_of(call, task).into()),
        Dialog::Closed => Err(no_access()),
    }
}
