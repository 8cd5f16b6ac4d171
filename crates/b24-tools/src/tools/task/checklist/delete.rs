//! `b24_task_checklist_item_delete`: items gone; a heading takes its whole checklist with it.

use b24_model::{Effect, ItemId, Scope, TaskId, effect::Destroy};
use b24_rest::methods::checklist;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{CAP, Items, MOST, Many, OfTask, items, now, row, settled, stranger, target};
use crate::{
    Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    batch::{Sent, Told},
    input::OneOrMany,
    record::params,
    tool::Agreement,
    tools::task::lookup,
};

/// Deletes checklist items.
pub struct ItemDelete;

/// Which.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    item_id: OneOrMany<ItemId>,
    /// Only after the person agreed.
    confirm_delete: Option<bool>,
    /// For a heading: only after the person agreed to lose the whole checklist.
    confirm_delete_heading: Option<bool>,
    force: Option<bool>,
}

impl Agreement for Ask {
    fn to_delete(&self) -> bool {
        self.confirm_delete == Some(true)
    }

    fn to_cascade(&self) -> bool {
        self.confirm_delete_heading == Some(true)
    }
}

/// What became of them.
pub type Answer = Told<One, Many>;

/// One item.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct One {
    deleted: bool,
    task_id: u64,
    item_id: u64,
    title: String,
}

impl Tool for ItemDelete {
    const SPEC: Spec = Spec {
        name: "b24_task_checklist_item_delete",
        title: "Delete checklist items",
        description: "Deletes items of a task's checklist for good. Needs `confirmDelete: true`, given only after the person agreed. A heading (parentId 0) takes its whole checklist with it and needs `confirmDeleteHeading: true` too.",
        toolset: Toolset::Task,
        effect: Effect::Destroy,
        idempotent: false,
        gate: Gate::Delete,
        scope: Scope::TASK,
        methods: &[checklist::DELETE.facts(), checklist::GETLIST.facts()],
        core: false,
    };
    type Effect = Destroy;
    type Ask = Ask;
    type Found = Items;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Items>, Refusal> {
        lookup::check_count(ask.item_id.ids().len(), CAP, MOST, ask.force == Some(true))?;
        let found = items(ask.task_id, reader).await?;
        if let OneOrMany::One(id) = ask.item_id
            && !found.contains_key(&id)
        {
            return Err(stranger(ask.task_id, id));
        }
        let ids = ask.item_id.distinct();
        let targets = ids.iter().filter_map(|id| found.get(id));
        let headings: Vec<String> = targets
            .clone()
            .filter(|item| item.parent_id == 0)
            .map(|heading| whole(heading, &found))
            .collect();
        Ok(Plan {
            targets: targets.clone().map(target).collect(),
            before: targets.map(|item| (item.id.to_string(), json!(item))).collect(),
            cascade: (!headings.is_empty()).then(|| headings.join("; ")),
            found,
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Items>, permit: Permit<Destroy>) -> Result<Answer, Refusal> {
        let task = ask.task_id;
        let seen: Vec<ItemId> =
            plan.targets.iter().filter_map(|target| ItemId::new(target.id).ok()).collect();
        let asked = |id: ItemId| params(json!({ "TASKID": task, "ITEMID": id }));
        let sent = Sent::each(&permit, &checklist::DELETE, &seen, asked).await;
        let now = now(&sent, task, &permit.reader()).await;
        let is_gone = |id: ItemId| now.as_ref().map(|now| !now.contains_key(&id));
        let fates = sent.settle(|id| settled(task, id, is_gone(id)), |_, error| error.into());
        let fate = |id: ItemId| fates.get(&id).cloned().unwrap_or_else(|| Err(stranger(task, id)));
        let one = |id: ItemId| {
            fate(id)?;
            let title = plan.found.get(&id).map(|item| item.title.clone()).unwrap_or_default();
            Ok(One { deleted: true, task_id: task.get(), item_id: id.get(), title })
        };
        let line = |id: ItemId| row(id, &fate(id).map(|()| true));
        Told::of(&ask.item_id, ("deleted", OfTask { task_id: task.get() }), one, line)
    }
}

/// A checklist, as it would be lost: by its name and its size.
fn whole(heading: &crate::record::checklist::Item, found: &Items) -> String {
    let children = found.values().filter(|item| item.parent_id == heading.id).count();
    let title = crate::input::shorten(&heading.title, 60);
    format!("the whole checklist {} \"{title}\" with {children} items", heading.id)
}
