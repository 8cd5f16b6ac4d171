//! The pages of the list of time entries. It has pages of its own: numbered, of fifty rows, counted.

use std::collections::BTreeSet;

use b24_model::TaskId;
use b24_rest::{CallError, Reply, methods::elapsed, wire};
use serde_json::{Map, Value, json};

use super::told;
use crate::{Code, Reader, Refusal, filter::WireFilter, record::entry::Entry};

/// Rows of a page. The portal gives no more.
pub(super) const SIZE: u64 = 50;
/// How many pages are added up in one call, at most.
pub(super) const MOST: u64 = 20;

/// Which entries, in which order, with which fields.
pub(super) struct Wanted {
    pub(super) task: Option<TaskId>,
    pub(super) filter: WireFilter,
    pub(super) order: Map<String, Value>,
    pub(super) select: Vec<String>,
}

/// A part of the list.
pub(super) struct Part {
    pub(super) entries: Vec<Entry>,
    pub(super) unreadable: usize,
    /// How many match in all.
    pub(super) total: Option<u64>,
}

impl Wanted {
    /// The rows of one page that come at offset `start` or later.
    pub(super) async fn page(&self, start: u64, reader: &Reader) -> Result<Part, Refusal> {
        let mut part = Part { entries: Vec::new(), unreadable: 0, total: None };
        let skip = usize::try_from(start % SIZE).unwrap_or(0);
        part.add(self.task, self.call(start / SIZE + 1, reader).await, skip)?;
        // Beyond the end a portal shows its last page once more.
        if part.total.is_some_and(|total| start >= total) {
            (part.entries, part.unreadable) = (Vec::new(), 0);
        }
        Ok(part)
    }

    /// All pages up to [`MOST`]. The portal counts on the first, then the others are asked for together.
    pub(super) async fn all(&self, reader: &Reader) -> Result<Part, Refusal> {
        let mut part = self.page(0, reader).await?;
        let pages = part.total.unwrap_or(0).div_ceil(SIZE).min(MOST);
        let rest = (2..=pages).map(|number| self.params(number)).collect();
        let replies = match self.task {
            Some(_) => reader.each(&elapsed::GETLIST, rest).await,
            None => reader.each(&elapsed::GETLIST_ALL, rest).await,
        };
        for reply in replies {
            part.add(self.task, reply, 0)?;
        }
        // Entries that are made or deleted meanwhile move the others from page to page.
        let mut seen = BTreeSet::new();
        part.entries.retain(|entry| seen.insert(entry.id));
        Ok(part)
    }

    async fn call(&self, number: u64, reader: &Reader) -> Result<Reply, CallError> {
        match self.task {
            Some(_) => reader.call(&elapsed::GETLIST, self.params(number)).await,
            None => reader.call(&elapsed::GETLIST_ALL, self.params(number)).await,
        }
    }

    fn params(&self, number: u64) -> Map<String, Value> {
        let mut asked = self.filter.clone().placed(json!({
            "ORDER": self.order,
            "SELECT": self.select,
            "PARAMS": { "NAV_PARAMS": { "nPageSize": SIZE, "iNumPage": number } },
        }));
        if let Some(task) = self.task {
            asked.insert("TASKID".into(), task.get().into());
        }
        asked
    }
}

impl Part {
    fn add(
        &mut self,
        task: Option<TaskId>,
        reply: Result<Reply, CallError>,
        skip: usize,
    ) -> Result<(), Refusal> {
        let reply = reply.map_err(|error| match task {
            Some(task) => told(task, None, error),
            None => error.into(),
        })?;
        let rows = wire::rows(reply.result.get("result").unwrap_or(&reply.result)).ok_or_else(|| {
            Refusal::new(Code::PORTAL_GARBLED, "the portal's list of time entries cannot be read")
                .hint("tell the admin; `b24-mcp doctor` shows what the portal answers")
        })?;
        let rows = rows.into_iter().skip(skip);
        for row in rows {
            match row.as_object().and_then(Entry::read) {
                Some(entry) => self.entries.push(entry),
                None => self.unreadable += 1,
            }
        }
        self.total = self.total.or(reply.total);
        Ok(())
    }
}
