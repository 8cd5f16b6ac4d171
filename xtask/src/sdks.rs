//! `cargo xtask sdks`: the official SDKs of Bitrix24, unchanged, against the sandbox. Each tells what it read;
//! the same portal is then read by plain HTTP, and the two have to agree. Nothing here goes through an SDK.

mod judge;
mod truth;

use std::process::Command;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::clients::finish;
use crate::clients::install::{self, Kit};
use crate::project::{Profile, Project};
use crate::say;
use crate::server::Server;
use crate::webhook::Webhook;
use judge::JUDGES;
use truth::Truth;

/// An SDK waits when the portal's limits tell it to, so this is long.
const PATIENCE: Duration = Duration::from_secs(150);

/// More than two pages of tasks, and the limits of the cloud.
const PORTAL: [&str; 7] = ["sandbox", "--listen", "127.0.0.1:0", "--tasks", "130", "--limits", "standard"];

/// One SDK: its script, and what it can read beyond what every SDK reads.
struct Sdk {
    name: &'static str,
    script: &'static str,
    also: &'static [&'static str],
}

/// What every SDK reads.
const ALL: [&str; 9] =
    ["trouble", "profile", "users", "kept", "deleted", "counted", "batch", "unknown_method", "wrong_secret"];
/// What every SDK reads, continued: refusals and limits.
const LIMITS: [&str; 2] = ["missing_field", "burst"];

const SDKS: [Sdk; 3] = [
    Sdk {
        name: "b24jssdk",
        script: "sdk_b24jssdk.mjs",
        also: &[
            "first_page",
            "chunked",
            "fast",
            "streamed",
            "v3_get",
            "v3_all",
            "v3_kept",
            "v3_deleted",
            "v3_missing",
            "v3_batch",
            "v3_batch_refused",
        ],
    },
    Sdk {
        name: "b24pysdk",
        script: "sdk_b24pysdk.py",
        also: &[
            "first_page",
            "chunked",
            "fast",
            "fast_down",
            "fast_users",
            "v3_get",
            "v3_kept",
            "v3_deleted",
            "v3_missing",
        ],
    },
    Sdk { name: "fast-bitrix24", script: "sdk_fast_bitrix24.py", also: &["by_id"] },
];

/// Installs the SDKs, runs them side by side, each at a portal of its own, and returns how many checks passed and failed.
pub(crate) fn run(project: &Project) -> Result<(usize, usize), String> {
    let kit = install::install(project)?;
    let program = project.server(Profile::Debug)?;
    say::note("\n> official SDKs against the sandbox, with the limits of the cloud");
    let told: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> = SDKS.iter().map(|sdk| scope.spawn(|| check(&kit, &program, sdk))).collect();
        runs.into_iter()
            .map(|run| run.join().unwrap_or_else(|_| Err("its check panicked".to_owned())))
            .collect()
    });
    let (mut passed, mut failed) = (0, 0);
    for (sdk, told) in SDKS.iter().zip(told) {
        let checks = told.unwrap_or_else(|why| vec![("run", Err(why))]);
        for (key, outcome) in checks {
            match outcome {
                Ok(()) => {
                    passed += 1;
                    say::line(&format!("PASS {:<14} {key}", sdk.name));
                }
                Err(why) => {
                    failed += 1;
                    say::line(&format!("FAIL {:<14} {key}\n     {why}", sdk.name));
                }
            }
        }
    }
    Ok((passed, failed))
}

type Checks = Vec<(&'static str, Result<(), String>)>;

fn check(kit: &Kit, program: &std::path::Path, sdk: &Sdk) -> Result<Checks, String> {
    let portal = Server::start(program, &PORTAL, &[], "/rest/")?;
    let webhook = Webhook::read(&portal.url)?;
    let read = read(kit, sdk, &portal.url).map_err(|why| webhook.mask(&why))?;
    let truth = Truth::read(webhook.clone())?;
    let keys = ALL.iter().chain(&LIMITS).chain(sdk.also);
    Ok(keys.map(|key| (*key, judged(key, &read, &truth).map_err(|why| webhook.mask(&why)))).collect())
}

fn judged(key: &str, read: &Value, truth: &Truth) -> Result<(), String> {
    let judge = JUDGES.iter().find(|(name, _)| *name == key).ok_or("nobody judges this")?.1;
    let told = read.get(key).ok_or_else(|| "was not read".to_owned())?;
    judge(told, read, truth)
}

/// Runs an SDK's script at a door with TLS, which two of the three insist on, and returns what it printed.
fn read(kit: &Kit, sdk: &Sdk, portal: &str) -> Result<Value, String> {
    let folder = kit.folder.join(format!("{}.door", sdk.name));
    std::fs::create_dir_all(&folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))?;
    let rest = portal.strip_prefix("http://").ok_or("the sandbox speaks plain http")?;
    let (authority, path) = rest.split_once('/').ok_or("the sandbox printed no path")?;
    let script = kit.folder.join("tls_door.mjs");
    let words = [script.to_str(), Some(authority), folder.to_str()].map(Option::unwrap_or_default);
    let door = Server::start(&kit.node, &words, &[], "/")?;
    let certificate = folder.join("door.pem");

    let interpreter = if sdk.script.ends_with(".py") { &kit.python } else { &kit.node };
    let mut command = Command::new(interpreter);
    command.arg(kit.folder.join(sdk.script));
    // The address is a password, so it stands in no process list.
    command.env("B24_WEBHOOK_URL", format!("{}{path}", door.url));
    for name in ["NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"] {
        command.env(name, &certificate);
    }
    command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    let (code, said) = finish(&mut command, &kit.folder, sdk.name, PATIENCE)?;
    if code != Some(0) {
        return Err(format!("ended with {code:?}: {}", said.trim()));
    }
    serde_json::from_str(&said).map_err(|e| format!("printed no JSON: {e}: {said}"))
}
