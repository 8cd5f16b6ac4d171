//! Whether what an SDK read is what the portal holds. One judge a reading, looked up by its name.

use serde_json::{Value, json};

use super::truth::{Truth, text};

/// Is told the reading itself, everything that the SDK read, and the portal.
pub(super) type Judge = fn(&Value, &Value, &Truth) -> Result<(), String>;

/// Every judge by the name of the reading.
pub(super) const JUDGES: [(&str, Judge); 25] = [
    ("trouble", |told, _, _| same(told, &json!({}))),
    ("profile", |told, _, truth| same(told, &truth.profile)),
    ("users", |told, _, truth| same_ids(told, truth.users.clone())),
    ("fast_users", |told, _, truth| same_ids(told, truth.users.clone())),
    ("first_page", |told, read, truth| same_ids(told, first_page(read, truth))),
    ("counted", |told, read, truth| same_ids(told, tasks(read, truth))),
    ("fast", |told, read, truth| same_ids(told, tasks(read, truth))),
    ("streamed", |told, read, truth| same_ids(told, tasks(read, truth))),
    ("v3_all", |told, read, truth| same_ids(told, tasks(read, truth))),
    ("fast_down", |told, read, truth| same_ids(told, tasks(read, truth).into_iter().rev().collect())),
    ("kept", kept),
    ("deleted", deleted),
    ("batch", batch),
    ("chunked", |told, _, _| same(&told["got"], &told["asked"])),
    ("by_id", by_id),
    ("v3_get", v3_get),
    ("v3_kept", v3_kept),
    ("v3_deleted", v3_deleted),
    ("v3_missing", |told, _, _| refused(told, "BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION", 400)),
    ("v3_batch", v3_batch),
    ("v3_batch_refused", |told, _, _| refused(told, "BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION", 400)),
    ("unknown_method", |told, _, _| refused(told, "ERROR_METHOD_NOT_FOUND", 404)),
    ("wrong_secret", |told, _, _| refused(told, "INVALID_CREDENTIALS", 401)),
    ("missing_field", |told, _, _| refused(told, "ERROR_CORE", 400)),
    ("burst", |told, _, _| same(&told["failed"], &json!([]))),
];

/// The tasks that were there when an SDK listed them: it writes in REST 3.0 afterwards.
fn tasks(read: &Value, truth: &Truth) -> Vec<String> {
    truth.tasks_without(&read["v3_kept"]["id"])
}

/// The first page as an SDK listed it, before it wrote anything.
fn first_page(read: &Value, truth: &Truth) -> Vec<String> {
    tasks(read, truth).into_iter().take(50).collect()
}

fn kept(told: &Value, _: &Value, truth: &Truth) -> Result<(), String> {
    let select = ["ID", "TITLE", "DESCRIPTION", "STATUS"];
    let now = truth.ask("tasks.task.get", &json!({ "taskId": told["id"], "select": select }))?;
    same(told, &now["result"]["task"])?;
    // It was written, changed and completed, with letters that every encoding trips over.
    let written = json!([told["title"], told["description"], told["status"]]);
    same(&written, &json!(["Überprüfung 100 % & more", "a=b&c=d + [e]", "5"]))
}

fn deleted(told: &Value, _: &Value, truth: &Truth) -> Result<(), String> {
    same(&told["answer"], &json!({ "task": true }))?;
    let now = truth.ask("tasks.task.get", &json!({ "taskId": told["id"] }))?;
    same(&now["result"], &json!([]))
}

fn batch(told: &Value, read: &Value, truth: &Truth) -> Result<(), String> {
    same(&told["who"], &truth.profile["ID"])?;
    same_ids(&told["page"], first_page(read, truth))?;
    same(&told["failed"], &json!(["nowhere"]))?;
    match told.get("total") {
        Some(total) => same(total, &json!(tasks(read, truth).len())),
        None => Ok(()),
    }
}

fn by_id(told: &Value, _: &Value, truth: &Truth) -> Result<(), String> {
    same(&told["got"], &told["asked"])?;
    let titles = told["titles"].as_object().ok_or("no titles were read")?;
    for (id, title) in titles {
        same(title, &json!(truth.title(id)))?;
    }
    Ok(())
}

fn v3_get(told: &Value, read: &Value, truth: &Truth) -> Result<(), String> {
    let id: u64 = text(&read["kept"]["id"]).parse().map_err(|_| "no task was kept")?;
    let asked = json!({ "id": id, "select": ["id", "title", "responsible.name"] });
    same(told, &truth.ask_v3("tasks.task.get", &asked)?["result"]["item"])
}

fn v3_kept(told: &Value, _: &Value, truth: &Truth) -> Result<(), String> {
    same(&told["updated"], &json!({ "result": true }))?;
    same(&json!(truth.title(&text(&told["id"]))), &json!("changed in REST 3.0"))
}

fn v3_deleted(told: &Value, _: &Value, truth: &Truth) -> Result<(), String> {
    same(&told["answer"], &json!({ "result": true }))?;
    let now = truth.ask_v3("tasks.task.get", &json!({ "id": told["id"] }))?;
    same(&now["error"]["code"], &json!("BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION"))
}

fn v3_batch(told: &Value, read: &Value, truth: &Truth) -> Result<(), String> {
    let id: u64 = text(&read["kept"]["id"]).parse().map_err(|_| "no task was kept")?;
    for (key, id) in [("a", json!(id)), ("b", read["v3_kept"]["id"].clone())] {
        let now = truth.ask_v3("tasks.task.get", &json!({ "id": id, "select": ["id", "title"] }))?;
        let found = told.get(key).ok_or_else(|| format!("no `{key}` in {told}"))?;
        same(found, &now["result"])?;
    }
    Ok(())
}

/// An SDK may keep only the status of a refusal; the code counts where it tells one.
fn refused(told: &Value, code: &str, status: u16) -> Result<(), String> {
    same(&told["status"], &json!(status))?;
    told.get("code").map_or(Ok(()), |told| same(told, &json!(code)))
}

fn same_ids(told: &Value, truth: Vec<String>) -> Result<(), String> {
    let told: Vec<_> = told.as_array().ok_or("no list was read")?.iter().map(text).collect();
    same(&json!(told), &json!(truth))
}

fn same(told: &Value, truth: &Value) -> Result<(), String> {
    if told == truth {
        Ok(())
    } else {
        Err(format!("the SDK read {}, the portal says {}", short(told), short(truth)))
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_counts_by_its_status_and_by_its_code_where_one_was_told() {
        let told = |told: Value| refused(&told, "ERROR_CORE", 400).is_ok();

        assert!(told(json!({ "status": 400 })));
        assert!(told(json!({ "status": 400, "code": "ERROR_CORE" })));
        assert!(!told(json!({ "status": 400, "code": "0" })));
        assert!(!told(json!({ "status": 401, "code": "ERROR_CORE" })));
    }

    #[test]
    fn ids_count_as_text_in_their_order() {
        let truth = || vec!["1".to_owned(), "2".to_owned()];

        assert!(same_ids(&json!([1, "2"]), truth()).is_ok());
        assert!(same_ids(&json!(["2", "1"]), truth()).is_err());
        assert!(same_ids(&json!(["1"]), truth()).is_err());
    }
}
