//! Whether the portal answers, as whom, with which permissions, and whether its clock agrees with ours.

use std::{collections::BTreeSet, time::Duration};

use b24_model::Scope;
use b24_rest::{Call, CallError, Deadline, Params, Portal, Reply, methods::system};
use b24_tools::Refusal;
use jiff::Timestamp;

use super::Finding;
use crate::serve::house::House;

/// How long the portal may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How far apart the clocks may be. Plain dates and expiries are read by ours.
const SKEW_S: i64 = 60;

/// Looks at the portal.
pub(super) async fn findings(house: &House, now: Timestamp) -> Vec<Finding> {
    let Some(portal) = house.tenants.portal() else {
        return vec![Finding::fail(
            "webhook",
            "no portal is configured",
            "in the portal: Developer resources, Inbound webhook; then set B24_WEBHOOK_URL to its address",
        )];
    };
    let whose = format!("{} as the person with id {}", portal.host(), portal.user());
    let mut findings = vec![Finding::ok("webhook", format!("works in {whose}"))];
    let calls = [&system::PROFILE, &system::SCOPE, &system::SERVER_TIME];
    let calls = calls.map(|method| Call::new(method, Params::new())).to_vec();
    let replies = portal.batch(calls, Deadline::after(PATIENCE)).await;
    let [profile, scopes, time] =
        replies.try_into().unwrap_or_else(|_| unreachable!("one reply for each call"));
    match &profile {
        Ok(reply) => findings.push(answers(portal, reply)),
        Err(error) => return findings.into_iter().chain([cannot(error)]).collect(),
    }
    findings.push(scopes.map_or_else(|error| cannot(&error), |reply| permissions(house, &reply)));
    findings.push(time.map_or_else(|error| cannot(&error), |reply| clock(&reply, now)));
    findings
}

/// The reader is the admin here, so the next step is the admin's.
fn cannot(error: &CallError) -> Finding {
    let next = match error {
        CallError::Unreachable { .. } => {
            "check the address, and whether this machine may reach it (firewall, proxy, private CA: B24_CA_FILE)".into()
        }
        CallError::Credential(_) => {
            "make a new inbound webhook in the portal and set B24_WEBHOOK_URL to its address".into()
        }
        other => Refusal::from(other.clone()).next_step().unwrap_or("try again in a minute").to_owned(),
    };
    let cause = std::error::Error::source(error).map(|cause| format!(" ({cause})")).unwrap_or_default();
    Finding::fail("portal", format!("{error}{cause}"), next)
}

fn answers(portal: &Portal, profile: &Reply) -> Finding {
    let word = |name: &str| profile.result[name].as_str().unwrap_or_default().to_owned();
    let zone = word("TIME_ZONE");
    let who = format!("{} {}", word("NAME"), word("LAST_NAME"));
    let what = format!("{} answers; every call runs as {}", portal.host(), who.trim());
    if zone.is_empty() {
        let next = "let that person choose a time zone in their profile; until then the portal's is used";
        return Finding::warn("portal", format!("{what}, whose time zone is not set"), next);
    }
    Finding::ok("portal", format!("{what}, in {zone}"))
}

fn permissions(house: &House, reply: &Reply) -> Finding {
    let held: Vec<Scope> = reply.result.as_array().into_iter().flatten().filter_map(scope).collect();
    let listings = house.listed();
    let wanted: BTreeSet<&'static str> = listings.iter().flat_map(|listing| listing.scopes.clone()).collect();
    let missing: Vec<&str> = wanted
        .into_iter()
        .filter(|code| !held.iter().any(|scope| scope.satisfies(&Scope::known(code))))
        .collect();
    if missing.is_empty() {
        return Finding::ok("scopes", "the webhook has every permission that the listed tools need");
    }
    let tools: Vec<&str> = listings
        .iter()
        .filter(|listing| listing.scopes.iter().any(|code| missing.contains(code)))
        .map(|listing| listing.name)
        .collect();
    Finding::warn(
        "scopes",
        format!("the webhook lacks `{}`, which {} need", missing.join("`, `"), tools.join(", ")),
        format!("edit the webhook in the portal and tick `{}`", missing.join("`, `")),
    )
}

fn scope(value: &serde_json::Value) -> Option<Scope> {
    value.as_str().map(|code| Scope::from(code.to_owned()))
}

fn clock(reply: &Reply, now: Timestamp) -> Finding {
    let theirs = reply.result.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    let Some(theirs) = theirs else {
        return Finding::warn(
            "clock",
            "the portal did not say a time that can be read",
            "compare the clocks yourself",
        );
    };
    let apart = (theirs.as_second() - now.as_second()).abs();
    if apart <= SKEW_S {
        return Finding::ok("clock", "agrees with the portal's");
    }
    Finding::warn(
        "clock",
        format!("is {apart} s away from the portal's"),
        "let this machine set its clock by NTP: dates such as \"tomorrow\" are read by it",
    )
}
