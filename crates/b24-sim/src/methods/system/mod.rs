//! Methods every credential may call: who am I, what may I call, what time is it.

mod access;
mod catalogue;
mod profile;

use super::Method;
use crate::wire::answer_v2::Refusal;

pub(super) const METHODS: &[Method] = &[
    // The wire runs it; a nested one is refused here.
    Method { name: "batch", scopes: &[], run: |_| Err(Refusal::not_for_batch()) },
    Method { name: "profile", scopes: &[], run: profile::profile },
    Method { name: "user.admin", scopes: &[], run: profile::admin },
    Method { name: "scope", scopes: &[], run: catalogue::scope },
    Method { name: "methods", scopes: &[], run: catalogue::methods },
    Method { name: "method.get", scopes: &[], run: catalogue::method },
    Method { name: "server.time", scopes: &[], run: catalogue::time },
    Method { name: "app.info", scopes: &[], run: access::application },
    Method { name: "feature.get", scopes: &[], run: access::feature },
    Method { name: "access.name", scopes: &[], run: access::names },
    Method { name: "user.access", scopes: &[], run: access::user },
];
