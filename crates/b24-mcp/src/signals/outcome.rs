//! How a call ended, in one of a bounded set of words. Portals have hundreds of codes, and a label for each would
//! let a portal fill the memory of whoever keeps the metrics.

/// Codes that deserve a label of their own: those of this server, and those of portals that an admin can act on.
const KNOWN: &[&str] = &[
    "ACCESS_DENIED",
    "ACTION_NOT_ALLOWED",
    "ANSWER_TOO_LARGE",
    "BATCH_TOO_LARGE",
    "BITRIX24_ERROR",
    "CALL_MISUSED",
    "CANCELLED",
    "CHANGE_NEEDS_CONFIRM",
    "DEADLINE_EXCEEDED",
    "DELETE_NEEDS_CONFIRM",
    "DELETE_NEEDS_HUMAN",
    "ERROR_CORE",
    "FILE_TOO_LARGE",
    "FROZEN",
    "HEADING_DELETE_NEEDS_CONFIRM",
    "INTERNAL",
    "INVALID_CREDENTIALS",
    "INVALID_INPUT",
    "NOT_CONFIGURED",
    "NOT_FOUND",
    "NOT_RECORDED",
    "NO_AUTH_FOUND",
    "NO_CHANGES",
    "OPERATION_TIME_LIMIT",
    "OVERLOAD_LIMIT",
    "PERSON_AMBIGUOUS",
    "PERSON_NOT_FOUND",
    "PORTAL_CREDENTIAL",
    "PORTAL_DELETED",
    "PORTAL_GARBLED",
    "PORTAL_LIMITED",
    "PORTAL_MOVED",
    "PORTAL_NO_ANSWER",
    "PORTAL_UNREACHABLE",
    "QUERY_LIMIT_EXCEEDED",
    "READ_ONLY",
    "SCOPE_MISSING",
    "TOOL_DISABLED",
    "WRITE_LOST",
    "WRITE_UNSETTLED",
    "expired_token",
    "insufficient_scope",
];

/// The label of an outcome: `ok`, a code that is known, or `other`.
pub(super) fn label(code: Option<&str>) -> &'static str {
    match code {
        None => "ok",
        Some(code) => KNOWN.iter().find(|known| **known == code).copied().unwrap_or("other"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_portal_makes_up_is_other() {
        assert_eq!(label(None), "ok");
        assert_eq!(label(Some("WRITE_UNSETTLED")), "WRITE_UNSETTLED");
        assert_eq!(label(Some("MADE_UP_BY_A_PORTAL")), "other");
    }
}
