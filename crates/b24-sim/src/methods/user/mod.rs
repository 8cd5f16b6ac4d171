//! `user.*`: people, read. The scope decides which of their fields are shown.

mod fields;
mod get;
mod search;

use super::Method;

const SCOPES: &[&str] = &["user", "user_basic", "user_brief"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "user.current", scopes: SCOPES, run: get::current },
    Method { name: "user.get", scopes: SCOPES, run: get::get },
    Method { name: "user.search", scopes: SCOPES, run: search::search },
    Method { name: "user.fields", scopes: SCOPES, run: fields::titles },
];
