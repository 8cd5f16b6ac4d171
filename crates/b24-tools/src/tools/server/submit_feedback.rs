//! `bx24mcp_submit_feedback`: tells the people who make this server what was good or bad about it. In public.

use b24_model::{Effect, Scope, effect::Write};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::note::{self, Words};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    desk::{Declined, NotFiled, Note},
    tool::Agreement,
};

/// Hands in feedback about this server.
pub struct SubmitFeedback;

/// What is handed in.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    kind: Kind,
    /// One line, in English if possible.
    #[schemars(length(min = 5, max = 200))]
    summary: String,
    /// What was tried, expected and seen. No names, no data of the portal.
    #[schemars(length(min = 10))]
    details: String,
    related_tool: Option<String>,
    severity: Option<Severity>,
}

// Without rustdoc: every model would read it in the schema.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Positive,
    // Some versions of the contract call it an issue.
    #[serde(alias = "issue")]
    Problem,
    Suggestion,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Low,
    Medium,
    High,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Problem => "problem",
            Self::Suggestion => "suggestion",
        }
    }
}

impl Severity {
    const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

impl Agreement for Ask {}

/// What became of it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    submitted: bool,
    /// Why it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    code: Option<&'static str>,
    message: String,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    number: Option<u64>,
}

impl Tool for SubmitFeedback {
    const SPEC: Spec = Spec {
        name: "bx24mcp_submit_feedback",
        title: "Give feedback about this MCP server",
        description: "Tells the developers of this MCP server about a bug, an unclear tool or an idea, in a PUBLIC tracker. No names, data of the portal or secrets. Not for Bitrix24 tasks.",
        toolset: Toolset::Server,
        effect: Effect::Write,
        idempotent: false,
        gate: Gate::Open,
        scope: Scope::BASIC,
        methods: &[],
        core: false,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Note;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Note>, Refusal> {
        if !(5..=200).contains(&ask.summary.chars().count()) || note::line(&ask.summary).is_empty() {
            return Err(Refusal::invalid("`summary` is a line of 5 to 200 characters"));
        }
        if ask.details.chars().count() < 10 {
            return Err(Refusal::invalid("`details` has 10 characters at least"));
        }
        let texts = [Some(&ask.summary), Some(&ask.details), ask.related_tool.as_ref()];
        let secret = |text: &&String| {
            note::holds_webhook(text) || reader.desk().is_some_and(|desk| desk.knows_secret(text))
        };
        if texts.into_iter().flatten().any(|text| secret(&text)) {
            return Err(Refusal::new(
                Code::SECRET_IN_TEXT,
                "the text holds a secret of this server or the address of a webhook, and it would be public; nothing was sent",
            )
            .hint("take it out and call again; if it was shown anywhere else, tell the admin to replace it"));
        }
        let words = Words {
            kind: ask.kind.word(),
            summary: &ask.summary,
            details: &ask.details,
            tool: ask.related_tool.as_deref(),
            severity: ask.severity.map(Severity::word),
        };
        Ok(Plan { found: words.note(), ..Plan::default() })
    }

    async fn run(_: Ask, plan: Plan<Note>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let Some(desk) = permit.desk() else {
            return Ok(declined(Declined::NotFiled(NotFiled::Unconfigured)));
        };
        // One sender for each portal: in shared mode nobody can tell its callers apart better.
        let handed_in = desk.hand_in(&permit, &permit.address(), permit.now().timestamp(), &plan.found).await;
        Ok(match handed_in {
            Ok(filed) => Answer {
                submitted: true,
                code: None,
                message: format!("thank you; it is issue {}", filed.number),
                url: Some(filed.url),
                number: Some(filed.number),
            },
            Err(why) => declined(why),
        })
    }
}

/// Not taken. No error of the call: there is nothing that the caller could do better.
fn declined(why: Declined) -> Answer {
    let (code, message) = match why {
        Declined::Later(wait) => {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            ("FEEDBACK_QUOTA", format!("five an hour are taken; the next one in {seconds} s"))
        }
        Declined::NotFiled(NotFiled::Unconfigured) => (
            "NOT_CONFIGURED",
            "this server has no place for feedback; do not try again, tell the person (the admin may set \
             `feedback_repo` and `feedback_token`)"
                .into(),
        ),
        Declined::NotFiled(NotFiled::Rejected) => (
            "UPSTREAM",
            "the tracker does not accept this server's token, or does not have its repository; do not try again, \
             tell the admin"
                .into(),
        ),
        Declined::NotFiled(NotFiled::Upstream) => {
            ("UPSTREAM", "the tracker cannot take it now; do not try again in this conversation".into())
        }
        Declined::NotFiled(NotFiled::Network) => (
            "NETWORK",
            "the tracker did not answer; it may have been filed all the same, so do not try again".into(),
        ),
    };
    Answer { submitted: false, code: Some(code), message, url: None, number: None }
}
