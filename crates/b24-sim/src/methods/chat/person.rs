//! A person as the messenger describes them.

use serde_json::{Value, json};

use crate::methods::Call;
use crate::world::moment;
use crate::world::people::User;

pub(super) fn row(call: &Call<'_>, user: &User) -> Value {
    json!({
        "id": user.id,
        "active": user.active,
        "name": user.full_name(),
        "first_name": user.name,
        "last_name": user.last_name,
        "work_position": user.position,
        "color": "#df532d",
        "avatar": "",
        "avatar_hr": "",
        "gender": user.gender,
        "birthday": "",
        "extranet": false,
        "network": false,
        "bot": false,
        "connector": false,
        "external_auth_id": "default",
        "status": if user.online { "online" } else { "offline" },
        "idle": false,
        "last_activity_date": moment::iso(user.last_login, call.zone),
        "mobile_last_date": false,
        "desktop_last_date": false,
        "absent": false,
        "departments": user.departments,
        "phones": false,
        "bot_data": null,
        "type": "user",
        "website": "",
        "email": user.email,
    })
}
