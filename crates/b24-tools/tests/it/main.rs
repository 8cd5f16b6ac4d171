//! The tools, called as a model calls them, on a portal that speaks real HTTP.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may say so")]

mod bad_input;
mod catalogue;
mod checklists;
mod comments;
mod complete;
mod contract;
mod course;
mod custom_fields;
mod dates;
mod deeds;
mod dependencies;
mod everything;
mod faults;
mod feedback;
mod files;
mod histories;
mod house;
mod lifecycle;
mod members;
mod names;
mod people;
mod places;
mod policy;
mod projects;
mod prompts;
mod resources;
mod results;
mod searches;
mod stand_in;
mod stories;
mod subtasks;
mod tasks;
mod texts;
mod times;
mod undocumented;
