//! Whether the test would notice: secrets are given away on purpose, and have to be found.

use std::path::Path;

use serde_json::json;

use super::process::Process;
use super::serve::{Client, message};
use super::world::World;
use crate::say;

/// Ways of a build with the feature `probe` that go around every sink.
const AROUND: [&str; 5] = ["leak-plain", "leak-hex", "leak-part", "leak-address", "leak-file"];

/// Plants every leak. Returns how many were found, and how many were not.
pub(crate) fn run(program: &Path, root: &Path) -> Result<(usize, usize), String> {
    let (mut found, mut missed) = (0, 0);
    for way in AROUND.into_iter().chain(["client", "environ", "cmdline"]) {
        let world = World::new(program, root, way)?;
        plant(&world, way)?;
        world.captured.add_folder(&world.folder, &[])?;
        if world.captured.search(&world.finder, false) > 0 {
            found += 1;
        } else {
            missed += 1;
            say::note(&format!("the leak `{way}` was planted and not found"));
        }
    }
    Ok((found, missed))
}

fn plant(world: &World, way: &str) -> Result<(), String> {
    let listen = "127.0.0.1:0";
    let environment = match way {
        "environ" => world.saying("info", "text"),
        _ => world.pointing("info", "text", "http://127.0.0.1:9"),
    };
    let mut args = vec!["serve", "--listen", listen];
    if way == "cmdline" {
        args.extend(["--public-url", "https://acme.example/"]);
    }
    let public = format!("https://acme.example/{}", world.secret("second Bearer"));
    if let Some(url) = args.get_mut(4) {
        *url = &public;
    }
    let process = Process::start(&world.program, &args, &environment, &world.folder, &world.captured)?;
    let address = process.told("listening on http://")?.split('/').next().unwrap_or_default().to_owned();
    process.exposed();
    let client = Client { world, address };
    if way == "client" {
        // The id of a request is the client's own, and comes back as it was.
        let ping = message("ping", &json!({}))
            .replace("\"id\":1", &format!("\"id\":\"{}\"", world.secret("second Bearer")));
        client.post(&[], &ping);
    } else if AROUND.contains(&way) {
        client.call("b24_user_me", &json!({ "probe": way }));
    }
    process.end(true)
}
