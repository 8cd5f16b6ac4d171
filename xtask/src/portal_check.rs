//! `cargo xtask portal-check`: what the documentation of Bitrix24 says, asked of a portal, one small request at a time.
//! It runs against any webhook. Unless `--write` says so it changes nothing; with it, it works on records of its own and
//! removes them. It knows nothing of the sandbox, which is one portal among others here.

mod fact;
mod facts;
mod input;
mod names;
mod portal;
mod report;
mod want;

use fact::{Fact, Family};
use input::Told;
use names::Names;
use portal::{Memory, Portal};
use report::{Outcome, Report, Row};
use want::{Judgement, judge};

use crate::project::{Profile, Project};
use crate::say;
use crate::server::Server;
use crate::webhook::Webhook;

/// Reads the address, asks, prints. `Ok(false)` when a fact does not hold.
pub(crate) fn run(words: &[&str]) -> Result<bool, String> {
    let told = Told::read(words)?;
    let webhook = Webhook::read(&told.address()?)?;
    if !webhook.is_loopback() && told.is_in_argument() {
        return Err(input::ARGUMENT_IS_PUBLIC.to_owned());
    }
    say::note(&format!("> portal-check {webhook:?}"));
    let report = examine(Portal::new(webhook), told.writes)?;
    say::line(&if told.json { report.json() } else { report.text() });
    Ok(report.failed() == 0)
}

/// Examines a fresh sandbox, writing too, and returns how many facts held and failed.
pub(crate) fn sandbox(project: &Project) -> Result<(usize, usize), String> {
    let program = project.server(Profile::Debug)?;
    let told = ["sandbox", "--listen", "127.0.0.1:0", "--tasks", "130", "--limits", "off"];
    let portal = Server::start(&program, &told, &[], "/rest/")?;
    let report = examine(Portal::new(Webhook::read(&portal.url)?), true)?;
    say::line(&report.text());
    Ok((report.held(), report.failed()))
}

/// Asks everything. What was created is deleted even when the portal stops answering half way.
fn examine(mut portal: Portal, writes: bool) -> Result<Report, String> {
    let asked = ask_all(&mut portal, writes);
    let swept = portal.sweep();
    let mut report = asked?;
    swept?;
    report.requests = portal.requests;
    Ok(report)
}

fn ask_all(portal: &mut Portal, writes: bool) -> Result<Report, String> {
    let (mut names, scopes) = portal.survey()?;
    let mut report = Report::default();
    for family in facts::FAMILIES {
        let lacks = family.scopes.iter().find(|scope| !scopes.iter().any(|has| has == *scope));
        let reason = match lacks {
            _ if family.writes && !writes => Some("it writes, and --write was not given".to_owned()),
            Some(scope) => Some(format!("the webhook lacks the scope `{scope}`")),
            None => None,
        };
        for fact in family.facts {
            let outcome = match &reason {
                Some(why) => Outcome::Skipped(why.clone()),
                None => check(portal, family, fact, &mut names)?,
            };
            report.rows.push(Row { family: family.name, fact, outcome });
        }
    }
    report.rows.extend(facts::limits::observed(portal.busy.as_ref(), &names));
    Ok(report)
}

/// Asks one fact and judges the answer. An error is a portal that cannot be reached at all.
fn check(portal: &mut Portal, family: &Family, fact: &Fact, names: &mut Names) -> Result<Outcome, String> {
    let memory = if family.writes { Memory::Forgets } else { Memory::Keeps };
    let answer = match portal.ask(&fact.ask, names, memory)? {
        Ok(answer) => answer,
        Err(why) => return Ok(Outcome::Skipped(why)),
    };
    if answer.status == 429 {
        return Ok(Outcome::Skipped("the method's operating time is used up for now".to_owned()));
    }
    for (name, place) in fact.keeps {
        names.keep(name, answer.json.pointer(place));
    }
    Ok(match judge(fact.wants, &answer, names) {
        Judgement::Held => Outcome::Held,
        Judgement::Moot(why) => Outcome::Skipped(why),
        Judgement::Failed { expected, got } => {
            Outcome::Failed { expected: portal.mask(&expected), got: portal.mask(&got) }
        }
    })
}
