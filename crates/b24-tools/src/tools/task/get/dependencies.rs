//! What a task waits for, and what waits for it: told by `dependency`, under its own word.

pub(super) use crate::tools::task::dependency::before;

use b24_rest::{CallError, Reply};

use crate::{
    Refusal,
    tools::task::dependency::{self, Before, Links, NO_TYPES},
};

/// Both directions, and what is missing.
pub(super) fn told(
    before: Result<Before, Refusal>,
    after: Result<Reply, CallError>,
    named: impl IntoIterator<Item = Result<Reply, CallError>>,
) -> (Links, Vec<String>) {
    let (links, mut missing) = dependency::told(before, after, named);
    let has_some = links.is_some();
    missing.iter_mut().for_each(|what| *what = format!("dependencies: {what}"));
    // What nobody can tell is worth saying only where there is something to tell.
    if has_some {
        missing.push(format!("dependencies: {NO_TYPES}"));
    }
    (links, missing)
}
