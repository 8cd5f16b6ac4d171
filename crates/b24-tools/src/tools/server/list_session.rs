//! `bx24mcp_list_session`: the sign-ins of the person who asks. There is no sign-in yet, and it says so.

use b24_model::{Effect, Scope, effect::Read};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Code, Gate, Permit, Plan, Refusal, Spec, Tool, Toolset, tool::Agreement};

/// Lists sign-ins.
pub struct ListSession;

/// Nothing to ask.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {}

impl Agreement for Ask {}

/// The Bearers of one person, newest first.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    member_id: String,
    user_id: u64,
    count: usize,
    sessions: Vec<Session>,
}

/// One Bearer. Never the Bearer itself, nor its whole hash.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    label: Option<String>,
    created_at: String,
    /// The first 8 hexadecimal digits of its SHA-256.
    hash_prefix: String,
}

impl Tool for ListSession {
    const SPEC: Spec = Spec {
        name: "bx24mcp_list_session",
        title: "List my sign-ins",
        description: "Lists the sign-ins of the acting person to this MCP server, newest first. Only where people sign in \
                      themselves; a server in front of one webhook has none. To learn who acts use `b24_user_me`.",
        toolset: Toolset::Server,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::BASIC,
        methods: &[],
        core: false,
    };
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(_: Ask, _: Plan, _: Permit<Read>) -> Result<Answer, Refusal> {
        Err(Refusal::new(
            Code::SIGN_IN_OFF,
            "nobody signs in to this server: everybody works through its one webhook, so there are no sessions",
        )
        .hint("`b24_user_me` shows under whose rights it acts"))
    }
}
