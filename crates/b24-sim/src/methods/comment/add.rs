//! `task.commentitem.add`: any reader of the task, in the name of anybody.

use serde_json::json;

use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::wire::positional::{Signature, bind, fields, integer};
use crate::world::card::Card;
use crate::world::comment::Comment;
use crate::world::moment;
use crate::world::rights;

const SIGNATURE: Signature = Signature {
    name: "ctaskcommentitem::add",
    slots: &[
        integer("taskId"),
        fields(&[
            "POST_MESSAGE",
            "AUTHOR_ID",
            "AUTHOR_NAME",
            "AUTHOR_EMAIL",
            "USE_SMILES",
            "POST_DATE",
            "UF_FORUM_MESSAGE_DOC",
        ]),
    ],
};

pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&SIGNATURE, call.params)?;
    let (task, fields) = (bound.id(0), bound.array(1));
    let text = fields.get("POST_MESSAGE").and_then(lenient::text).unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Refusal::core("Comment text is not specified.<br>"));
    }
    let found = call.world.tasks.get(&task);
    if !found.is_some_and(|task| rights::role(call.world, task, call.caller).can_read()) {
        return Err(Refusal::core("Insufficient permissions to add a comment.<br>"));
    }
    let files = fields.get("UF_FORUM_MESSAGE_DOC").map(lenient::list);
    for file in files.into_iter().flatten().filter_map(lenient::text) {
        let id = file.strip_prefix('n').and_then(|id| id.parse().ok());
        if !file.is_empty() && id.and_then(|id| call.world.readable_file(id, call.caller)).is_none() {
            return Err(Refusal::core("File not found.<br>"));
        }
    }
    let author = fields.get("AUTHOR_ID").and_then(lenient::id).unwrap_or(call.caller);
    let posted = fields.get("POST_DATE").and_then(lenient::text);
    let posted = posted.and_then(|text| moment::parse(&text, call.zone)).unwrap_or(call.now);
    // In the new card the words go into the chat, and the other methods of this family never see them.
    let chats = call.world.tasks.get(&task).is_some_and(|task| task.card == Card::New);
    let id = if chats {
        call.world.say(task, author, text, posted)
    } else {
        let id = call.world.next_comment();
        call.world.comments.insert(id, Comment { id, task, author, posted, text });
        id
    };
    let values = (None, Some(id.to_string()));
    call.world.note(task, call.caller, call.now, "COMMENT", values);
    if let Some(task) = call.world.tasks.get_mut(&task) {
        task.activity = call.now;
    }
    Ok(json!(id).into())
}
