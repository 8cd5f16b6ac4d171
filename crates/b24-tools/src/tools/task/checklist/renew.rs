//! `b24_task_checklist_item_renew`: untick items.

use b24_model::{Method, effect::Write};
use b24_rest::methods::checklist;

use super::toggle::{Tick, Toggle};

/// The tool.
pub type ItemRenew = Toggle<Renew>;

/// The verb.
pub enum Renew {}

impl Tick for Renew {
    const WORDS: [&'static str; 3] = [
        "b24_task_checklist_item_renew",
        "Untick checklist items",
        "Unticks an item of a task's checklist, or a list of items. An item that is open already is told as such, not as an error.",
    ];
    const PAST: &'static str = "renewed";
    const METHOD: &'static Method<Write> = &checklist::RENEW;
    const TICKED: bool = false;
}
