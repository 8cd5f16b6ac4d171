//! `b24_task_checklist_item_add`: a new item, or a new checklist.

use b24_model::{Effect, ItemId, Scope, TaskId, effect::Write};
use b24_rest::{methods::checklist, wire};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Items, items, unreadable};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Target, Tool, Toolset, link,
    record::params,
    tool::Agreement,
    tools::task::{fields::plain_text, settle},
};

/// Adds a checklist item.
pub struct ItemAdd;

/// What to add, and where.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    #[schemars(length(min = 1, max = 255))]
    title: String,
    /// The checklist it belongs to: the id of its heading. 0, or left out, makes a new checklist of that name.
    parent_id: Option<u64>,
    sort_index: Option<u64>,
    is_important: Option<bool>,
}

impl Agreement for Ask {}

/// What was added.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    added: bool,
    task_id: u64,
    item_id: u64,
    title: String,
    parent_id: u64,
    /// The portal did not answer; a look at the list showed that the item exists.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    found_later: bool,
    link: String,
}

impl Tool for ItemAdd {
    const SPEC: Spec = Spec {
        name: "b24_task_checklist_item_add",
        title: "Add to a checklist",
        description: "Adds an item to a checklist of a task, or starts a new checklist: first add its heading without parentId, \
                      then each item with parentId = the heading's itemId.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: false,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[checklist::ADD.facts(), checklist::GETLIST.facts()],
        core: true,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Items;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Items>, Refusal> {
        if ask.title.trim().is_empty() || ask.title.chars().count() > 255 || ask.title.contains('\0') {
            return Err(Refusal::invalid("`title` has from 1 to 255 characters, without NUL"));
        }
        // Read even for a new checklist: an item that is lost on the way is told from an older one of the same name.
        let found = items(ask.task_id, reader).await?;
        // The portal makes a new checklist of an item whose parent it does not know.
        if let Some(parent) = ask.parent_id.and_then(|id| ItemId::new(id).ok())
            && !found.contains_key(&parent)
        {
            return Err(Refusal::invalid(format!("task {} has no checklist {parent}", ask.task_id))
                .hint("list the headings with `b24_task_checklist_item_list`, or leave `parentId` out"));
        }
        let task = Target { kind: "task", id: ask.task_id.get(), name: None };
        Ok(Plan { targets: vec![task], found, ..Plan::default() })
    }

    async fn run(ask: Ask, plan: Plan<Items>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let parent = ask.parent_id.unwrap_or(0);
        let mut fields = params(json!({ "TITLE": ask.title, "PARENT_ID": parent }));
        if let Some(index) = ask.sort_index {
            fields.insert("SORT_INDEX".into(), index.into());
        }
        if let Some(important) = ask.is_important {
            fields.insert("IS_IMPORTANT".into(), if important { "Y" } else { "N" }.into());
        }
        let asked = params(json!({ "TASKID": ask.task_id, "FIELDS": fields }));
        let (id, found_later) = match permit.call(&checklist::ADD, asked).await {
            Err(error) if settle::is_open(&error) => {
                let now = items(ask.task_id, &permit.reader()).await.map_err(|_| Refusal::from(error))?;
                let title = plain_text(&ask.title.as_str().into());
                let mut new = now.iter().filter(|(id, _)| !plan.found.contains_key(id));
                let same = new.find(|(_, item)| {
                    item.parent_id == parent && plain_text(&item.title.as_str().into()) == title
                });
                (same.map(|(id, _)| id.get()).ok_or_else(lost)?, true)
            }
            Err(error) => return Err(unreadable(ask.task_id, error)),
            Ok(reply) => (wire::id(&reply.result).ok_or_else(unnamed)?, false),
        };
        Ok(Answer {
            added: true,
            task_id: ask.task_id.get(),
            item_id: id,
            title: ask.title,
            parent_id: parent,
            found_later,
            link: link::task(&permit, ask.task_id),
        })
    }
}

fn lost() -> Refusal {
    Refusal::new(Code::WRITE_LOST, "the portal did not answer, and no such item exists now")
        .hint("look once more with `b24_task_checklist_item_list` in a minute, then add it again")
}

fn unnamed() -> Refusal {
    Refusal::new(Code::PORTAL_GARBLED, "the portal took the item, but did not say its id")
        .hint("look for it with `b24_task_checklist_item_list`; do not add it again before that")
}
