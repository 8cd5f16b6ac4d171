//! Files of a portal: asked for by id, fetched here, handed out as bytes.
//!
//! A portal hands out links that carry a credential, and with a webhook that credential never expires. So a link is
//! followed inside this crate and goes nowhere else: not into an answer, an error or a log.

mod download;
mod link;
mod withhold;

pub use download::Download;
pub(crate) use link::Link;
pub(crate) use withhold::withhold;

use b24_model::{Method, Scope, effect::Read};
use bytes::Bytes;
use serde_json::json;

use crate::{
    Brake, Call, CallError, Deadline, Params, Portal,
    dialect::{self, Raw},
    exchange::{Line, Request},
    failure::Failure,
    methods::{attachment, disk},
    send::Arriving,
    verdict::Repeat,
    wire,
};

/// What a link leads to. The portal serves it beside its methods, at an address of the same shape.
static DOWNLOAD: Method<Read> = Method::classic("download", Scope::DISK);

/// How much is read of what came instead of a file.
const LONGEST_REASON: usize = 64 * 1024;

/// A file, by one of the two ids it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRef {
    /// The id of an attachment: what a task holds.
    Attached(u64),
    /// The id of an object of the drive.
    Drive(u64),
}

/// A file that may be fetched. It holds the link, and shows it to nobody.
#[derive(Clone)]
pub struct RemoteFile {
    portal: Portal,
    record: Params,
    link: Link,
}

impl RemoteFile {
    /// Asks the portal of `portal` for a file.
    pub(crate) async fn ask(portal: &Portal, file: FileRef, deadline: Deadline) -> Result<Self, CallError> {
        let (method, id) = match file {
            FileRef::Attached(id) => (&attachment::GET, id),
            FileRef::Drive(id) => (&disk::FILE_GET, id),
        };
        let garbled = |what| CallError::Garbled { method: method.name(), status: 200, what };
        let params = Params::from_iter([("id".to_owned(), json!(id))]);
        let mut reply = portal.call_openly(&Call::new(method, params), deadline).await?;
        let link = reply.result.get("DOWNLOAD_URL").and_then(wire::text);
        let link = link.ok_or_else(|| garbled("a file without a link to it"))?;
        let link = Link::judge(&portal.address(), &link);
        let link = link.map_err(|failure| failure.into_error(DOWNLOAD.facts(), false))?;
        withhold(&mut reply.result);
        let record = wire::map(&reply.result).cloned().ok_or_else(|| garbled("something that is no file"))?;
        Ok(Self { portal: portal.clone(), record, link })
    }

    /// Its name, as somebody of the portal wrote it.
    pub fn name(&self) -> Option<String> {
        self.record.get("NAME").and_then(wire::text)
    }

    /// Its size in bytes, when the portal says it.
    pub fn size(&self) -> Option<u64> {
        let size = self.record.get("SIZE").and_then(wire::int)?;
        u64::try_from(size).ok()
    }

    /// Everything that the portal says about it, but for the link.
    pub fn record(&self) -> &Params {
        &self.record
    }

    /// Begins to fetch it: its head has to be there before `deadline`, and so has all of it, unless
    /// [`Download::until`] says otherwise.
    ///
    /// [`CallError::TooLarge`] when it has more than `most` bytes, as soon as that is known.
    pub async fn open(&self, most: u64, deadline: Deadline) -> Result<Download, CallError> {
        if self.size().is_some_and(|size| size > most) {
            return Err(download::too_large(most));
        }
        let arriving = self.portal.fetch(&self.link, deadline).await?;
        Download::new(arriving, self, most, deadline)
    }
}

impl std::fmt::Debug for RemoteFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RemoteFile({:?})", self.portal)
    }
}

impl Line {
    /// Follows a link until a file begins to arrive.
    pub(crate) async fn fetch(
        &self,
        link: &Link,
        brake: Option<&dyn Brake>,
        deadline: Deadline,
    ) -> Result<Arriving, CallError> {
        let request = Request {
            facts: DOWNLOAD.facts(),
            repeat: Repeat::Safe,
            body: Bytes::new(),
            idempotency_key: None,
            charged: &[DOWNLOAD.name()],
            brake,
        };
        self.persist(&request, deadline, || self.follow(link, deadline)).await
    }

    /// One try, with at most one step to where the portal sends it on.
    async fn follow(&self, link: &Link, deadline: Deadline) -> Result<Arriving, Failure> {
        let mut arriving = self.get(link, deadline).await?;
        if arriving.is_redirect() {
            let next = link.judge_next(arriving.location())?;
            arriving = self.get(&next, deadline).await?;
            if arriving.is_redirect() {
                let to = format!("`{}`", next.host());
                return Err(Failure::Moved { to, why: "it redirects once more" });
            }
        }
        if arriving.is_file() {
            return Ok(arriving);
        }
        // A page to sign in at, or the reason why there is no file.
        let (status, retry_after) = (arriving.status(), arriving.retry_after());
        let wait = self.timeout.min(deadline.remaining());
        let mask = |text| link.mask_text(self.credential.mask_text(text));
        let body = arriving.start(LONGEST_REASON, wait, &mask).await?;
        let raw = Raw { status, retry_after, body: link.mask(self.credential.mask(body)) };
        match dialect::read(DOWNLOAD.name(), &raw) {
            Err(failure) => Err(failure),
            Ok(_) => Err(Failure::Garbled { status, what: "JSON instead of the file" }),
        }
    }

    async fn get(&self, link: &Link, deadline: Deadline) -> Result<Arriving, Failure> {
        let mask = |text| link.mask_text(self.credential.mask_text(text));
        self.sender.get(link.expose(), self.timeout.min(deadline.remaining()), &mask).await
    }
}
