//! What a portal says about its limits. Nobody is pushed over them here: the refusal is judged when it was met on the way.

use crate::plain::Answer;
use crate::portal_check::fact::{Fact, Family, fact, v2};
use crate::portal_check::names::Names;
use crate::portal_check::report::{Outcome, Row};
use crate::portal_check::want::{Judgement, Kind, Want, judge};

const LIMITS: &str = "limits.md";
const TIME: &str = "api-reference/data-types.md";

pub(crate) static FAMILY: Family = Family {
    name: "limits",
    scopes: &["user"],
    writes: false,
    facts: &[
        fact(
            "limits.operating.list",
            TIME,
            "A list method tells the operating time it used, where the portal counts it.",
            v2("user.get", r#"{"select":["ID"]}"#),
            &[
                Want::KindIfThere("/time/operating", Kind::Number),
                Want::KindIfThere("/time/operating_reset_at", Kind::Whole),
            ],
        ),
        fact(
            "limits.operating.batch",
            LIMITS,
            "The commands of a batch tell their own operating time, where the portal counts it.",
            v2("batch", r#"{"cmd":{"who":"profile"}}"#),
            &[Want::KindIfThere("/result/result_time/who/operating", Kind::Number)],
        ),
    ],
};

/// Judged only when the portal was too busy for some call.
static BUSY: [Fact; 2] = [
    fact(
        "limits.busy",
        LIMITS,
        "Too many calls are QUERY_LIMIT_EXCEEDED with status 503.",
        v2("profile", "{}"),
        &[Want::Status(503), Want::Is("/error", "\"QUERY_LIMIT_EXCEEDED\"")],
    ),
    fact(
        "limits.busy.words",
        LIMITS,
        "The refusal of too many calls has words, and no result.",
        v2("profile", "{}"),
        &[Want::Kind("/error_description", Kind::Text), Want::Absent("/result")],
    ),
];

/// The facts about a portal that was too busy, judged by what it said then.
pub(crate) fn observed(busy: Option<&Answer>, names: &Names) -> Vec<Row> {
    let outcome = |fact: &Fact| match busy.map(|answer| judge(fact.wants, answer, names)) {
        None => Outcome::Skipped("the portal was never too busy".to_owned()),
        Some(Judgement::Held) => Outcome::Held,
        Some(Judgement::Moot(why)) => Outcome::Skipped(why),
        Some(Judgement::Failed { expected, got }) => Outcome::Failed { expected, got },
    };
    BUSY.iter().map(|fact| Row { family: FAMILY.name, fact, outcome: outcome(fact) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_portal_is_judged_by_what_it_said_and_a_quiet_one_is_not() {
        let busy = Answer::read(
            b"HTTP/1.1 503 X\r\n\r\n{\"error\":\"QUERY_LIMIT_EXCEEDED\",\"error_description\":\"Too many requests\"}",
        );
        let names = Names::default();

        let judged = observed(Some(&busy.expect("it is an answer")), &names);
        let quiet = observed(None, &names);

        assert!(judged.iter().all(|row| row.outcome == Outcome::Held));
        assert!(quiet.iter().all(|row| matches!(row.outcome, Outcome::Skipped(_))));
    }
}
