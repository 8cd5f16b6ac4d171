//! How answers with many rows are told, and how long they may be.

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::{budget::MOST_TOKENS, fit, table};
use crate::{View, tool::Rows};

/// How answers with many rows are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// As a table: the names of the columns once, then rows of values. Half as long.
    #[default]
    Table,
    /// As a list of objects, like the reference system.
    Objects,
}

impl Form {
    /// The form that goes with a view.
    pub fn of(view: &View) -> Self {
        if *view == View::Contract { Self::Objects } else { Self::Table }
    }
}

/// What has to be known to tell an answer.
pub(crate) struct Telling {
    pub(crate) form: Form,
    pub(crate) rows: Option<Rows>,
    /// The row that the question began with.
    pub(crate) start: u64,
    /// The zone of the person who asked.
    pub(crate) zone: TimeZone,
}

impl Telling {
    /// The answer and its text, in this form and not longer than a model can take.
    pub(super) fn tell(&self, mut answer: Map<String, Value>) -> (Map<String, Value>, String) {
        let mut member = self.rows.map(|rows| rows.member);
        if let (Form::Table, Some(rows)) = (self.form, self.rows) {
            member = Some(table::lay(&mut answer, rows.member, &self.zone));
        }
        let text =
            fit::Fit { most: MOST_TOKENS, member, rows: self.rows, start: self.start }.cut(&mut answer);
        (answer, text)
    }
}
