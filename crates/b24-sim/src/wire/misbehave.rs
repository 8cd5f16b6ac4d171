//! Carries out the faults: which of them keep a method from running, and what is answered instead.

use serde_json::{Value, json};

use super::connection::Knife;
use super::php;
use super::reply::{Reply, Transfer};
use crate::faults::Fault;
use crate::settings::Language;
use crate::wire::answer_v2::Refusal;
use crate::wire::answer_v3::RefusalV3;
use crate::wire::route::Dialect;

/// The answer that replaces a run, for a fault that keeps the method from running.
pub(super) fn instead(fault: &Fault, dialect: Dialect, knife: &Knife) -> Option<Reply> {
    match fault {
        Fault::DropBefore => {
            knife.drop_now();
            Some(Reply::dropped())
        }
        Fault::Status(status) => Some(broken(*status, dialect)),
        Fault::Html(status) => Some(page(*status)),
        Fault::OperationTimeLimit => {
            Some(refused(dialect, &Refusal::operation_time_limit(), &RefusalV3::operation_time_limit()))
        }
        Fault::QueryLimit => Some(refused(dialect, &Refusal::query_limit(), &RefusalV3::query_limit())),
        Fault::HtmlDescription => Some(html_description(dialect)),
        Fault::Refuse(code) => Some(Reply::json(
            400,
            match dialect {
                Dialect::Classic => json!({ "error": code, "error_description": "" }),
                Dialect::V3 => json!({ "error": { "code": code, "message": "" } }),
            },
        )),
        Fault::DropAfter
        | Fault::StatusAfter(_)
        | Fault::Half
        | Fault::Delay(_)
        | Fault::Gzip
        | Fault::Chunked
        | Fault::Bom
        | Fault::NoTime
        | Fault::OddResult
        | Fault::ThinResult
        | Fault::MapResult
        | Fault::NoEffect => None,
    }
}

/// What becomes of the answer of a method that ran.
pub(super) fn afterwards(fault: &Fault, mut reply: Reply, dialect: Dialect, knife: &Knife) -> Reply {
    match fault {
        Fault::DropAfter => {
            knife.drop_now();
            Reply::dropped()
        }
        Fault::Half => {
            knife.cut_body_after(reply.body.len() / 2);
            reply
        }
        Fault::StatusAfter(status) => broken(*status, dialect),
        Fault::Gzip => reply.by(Transfer::Gzip),
        Fault::Chunked => reply.by(Transfer::Chunked),
        Fault::Bom => {
            reply.body.insert(0, '\u{feff}');
            reply
        }
        Fault::NoTime => changed(reply, |body| {
            body.shift_remove("time");
        }),
        Fault::OddResult => changed(reply, |body| {
            if let Some(result) = body.get_mut("result") {
                *result = odd(result);
            }
        }),
        Fault::ThinResult => changed(reply, |body| each_result(body, &thin)),
        Fault::MapResult => changed(reply, |body| each_result(body, &mapped)),
        _ => reply,
    }
}

/// What runs in place of a method that has no effect: something that only reads. `None` for a batch and for REST 3.0.
pub(super) fn without_effect(method: &str, dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::Classic if method.starts_with("tasks.task.") => Some("tasks.task.get"),
        Dialect::Classic if method != "batch" => Some("server.time"),
        _ => None,
    }
}

/// The answer of a method that had no effect, made of the answer of what ran in its place.
pub(super) fn as_if_done(reply: Reply, ran: &str) -> Reply {
    match ran {
        "server.time" => changed(reply, |body| {
            body.insert("result".to_owned(), Value::Bool(true));
        }),
        _ => reply,
    }
}

/// Changes the result of a call, or those of the commands of a batch.
fn each_result(body: &mut serde_json::Map<String, Value>, change: &dyn Fn(&Value) -> Value) {
    let Some(result) = body.get_mut("result") else { return };
    let is_batch = result.get("result_error").is_some();
    match result.get_mut("result").filter(|_| is_batch).and_then(Value::as_object_mut) {
        Some(commands) => commands.values_mut().for_each(|one| *one = change(one)),
        None => *result = change(result),
    }
}

/// Of each record only the id.
fn thin(result: &Value) -> Value {
    match result {
        Value::Object(map) => match map.get_key_value("id").or_else(|| map.get_key_value("ID")) {
            Some((name, id)) => json!({ name.as_str(): id }),
            None => map.iter().map(|(name, value)| (name.clone(), thin(value))).collect::<Value>(),
        },
        Value::Array(rows) => rows.iter().map(thin).collect(),
        scalar => scalar.clone(),
    }
}

/// A list as a map with gaps between its keys; a list that is the one member of a map as well.
fn mapped(result: &Value) -> Value {
    match result {
        Value::Array(rows) if !rows.is_empty() => {
            let keyed = rows.iter().enumerate().map(|(at, row)| ((2 * at + 1).to_string(), row.clone()));
            Value::Object(keyed.collect())
        }
        Value::Object(map) if map.len() == 1 => {
            map.iter().map(|(name, value)| (name.clone(), mapped(value))).collect()
        }
        other => other.clone(),
    }
}

/// Changes the envelope of a JSON answer; any other stays as it is.
fn changed(mut reply: Reply, change: impl FnOnce(&mut serde_json::Map<String, Value>)) -> Reply {
    if let Ok(Value::Object(mut body)) = serde_json::from_str(&reply.body) {
        change(&mut body);
        reply.body = php::escaped(&Value::Object(body));
    }
    reply
}

/// A value of a kind that nobody expects in this place.
fn odd(result: &Value) -> Value {
    match result {
        Value::Array(_) | Value::Object(_) => json!("odd"),
        scalar => json!([{ "odd": scalar }]),
    }
}

fn html_description(dialect: Dialect) -> Reply {
    let text = "<b>Action failed</b><br>See the <a href=\"/docs/?a=1&b=2\">manual</a> &amp; try again<br>";
    let modern = RefusalV3::new(400, "VALIDATION_REQUESTVALIDATIONEXCEPTION", text);
    refused(dialect, &Refusal::core(text), &modern)
}

fn broken(status: u16, dialect: Dialect) -> Reply {
    let (code, text) = match status {
        503 => ("OVERLOAD_LIMIT", "REST API is blocked due to overload"),
        502 => ("ERROR_UNEXPECTED_ANSWER", "Server returned an unexpected response"),
        _ => ("INTERNAL_SERVER_ERROR", "Internal server error"),
    };
    let classic = Refusal::new(status, code, text);
    let modern = RefusalV3::new(status, "INTERNAL_INTERNALEXCEPTION", text);
    refused(dialect, &classic, &modern)
}

/// These words are the REST module's own, English everywhere.
fn refused(dialect: Dialect, classic: &Refusal, modern: &RefusalV3) -> Reply {
    match dialect {
        Dialect::Classic => Reply::json(classic.status, classic.body(Language::En)),
        Dialect::V3 => Reply::json(modern.status, modern.body(Language::En)),
    }
}

/// What a proxy in front of a portal shows to people.
fn page(status: u16) -> Reply {
    let title = match status {
        502 => "502 Bad Gateway",
        503 => "503 Service Temporarily Unavailable",
        504 => "504 Gateway Time-out",
        _ => "Bitrix24",
    };
    Reply::html(
        status,
        format!(
            "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<h1>{title}</h1>\r\n</body>\r\n</html>\r\n"
        ),
    )
}
