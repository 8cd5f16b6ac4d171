//! The desk of the server itself: where feedback about it is handed in. Nothing here reaches a portal.
//!
//! How a note leaves the machine is the [`Mailbox`]'s business: this crate speaks no HTTP. What may leave, and how
//! often, is decided here.

mod quota;

use std::{fmt, time::Duration};

use b24_model::effect::Write;
use futures_util::future::BoxFuture;
use jiff::Timestamp;

use crate::Permit;
use quota::Quota;

/// Something that will be read in public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// Its title, one line.
    pub title: String,
    /// Its text, in Markdown. What the sender wrote stands in it escaped.
    pub body: String,
    /// Words by which it is sorted.
    pub labels: Vec<String>,
}

/// Where a note can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Its address.
    pub url: String,
    /// Its number.
    pub number: u64,
}

/// Why a note was not filed. Says nothing of addresses and credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFiled {
    /// No place, or no right to write there, is configured.
    Unconfigured,
    /// The place does not accept the credential, or there is no such place.
    Rejected,
    /// The place cannot take it now, or answers what nobody understands.
    Upstream,
    /// It cannot be reached, or did not answer: the note may be there all the same.
    Network,
}

/// Takes notes to where they are read. Implemented by the server.
pub trait Mailbox: Send + Sync {
    /// Whether a text holds a secret that this server knows.
    fn knows_secret(&self, text: &str) -> bool;

    /// Files a note. It is in public then, and cannot be taken back.
    fn file<'a>(&'a self, note: &'a Note) -> BoxFuture<'a, Result<Filed, NotFiled>>;
}

/// The desk: a mailbox, and how often it may be used.
pub struct Desk {
    mailbox: Box<dyn Mailbox>,
    quota: Quota,
}

/// Why the desk did not take a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Declined {
    /// There were too many; the next may come after this.
    Later(Duration),
    NotFiled(NotFiled),
}

impl Desk {
    /// A desk in front of a mailbox, with nothing handed in yet.
    pub fn new(mailbox: Box<dyn Mailbox>) -> Self {
        Self { mailbox, quota: Quota::default() }
    }

    /// Whether a text holds a secret that this server knows.
    pub(crate) fn knows_secret(&self, text: &str) -> bool {
        self.mailbox.knows_secret(text)
    }

    /// Hands a note in, if there were not too many of the same sender. An attempt that fails counts.
    pub(crate) async fn hand_in(
        &self,
        _: &Permit<Write>,
        sender: &str,
        now: Timestamp,
        note: &Note,
    ) -> Result<Filed, Declined> {
        self.quota.take(sender, now).map_err(Declined::Later)?;
        self.mailbox.file(note).await.map_err(Declined::NotFiled)
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Desk")
    }
}
