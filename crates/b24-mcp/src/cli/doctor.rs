//! `doctor`: is everything as it should be, and if not, what to do next. Looks, and changes nothing.

mod cards;
mod configuration;
mod portal;
mod tools;

use clap::Args;
use serde_json::{Value, json};

use super::{
    exit::Exit,
    flags::Shared,
    opening::{self, Sandbox},
    say,
};
use crate::{
    clock,
    config::{Environment, Settings},
    redact, telemetry,
};

/// The arguments of `doctor`.
#[derive(Args)]
#[command(after_long_help = configuration::help())]
pub(crate) struct Doctor {
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    sandbox: Sandbox,
    #[command(flatten)]
    shared: Shared,
}

/// One thing that was looked at.
pub(super) struct Finding {
    about: &'static str,
    grade: Grade,
    what: String,
    /// What to do next, when something is to be done.
    next: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Grade {
    Ok,
    Warn,
    Fail,
}

impl Grade {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

impl Finding {
    fn ok(about: &'static str, what: impl Into<String>) -> Self {
        Self { about, grade: Grade::Ok, what: what.into(), next: None }
    }

    fn warn(about: &'static str, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { about, grade: Grade::Warn, what: what.into(), next: Some(next.into()) }
    }

    fn fail(about: &'static str, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { about, grade: Grade::Fail, what: what.into(), next: Some(next.into()) }
    }

    /// Leaves its secrets behind: a finding quotes whatever went wrong.
    fn clean(&mut self) {
        self.what = redact::text(&self.what).into_owned();
        self.next = self.next.as_deref().map(|next| redact::text(next).into_owned());
    }

    pub(super) fn to_json(&self) -> Value {
        let Self { about, grade, what, next } = self;
        json!({ "about": about, "grade": grade.word(), "what": what, "next": next })
    }
}

/// Looks at everything.
pub(super) async fn look(settings: &mut Settings, sandbox: &Sandbox) -> Result<Vec<Finding>, Exit> {
    let mut findings = configuration::findings(settings, clock::now());
    let opened = opening::open(settings, sandbox).await?;
    findings.extend(portal::findings(&opened.house).await);
    findings.iter_mut().for_each(Finding::clean);
    if let Some(portal) = opened.portal {
        portal.stop().await;
    }
    Ok(findings)
}

impl Doctor {
    /// Looks at everything, and prints what it found.
    pub(crate) async fn run(self, environment: &Environment) -> Exit {
        self.try_run(environment).await.unwrap_or_else(|exit| exit)
    }

    async fn try_run(self, environment: &Environment) -> Result<Exit, Exit> {
        let mut settings = self.shared.settle(environment, |_| {})?;
        // What the client would log, the findings say better.
        telemetry::silence();
        let findings = look(&mut settings, &self.sandbox).await?;
        self.print(&findings);
        let failed = findings.iter().any(|finding| finding.grade == Grade::Fail);
        Ok(if failed { Exit::Failed } else { Exit::Done })
    }

    fn print(&self, findings: &[Finding]) {
        if self.json {
            let rows: Vec<Value> = findings.iter().map(Finding::to_json).collect();
            say::data(&format!("{:#}", json!(rows)));
            return;
        }
        for finding in findings {
            say::data(&format!("{:<5} {:<8} {}", finding.grade.word(), finding.about, finding.what));
            if let Some(next) = &finding.next {
                say::data(&format!("{:<15}hint: {next}", ""));
            }
        }
    }
}
