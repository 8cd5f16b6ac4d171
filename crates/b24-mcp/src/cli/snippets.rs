//! What a person copies to connect a client, and what to try first.

use b24_model::secret::Bearer;
use b24_sim::Running;
use serde_json::json;

/// The Bearer of the server.
pub(super) enum Key {
    /// Made a moment ago: it has to be shown, once.
    Fresh(Bearer),
    /// Set by the admin, who knows it: only its place is shown.
    Configured,
}

/// Everything that the first five minutes need.
pub(super) fn welcome(url: &str, key: &Key, portal: &Running) -> String {
    let (bearer, shell, file) = match key {
        Key::Fresh(bearer) => {
            let token = bearer.expose().to_owned();
            (token.clone(), token.clone(), token)
        }
        Key::Configured => {
            ("the one that you configured".into(), "$B24_MCP_TOKEN".into(), "${env:B24_MCP_TOKEN}".into())
        }
    };
    let cursor = json!({ "mcpServers": { "b24": {
        "url": url,
        "headers": { "Authorization": format!("Bearer {file}") },
    } } });
    // No token in a file that people commit: VS Code asks for it and keeps it safe.
    let code = json!({
        "inputs": [{ "type": "promptString", "id": "b24-token", "description": "Bearer of b24-mcp", "password": true }],
        "servers": { "b24": {
            "type": "http",
            "url": url,
            "headers": { "Authorization": "Bearer ${input:b24-token}" },
        } },
    });
    let sentences = sentences(portal);
    format!(
        "A Bitrix24 portal in a box is ready. What you do in it is gone when this program ends, unless --data keeps it.

URL     {url}
Bearer  {bearer}

Claude Code:

  claude mcp add --transport http b24 {url} --header \"Authorization: Bearer {shell}\"

Cursor, in ~/.cursor/mcp.json:

{cursor:#}

VS Code, in .vscode/mcp.json (it will ask for the Bearer):

{code:#}

Then try:

  - {}
  - {}
  - {}
",
        sentences[0], sentences[1], sentences[2]
    )
}

/// Three sentences about people and tasks that the seed has made.
fn sentences(portal: &Running) -> [String; 3] {
    let users = portal.users();
    let colleague = users.iter().find(|user| user.active && !user.admin);
    let colleague =
        colleague.map_or_else(|| "me".to_owned(), |user| format!("{} {}", user.name, user.last_name));
    let mut tasks = portal.task_ids().into_iter().filter_map(|id| portal.task(id));
    let open = tasks.find(|task| task.closed.is_none());
    let last = open.map_or_else(
        || "Create a task for me to water the plants, then complete it.".to_owned(),
        |task| {
            format!("What is task {} about, who waits for it, and what is left on its checklist?", task.id)
        },
    );
    [
        "Who am I in Bitrix24, and which of my tasks are overdue?".to_owned(),
        format!(
            "Create a task for {colleague}: prepare the quarterly report by Friday 18:00. Show me the link."
        ),
        last,
    ]
}
