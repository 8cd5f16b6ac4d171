//! Whether the portal answers, as whom, by which clock and in which zone, and what it says of its limits.

use std::time::Duration;

use b24_rest::{Call, CallError, Deadline, Params, Portal, Reply, methods::system};
use b24_tools::Refusal;
use jiff::Timestamp;

use super::{Finding, tools};
use crate::{clock, serve::house::House};

/// How long the portal may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// How far apart the clocks may be. Plain dates and expiries are read by ours.
const SKEW_S: i64 = 60;
/// Seconds that a method may run within ten minutes (`limits.md` of the REST documentation).
const OPERATING_S: f64 = 480.0;

/// Looks at the portal.
pub(super) async fn findings(house: &House) -> Vec<Finding> {
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
    // The clocks are compared when the answer has just come.
    let now = clock::now();
    let spent = operating(&replies);
    let [profile, scopes, time] =
        replies.try_into().unwrap_or_else(|_| unreachable!("one reply for each call"));
    match &profile {
        Ok(reply) => findings.push(answers(portal, reply)),
        Err(error) => return findings.into_iter().chain([cannot(error)]).collect(),
    }
    findings.push(zone(profile.ok().as_ref(), time.as_ref().ok()));
    findings.push(time.map_or_else(|error| cannot(&error), |reply| skew(&reply, now)));
    findings.push(limits(spent));
    match scopes {
        Ok(reply) => findings.extend(tools::findings(house, portal, &reply).await),
        Err(error) => findings.push(cannot(&error)),
    }
    findings
}

/// The reader is the admin here, so the next step is the admin's.
pub(super) fn cannot(error: &CallError) -> Finding {
    let next = match error {
        other if matches!(other.code(), "PAYMENT_REQUIRED" | "ACCESS_DENIED") => {
            "the portal's plan does not include REST, or has run out: its admin sees that under Subscription".into()
        }
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
    let who = format!("{} {}", word("NAME"), word("LAST_NAME"));
    Finding::ok("portal", format!("{} answers; every call runs as {}", portal.host(), who.trim()))
}

/// Where the zone comes from decides what "tomorrow" means, so it is said.
fn zone(profile: Option<&Reply>, time: Option<&Reply>) -> Finding {
    let named = profile.and_then(|reply| reply.result["TIME_ZONE"].as_str()).filter(|zone| !zone.is_empty());
    if let Some(zone) = named {
        return Finding::ok("zone", format!("dates are read in {zone}, from the profile of that person"));
    }
    let offset = time.and_then(|reply| reply.result.as_str()).and_then(|text| text.get(19..));
    let what = match offset {
        Some(offset) => {
            format!("dates are read in the portal's own offset, {offset}: the person has no zone")
        }
        None => "dates are read in UTC: neither the person nor the portal says a zone".to_owned(),
    };
    Finding::warn("zone", what, "let that person choose a time zone in their profile")
}

/// The most that one of the calls has used up of its running time.
fn operating(replies: &[Result<Reply, CallError>]) -> Option<f64> {
    let spent = replies.iter().flatten().filter_map(|reply| reply.time?.operating);
    spent.fold(None, |most: Option<f64>, one| Some(most.map_or(one, |most| most.max(one))))
}

fn limits(spent: Option<f64>) -> Finding {
    const UNKNOWN: &str =
        "how many requests are left no portal tells; 50 and then 2 in a second are reckoned with";
    let Some(spent) = spent else {
        let what = format!("the portal does not say how long methods have run; {UNKNOWN}");
        return Finding::ok("limits", what);
    };
    let share = spent / OPERATING_S * 100.0;
    let what = format!(
        "the calls made here have used {share:.1} % of their running time ({spent:.1} of 480 s); {UNKNOWN}"
    );
    if share < 80.0 {
        return Finding::ok("limits", what);
    }
    Finding::warn(
        "limits",
        what,
        "another program uses the same webhook heavily: give each a webhook of its own",
    )
}

fn skew(reply: &Reply, now: Timestamp) -> Finding {
    let theirs = reply.result.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    let Some(theirs) = theirs else {
        return Finding::warn(
            "clock",
            "the portal did not say a time that can be read",
            "compare the clocks yourself",
        );
    };
    let ahead = now.as_second() - theirs.as_second();
    let what = match ahead {
        0 => "agrees with the portal's to the second".to_owned(),
        1.. => format!("is {ahead} s ahead of the portal's"),
        _ => format!("is {} s behind the portal's", -ahead),
    };
    if ahead.abs() <= SKEW_S {
        return Finding::ok("clock", what);
    }
    let next = "let this machine set its clock by NTP: dates such as \"tomorrow\" are read by it";
    Finding::warn("clock", what, next)
}
