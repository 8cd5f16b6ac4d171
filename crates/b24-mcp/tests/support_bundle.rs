//! One file for a ticket: it helps, and it gives nothing away.

mod support;

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use support::run;

/// Secrets of every kind, each its own.
const WEBHOOK: &str = "s3ntinel0webhook0qwertyuiop";
const TOKEN: &str = "S3ntinel-Token/0123456789+abcdefghijkl";
const BEARER: &str = "S3ntinel-Bearer-0123456789-abcdefghijkl";
const ADMIN: &str = "S3ntinel-Admin-0123456789-abcdefghijklm";
const PASSWORD: &str = "S3ntinelPassword0123456789";
const KEY: &str = "S3ntinelKey0123456789abcdefghijkl";
const FEEDBACK: &str = "ghp_S3ntinelFeedback0123456789";
const ALL: [&str; 7] = [WEBHOOK, TOKEN, BEARER, ADMIN, PASSWORD, KEY, FEEDBACK];

/// The middle of base64 of a text that has the secret in it, whatever stands before.
fn in_base64(secret: &str, before: usize) -> String {
    let text = format!("{}{secret}", "x".repeat(before));
    let all = STANDARD_NO_PAD.encode(text);
    all[4..all.len() - 4].to_owned()
}

fn in_url(secret: &str) -> String {
    secret.replace('/', "%2F").replace('+', "%2B")
}

#[test]
fn no_secret_is_in_a_support_bundle_in_whatever_encoding() {
    let folder = tempfile::tempdir().expect("a folder");
    let [config, log, out] =
        ["b24-mcp.toml", "server.log", "bundle.json"].map(|name| folder.path().join(name));
    std::fs::write(&config, format!("[[bearer]]\nlabel = \"anna\"\ntoken = \"{BEARER}\"\n"))
        .expect("written");
    let mut lines = vec!["INFO http: Tool called tool.name=b24_user_me outcome=ok".to_owned()];
    for secret in ALL {
        lines.push(format!("WARN plain {secret} url {} in=\"{secret}\"", in_url(secret)));
        lines.extend((0..3).map(|before| {
            format!("base64 {}", STANDARD_NO_PAD.encode(format!("{}{secret}", "x".repeat(before))))
        }));
        lines.push(format!(
            "GET http://127.0.0.1:9/rest/1/{secret}/profile.json Authorization: Bearer {secret}"
        ));
    }
    std::fs::write(&log, lines.join("\n")).expect("written");
    let [config, log, out] = [config, log, out].map(|path| path.to_str().expect("UTF-8").to_owned());
    let environment = [
        ("B24_WEBHOOK_URL", format!("http://127.0.0.1:9/rest/1/{WEBHOOK}/")),
        ("B24_MCP_TOKEN", format!("boris={TOKEN}, kitten")),
        ("B24_ADMIN_TOKEN", ADMIN.to_owned()),
        ("B24_DATABASE_URL", format!("postgres://b24:{PASSWORD}@db.example/b24")),
        ("B24_SECRET_KEY", KEY.to_owned()),
        ("B24_FEEDBACK_TOKEN", FEEDBACK.to_owned()),
    ];
    let environment: Vec<(&str, &str)> =
        environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let args = ["support-bundle", "--config", &config, "--log-file", &log, "--out", &out];
    let ended = run(&args, &environment);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let bundle = std::fs::read_to_string(&out).expect("UTF-8");
    let everything = format!("{bundle}{}{}", ended.stdout, ended.stderr);
    for secret in ALL {
        for hidden in
            [secret.to_owned(), in_url(secret)].into_iter().chain((0..3).map(|n| in_base64(secret, n)))
        {
            assert!(!everything.contains(&hidden), "{hidden} in {everything}");
        }
    }
    let bundle: serde_json::Value = serde_json::from_str(&bundle).expect("JSON");
    assert_eq!(bundle["settings"]["webhook"]["portal"], "127.0.0.1:9");
    assert_eq!(bundle["settings"]["bearers"]["strong"], 2);
    assert_eq!(bundle["log"][0], "INFO http: Tool called tool.name=b24_user_me outcome=ok");
    let findings = bundle["findings"].as_array().expect("findings");
    assert!(findings.iter().any(|finding| finding["about"] == "portal" && finding["grade"] == "fail"));
}

#[test]
fn a_bundle_is_written_to_stdout_when_no_file_is_named_and_has_no_log_then() {
    let ended = run(&["support-bundle", "--sandbox"], &[]);
    let bundle: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!((ended.code, &bundle["log"]), (Some(0), &serde_json::Value::Null));
}
