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
        Fault::DropAfter
        | Fault::StatusAfter(_)
        | Fault::Half
        | Fault::Delay(_)
        | Fault::Gzip
        | Fault::Chunked
        | Fault::Bom
        | Fault::NoTime
        | Fault::OddResult => None,
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
        _ => reply,
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
