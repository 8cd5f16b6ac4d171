//! The command line: data on stdout, talk on stderr, numbers that scripts rely on.

mod support;

use std::io::Write;

use support::{TOKEN, program, run};

const SECRET: &str = "n0t-a-real-secret";

fn webhook() -> String {
    format!("http://127.0.0.1:9/rest/1/{SECRET}/")
}

#[test]
fn a_call_prints_its_answer_and_nothing_else() {
    let ended = run(&["call", "b24_user_me", "--sandbox"], &[]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let answer: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!(answer["id"], 1);
}

#[test]
fn arguments_may_come_from_stdin() {
    let mut child = program(&["call", "b24_task_get", "-", "--sandbox"], &[])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("piped").write_all(br#"{"taskId":1}"#).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).starts_with('{'));
}

#[test]
fn a_refused_call_fails_with_its_code_and_the_next_step() {
    let ended = run(&["call", "b24_task_delete", r#"{"taskId":1}"#, "--sandbox"], &[]);
    assert_eq!(ended.code, Some(1));
    insta::assert_snapshot!(ended.stderr, @r#"
    error: DELETE_NEEDS_CONFIRM: `b24_task_delete` deletes for good and was not confirmed; nothing was done

    hint: tell the person what would be deleted; when they agree, call again with `confirmDelete: true`
    "#);
    let unknown = run(&["call", "b24_task_lst", "--sandbox"], &[]);
    assert_eq!(unknown.code, Some(2));
    insta::assert_snapshot!(unknown.stderr, @r#"
    error: there is no tool `b24_task_lst`; did you mean `b24_task_list`?

    hint: `b24-mcp tools` lists them
    "#);
    let twice = run(&["call", "b24_task_get", r#"{"taskId":1,"taskId":2}"#, "--sandbox"], &[]);
    assert_eq!(twice.code, Some(2));
    insta::assert_snapshot!(twice.stderr, @r#"
    error: the key "taskId" stands twice in one object; parsers silently keep only one of them

    hint: a client would be refused for the same
    "#);
    assert_eq!(run(&["call", "b24_task_list", "[1]", "--sandbox"], &[]).code, Some(2));
    assert_eq!(run(&["dance"], &[]).code, Some(2));
}

#[test]
fn the_list_of_tools_follows_the_policy() {
    let names = |args: &[&str]| {
        let ended = run(&[&["tools", "--json"], args].concat(), &[]);
        let rows: Vec<serde_json::Value> = serde_json::from_str(&ended.stdout).expect("JSON");
        rows.iter().map(|row| row["name"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert!(names(&[]).contains(&"b24_task_delete".to_owned()));
    let read_only = names(&["--read-only"]);
    assert!(
        read_only.contains(&"b24_task_list".to_owned()) && !read_only.contains(&"b24_task_create".to_owned())
    );
    assert_eq!(names(&["--tools", "b24_user_me"]), ["b24_user_me"]);
}

#[test]
fn what_comes_later_wins_the_file_then_the_environment_then_flags() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("b24-mcp.toml");
    std::fs::write(&file, "view = \"full\"\ntools = [\"b24_user_me\", \"b24_user_find\"]\n")
        .expect("written");
    let file = file.to_str().expect("UTF-8");
    let list = |args: &[&str], environment: &[(&str, &str)]| {
        let ended = run(&[&["tools", "--config", file], args].concat(), environment);
        ended
            .stdout
            .lines()
            .map(|line| line.split(' ').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(list(&[], &[]), ["b24_user_find", "b24_user_me"]);
    assert_eq!(list(&[], &[("B24_TOOLS", "b24_task_list")]), ["b24_task_list"]);
    assert_eq!(list(&["--tools", "b24_task_get"], &[("B24_TOOLS", "b24_task_list")]), ["b24_task_get"]);
}

#[test]
fn a_misspelt_setting_is_an_error_that_names_the_right_one() {
    let ended = run(&["doctor"], &[("B24_WEBHOK_URL", &webhook())]);
    assert_eq!(ended.code, Some(78));
    insta::assert_snapshot!(ended.stderr, @r#"
    error: unknown setting `B24_WEBHOK_URL` in the environment

    hint: did you mean `B24_WEBHOOK_URL`?
    "#);

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("settings.toml");
    std::fs::write(&file, "readonly = true\n").expect("written");
    let ended = run(&["doctor", "--config", file.to_str().expect("UTF-8")], &[]);
    assert_eq!(ended.code, Some(78));
    let place = folder.path().display().to_string();
    insta::assert_snapshot!(ended.stderr.replace(&place, "[folder]"), @r#"
    error: unknown setting `readonly` in [folder]/settings.toml

    hint: did you mean `read_only`?
    "#);
}

#[test]
fn wrong_values_are_errors_that_say_where_they_stand_and_never_repeat_a_secret() {
    let wrong = [
        ("B24_WEBHOOK_URL", format!("https://acme.example/{SECRET}/")),
        ("B24_WEBHOOK_URL", format!("http://acme.example/rest/1/{SECRET}/")),
        ("B24_LISTEN", "somewhere".into()),
        ("B24_PUBLIC_URL", "mcp.acme.example".into()),
        ("B24_VIEW", "everything".into()),
        ("B24_CONFIRM", "maybe".into()),
        ("B24_CONFIRM", "two-step".into()),
        ("B24_TOOLS", "b24_user_me,b24_task_lst".into()),
        ("B24_EXCLUDE_TOOLS", "colour_of_the_sky".into()),
        ("B24_TOOLSETS", "tasks".into()),
        ("B24_TOOLSETS", "calendar".into()),
        ("B24_MAX_CONNECTIONS", "0".into()),
        ("B24_MCP_TOKEN", format!("anna={SECRET}1,anna={SECRET}2")),
        ("B24_READ_ONLY", "perhaps".into()),
        ("B24_DEADLINE", "soon".into()),
        ("B24_WEBHOOK_URL_FILE", "/nowhere/at/all".into()),
    ];
    let told: Vec<String> = wrong
        .iter()
        .map(|(name, value)| {
            let ended = run(&["serve"], &[(name, value)]);
            assert_eq!(ended.code, Some(78), "{name}: {ended:?}");
            ended.stderr
        })
        .collect();
    let told = told.join("\n");
    assert!(!told.contains(SECRET), "{told}");
    insta::assert_snapshot!(told, @r#"
    error: the webhook address that B24_WEBHOOK_URL says cannot be used
      caused by: the webhook address does not look like https://your-portal/rest/1/your-secret/

    hint: copy the address that the portal shows (Developer resources, Inbound webhook): https://your-portal/rest/1/your-secret/

    error: the webhook address that B24_WEBHOOK_URL says cannot be used
      caused by: the webhook address uses plain http, which only a portal on this machine may

    hint: copy the address that the portal shows (Developer resources, Inbound webhook): https://your-portal/rest/1/your-secret/

    error: `listen` is not an address such as 127.0.0.1:3000 (said by B24_LISTEN)

    hint: correct it and start again

    error: `public_url` is not an address such as https://mcp.example.com (said by B24_PUBLIC_URL)

    hint: correct it and start again

    error: `view` is not core, full, contract or a list of toolsets (said by B24_VIEW)

    hint: correct it and start again

    error: `confirm` is not flag or strict (said by B24_CONFIRM)

    hint: correct it and start again

    error: `confirm` cannot be two-step yet (said by B24_CONFIRM): it comes with the part of this program that confirms

    hint: say `strict` (clients that cannot ask their human destroy nothing) or `flag` (they say so in the call)

    error: there is no tool `b24_task_lst`, which `tools` names (said by B24_TOOLS)

    hint: did you mean `b24_task_list`?

    error: there is no tool `colour_of_the_sky`, which `exclude_tools` names (said by B24_EXCLUDE_TOOLS)

    hint: `b24-mcp tools --view full` lists them

    error: there is no toolset `tasks`, which `toolsets` names (said by B24_TOOLSETS)

    hint: did you mean `task`?

    error: there is no toolset `calendar`, which `toolsets` names (said by B24_TOOLSETS)

    hint: there are task, user, project, file, server

    error: `max_connections` is not a number from 1 to 65536 (said by B24_MAX_CONNECTIONS)

    hint: correct it and start again

    error: two Bearers have the label `anna` (the second is said by B24_MCP_TOKEN)

    hint: give each Bearer a label of its own, as in `anna=token`

    error: `read_only` is not true or false (said by B24_READ_ONLY)

    hint: correct it and start again

    error: `deadline` is not a number of seconds from 1 to 3600 (said by B24_DEADLINE)

    hint: correct it and start again

    error: cannot read the file that `B24_WEBHOOK_URL_FILE` points to, /nowhere/at/all: no such file

    hint: check the path and its permissions
    "#);
}

#[test]
fn what_is_one_thing_may_not_be_listed_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("settings.toml");
    std::fs::write(&file, format!("webhook_url = [\"{}\"]\n", webhook())).expect("written");
    let ended = run(&["doctor", "--config", file.to_str().expect("UTF-8")], &[]);
    assert_eq!(ended.code, Some(78));
    let place = folder.path().display().to_string();
    insta::assert_snapshot!(ended.stderr.replace(&place, "[folder]"), @r#"
    error: `webhook_url` in [folder]/settings.toml must be a text

    hint: correct it and start again
    "#);
}

#[cfg(target_os = "linux")]
#[test]
fn data_that_nobody_could_keep_is_a_failure() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a full disk");
    let output = program(&["tools"], &[]).stdout(full).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.starts_with("error: No space left on device"), "{told}");
}

#[test]
fn a_secret_may_lie_in_a_file_of_its_own_and_an_open_one_is_remarked() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("token");
    std::fs::write(&file, format!("{TOKEN}\n")).expect("written");
    let doctor = |mode| {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("changed");
        run(&["doctor", "--sandbox"], &[("B24_MCP_TOKEN_FILE", file.to_str().expect("UTF-8"))])
    };
    let (closed, open) = (doctor(0o600), doctor(0o644));
    assert!(
        closed.stdout.contains("one strong Bearer") && !closed.stdout.contains("everybody"),
        "{closed:?}"
    );
    assert!(open.stdout.contains("everybody on this machine can read the secret in"), "{open:?}");
    assert!(!open.stdout.contains(TOKEN));
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_do_next() {
    let environment = [
        ("NUXT_BITRIX24_WEBHOOK_URL", webhook()),
        ("NUXT_MCP_AUTH_TOKEN", "replace-with-secure-token".to_owned()),
        ("NUXT_AUDIT_DIR", "/data/audit".to_owned()),
    ];
    let environment: Vec<(&str, &str)> =
        environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let ended = run(&["doctor"], &environment);
    assert_eq!(ended.code, Some(1));
    insta::assert_snapshot!(ended.stdout, @r#"
    ok    config   no file; the environment and the defaults are used
    warn  config   `audit_dir` is set by NUXT_AUDIT_DIR, but this version does not use it
                   hint: nothing needs to be done; it is kept for later versions
    ok    config   `mcp_token` comes from the alias NUXT_MCP_AUTH_TOKEN
    ok    config   `webhook_url` comes from the alias NUXT_BITRIX24_WEBHOOK_URL
    ok    config   the view is `contract`
    warn  freeze   there is no data folder, so `b24-mcp freeze` cannot stop this server
                   hint: set B24_DATA_DIR to a folder of the person who runs it
    warn  bearer   the Bearer `NUXT_MCP_AUTH_TOKEN no. 1` is ignored: it is the placeholder of the template
                   hint: use at least 32 random characters, such as the output of `openssl rand -hex 32`
    warn  bearer   none is strong, so /mcp over HTTP answers 503 (stdio needs none)
                   hint: set B24_MCP_TOKEN, and use at least 32 random characters, such as the output of `openssl rand -hex 32`
    ok    webhook  works in 127.0.0.1:9 as the person with id 1
    fail  portal   `profile` was not sent: the portal cannot be reached (client error (Connect))
                   hint: check the address, and whether this machine may reach it (firewall, proxy, private CA: B24_CA_FILE)
    "#);
}

#[test]
fn a_healthy_sandbox_makes_the_doctor_content() {
    let ended =
        run(&["doctor", "--sandbox", "--json"], &[("B24_MCP_TOKEN", TOKEN), ("HOME", "/nonexistent")]);
    assert_eq!(ended.code, Some(0));
    let rows: Vec<serde_json::Value> = serde_json::from_str(&ended.stdout).expect("JSON");
    assert!(rows.iter().all(|row| row["grade"] == "ok"), "{}", ended.stdout);
}

#[test]
fn the_secret_of_the_webhook_is_in_nothing_that_is_printed() {
    let environment = [("B24_WEBHOOK_URL", webhook()), ("B24_LOG", "trace".to_owned())];
    let environment: Vec<(&str, &str)> =
        environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for args in
        [&["doctor"][..], &["doctor", "--json"], &["call", "b24_user_me", "--deadline", "1"], &["tools"]]
    {
        let ended = run(args, &environment);
        assert!(!format!("{ended:?}").contains(SECRET), "{args:?}: {ended:?}");
    }
}
