//! Misbehaviour on cue: what a portal, a proxy or a network can do to a call. Tests and `--fault` plan it here;
//! `wire` carries it out.

mod text;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use text::FaultError;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection closes before the method runs.
    DropBefore,
    /// The method runs, then the connection closes without an answer.
    DropAfter,
    /// The call waits this long first; other faults of the same call still follow.
    Delay(Duration),
    /// An error status with a JSON body; the method does not run.
    Status(u16),
    /// The method runs, then an error status with a JSON body is answered all the same.
    StatusAfter(u16),
    /// The method runs; `Content-Length` is true, but the connection closes after half of the body.
    Half,
    /// A page of HTML with this status; the method does not run.
    Html(u16),
    /// 429 `OPERATION_TIME_LIMIT`; the method does not run.
    OperationTimeLimit,
    /// 503 `QUERY_LIMIT_EXCEEDED`; the method does not run.
    QueryLimit,
    /// The method runs; its answer arrives gzip-compressed, whether the client asked for that or not.
    Gzip,
    /// The method runs; its answer arrives in pieces of a few bytes, without `Content-Length`.
    Chunked,
    /// The method runs; its answer begins with a byte order mark.
    Bom,
    /// The method runs; its answer has no `time`.
    NoTime,
    /// 400 `ERROR_CORE` (REST 3.0: a validation error) whose words are HTML; the method does not run.
    HtmlDescription,
    /// The method runs; `result` is of a kind nobody expects: a string where there was a map or a list, a list where
    /// there was a scalar.
    OddResult,
    /// The method runs; its answer says less than it should: of each record only the id.
    ThinResult,
    /// The method runs; a list in its answer is a map with numeric keys, as PHP writes a list with gaps.
    MapResult,
    /// The method does not run, and the portal answers as if all were well: a task as it is for `tasks.task.*` of the
    /// classic API, `true` for any other classic method. Has no meaning for a batch or for REST 3.0.
    NoEffect,
    /// 400 with this code and no words; the method does not run.
    Refuse(String),
}

/// How often a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// This many calls.
    Count(u32),
    /// Until cleared.
    Forever,
}

/// A fault, the calls it is meant for, and how often it happens. Read it from text with `FromStr`:
/// `METHOD=FAULT[*TIMES]`, such as `tasks.task.add=drop-after*2` or `any=delay:500*forever`. `Display` writes the same.
///
/// | word | the method | the client sees |
/// |---|---|---|
/// | `drop-before` | does not run | a connection that closes |
/// | `drop-after` | runs | a connection that closes |
/// | `half` | runs | half of the body it was promised |
/// | `delay:MS` | runs later | nothing for so many milliseconds; another fault may follow |
/// | `status:CODE` | does not run | this status, with a JSON error |
/// | `status-after:CODE` | runs | this status, with a JSON error |
/// | `html:CODE` | does not run | a page of HTML with this status |
/// | `429` | does not run | `OPERATION_TIME_LIMIT` |
/// | `query-limit` | does not run | 503 `QUERY_LIMIT_EXCEEDED` |
/// | `gzip` | runs | a compressed body, asked for or not |
/// | `chunked` | runs | a body in pieces of a few bytes, without a length |
/// | `bom` | runs | a byte order mark before the JSON |
/// | `no-time` | runs | an answer without `time` |
/// | `html-description` | does not run | a 400 whose words are HTML |
/// | `odd-result` | runs | a `result` of another kind |
/// | `thin-result` | runs | of each record only the id |
/// | `map-result` | runs | a list as a map with numeric keys |
/// | `no-effect` | does not run | a success, with the task as it was |
/// | `refuse:CODE` | does not run | 400 with this code |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultRule {
    /// The method in lower case; `None` is any. A `batch` matches when it holds a command of that method.
    pub method: Option<String>,
    /// What happens.
    pub fault: Fault,
    /// How often.
    pub times: Times,
}

/// The faults still to come. Clones share one plan, so a test keeps a handle while the portal runs.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<Vec<FaultRule>>>);

impl Faults {
    /// Adds a rule behind those already planned.
    pub fn plan(&self, rule: FaultRule) {
        self.rules().push(rule);
    }

    /// Plans `fault` for the next call of `method`.
    pub fn once(&self, method: &str, fault: Fault) {
        self.times(method, fault, 1);
    }

    /// Plans `fault` for the next `count` calls of `method`.
    pub fn times(&self, method: &str, fault: Fault, count: u32) {
        let method = Some(method.to_ascii_lowercase());
        self.plan(FaultRule { method, fault, times: Times::Count(count) });
    }

    /// Plans `fault` for the next call, whatever it is.
    pub fn next(&self, fault: Fault) {
        self.plan(FaultRule { method: None, fault, times: Times::Count(1) });
    }

    /// Forgets what has not happened yet.
    pub fn clear(&self) {
        self.rules().clear();
    }

    /// What is still planned.
    #[must_use]
    pub fn planned(&self) -> Vec<FaultRule> {
        self.rules().clone()
    }

    /// Takes what happens to a call that touches `methods`: all delays in front, then the first other fault.
    pub(crate) fn take(&self, methods: &[&str]) -> (Duration, Option<Fault>) {
        let mut delay = Duration::ZERO;
        let mut fault = None;
        self.rules().retain_mut(|rule| {
            let meant = rule.method.as_ref().is_none_or(|name| methods.contains(&name.as_str()));
            if !meant || fault.is_some() {
                return true;
            }
            match &rule.fault {
                Fault::Delay(wait) => delay += *wait,
                other => fault = Some(other.clone()),
            }
            rule.happened()
        });
        (delay, fault)
    }

    fn rules(&self) -> std::sync::MutexGuard<'_, Vec<FaultRule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FaultRule {
    /// Counts one happening; returns whether more are to come.
    fn happened(&mut self) -> bool {
        match &mut self.times {
            Times::Forever => true,
            Times::Count(left) => {
                *left = left.saturating_sub(1);
                *left > 0
            }
        }
    }
}
