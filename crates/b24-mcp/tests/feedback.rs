//! Feedback about the server, by its configuration. What is sent, and to whom, is tested beside the code that sends.

mod support;

use support::run;

const DETAILS: &str = r#"{"kind":"problem","summary":"Dates are unclear","details":"it says DETAILS to me"}"#;

/// What the program answers, in front of a portal of its own.
fn told(details: &str, environment: &[(&str, &str)]) -> String {
    let arguments = DETAILS.replace("DETAILS", details);
    let ended = run(&["call", "bx24mcp_submit_feedback", &arguments, "--sandbox"], environment);
    let answer: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap_or_default();
    format!("{} {}", answer["code"].as_str().unwrap_or("-"), ended.stderr.replace("\n\n", "\n"))
        .trim()
        .to_owned()
}

#[test]
fn without_a_repository_and_a_token_nothing_is_filed() {
    let half = told("nothing", &[("B24_FEEDBACK_REPO", "acme/feedback")]);
    let wrong =
        told("nothing", &[("GITHUB_FEEDBACK_REPO", "https://acme.example/x"), ("B24_FEEDBACK_TOKEN", "t")]);

    insta::assert_snapshot!([told("nothing", &[]), half, wrong].join("\n---\n"));
}

#[test]
fn a_configured_secret_never_leaves() {
    let token = "not-a-token-of-github-0123456789";
    let place = [("B24_FEEDBACK_REPO", "acme/feedback"), ("B24_FEEDBACK_TOKEN", token)];

    insta::assert_snapshot!(told(token, &place));
}
