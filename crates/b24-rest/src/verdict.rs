//! May a failed call be made again? The only place that decides, and it decides without a clock and without I/O.

use std::time::Duration;

use crate::failure::Failure;

/// Whether a call may run twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It may: a read, or a REST 3.0 write that carries its `Idempotency-Key`.
    Safe,
    /// It may not.
    Unsafe,
}

/// What to do about a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing ran. Wait exactly this long, then try again.
    Wait(Duration),
    /// Wait longer with every failure, then try again.
    BackOff,
    /// Renew the credential once, then try again.
    RenewOnce,
    /// The call may have run and must not run twice. Say so.
    Unsettled,
    /// Trying again would not help.
    GiveUp,
}

impl Verdict {
    /// Every answer of [`Verdict::word`].
    pub(crate) const WORDS: [&str; 5] = ["wait", "back_off", "renew_once", "unsettled", "give_up"];

    /// The kind of the verdict, in one word that is never renamed: dashboards rely on it.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Wait(_) => "wait",
            Self::BackOff => "back_off",
            Self::RenewOnce => "renew_once",
            Self::Unsettled => "unsettled",
            Self::GiveUp => "give_up",
        }
    }
}

/// Judges a failure.
pub(crate) fn verdict(failure: &Failure, repeat: Repeat) -> Verdict {
    match failure {
        // Turned away at the door: nothing ran, so a write is as safe as a read.
        Failure::TurnedAway { wait: Some(wait), .. } | Failure::Overtime { wait: Some(wait), .. } => {
            Verdict::Wait(*wait)
        }
        Failure::TurnedAway { wait: None, .. } | Failure::NotSent(_) => Verdict::BackOff,
        // The running time comes back minute by minute, and nobody said when: guessing would only knock again.
        Failure::Overtime { wait: None, .. } => Verdict::GiveUp,
        Failure::Expired(_) => Verdict::RenewOnce,
        // The record may already exist. Say so; never create it twice.
        failure if failure.may_have_run() && repeat == Repeat::Unsafe => Verdict::Unsettled,
        // The answer would be too large again.
        Failure::TooLarge { .. } => Verdict::GiveUp,
        failure if failure.may_have_run() => Verdict::BackOff,
        _ => Verdict::GiveUp,
    }
}

#[cfg(test)]
mod tests {
    use b24_model::Dialect;

    use super::*;
    use crate::{Cause, PortalCode, Refusal};

    fn said(status: u16, code: &str) -> Failure {
        let refusal = Refusal {
            method: "m",
            status,
            code: PortalCode::new(code),
            message: String::new(),
            fields: Vec::new(),
            dialect: Dialect::Classic,
        };
        Failure::from_refusal(refusal, None)
    }

    #[test]
    fn the_whole_table() {
        let wait = Some(Duration::from_secs(7));
        let silent = |status| Failure::Silent { status, late: false, cause: Cause::new("closed") };
        let garbled = |status| Failure::Garbled { status, what: "an HTML page" };
        let overtime = match said(429, "OPERATION_TIME_LIMIT") {
            Failure::Overtime { refusal, .. } => Failure::Overtime { refusal, wait },
            other => other,
        };
        let failures = [
            ("no connection", Failure::NotSent(Cause::new("refused"))),
            ("a strange certificate", Failure::Distrusted(Cause::new("unknown issuer"))),
            ("no answer", silent(None)),
            ("half an answer, 200", silent(Some(200))),
            ("HTML, 200", garbled(200)),
            ("HTML, 302", garbled(302)),
            ("HTML, 303", garbled(303)),
            ("HTML, 403", garbled(403)),
            ("HTML, 408", garbled(408)),
            ("HTML, 502", garbled(502)),
            ("HTML, 503", garbled(503)),
            ("too large, 200", Failure::TooLarge { status: 200, largest: 1 }),
            ("QUERY_LIMIT_EXCEEDED, 503", said(503, "QUERY_LIMIT_EXCEEDED")),
            ("OVERLOAD_LIMIT, 503", said(503, "OVERLOAD_LIMIT")),
            ("OPERATION_TIME_LIMIT, 429", said(429, "OPERATION_TIME_LIMIT")),
            ("OPERATION_TIME_LIMIT, 429, 7 s", overtime),
            ("any other 429", said(429, "")),
            ("INTERNAL_SERVER_ERROR, 500", said(500, "INTERNAL_SERVER_ERROR")),
            ("INTERNAL_SERVER_ERROR, 200", said(200, "INTERNAL_SERVER_ERROR")),
            ("any other 500", said(500, "BITRIX_REST_V3_EXCEPTION_INTERNAL_INTERNALEXCEPTION")),
            ("PORTAL_DELETED, 500", said(500, "PORTAL_DELETED")),
            ("expired_token, 401", said(401, "expired_token")),
            ("INVALID_CREDENTIALS, 401", said(401, "INVALID_CREDENTIALS")),
            ("ACCESS_DENIED, 403", said(403, "ACCESS_DENIED")),
            ("ERROR_CORE, 400", said(400, "ERROR_CORE")),
            ("a redirect elsewhere", Failure::Moved { to: String::new(), why: "" }),
        ];
        let rows = failures.map(|(name, failure)| {
            let [safe, unsafe_] =
                [Repeat::Safe, Repeat::Unsafe].map(|repeat| format!("{:?}", verdict(&failure, repeat)));
            format!("{name:<32}{safe:<12}{unsafe_}")
        });
        insta::assert_snapshot!(rows.join("\n"), @r"
        no connection                   BackOff     BackOff
        a strange certificate           GiveUp      GiveUp
        no answer                       BackOff     Unsettled
        half an answer, 200             BackOff     Unsettled
        HTML, 200                       BackOff     Unsettled
        HTML, 302                       GiveUp      GiveUp
        HTML, 303                       BackOff     Unsettled
        HTML, 403                       GiveUp      GiveUp
        HTML, 408                       BackOff     Unsettled
        HTML, 502                       BackOff     Unsettled
        HTML, 503                       BackOff     Unsettled
        too large, 200                  GiveUp      Unsettled
        QUERY_LIMIT_EXCEEDED, 503       BackOff     BackOff
        OVERLOAD_LIMIT, 503             BackOff     BackOff
        OPERATION_TIME_LIMIT, 429       GiveUp      GiveUp
        OPERATION_TIME_LIMIT, 429, 7 s  Wait(7s)    Wait(7s)
        any other 429                   BackOff     BackOff
        INTERNAL_SERVER_ERROR, 500      BackOff     Unsettled
        INTERNAL_SERVER_ERROR, 200      BackOff     Unsettled
        any other 500                   BackOff     Unsettled
        PORTAL_DELETED, 500             GiveUp      GiveUp
        expired_token, 401              RenewOnce   RenewOnce
        INVALID_CREDENTIALS, 401        GiveUp      GiveUp
        ACCESS_DENIED, 403              GiveUp      GiveUp
        ERROR_CORE, 400                 GiveUp      GiveUp
        a redirect elsewhere            GiveUp      GiveUp
        ");
    }
}
