//! `b24_task_checklist_item_complete`: tick items.

use b24_model::{Method, effect::Write};
use b24_rest::methods::checklist;

use super::toggle::{Tick, Toggle};

/// The tool.
pub type ItemComplete = Toggle<Complete>;

/// The verb.
pub enum Complete {}

impl Tick for Complete {
    const WORDS: [&'static str; 3] = [
        "b24_task_checklist_item_complete",
        "Tick checklist items",
        "Ticks an item of a task's checklist, or a list of items. An item that is ticked already is told as such, not as an error.",
    ];
    const PAST: &'static str = "completed";
    const METHOD: &'static Method<Write> = &checklist::COMPLETE;
    const TICKED: bool = true;
    const CORE: bool = true;
}
