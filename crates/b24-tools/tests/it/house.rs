//! The world of these tests: a portal with the same people every time, and a caller in front of it.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use b24_model::{Method, effect::EffectKind, secret::WebhookUrl};
use b24_rest::{Call, Deadline, Limits, Options, Patience, Portal};
use b24_sim::{Clock, Running, Settings, WebhookSpec};
use b24_tools::{Answer, Caller, Catalogue, Course, Form, Policy, Tenant, UnknownTool, Unrecorded, Visit};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

/// A Friday morning in Moscow.
pub(crate) const NOW: &str = "2026-10-16T09:30:00+03:00";

pub(crate) struct House {
    pub(crate) portal: Running,
    pub(crate) policy: Policy,
    /// How rows are told. Objects, which are easier to read in a test.
    pub(crate) form: Form,
    pub(crate) tenant: Tenant,
    pub(crate) caller: Caller,
    /// The course of the next call.
    pub(crate) course: Course,
    /// The time at which calls come in.
    pub(crate) now: Timestamp,
    pub(crate) catalogue: Catalogue,
}

impl House {
    /// The usual world, acting as its administrator.
    pub(crate) async fn open() -> Self {
        Self::acting_as(WebhookSpec::of(1)).await
    }

    pub(crate) async fn acting_as(webhook: WebhookSpec) -> Self {
        Self::built(Settings { webhooks: vec![webhook], ..Settings::default() }).await
    }

    /// A world of another make; its clock and limits are those of every world here.
    pub(crate) async fn built(settings: Settings) -> Self {
        let settings = Settings { clock: Clock::told(now()), limits: b24_sim::Limits::off(), ..settings };
        let portal = b24_sim::Portal::start(settings).await.unwrap();
        let tenant = tenant(&portal.expose_webhook_url(), IMPATIENT);
        let (policy, form) = (Policy::default(), Form::Objects);
        let (caller, course) = (Caller::named("tester"), Course::default());
        Self { portal, policy, form, tenant, caller, course, now: now(), catalogue: Catalogue::standard() }
    }

    /// The usual world with that many tasks.
    pub(crate) async fn crowded(tasks: usize) -> Self {
        let mut house =
            Self::built(Settings { webhooks: vec![WebhookSpec::of(1)], tasks, ..Settings::default() }).await;
        house.wait_longer();
        house
    }

    /// The same portal through another webhook, from now on.
    pub(crate) fn act_as(&mut self, webhook: WebhookSpec) {
        self.tenant = tenant(self.portal.add_webhook(webhook).unwrap().expose_webhook_url(), IMPATIENT);
    }

    /// Waits longer for each answer: for worlds that are large, on machines that are busy.
    pub(crate) fn wait_longer(&mut self) {
        self.tenant = tenant(&self.portal.expose_webhook_url(), Duration::from_secs(8));
    }

    /// A call of the REST API beside the tools, to arrange what no tool arranges.
    pub(crate) async fn rest<M: EffectKind>(&self, method: &'static Method<M>, params: Value) -> Value {
        let Value::Object(params) = params else { panic!("parameters are an object") };
        let call = Call::new(method, params);
        let reply = self.tenant.portal.call(call, Deadline::after(Duration::from_secs(10))).await;
        reply.unwrap().result
    }

    /// A visit that begins now.
    pub(crate) fn visit(&self) -> Visit<'_> {
        Visit {
            caller: &self.caller,
            course: &self.course,
            tenant: &self.tenant,
            policy: &self.policy,
            form: self.form,
            recorder: &Unrecorded,
            now: self.now,
            deadline: Deadline::after(Duration::from_secs(10)),
            request_id: "req-1",
        }
    }

    pub(crate) async fn try_call(&self, tool: &str, arguments: Value) -> Result<Answer, UnknownTool> {
        let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
        let answer = b24_tools::serve(&self.catalogue, self.visit(), tool, arguments).await?;
        self.check_schema(tool, &answer);
        Ok(answer)
    }

    /// Clients check answers against the schema that was listed. So does every test here.
    fn check_schema(&self, tool: &str, answer: &Answer) {
        let Some(structured) = &answer.structured else {
            return;
        };
        let listing = self.catalogue.describe(tool, self.form).unwrap();
        let schema = Value::Object((*listing.output_schema).clone());
        let answer = Value::Object(structured.clone());
        if let Err(error) = jsonschema::validate(&schema, &answer) {
            panic!("the answer of {tool} is not what its schema says: {error}\n{answer}");
        }
    }

    /// The answer, or the refusal, as JSON with the portal's address made steady.
    pub(crate) async fn call(&self, tool: &str, arguments: Value) -> Value {
        let answer = self.try_call(tool, arguments).await.unwrap();
        let text = answer.text.replace(&self.portal.base_url(), "https://portal.example");
        serde_json::from_str(&text).unwrap()
    }

    /// The code of the refusal, or `ok`.
    pub(crate) async fn code(&self, tool: &str, arguments: Value) -> String {
        let answer = self.try_call(tool, arguments).await.unwrap();
        answer.code.unwrap_or_else(|| "ok".into())
    }

    /// A task of person 1, and its id.
    pub(crate) async fn task(&self, title: &str) -> u64 {
        let answer =
            self.call("b24_task_create", serde_json::json!({ "title": title, "responsibleId": 1 })).await;
        answer["id"].as_u64().unwrap_or_else(|| panic!("{answer}"))
    }

    /// What reached the portal: `batch(3: tasks.task.get)` for a batch of three.
    pub(crate) fn traffic(&self) -> String {
        let line = |seen: b24_sim::Seen| match seen.commands.as_slice() {
            [] => seen.method,
            commands => {
                let kinds: BTreeSet<&str> = commands.iter().map(|command| command.method.as_str()).collect();
                let kinds: Vec<&str> = kinds.into_iter().collect();
                format!("batch({}: {})", commands.len(), kinds.join(", "))
            }
        };
        let lines = self.portal.traffic().into_iter().map(line).collect::<Vec<_>>();
        self.portal.clear_traffic();
        lines.join("\n")
    }
}

/// How long an answer is waited for. Short, so that a test of a portal that is too slow is a quick one.
const IMPATIENT: Duration = Duration::from_millis(400);

fn tenant(webhook: &str, timeout: Duration) -> Tenant {
    let webhook = WebhookUrl::parse(webhook).unwrap();
    let patience = Patience { base: Duration::from_millis(1), ..Patience::default() };
    let options = Options { limits: Limits::OFF, patience, timeout, ..Options::default() };
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    Tenant::new(Portal::connect(webhook, options).unwrap(), Arc::new(zone))
}

pub(crate) fn now() -> Timestamp {
    NOW.parse().unwrap()
}
