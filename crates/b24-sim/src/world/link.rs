//! Links of a Gantt chart: one task waits for another.

use serde::{Deserialize, Serialize};

use super::World;

/// `to` depends on `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Link {
    pub(crate) from: u64,
    pub(crate) to: u64,
    /// 0 start→start, 1 start→finish, 2 finish→start, 3 finish→finish.
    pub(crate) kind: i64,
}

impl World {
    /// The tasks that `task` depends on.
    pub(crate) fn depends_on(&self, task: u64) -> Vec<u64> {
        let into = self.links.iter().filter(|link| link.to == task);
        into.map(|link| link.from).collect()
    }

    /// Whether a chain of links leads from `from` to `to`.
    pub(crate) fn leads(&self, from: u64, to: u64) -> bool {
        let mut seen = vec![from];
        let mut at = 0;
        while let Some(&task) = seen.get(at) {
            if task == to {
                return true;
            }
            for link in self.links.iter().filter(|link| link.from == task) {
                if !seen.contains(&link.to) {
                    seen.push(link.to);
                }
            }
            at += 1;
        }
        false
    }
}
