//! What list methods share: filters with prefixes, pages of fifty.

pub(crate) mod cell;
pub(crate) mod filter;
pub(crate) mod page;
