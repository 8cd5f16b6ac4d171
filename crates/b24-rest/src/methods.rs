//! The methods this project calls, each with its effect, scope and binding. A file for a family.
//!
//! Source: the REST documentation (`bitrix24/b24restdocs`, `api-reference/`). The effect is part of the type.

pub mod attachment;
pub mod calendar;
pub mod chat;
pub mod checklist;
pub mod comment;
pub mod department;
pub mod dependence;
pub mod disk;
pub mod elapsed;
pub mod flow;
pub mod group;
pub mod result;
pub mod stage;
pub mod system;
pub mod task;
pub mod task_v3;
pub mod user;
pub mod userfield;
