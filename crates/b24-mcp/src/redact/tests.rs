//! What is hidden, and what stays readable.

use super::{
    redactor::{Redactor, Rules},
    stream::Stream,
};

const SECRET: &str = "S3ntinel/Token+0123456789?ab~~c>>";

fn all(text: &str) -> String {
    told(&Redactor::default(), text, Rules::All)
}

fn told(redactor: &Redactor, text: &str, rules: Rules) -> String {
    let left = redactor.redacted(text.as_bytes(), rules);
    left.map_or_else(|| text.to_owned(), |left| String::from_utf8(left).expect("UTF-8"))
}

/// Each line comes with what is left of it.
fn left_of(lines: &[(&str, &str)]) {
    for (line, left) in lines {
        assert_eq!(all(line), *left);
        // Whatever is clean stays so.
        assert_eq!(all(left), *left);
    }
}

#[test]
fn webhooks_of_both_generations_lose_their_secret_and_keep_the_rest() {
    left_of(&[
        (
            "https://acme.example/rest/1/abc_D-9/tasks.task.get.json?x=1",
            "https://acme.example/rest/1/<REDACTED>/tasks.task.get.json?x=1",
        ),
        ("HTTP://acme.example/rest/api/17/abc/tasks", "HTTP://acme.example/rest/api/17/<REDACTED>/tasks"),
        ("GET /rest/1/abc/profile.json HTTP/1.1", "GET /rest/1/<REDACTED>/profile.json HTTP/1.1"),
        (
            r#"{"url":"https:\/\/a.example\/rest\/1\/abc\/"}"#,
            r#"{"url":"https:\/\/a.example\/rest\/1\/<REDACTED>\/"}"#,
        ),
        (
            "next=https%3A%2F%2Fa.example%2Frest%2F1%2Fabc%2Fx",
            "next=https%3A%2F%2Fa.example%2Frest%2F1%2F<REDACTED>%2Fx",
        ),
        ("https://your-portal/rest/1/your-secret/", "https://your-portal/rest/1/your-secret/"),
        ("https://acme.example/rest/profile.json", "https://acme.example/rest/profile.json"),
    ]);
}

#[test]
fn parameters_headers_and_fields_lose_their_values() {
    left_of(&[
        (
            "https://oauth.example/token?code=abc&refresh_token=def&scope=task&client_secret=ghi'",
            "https://oauth.example/token?code=<REDACTED>&refresh_token=<REDACTED>&scope=task&client_secret=<REDACTED>'",
        ),
        (
            "POST auth[access_token]=abc&auth[domain]=a.example",
            "POST auth[access_token]=<REDACTED>&auth[domain]=a.example",
        ),
        ("AUTH_ID=abc&AUTH_EXPIRES=3600", "AUTH_ID=<REDACTED>&AUTH_EXPIRES=3600"),
        ("authorization: Bearer abc", "authorization: Bearer <REDACTED>"),
        ("proxy-authorization: Basic YTpi\r\nvia: x", "proxy-authorization: Basic <REDACTED>\r\nvia: x"),
        ("Cookie: a=b; c=d\nvia: x", "Cookie: <REDACTED>\nvia: x"),
        ("sent Bearer 0123456789abcdef, and went", "sent Bearer <REDACTED>, and went"),
        ("token='abc' password = \"a b\" x=1", "token='<REDACTED>' password = \"<REDACTED>\" x=1"),
        (
            r#"Request { headers: {"authorization": "Bearer abc"}, token: Some("abc"), secret: b"abc", id: 7 }"#,
            r#"Request { headers: {"authorization": "<REDACTED>"}, token: Some("<REDACTED>"), secret: b"<REDACTED>", id: 7 }"#,
        ),
        ("<refresh_token>abc</refresh_token>", "<refresh_token><REDACTED></refresh_token>"),
        (
            "postgres://b24:abc@db.example/b24 and https://abc@git.example/x",
            "postgres://b24:<REDACTED>@db.example/b24 and https://<REDACTED>@git.example/x",
        ),
    ]);
}

