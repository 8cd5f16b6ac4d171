//! The words of Bitrix24, as types: ids, portal hosts, scopes, methods with their effect, moments, secrets,
//! working weeks.
//!
//! This crate does no I/O, knows no clock and nobody else in the house. A value of one of its types
//! has been checked once, at the edge, and is not checked again.

pub mod effect;
pub mod host;
pub mod id;
pub mod method;
pub mod moment;
pub mod scope;
pub mod secret;
pub mod workweek;

pub use effect::Effect;
pub use host::PortalHost;
pub use id::{DiskId, EntryId, FileId, GroupId, ItemId, ResultId, TaskId, UserId};
pub use method::{Dialect, Method};
pub use scope::Scope;
pub use workweek::Workweek;
