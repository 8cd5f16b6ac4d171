//! Commands that end by themselves, with secrets in their environment and, by mistake, in places where none belongs.

use std::fs;

use super::process::{Environment, Process};
use super::world::World;

/// Runs each of them.
pub(crate) fn run(world: &World) -> Result<(), String> {
    let log = foreign_log(world)?;
    let good = world.saying("trace", "text");
    let with = |name: &str, value: String| {
        let mut environment = world.saying("warn", "text");
        environment.retain(|(other, _)| other != name);
        environment.push((name.to_owned(), value));
        environment
    };
    let secret = world.secret("webhook");
    let broken = world.folder.join("broken.toml");
    fs::write(&broken, "view = \"full\"\n").map_err(|e| format!("cannot write: {e}"))?;
    let broken_path = broken.display().to_string();
    let bundle: Vec<&str> = vec!["support-bundle", "--log-file", &log, "--out", "bundle.json"];
    let runs: Vec<(Vec<&str>, Environment)> = vec![
        (vec!["doctor"], good.clone()),
        (vec!["doctor", "--json"], good.clone()),
        (bundle, good.clone()),
        (vec!["support-bundle", "--config", &broken_path], good.clone()),
        (vec!["tools"], good.clone()),
        (vec!["health", "--listen", "127.0.0.1:9"], good.clone()),
        (vec!["call", "b24_user_me"], good.clone()),
        (vec!["call", "b24_nothing", "{"], good.clone()),
        (vec!["call", "b24_user_me", r#"{"probe":"panic"}"#], good.clone()),
        (vec!["call", "b24_user_me", r#"{"probe":"say"}"#], good.clone()),
        (vec!["freeze", "--reason", secret], good.clone()),
        (vec!["call", "b24_task_create", r#"{"title":"x","responsibleId":1}"#], good.clone()),
        (vec!["thaw"], good.clone()),
        (
            vec!["doctor"],
            with("B24_WEBHOOK_URL", format!("https://acme.example/rest/1/{secret}/?auth={secret}")),
        ),
        (vec!["doctor"], with("B24_WEBHOOK_URL", format!("http://acme.example/rest/1/{secret}/"))),
        (vec!["doctor"], with("B24_LOG", secret.to_owned())),
        (vec!["call", "b24_user_me"], with("B24_LOG", world.secret("admin token").to_owned())),
        (vec!["doctor"], with("B24_LISTEN", secret.to_owned())),
        (vec!["doctor"], with("B24_TOOLS", secret.to_owned())),
        (vec!["doctor"], with("B24_VIEW", secret.to_owned())),
        (vec!["doctor"], with("B24_PUBLIC_URL", format!("https://u:{secret}@acme.example/"))),
        (vec!["doctor"], with("B24_OTLP_ENDPOINT", format!("http://127.0.0.1:9/{secret}"))),
        (vec!["doctor"], with("B24_CA_FILE", format!("/nowhere/{secret}"))),
        (
            vec!["serve", "--listen", "127.0.0.1:9"],
            with("B24_DATABASE_URL", format!("postgres://b24:{secret}@/")),
        ),
    ];
    for (args, environment) in runs {
        world.called();
        Process::start(&world.program, &args, &environment, &world.folder, &world.captured)?.end(false)?;
    }
    // Written for the commands to read, so not something that left them.
    fs::remove_file(broken).map_err(|e| format!("cannot remove: {e}"))?;
    fs::remove_file(log).map_err(|e| format!("cannot remove: {e}"))
}

/// The log of some other program, full of secrets.
fn foreign_log(world: &World) -> Result<String, String> {
    let path = world.folder.join("proxy.log");
    let lines: Vec<String> = world
        .sentinels
        .iter()
        .filter(|sentinel| sentinel.name != "certificates")
        .flat_map(|sentinel| {
            let secret = &sentinel.value;
            let json = serde_json::json!({ "said": serde_json::json!({ "token": secret }).to_string() });
            [format!("GET /rest/1/{secret}/x Authorization: Bearer {secret}"), json.to_string()]
        })
        .collect();
    fs::write(&path, lines.join("\n")).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
    Ok(path.display().to_string())
}
