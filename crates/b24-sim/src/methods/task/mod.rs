//! `tasks.task.*`, classic: requests in UPPER_SNAKE or camelCase, answers in camelCase with ids as strings.

mod access;
mod add;
mod change;
mod columns;
mod counters;
mod delegate;
mod delete;
mod describe;
mod files;
mod flow;
mod get;
mod history;
mod list;
mod mine;
mod names;
mod nested;
mod planner;
mod reach;
mod row;
mod status;
mod update;

pub(super) use change::is_within;
pub(super) use files::attach_v3;

use super::Method;

const SCOPES: &[&str] = &["task"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "tasks.task.add", scopes: SCOPES, run: add::add },
    Method { name: "tasks.task.get", scopes: SCOPES, run: get::get },
    Method { name: "tasks.task.list", scopes: SCOPES, run: list::list },
    Method { name: "tasks.task.update", scopes: SCOPES, run: update::update },
    Method { name: "tasks.task.delete", scopes: SCOPES, run: delete::delete },
    Method { name: "tasks.task.getfields", scopes: SCOPES, run: describe::fields },
    Method { name: "tasks.task.getaccess", scopes: SCOPES, run: access::access },
    Method { name: "tasks.task.start", scopes: SCOPES, run: status::start },
    Method { name: "tasks.task.pause", scopes: SCOPES, run: status::pause },
    Method { name: "tasks.task.defer", scopes: SCOPES, run: status::defer },
    Method { name: "tasks.task.renew", scopes: SCOPES, run: status::renew },
    Method { name: "tasks.task.complete", scopes: SCOPES, run: status::complete },
    Method { name: "tasks.task.approve", scopes: SCOPES, run: status::approve },
    Method { name: "tasks.task.disapprove", scopes: SCOPES, run: status::disapprove },
    Method { name: "tasks.task.delegate", scopes: SCOPES, run: delegate::delegate },
    Method { name: "tasks.task.files.attach", scopes: SCOPES, run: files::attach },
    Method { name: "tasks.task.history.list", scopes: SCOPES, run: history::list },
    Method { name: "tasks.task.counters.get", scopes: SCOPES, run: counters::get },
    Method { name: "task.planner.getlist", scopes: SCOPES, run: planner::list },
    Method { name: "tasks.task.favorite.add", scopes: SCOPES, run: mine::favorite_add },
    Method { name: "tasks.task.favorite.remove", scopes: SCOPES, run: mine::favorite_remove },
    Method { name: "tasks.task.startwatch", scopes: SCOPES, run: mine::start_watch },
    Method { name: "tasks.task.stopwatch", scopes: SCOPES, run: mine::stop_watch },
    Method { name: "tasks.task.mute", scopes: SCOPES, run: mine::mute },
    Method { name: "tasks.task.unmute", scopes: SCOPES, run: mine::unmute },
    Method { name: "tasks.task.pin", scopes: SCOPES, run: mine::pin },
    Method { name: "tasks.task.unpin", scopes: SCOPES, run: mine::unpin },
];
