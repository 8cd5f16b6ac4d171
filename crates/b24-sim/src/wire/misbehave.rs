//! Carries out the faults: which of them keep a method from running, and what is answered instead.

use super::connection::Knife;
use super::reply::Reply;
use crate::faults::Fault;
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
        Fault::OperationTimeLimit => Some(limited(dialect, &Refusal::operation_time_limit())),
        Fault::QueryLimit => Some(limited(dialect, &Refusal::query_limit())),
        Fault::DropAfter | Fault::StatusAfter(_) | Fault::Half | Fault::Delay(_) => None,
    }
}

/// What becomes of the answer of a method that ran.
pub(super) fn afterwards(fault: &Fault, reply: Reply, dialect: Dialect, knife: &Knife) -> Reply {
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
        _ => reply,
    }
}

fn broken(status: u16, dialect: Dialect) -> Reply {
    let (code, text) = match status {
        503 => ("OVERLOAD_LIMIT", "REST API is blocked due to overload"),
        502 => (
            "ERROR_UNEXPECTED_ANSWER",
            "Server returned an unexpected response",
        ),
        _ => ("INTERNAL_SERVER_ERROR", "Internal server error"),
    };
    match dialect {
        Dialect::Classic => Reply::json(status, Refusal::new(status, code, text).body()),
        Dialect::V3 => {
            let refusal = RefusalV3::new(status, "INTERNAL_INTERNALEXCEPTION", text);
            Reply::json(status, refusal.body())
        }
    }
}

fn limited(dialect: Dialect, refusal: &Refusal) -> Reply {
    match dialect {
        Dialect::Classic => Reply::json(refusal.status, refusal.body()),
        Dialect::V3 => {
            let words = if refusal.status == 429 {
                "Method is blocked due to operation time limit."
            } else {
                "Too many requests"
            };
            Reply::json(refusal.status, RefusalV3::limited(refusal.status, words).body())
        }
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
