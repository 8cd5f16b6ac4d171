//! `task.commentitem.get` and `.getlist`.

use serde_json::{Value, json};

use crate::methods::Call;
use crate::methods::query::cell::Cell;
use crate::methods::query::filter;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::wire::php;
use crate::wire::positional::{Signature, bind, integer, optional};
use crate::world::comment::Comment;
use crate::world::moment;
use crate::world::rights;

const GET: Signature =
    Signature { name: "ctaskcommentitem::get", slots: &[integer("taskId"), integer("itemId")] };

const LIST: Signature = Signature {
    name: "ctaskcommentitem::getlist",
    slots: &[
        integer("taskId"),
        optional("arOrder", &["ID", "AUTHOR_ID", "AUTHOR_NAME", "AUTHOR_EMAIL", "POST_DATE"], &[]),
        optional("arFilter", &["ID", "AUTHOR_ID", "AUTHOR_NAME", "POST_DATE"], &["!", "<=", "<", ">=", ">"]),
    ],
};

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&GET, call.params)?;
    let (task, id) = (bound.id(0), bound.id(1));
    let comment = call.world.comments.get(&id).filter(|comment| comment.task == task && readable(call, task));
    match comment {
        Some(comment) => Ok(row(call, comment).into()),
        None => Err(Refusal::core(
            "TASKS_ERROR_EXCEPTION_#512; Check listitem not found or not accessible; \
             512/TE/ITEM_NOT_FOUND_OR_NOT_ACCESSIBLE<br>",
        )),
    }
}

/// Unpaged; newest first unless `ORDER` says otherwise.
pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&LIST, call.params)?;
    let (task, order, wanted) = (bound.id(0), bound.array(1), bound.array(2));
    if !readable(call, task) {
        return Err(Refusal::core(
            "TASKS_ERROR_EXCEPTION_#8; Action failed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>",
        ));
    }
    let passes = |comment: &&Comment| {
        wanted.iter().all(|(key, value)| {
            let (operator, name) = filter::key(key);
            filter::passes(operator, &cell(call, comment, name), value, call.zone)
        })
    };
    let mut found: Vec<&Comment> = call.world.comments_of(task).filter(passes).collect();
    found.sort_by_key(|comment| std::cmp::Reverse(comment.id));
    // Later keys first: every sort is stable.
    for (name, way) in order.iter().rev() {
        let down = lenient::text(way).is_some_and(|way| way.to_ascii_lowercase().starts_with("desc"));
        found.sort_by(|a, b| {
            let order = cell(call, a, name).order(&cell(call, b, name));
            if down { order.reverse() } else { order }
        });
    }
    Ok(found.into_iter().map(|comment| row(call, comment)).collect::<Value>().into())
}

fn readable(call: &Call<'_>, task: u64) -> bool {
    call.world.tasks.get(&task).is_some_and(|task| rights::role(call.world, task, call.caller).can_read())
}

fn cell(call: &Call<'_>, comment: &Comment, name: &str) -> Cell {
    match name {
        "AUTHOR_ID" => Cell::id(comment.author),
        "AUTHOR_NAME" => Cell::Text(author(call, comment)),
        "POST_DATE" => Cell::Moment(Some(comment.posted)),
        "AUTHOR_EMAIL" => Cell::Text(String::new()),
        _ => Cell::id(comment.id),
    }
}

fn author(call: &Call<'_>, comment: &Comment) -> String {
    call.world.users.get(&comment.author).map(crate::world::people::User::full_name).unwrap_or_default()
}

fn row(call: &Call<'_>, comment: &Comment) -> Value {
    json!({
        "POST_MESSAGE_HTML": null,
        "ID": comment.id.to_string(),
        "AUTHOR_ID": comment.author.to_string(),
        "AUTHOR_NAME": author(call, comment),
        "AUTHOR_EMAIL": "",
        "POST_DATE": moment::iso(comment.posted, call.zone),
        "POST_MESSAGE": comment.text,
        "ATTACHED_OBJECTS": php::empty_object(),
    })
}
