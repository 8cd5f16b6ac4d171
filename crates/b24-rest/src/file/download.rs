//! A file on its way: its head is here, its bytes are taken piece by piece, and no more of them than was allowed.

use bytes::{Bytes, BytesMut};

use super::{DOWNLOAD, Link, RemoteFile};
use crate::{CallError, Cause, Deadline, Ran, failure::Failure, send::Arriving};

/// A file that is arriving. Dropping it stops the transfer.
pub struct Download {
    arriving: Arriving,
    link: Link,
    portal: crate::Portal,
    /// How long it is, if somebody said it.
    size: Option<u64>,
    most: u64,
    taken: u64,
    deadline: Deadline,
}

impl Download {
    pub(super) fn new(
        arriving: Arriving,
        file: &RemoteFile,
        most: u64,
        deadline: Deadline,
    ) -> Result<Self, CallError> {
        // What travels is what counts: somebody may have saved a new version since the portal was asked.
        let size = arriving.length().or(file.size());
        if size.is_some_and(|size| size > most) {
            return Err(too_large(most));
        }
        let (link, portal) = (file.link.clone(), file.portal.clone());
        Ok(Self { arriving, link, portal, size, most, taken: 0, deadline })
    }

    /// How many bytes it has, when that is known before its end.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Its media type, as the portal says it: lower-case, without parameters.
    pub fn content_type(&self) -> Option<String> {
        self.arriving.content_type()
    }

    /// The same download, with another moment by which all of it has to be here.
    #[must_use]
    pub fn until(mut self, deadline: Deadline) -> Self {
        self.deadline = deadline;
        self
    }

    /// The next piece; `None` at the end. A file that ends early or is longer than allowed is an error.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, CallError> {
        let left = self.deadline.remaining();
        if left.is_zero() {
            return Err(CallError::Deadline { method: DOWNLOAD.name() });
        }
        let wait = self.portal.line().timeout.min(left);
        let mask = |text| self.link.mask_text(self.portal.line().credential.mask_text(text));
        match self.arriving.chunk(wait, &mask).await {
            Ok(Some(piece)) => {
                self.taken = self.taken.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
                if self.taken > self.most { Err(too_large(self.most)) } else { Ok(Some(piece)) }
            }
            Ok(None) if self.size.is_some_and(|size| size != self.taken) => Err(self.cut()),
            Ok(None) => Ok(None),
            Err(failure) => Err(self.broken(failure)),
        }
    }

    /// All of it.
    pub async fn whole(mut self) -> Result<Bytes, CallError> {
        let mut whole = BytesMut::new();
        while let Some(piece) = self.chunk().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    fn cut(&self) -> CallError {
        let size = self.size.unwrap_or_default();
        let cause = Cause::new(format!("the file ended after {} of {size} bytes", self.taken));
        CallError::NoAnswer { method: DOWNLOAD.name(), status: Some(self.arriving.status()), cause }
    }

    fn broken(&self, failure: Failure) -> CallError {
        match failure {
            Failure::Silent { late: true, .. } if self.deadline.has_passed() => {
                CallError::Deadline { method: DOWNLOAD.name() }
            }
            other => other.into_error(DOWNLOAD.facts(), false),
        }
    }
}

impl std::fmt::Debug for Download {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Download({} of {:?} bytes)", self.taken, self.size)
    }
}

pub(super) fn too_large(most: u64) -> CallError {
    let largest = usize::try_from(most).unwrap_or(usize::MAX);
    CallError::TooLarge { method: DOWNLOAD.name(), largest, ran: Ran::Yes }
}
