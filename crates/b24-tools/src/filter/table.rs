//! What each entity has: the fields that its list filters by, sorts by and returns, and the grammar it is asked in.
//!
//! Names are the classic ones everywhere; REST 3.0 spells them its own way when they are sent.

use b24_model::Dialect;

use crate::directory::fields::CustomFields;

use super::{
    field::{self, Field, Kind, field},
    key::{Operator, camel},
};

/// An entity that can be listed.
#[derive(Debug)]
pub(crate) struct Table {
    /// How a refusal calls its list.
    pub(super) noun: &'static str,
    /// A condition, to show with a refusal.
    pub(super) example: &'static str,
    /// The grammar of its filters.
    pub(super) dialect: Dialect,
    pub(super) operators: &'static [Operator],
    pub(super) filterable: &'static [Field],
    pub(super) sortable: &'static [&'static str],
    pub(super) selectable: &'static [&'static str],
    /// Whether it has fields named `UF_…`.
    pub(super) has_custom: bool,
    /// Whether "my favourites" is asked for beside the fields.
    pub(super) has_favorites: bool,
}

/// Tasks. Source: `tasks/tasks-task-list.md`, `tasks/fields.md`.
pub(crate) static TASK: Table = Table {
    noun: "the task list",
    example: r#"{">=DEADLINE": "today"}"#,
    dialect: Dialect::Classic,
    operators: Operator::ALL,
    filterable: field::FILTERABLE,
    sortable: field::SORTABLE,
    selectable: field::SELECTABLE,
    has_custom: true,
    has_favorites: true,
};

/// Time spent on tasks. Source: `tasks/elapsed-item/task-elapsed-item-get-list.md`; `TASK_ID` is in the manifest only.
pub(crate) static TIME: Table = Table {
    noun: "the list of time entries",
    example: r#"{">=CREATED_DATE": "-7d"}"#,
    dialect: Dialect::Classic,
    operators: Operator::COMPARING,
    filterable: &[
        field("ID", Kind::Number),
        field("TASK_ID", Kind::Number),
        field("USER_ID", Kind::Person),
        field("CREATED_DATE", Kind::Date),
    ],
    sortable: &["ID", "TASK_ID", "USER_ID", "MINUTES", "SECONDS", "CREATED_DATE", "DATE_START", "DATE_STOP"],
    selectable: &[
        "ID",
        "TASK_ID",
        "USER_ID",
        "COMMENT_TEXT",
        "SECONDS",
        "MINUTES",
        "SOURCE",
        "CREATED_DATE",
        "DATE_START",
        "DATE_STOP",
    ],
    has_custom: false,
    has_favorites: false,
};

/// Results of tasks. Source: `tasks/result/tasks-task-result-list-rest-v3.md`.
pub(crate) static RESULT: Table = Table {
    noun: "the list of results",
    example: r#"{"status": "open"}"#,
    dialect: Dialect::V3,
    operators: Operator::COMPARING,
    filterable: &[
        field("TASK_ID", Kind::Number),
        field("ID", Kind::Number),
        field("AUTHOR_ID", Kind::Person),
        field("STATUS", Kind::Text),
        field("MESSAGE_ID", Kind::Number),
    ],
    sortable: &["ID", "AUTHOR_ID", "CREATED_AT", "UPDATED_AT", "STATUS", "MESSAGE_ID"],
    selectable: &[
        "ID",
        "TASK_ID",
        "TEXT",
        "AUTHOR_ID",
        "AUTHOR",
        "CREATED_AT",
        "UPDATED_AT",
        "STATUS",
        "FILE_IDS",
        "RIGHTS",
        "MESSAGE_ID",
    ],
    has_custom: false,
    has_favorites: false,
};

/// An entity, with the fields that a portal added to it, as far as they are known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entity<'a> {
    pub(super) table: &'static Table,
    pub(super) customs: Option<&'a CustomFields>,
}

impl From<&'static Table> for Entity<'_> {
    fn from(table: &'static Table) -> Self {
        Self { table, customs: None }
    }
}

impl Table {
    /// The entity with the fields that the portal added to it.
    pub(crate) fn with<'a>(&'static self, customs: &'a CustomFields) -> Entity<'a> {
        Entity { table: self, customs: Some(customs) }
    }

    /// A documented name, as the entity's language spells it.
    pub(super) fn spelled(&self, name: &str) -> String {
        match self.dialect {
            Dialect::Classic => name.to_owned(),
            Dialect::V3 => camel(name),
        }
    }

    pub(super) fn ascending(&self) -> &'static str {
        match self.dialect {
            Dialect::Classic => "asc",
            Dialect::V3 => "ASC",
        }
    }

    pub(super) fn descending(&self) -> &'static str {
        match self.dialect {
            Dialect::Classic => "desc",
            Dialect::V3 => "DESC",
        }
    }

    /// Whether the operator may have a list of values. REST 3.0 has `in`, and nothing for its opposite.
    pub(super) fn takes_list(&self, operator: Operator) -> bool {
        self.dialect == Dialect::Classic || operator == Operator::Equals
    }
}
