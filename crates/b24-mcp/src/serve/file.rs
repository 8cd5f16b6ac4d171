//! Files of tasks on their way to a caller: as a resource of the protocol, or by a link that opens once.
//!
//! Both pass the gates of the tool that tells of the file, and are counted and logged like a call of it. The portal's own
//! links are not known here.

pub(crate) mod desk;
mod disposition;
mod resource;
pub(super) mod route;

pub(super) use resource::read_file_resource;

use std::{sync::Arc, time::Instant};

use b24_model::Effect;
use b24_rest::Deadline;
use b24_tools::{FileOnTask, Form, OpenFile, Refusal, Untold, Visit};
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use super::{
    house::{End, GRACE, House, span_of, supervise},
    reach::Reach,
};
use crate::{clock, door::visitor::Visitor, signals::Running, telemetry::trace::Remote};

/// The tool whose gates a file passes, and under whose name it is counted.
const TOOL: &str = "b24_task_file_get";

/// A file that somebody wants.
pub(super) struct Wanted {
    pub(super) visitor: Visitor,
    /// What the request that asks, or once asked, may reach.
    pub(super) reach: Reach,
    pub(super) request_id: String,
    pub(super) file: FileOnTask,
    /// The client's own span, when it has one.
    pub(super) trace: Option<Remote>,
    /// Cancelled when nobody waits for it any more.
    pub(super) gone: CancellationToken,
}

impl House {
    /// Opens a file, and gives it to `taker` as long as somebody waits and the time of a call is not over.
    async fn hand_out<T: Taker>(self: &Arc<Self>, wanted: Wanted, taker: T) -> Result<T::Taken, Refusal> {
        let (started, running) = (Instant::now(), Running::begin());
        let gone = wanted.gone.clone();
        let span = span_of(&wanted.request_id, &wanted.visitor.caller, wanted.trace.as_ref());
        span.record("tool.name", TOOL);
        let house = Arc::clone(self);
        let work = async move {
            let opened = house.open(&wanted).await?;
            let calls = opened.calls;
            Ok((taker.take(opened).await?, calls))
        };
        let limit = self.deadline + GRACE;
        let ended = supervise(&self.running, work, limit, gone, true).instrument(span.clone()).await;
        let taken = match ended {
            End::Done(taken) => taken,
            End::Stopped(refusal) => Err(refusal),
        };
        let code = taken.as_ref().err().map(Refusal::code);
        running.end(TOOL, Effect::Read, code, started.elapsed());
        tracing::info!(
            parent: &span,
            tool.effect = Effect::Read.word(),
            outcome = code.unwrap_or("ok"),
            took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            rest.calls = taken.as_ref().map_or(0, |(_, calls)| *calls),
            "File handed out"
        );
        taken.map(|(taken, _)| taken)
    }

    async fn open(&self, wanted: &Wanted) -> Result<OpenFile, Refusal> {
        let Wanted { visitor, reach, request_id, file, .. } = wanted;
        let tenant = self.tenant(visitor, reach)?;
        let course = self.course(Arc::new(Untold));
        let visit = Visit {
            caller: &visitor.caller,
            tenant: &tenant,
            policy: &reach.policy,
            form: Form::of(&reach.view),
            course: &course,
            recorder: self.recorder.as_ref(),
            now: clock::now(),
            deadline: Deadline::after(self.deadline),
            request_id,
        };
        b24_tools::open_file(&self.catalogue, visit, *file).await
    }
}

/// What becomes of an open file.
trait Taker: Send + 'static {
    /// What it makes of the file.
    type Taken: Send + 'static;

    fn take(self, file: OpenFile) -> impl Future<Output = Result<Self::Taken, Refusal>> + Send;
}

/// It is sent on piece by piece, by whoever asked.
struct Onward(Deadline);

impl Taker for Onward {
    type Taken = OpenFile;

    async fn take(self, file: OpenFile) -> Result<OpenFile, Refusal> {
        Ok(OpenFile { download: file.download.until(self.0), ..file })
    }
}
