//! Comments under tasks.

pub mod add;
