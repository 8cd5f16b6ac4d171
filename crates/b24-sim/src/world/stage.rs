//! Columns of a Kanban board of a group, and of a person's own plan.

use serde::{Deserialize, Serialize};

use super::World;

/// Whose board it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Board {
    Group(u64),
    Plan(u64),
}

/// A column.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Stage {
    pub(crate) id: u64,
    pub(crate) board: Board,
    pub(crate) title: String,
    pub(crate) sort: i64,
    /// Six hexadecimal digits.
    pub(crate) color: String,
    /// `NEW`, `WORK`, `FINISH`; empty for one that somebody made.
    pub(crate) system: String,
}

impl World {
    /// The columns of a board, from left to right.
    pub(crate) fn stages_of(&self, board: Board) -> Vec<&Stage> {
        let mut stages: Vec<&Stage> = self.stages.values().filter(|stage| stage.board == board).collect();
        stages.sort_by_key(|stage| (stage.sort, stage.id));
        stages
    }

    /// Puts a column behind `after`, or first; the others keep their order.
    pub(crate) fn put_stage(&mut self, mut stage: Stage, after: Option<u64>) -> u64 {
        if stage.id == 0 {
            self.last.stage += 1;
            stage.id = self.last.stage;
        }
        let (id, board) = (stage.id, stage.board);
        self.stages.insert(id, stage);
        let mut order: Vec<u64> = self.stages_of(board).iter().map(|stage| stage.id).collect();
        order.retain(|other| *other != id);
        let at = after.and_then(|after| order.iter().position(|other| *other == after));
        order.insert(at.map_or(0, |at| at + 1), id);
        for (at, id) in order.iter().enumerate() {
            if let Some(stage) = self.stages.get_mut(id) {
                stage.sort = 100 * i64::try_from(at + 1).unwrap_or(i64::MAX / 100);
            }
        }
        id
    }

    /// The columns a board starts with.
    pub(crate) fn furnish(&mut self, board: Board) {
        const GROUP: [(&str, &str, &str); 3] =
            [("New", "00C4FB", "NEW"), ("In progress", "47D1E2", "WORK"), ("Done", "75D900", "FINISH")];
        const PLAN: [(&str, &str, &str); 2] = [("Not planned", "00C4FB", "NEW"), ("This week", "47D1E2", "")];
        let columns: &[(&str, &str, &str)] = match board {
            Board::Group(_) => &GROUP,
            Board::Plan(_) => &PLAN,
        };
        let mut after = None;
        for (title, color, system) in columns {
            let stage = Stage {
                id: 0,
                board,
                title: (*title).to_owned(),
                sort: 0,
                color: (*color).to_owned(),
                system: (*system).to_owned(),
            };
            after = Some(self.put_stage(stage, after));
        }
    }
}
