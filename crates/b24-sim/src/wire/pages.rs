//! Pages for a person who follows a link: the portal's front page, a task, a person. Plain text in tags, everything
//! escaped, no script, no secret. They show records whoever asks, as the sandbox has no sign-in; REST keeps the rights.

use std::fmt::Write;

use super::reply::Reply;
use crate::portal::State;
use crate::world::World;
use crate::world::moment;
use crate::world::people::User;
use crate::world::task::Task;

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:44em;margin:2em auto;padding:0 1em}\
                     dt{color:#666;margin-top:.5em}dd{margin:0;white-space:pre-wrap}";

/// Rows of the front page.
const SHOWN: usize = 20;

/// The page of an address, if there is one.
pub(super) fn find(state: &State, path: &str) -> Option<Reply> {
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let world = state.world();
    match steps.as_slice() {
        [] => Some(front(&world)),
        ["style.css"] => Some(Reply::css(STYLE)),
        ["company", "personal", "user", id] => {
            let user = world.users.get(&id.parse().ok()?)?;
            Some(person(&world, user))
        }
        ["company", "personal", "user", _, "tasks", "task", "view", id]
        | ["workgroups", "group", _, "tasks", "task", "view", id] => {
            let task = world.tasks.get(&id.parse().ok()?)?;
            Some(record(state, &world, task))
        }
        _ => None,
    }
}

fn front(world: &World) -> Reply {
    let mut body = format!(
        "<p>A Bitrix24 portal in a box: {} people, {} tasks. Nothing here is real.</p><h2>People</h2><ul>",
        world.users.len(),
        world.tasks.len()
    );
    for user in world.users.values().take(SHOWN) {
        let _ = write!(body, "<li>{}</li>", link_to(user));
    }
    body.push_str("</ul><h2>Latest tasks</h2><ul>");
    for task in world.tasks.values().rev().take(SHOWN) {
        let _ = write!(body, "<li>{}</li>", link(task));
    }
    body.push_str("</ul>");
    page("Portal in a box", &body)
}

fn person(world: &World, user: &User) -> Reply {
    let mut body = String::from("<dl>");
    row(&mut body, "Position", &user.position);
    row(&mut body, "E-mail", &user.email);
    row(&mut body, "Time zone", &user.time_zone);
    if !user.active {
        row(&mut body, "State", "dismissed");
    }
    body.push_str("</dl><h2>Tasks assigned</h2><ul>");
    let own = world.tasks.values().rev();
    for task in own.filter(|task| task.responsible == user.id).take(SHOWN) {
        let _ = write!(body, "<li>{}</li>", link(task));
    }
    body.push_str("</ul>");
    page(&user.full_name(), &body)
}

fn record(state: &State, world: &World, task: &Task) -> Reply {
    let mut body = String::from("<dl>");
    row(&mut body, "Task", &task.id.to_string());
    row(&mut body, "Status", &task.status.word().replace('_', " "));
    if let Some(deadline) = task.deadline {
        row(&mut body, "Deadline", &moment::iso(deadline, &state.zone));
    }
    for (title, id) in [("Creator", task.created_by), ("Assignee", task.responsible)] {
        let name = world.users.get(&id).map_or_else(|| id.to_string(), link_to);
        let _ = write!(body, "<dt>{title}</dt><dd>{name}</dd>");
    }
    row(&mut body, "Description", &task.description);
    body.push_str("</dl>");
    let mut lines = world.items_of(task.id).peekable();
    if lines.peek().is_some() {
        body.push_str("<h2>Checklist</h2><ul>");
        for item in lines {
            let mark = if item.complete { "☑" } else { "☐" };
            let _ = write!(body, "<li>{mark} {}</li>", escaped(&item.title));
        }
        body.push_str("</ul>");
    }
    let mut comments = world.comments_of(task.id).peekable();
    if comments.peek().is_some() {
        body.push_str("<h2>Comments</h2><dl>");
        for comment in comments {
            let author = world.users.get(&comment.author).map(User::full_name);
            row(&mut body, &author.unwrap_or_default(), &comment.text);
        }
        body.push_str("</dl>");
    }
    page(&task.title, &body)
}

fn row(body: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let _ = write!(body, "<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(value));
    }
}

fn link(task: &Task) -> String {
    format!(
        "<a href=\"/company/personal/user/{}/tasks/task/view/{}/\">{}</a>",
        task.responsible,
        task.id,
        escaped(&task.title)
    )
}

fn link_to(user: &User) -> String {
    let name = escaped(&user.full_name());
    format!("<a href=\"/company/personal/user/{}/\">{name}</a>", user.id)
}

fn page(title: &str, body: &str) -> Reply {
    let title = escaped(title);
    Reply::html(
        200,
        format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
             <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/style.css\">\
             </head><body><p><a href=\"/\">Portal in a box</a></p><h1 dir=\"auto\">{title}</h1>{body}</body></html>\n"
        ),
    )
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
