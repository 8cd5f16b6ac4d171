//! `tasks.task.counters.get`: overdue tasks and new comments of a person, by role.

use serde_json::json;

use crate::methods::Call;
use crate::methods::query::number;
use crate::wire::answer_v2::{Answer, Outcome, Refusal};
use crate::world::rights;
use crate::world::task::{Status, Task};

/// The bits the portal answers beside each number.
const EXPIRED: i64 = 6_291_456;
const COMMENTS: i64 = 12_582_912;

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let user = number(call, "userId")?.filter(|id| *id > 0).unwrap_or(call.caller);
    let group = number(call, "groupId")?.unwrap_or(0);
    let nothing = || Ok(Answer { total: Some(1), ..Answer::from(json!([])) });
    if !call.world.users.contains_key(&user) || !rights::oversees(call.world, call.caller, user) {
        return nothing();
    }
    let role = call.params.text("type").unwrap_or_default();
    let open = call.world.groups.get(&group);
    if group != 0 && !open.is_some_and(|group| group.shows_to(call.caller)) {
        return Err(Refusal::new(400, "0", "Group not found or access denied."));
    }
    let mine = |task: &&Task| {
        let in_role = match role.as_str() {
            "view_role_responsible" => task.responsible == user,
            "view_role_accomplice" => task.accomplices.contains(&user),
            "view_role_auditor" => task.auditors.contains(&user),
            "view_role_originator" => task.created_by == user && task.responsible != user,
            _ => task.takes_part(user),
        };
        // Somebody else's tasks are counted as far as the caller sees them.
        in_role
            && (group == 0 || task.group == group)
            && rights::role(call.world, task, call.caller).can_read()
    };
    let open = |task: &&Task| !matches!(task.status, Status::Completed | Status::AwaitingControl);
    let late = |task: &&Task| task.deadline.is_some_and(|deadline| deadline < call.now);
    let tasks = call.world.tasks.values().filter(mine);
    let expired = tasks.filter(open).filter(late).count();
    Ok(Answer {
        total: Some(1),
        ..Answer::from(json!({
            "expired": { "counter": expired, "code": EXPIRED },
            // Nobody reads in the box, and nothing is kept unread.
            "new_comments": { "counter": 0, "code": COMMENTS },
        }))
    })
}

/// Of this method the wrong type has the code 0.
fn number(call: &Call<'_>, name: &str) -> Result<Option<u64>, Refusal> {
    let number = number::optional(call, name).map_err(|refusal| Refusal { code: "0".into(), ..refusal })?;
    Ok(number.and_then(|number| u64::try_from(number).ok()))
}
