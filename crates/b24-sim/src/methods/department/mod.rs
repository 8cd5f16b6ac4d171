//! `department.*`: the tree of the company.

mod change;
mod get;

use super::Method;

pub(super) const METHODS: &[Method] = &[
    Method { name: "department.get", scopes: &["department"], run: get::get },
    Method { name: "department.fields", scopes: &["department"], run: get::fields },
    Method { name: "department.add", scopes: &["department"], run: change::add },
    Method { name: "department.update", scopes: &["department"], run: change::update },
    Method { name: "department.delete", scopes: &["department"], run: change::delete },
];
