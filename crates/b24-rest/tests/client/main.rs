//! The client over real HTTP, against a portal that answers by script.

mod batches;
mod brakes;
mod budgets;
mod dialects;
mod faults;
mod files;
mod lists;
mod logs;
mod moves;
mod scripted;
mod secrets;
mod trust;
