//! What list methods share: filters with prefixes, pages of fifty, numbers, and the strict lists of REST 3.0.

pub(crate) mod cell;
pub(crate) mod filter;
pub(crate) mod number;
pub(crate) mod page;
pub(crate) mod rows_v3;
