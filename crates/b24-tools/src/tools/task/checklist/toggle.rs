//! What ticking and unticking have in common.

use std::marker::PhantomData;

use b24_model::{Effect, ItemId, Method, Scope, TaskId, effect::Write};
use b24_rest::methods::checklist;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{CAP, Items, MOST, Many, OfTask, Touched, items, now, row, settled, stranger, target};
use crate::{
    Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    batch::{Sent, Told},
    input::OneOrMany,
    record::params,
    tool::Agreement,
    tools::task::lookup,
};

/// Ticking, or unticking.
pub trait Tick: Send + Sync + 'static {
    /// The tool's name, title and description.
    const WORDS: [&'static str; 3];
    /// What the item is afterwards: the key of the answer and the verb of a batch.
    const PAST: &'static str;
    /// The method that does it.
    const METHOD: &'static Method<Write>;
    /// Whether the item is ticked afterwards.
    const TICKED: bool;
    /// Whether the core view shows it.
    const CORE: bool = false;
}

/// The tool of a tick.
pub struct Toggle<V>(PhantomData<fn() -> V>);

/// Which items.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    item_id: OneOrMany<ItemId>,
    force: Option<bool>,
    /// Only after the person agreed.
    confirm_change: Option<bool>,
}

impl Agreement for Ask {
    fn to_change(&self) -> bool {
        self.confirm_change == Some(true)
    }
}

/// What became of them.
pub type Answer = Told<One, Many>;

/// One item.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct One {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    completed: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    renewed: bool,
    task_id: u64,
    item_id: u64,
    title: String,
    /// It was so before; nothing was changed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
}

impl<V: Tick> Tool for Toggle<V> {
    const SPEC: Spec = Spec {
        name: V::WORDS[0],
        title: V::WORDS[1],
        description: V::WORDS[2],
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[V::METHOD.facts(), checklist::GETLIST.facts()],
        core: V::CORE,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Items;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Items>, Refusal> {
        let ids = ask.item_id.distinct();
        lookup::check_count(ask.item_id.ids().len(), CAP, MOST, ask.force == Some(true))?;
        let found = items(ask.task_id, reader).await?;
        if let OneOrMany::One(id) = ask.item_id
            && !found.contains_key(&id)
        {
            return Err(stranger(ask.task_id, id));
        }
        let open = ids.iter().filter_map(|id| found.get(id)).filter(|item| item.is_complete != V::TICKED);
        let before = |item: &crate::record::checklist::Item| (item.id.to_string(), json!(item.is_complete));
        Ok(Plan {
            targets: open.clone().map(target).collect(),
            before: open.map(before).collect(),
            found,
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Items>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let task = ask.task_id;
        let open: Vec<ItemId> =
            plan.targets.iter().filter_map(|target| ItemId::new(target.id).ok()).collect();
        let asked = |id: ItemId| params(json!({ "TASKID": task, "ITEMID": id }));
        let sent = Sent::each(&permit, V::METHOD, &open, asked).await;
        let now = now(&sent, task, &permit.reader()).await;
        let is_done = |id: ItemId| now.as_ref().and_then(|now| Some(now.get(&id)?.is_complete == V::TICKED));
        let fates = sent.settle(|id| settled(task, id, is_done(id)), |_, error| error.into());
        let outcome = |id: ItemId| -> Touched {
            match (fates.get(&id), plan.found.contains_key(&id)) {
                (Some(fate), _) => fate.clone().map(|()| true),
                (None, true) => Ok(false),
                (None, false) => Err(stranger(task, id)),
            }
        };
        let one = |id: ItemId| {
            Ok(One {
                already: !outcome(id)?,
                completed: V::TICKED,
                renewed: !V::TICKED,
                task_id: task.get(),
                item_id: id.get(),
                title: plan.found.get(&id).map(|item| item.title.clone()).unwrap_or_default(),
            })
        };
        let line = |id: ItemId| row(id, &outcome(id));
        Told::of(&ask.item_id, (V::PAST, OfTask { task_id: task.get() }), one, line)
    }
}