#[test]
fn members_of_json_lose_their_values_however_deep_and_however_often_escaped() {
    left_of(&[
        (
            r#"{"access_token":"abc","user":{"auth":{"a":[1,"}"]},"Password":null,"apiKey":12, "name":"Anna"}}"#,
            r#"{"access_token":"<REDACTED>","user":{"auth":"<REDACTED>","Password":"<REDACTED>","apiKey":"<REDACTED>", "name":"Anna"}}"#,
        ),
        (
            r#"{"said":"{\"applicationToken\":\"a\\\"b\",\"deep\":\"{\\\"API_KEY\\\":\\\"abc\\\",\\\"id\\\":7}\"}"}"#,
            r#"{"said":"{\"applicationToken\":\"<REDACTED>\",\"deep\":\"{\\\"API_KEY\\\":\\\"<REDACTED>\\\",\\\"id\\\":7}\"}"}"#,
        ),
        (
            r#"[{"name":"client_secret","value":"abc"},{"key":"x-api-key","value":{"stringValue":"abc"}}]"#,
            r#"[{"name":"client_secret","value":"<REDACTED>"},{"key":"x-api-key","value":{"stringValue":"<REDACTED>"}}]"#,
        ),
        (
            r#"{"name":"b24-token", "value": {"other":"abc"}, "code": "abc"}"#,
            r#"{"name":"b24-token", "value": "<REDACTED>", "code": "abc"}"#,
        ),
        (r#"{"a":"cut off","secret":"abc"#, r#"{"a":"cut off","secret":"<REDACTED>"#),
    ]);
}

#[test]
fn what_is_no_credential_stays_as_it_is() {
    for line in [
        r#"{"time":"2026-11-22T15:52:57.539Z","level":"info","message":"Tool called","target":"b24_mcp::door::bearer"}"#,
        r#"{"code":"INVALID_CREDENTIALS","error":"Invalid bearer token","author":"Anna","max_tokens":5}"#,
        r#"b24_mcp_auth_failures_total{reason="invalid"} 3"#,
        "the Bearer `anna` is ignored: it is shorter than 32 characters",
        "set B24_MCP_TOKEN to at least 32 random characters, such as the output of `openssl rand -hex 32`",
        "give each Bearer a label of its own, as in `anna=value`; see https://acme.example/docs?x=1#y",
        "b24_model::secret::token::read at 100% of C:\\temp\\new",
    ] {
        assert_eq!(all(line), line);
    }
}

#[test]
fn a_configured_secret_goes_in_every_encoding_and_wherever_it_stands() {
    let redactor = Redactor::default().knowing([SECRET]);
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let url = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let hex: String = SECRET.bytes().map(|byte| format!("{byte:02X}")).collect();
    let every: String = SECRET.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let unicode: String = SECRET.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    for dress in [
        SECRET.to_owned(),
        json(SECRET),
        json(&json(&json(SECRET))),
        SECRET.replace('/', "\\/"),
        url(SECRET),
        url(&url(SECRET)),
        json(&url(SECRET)),
        hex.to_lowercase(),
        hex,
        every,
        unicode,
        format!("{:?}", SECRET.as_bytes()),
        format!("{SECRET:?}"),
    ] {
        let (before, after) = ("Ein Fehler: ü ", " — прочее");
        let left = told(&redactor, &format!("{before}{dress}{after}"), Rules::Answer);
        let kept: String = left.chars().filter(|c| !"\"\\[]".contains(*c)).collect();
        assert_eq!(kept, format!("{before}<REDACTED>{after}"), "{dress}");
    }
}

#[test]
fn an_answer_keeps_what_people_wrote_of_tokens() {
    let redactor = Redactor::default().knowing(["https://acme.example/rest/1/not-a-secret/", SECRET]);
    let answer = |text: &str| told(&redactor, text, Rules::Answer);
    for text in
        ["token: abc", r#"{"password":"Anna's cat"}"#, "see docs/rest/1/intro", "Bearer 0123456789abcdef"]
    {
        assert_eq!(answer(text), text);
    }
    assert_eq!(
        answer("call https://b.example/rest/1/abc/profile"),
        "call https://b.example/rest/1/<REDACTED>/profile"
    );
    assert_eq!(answer("it is not-a-secret"), "it is <REDACTED>");
}

#[test]
fn what_comes_in_pieces_is_as_safe_as_what_comes_at_once() {
    let redactor = std::sync::Arc::new(Redactor::default().knowing([SECRET]));
    let filler = "words and more words, as a log has them. ".repeat(1000);
    let text = format!("{filler}{SECRET} {filler}token=\"abc\" {SECRET}{filler}");
    let whole = told(&redactor, &text, Rules::All);
    assert!(!whole.contains("S3nt") && !whole.contains("abc"));
    for size in [1, 7, 4096, 40_960, 70_000] {
        let mut out = Vec::new();
        let mut stream = Stream::new(std::sync::Arc::clone(&redactor), &mut out);
        for piece in text.as_bytes().chunks(size) {
            std::io::Write::write_all(&mut stream, piece).expect("memory");
        }
        drop(stream);
        assert_eq!(String::from_utf8(out).expect("UTF-8"), whole, "{size}");
    }
}

#[test]
fn a_value_longer_than_anything_that_is_held_is_swallowed_to_the_end_of_its_line() {
    let redactor = std::sync::Arc::new(Redactor::default());
    let mut out = Vec::new();
    let mut stream = Stream::new(redactor, &mut out);
    let value = "abc".repeat(100_000);
    for piece in format!("{{\"token\":\"{value}\"}}\nnext").as_bytes().chunks(1000) {
        std::io::Write::write_all(&mut stream, piece).expect("memory");
    }
    drop(stream);
    assert_eq!(String::from_utf8(out).expect("UTF-8"), "{\"token\":\"<REDACTED>\nnext");
}

#[test]
fn whatever_pieces_a_text_is_made_of_it_is_cleaned_to_the_end_and_no_secret_survives() {
    let redactor = Redactor::default().knowing([SECRET]);
    let pieces = [
        SECRET,
        "S3ntinel/",
        "token",
        "\"token\":",
        "\"",
        "\\",
        "\\\"",
        "%",
        "%25",
        "%2",
        "\\u00",
        "{",
        "}",
        "[",
        "]",
        "(",
        ":",
        "=",
        "=>",
        ",",
        "&",
        "?code=",
        "<",
        ">",
        "<token>",
        " ",
        "\n",
        "b\"",
        "Some(",
        "/rest/1/",
        "/rest/api/",
        "https://",
        "a:b@c",
        "Bearer ",
        "0123456789abcdef",
        "cookie",
        "\"value\":",
        "\"stringValue\":",
        "é",
        "auth[",
        "'",
        "`",
    ];
    // A generator of its own, so that each run is the same.
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    for _ in 0..3000 {
        let text: String = (0..next(24)).map(|_| pieces[next(pieces.len())]).collect();
        for rules in [Rules::All, Rules::Answer] {
            let left = told(&redactor, &text, rules);
            assert!(!left.contains(SECRET), "{text}");
        }
    }
}

/// Prints how long a line takes, for `cargo xtask bench redact`. Proves nothing, so it does not run by itself.
#[test]
#[ignore = "a measurement, for a release build"]
#[expect(clippy::print_stdout, reason = "the one result of a measurement is what it prints")]
fn measure() {
    let redactor = Redactor::default().knowing([
        "https://acme.example/rest/1/0123456789abcdef/",
        "anna=test-token-0123456789-abcdefghij,boris=other-test-token-0123456789-abcd",
        "postgres://b24:hunter-hunter@db.example/b24",
    ]);
    let typical = "2026-11-22T15:52:57.539551Z  INFO call{request.id=b54743a3a9490876 caller=default \
        trace.id=0af7651916cd43dd8448eb211c80319c tool.name=\"b24_task_list\"}: b24_mcp::serve::house: Tool called \
        tool.effect=\"read\" outcome=\"ok\" took_ms=12 rest.calls=2\n";
    let answer = format!("{{\"items\":[{}]}}", vec![r#"{"id":7,"title":"A \"quoted\" title","link":"https://acme.example/company/personal/user/1/tasks/task/view/7/"}"#; 100].join(","));
    let secret =
        format!("{} webhook https://acme.example/rest/1/0123456789abcdef/profile.json", typical.trim_end());
    for (what, text, rules) in [
        ("a line of the log without secrets", typical.to_owned(), Rules::All),
        ("a line of the log with one", secret, Rules::All),
        ("an answer of 100 records", answer, Rules::Answer),
    ] {
        let rounds = 20_000_000 / text.len();
        let mut times: Vec<f64> = (0..21)
            .map(|_| {
                let began = std::time::Instant::now();
                for _ in 0..rounds / 21 {
                    std::hint::black_box(redactor.redacted(std::hint::black_box(text.as_bytes()), rules));
                }
                began.elapsed().as_secs_f64() * 1e9 / (rounds / 21) as f64
            })
            .collect();
        times.sort_by(f64::total_cmp);
        // The fastest is what it takes; the median tells how busy the machine was.
        println!("redact: {what}, {} bytes: {:.0} ns (median {:.0} ns)", text.len(), times[0], times[10]);
    }
}

#[test]
fn an_answer_is_cleaned_in_its_text_and_in_its_structure_down_to_the_names_of_members() {
    let url = "https://acme.example/rest/1/abc/";
    let object = serde_json::json!({ "title": "token: abc", "said": [{ "note": url, url: 7 }], url: url });
    let dirty = b24_tools::Answer {
        is_error: false,
        structured: object.as_object().cloned(),
        text: object.to_string(),
        code: None,
        calls: 1,
    };
    let clean = super::answer(dirty);
    let left = "https://acme.example/rest/1/<REDACTED>/";
    let wanted =
        serde_json::json!({ "title": "token: abc", "said": [{ "note": left, left: 7 }], left: left });
    assert_eq!((clean.structured.as_ref(), clean.text), (wanted.as_object(), wanted.to_string()));
}
