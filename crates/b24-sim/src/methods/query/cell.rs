//! A field of a record as a filter or a sort sees it.

use std::cmp::Ordering;

use jiff::Timestamp;

/// A value to compare with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Int(i64),
    /// Compared without regard to case.
    Text(String),
    Moment(Option<Timestamp>),
    /// A set of ids; equality means membership.
    Ids(Vec<u64>),
    /// A set of words; equality means membership.
    Words(Vec<String>),
}

impl Cell {
    pub(crate) fn id(id: u64) -> Self {
        Self::Int(i64::try_from(id).unwrap_or(i64::MAX))
    }

    pub(crate) fn optional_id(id: Option<u64>) -> Self {
        Self::id(id.unwrap_or(0))
    }

    pub(crate) fn flag(yes: bool) -> Self {
        Self::Text(if yes { "Y" } else { "N" }.to_owned())
    }

    /// The order of two cells of one field; what has no order is equal.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.to_lowercase().cmp(&b.to_lowercase()),
            (Self::Moment(a), Self::Moment(b)) => a.cmp(b),
            (Self::Ids(a), Self::Ids(b)) => a.cmp(b),
            (Self::Words(a), Self::Words(b)) => a.cmp(b),
            _ => Ordering::Equal,
        }
    }
}
