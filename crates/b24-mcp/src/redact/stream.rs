//! A writer that lets nothing out before it has seen enough of it: a secret may come in two pieces.

use std::{
    io::{self, Write},
    sync::Arc,
};

use super::redactor::{GONE, Redactor, Rules};

/// How much is held before a part of it is let out, though nobody said that the text is over.
const HELD: usize = 64 * 1024;
/// How much is held back then at least: a key may stand at the end whose value has not come yet.
const LEAST: usize = 1024;

/// Holds what is written until [`Stream::finish`] or its own end, and lets it out without what has to go.
pub(crate) struct Stream<W: Write> {
    out: W,
    redactor: Arc<Redactor>,
    held: Vec<u8>,
    /// Inside a value that is longer than everything that is held: all of it goes, up to the end of the line.
    swallowing: bool,
}

impl<W: Write> Stream<W> {
    /// Writes to `out` what `redactor` leaves.
    pub(crate) fn new(redactor: Arc<Redactor>, out: W) -> Self {
        Self { out, redactor, held: Vec::new(), swallowing: false }
    }

    /// Lets everything out.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        match self.redactor.redacted(&held, Rules::All) {
            Some(left) => self.out.write_all(&left)?,
            None => self.out.write_all(&held)?,
        }
        self.out.flush()
    }

    /// Lets out the beginning, as far as nothing that has to go reaches beyond it.
    fn let_out(&mut self) -> io::Result<()> {
        // Escapes make a secret longer than any form that is searched for as it is: six characters for one byte.
        let back = (self.redactor.longest() * 2).max(LEAST);
        let mut cut = self.held.len().saturating_sub(back);
        let spots = self.redactor.spots(&self.held, Rules::All);
        for spot in spots.iter().rev() {
            if spot.known_from < cut && cut < spot.range.end {
                cut = spot.known_from;
            }
        }
        let open = spots.iter().find(|spot| spot.known_from == cut && spot.range.end == self.held.len());
        if let Some(open) = open.filter(|_| cut < self.held.len() / 2) {
            let mut kept = self.held[..open.range.start].to_vec();
            kept = self.redactor.redacted(&kept, Rules::All).unwrap_or(kept);
            kept.extend_from_slice(GONE.as_bytes());
            self.swallowing = true;
            self.held.clear();
            return self.out.write_all(&kept);
        }
        let rest = self.held.split_off(cut);
        let first = std::mem::replace(&mut self.held, rest);
        self.out.write_all(&self.redactor.redacted(&first, Rules::All).unwrap_or(first))
    }
}

impl<W: Write> Write for Stream<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        if self.swallowing {
            let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else { return Ok(bytes.len()) };
            self.swallowing = false;
            rest = &bytes[end..];
        }
        self.held.extend_from_slice(rest);
        if self.held.len() > HELD {
            self.let_out()?;
        }
        Ok(bytes.len())
    }

    /// What is held stays so: the next piece may be the rest of a secret.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Drop for Stream<W> {
    fn drop(&mut self) {
        // Whoever reads has gone away; there is nobody to tell.
        let _ = self.finish();
    }
}
