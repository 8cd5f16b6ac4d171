//! The texts that the bound on tokens is judged by: invented ones, kept in `xtask/corpus`, and what the sandbox answers today.
//!
//! A file is named `LANGUAGE.KIND`. In `.lines` each line is a sample; in `.texts` samples are parted by a line with `%`.
//! The language `hostile` is what people do not write: digits, hashes, scripts of no language here.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::{catalogue, project::Project, step};

const FOLDER: &str = "xtask/corpus";
/// How many records an assembled answer has.
const PAGE: usize = 50;

/// One text.
pub(super) struct Sample {
    pub(super) language: String,
    pub(super) text: String,
}

/// Every sample of the folder, in the order of files.
pub(super) fn kept(project: &Project) -> Result<Vec<Sample>, String> {
    let folder = project.root.join(FOLDER);
    let unread = |e: std::io::Error| format!("cannot read {FOLDER}: {e}");
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unread)? {
        paths.push(entry.map_err(unread)?.path());
    }
    paths.sort();
    let mut samples = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (language, kind) = name.split_once('.').ok_or_else(|| format!("{FOLDER}/{name} has no kind"))?;
        let text = fs::read_to_string(&path).map_err(unread)?;
        let parts: Vec<&str> = match kind.rsplit('.').next() {
            Some("lines") => text.lines().collect(),
            Some("texts") => text.split("\n%\n").map(|part| part.trim_end_matches('\n')).collect(),
            _ => return Err(format!("{FOLDER}/{name}: a kind ends in .lines or .texts")),
        };
        let full = parts.into_iter().filter(|part| !part.trim().is_empty());
        samples.extend(full.map(|part| Sample { language: language.to_owned(), text: part.to_owned() }));
    }
    Ok(samples)
}

/// Whole answers in one language each, as lists and as tables: every title and every text of that language in records.
pub(super) fn assembled(kept: &[Sample]) -> Vec<Sample> {
    let mut languages: Vec<&str> = kept.iter().map(|sample| sample.language.as_str()).collect();
    languages.dedup();
    let mut samples = Vec::new();
    for language in languages {
        let texts =
            kept.iter().filter(|sample| sample.language == language).map(|sample| sample.text.as_str());
        let texts: Vec<&str> = texts.collect();
        for page in texts.chunks(PAGE) {
            let records: Vec<Value> = page.iter().zip(4_471..).map(|(text, id)| record(id, text)).collect();
            let columns = ["id", "title", "status", "deadline", "responsibleId", "responsibleName"];
            let cells =
                |record: &Value| columns.iter().map(|column| record[*column].clone()).collect::<Value>();
            let rows: Vec<Value> = records.iter().map(cells).collect();
            for told in [json!({ "tasks": records }), json!({ "columns": columns, "rows": rows })] {
                samples.push(Sample { language: language.to_owned(), text: told.to_string() });
            }
        }
    }
    samples
}

fn record(id: u64, text: &str) -> Value {
    json!({
        "id": id, "title": text, "status": id % 5 + 2, "deadline": "2026-10-30T18:00:00+03:00",
        "responsibleId": id % 37, "responsibleName": text.chars().take(20).collect::<String>(),
        "createdDate": "2026-09-29 18:43", "priority": 1, "tags": null,
    })
}

/// What the sandbox, whose people write in four languages, answers to a few questions.
pub(super) fn answered(program: &Path) -> Result<Vec<Sample>, String> {
    let mut samples = Vec::new();
    for seed in ["1", "2"] {
        for view in ["core", "contract"] {
            for (tool, arguments) in QUESTIONS {
                let args = ["call", tool, arguments, "--sandbox", "--tasks", "120", "--limits", "off"];
                let mut call = catalogue::alone(program);
                call.args(args).args(["--view", view, "--seed", seed]);
                let text = step::output(&mut call)?.trim_end().to_owned();
                samples.push(Sample { language: "answers".to_owned(), text });
            }
        }
    }
    Ok(samples)
}

const QUESTIONS: [(&str, &str); 8] = [
    ("b24_task_list", "{}"),
    ("b24_task_list", r#"{"start": 50}"#),
    ("b24_task_list", r#"{"select": ["description", "tags"]}"#),
    ("b24_task_list", r#"{"overdue": true, "limit": 5}"#),
    ("b24_task_get", r#"{"taskId": 5}"#),
    ("b24_task_get", r#"{"taskId": 12}"#),
    ("b24_user_find", r#"{"lastName": "а"}"#),
    ("b24_user_me", "{}"),
];
