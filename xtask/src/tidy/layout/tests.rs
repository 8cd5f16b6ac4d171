//! One file at a time, as it should be and as it should not.

use super::*;

fn told(path: &str, text: &str) -> Vec<String> {
    examine(path, text).iter().map(ToString::to_string).collect()
}

#[test]
fn a_small_file_that_says_what_it_is_for_passes() {
    assert_eq!(told("crates/b24-rest/src/page.rs", "//! A list.\nmod tests;\n"), [""; 0]);
}

#[test]
fn a_rust_file_without_a_header_is_an_error() {
    assert_eq!(
        told("src/page.rs", "use std::fmt;\n"),
        ["error: src/page.rs: a file starts with `//!`: what it is for, and what it refuses to do"]
    );
}

#[test]
fn names_that_say_nothing_are_errors_as_file_folder_and_module() {
    assert_eq!(
        told("tests/common/setup.rs", "//! Set up.\npub mod utils {}\n"),
        [
            "error: tests/common/setup.rs: `common` says nothing; name it for what it does",
            "error: tests/common/setup.rs:2: a module named `utils` says nothing; name it for what it does",
        ]
    );
}

#[test]
fn a_long_file_is_a_warning_and_a_very_long_one_an_error() {
    let file = |lines: usize| format!("//! Long.\n{}", "\n".repeat(lines - 1));

    assert_eq!(told("a.rs", &file(350)), [""; 0]);
    assert_eq!(told("a.rs", &file(351)), ["warning: a.rs: 351 lines; almost no file needs more than 350"]);
    assert_eq!(told("a.rs", &file(501)), ["error: a.rs: 501 lines; part it, 500 is the limit"]);
}

#[test]
fn a_tool_that_opens_a_client_or_reads_the_environment_is_an_error() {
    let text = "//! A tool.\nlet c = reqwest::Client::new();\nlet v = std::env::var(\"X\");\nuse std::{env};\nenv::var(\"X\");\n";
    let because = "it reaches the portal through the typed door alone";

    assert_eq!(
        told("crates/b24-tools/src/tools/task/get.rs", text),
        [
            format!(
                "error: crates/b24-tools/src/tools/task/get.rs:2: a tool must not mention `reqwest`: {because}"
            ),
            format!(
                "error: crates/b24-tools/src/tools/task/get.rs:3: a tool must not mention `env::`: {because}"
            ),
            format!(
                "error: crates/b24-tools/src/tools/task/get.rs:5: a tool must not mention `env::`: {because}"
            ),
        ]
    );
}

#[test]
fn what_only_sounds_like_a_forbidden_word_passes_in_a_tool() {
    let text = "//! A tool.\n// Not by reqwest.\nlet relaxum = my_env::of(hyperbole);\n";

    assert_eq!(told("crates/b24-tools/src/tools/task/get.rs", text), [""; 0]);
}

#[test]
fn a_path_of_one_machine_is_an_error_and_an_address_is_not() {
    let machine = format!("path = \"/{}/anna/b24\"\n", "home");

    assert_eq!(
        told("notes.md", &machine),
        ["error: notes.md:1: an absolute path under /home only exists on one machine"]
    );
    assert_eq!(told("notes.md", "https://portal.example/home/task and the /home/ folder\n"), [""; 0]);
}

#[test]
fn a_lock_file_that_names_addresses_is_an_error() {
    assert_eq!(
        told("clients/package-lock.json", "{ \"resolved\": \"https://mirror.example/x.tgz\" }"),
        [
            "error: clients/package-lock.json: a lock file names packages by version and hash, not by where they were found"
        ]
    );
}
