//! The file that keeps a portal between starts: its records and its webhooks. Traffic, faults, limits and the answers
//! kept for `Idempotency-Key` are not in it.
//!
//! The file is readable by its owner only (0600), because it holds one secret in clear: the default webhook's, whose
//! address is shown at every start. Every other webhook is kept as the SHA-256 of its secret.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::State;
use crate::webhook::{StoredWebhook, Webhook};
use crate::world::World;

/// Names the kind of file, so that another one is not taken for it.
const FORMAT: &str = "b24-sandbox";

/// Grows when an older build could not read what this one writes.
const VERSION: u64 = 1;

/// Why a portal cannot be kept in a file, or read from it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file cannot be opened, read, written or put in its place.
    #[error("cannot {doing} `{path}`: check the folder and its rights")]
    Io {
        /// What was being done: read, write, lock.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Another process keeps its portal in the same file.
    #[error("`{0}` belongs to a sandbox that is running: stop that one, or name another file")]
    InUse(PathBuf),
    /// The file is of another kind.
    #[error("`{0}` is no file of the sandbox: name another file, or one that does not exist yet")]
    Foreign(PathBuf),
    /// The file was written by a build with another format.
    #[error(
        "`{path}` has format version {found}, and this build reads version {VERSION}: start it with the build that \
         wrote it, or name a new file"
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// The version it says it has.
        found: u64,
    },
    /// The file is damaged, or a build that kept other records wrote it.
    #[error("`{path}` cannot be understood: restore it from a copy, or name a new file")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where it stopped making sense.
        #[source]
        source: serde_json::Error,
    },
}

/// What the first lines say.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

/// What is written; `W` is the world or a reference to it.
#[derive(Serialize, Deserialize)]
struct Kept<W> {
    format: String,
    version: u64,
    webhooks: Vec<StoredWebhook>,
    world: W,
}

/// A file that one process keeps its portal in.
pub(crate) struct Store {
    path: PathBuf,
    /// Held until the process ends, so that two sandboxes never overwrite each other.
    _lock: File,
    /// The digest of what was written last; the same again is not written.
    written: Mutex<Option<[u8; 32]>>,
}

impl Store {
    /// Takes possession of the file, which need not exist yet.
    pub(super) fn open(path: PathBuf) -> Result<Self, StoreError> {
        let beside = beside(&path, ".lock");
        let lock =
            private().truncate(false).open(&beside).map_err(|source| failed("lock", &beside, source))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse(path)),
            Err(TryLockError::Error(source)) => return Err(failed("lock", &beside, source)),
        }
        Ok(Self { path, _lock: lock, written: Mutex::default() })
    }

    /// What the file holds; `None` when there is no file yet.
    pub(super) fn load(&self) -> Result<Option<(World, Vec<Webhook>)>, StoreError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(failed("read", &self.path, source)),
        };
        let header: Header =
            serde_json::from_slice(&bytes).map_err(|_| StoreError::Foreign(self.path.clone()))?;
        if header.format != FORMAT {
            return Err(StoreError::Foreign(self.path.clone()));
        }
        if header.version != VERSION {
            return Err(StoreError::Version { path: self.path.clone(), found: header.version });
        }
        let kept: Kept<World> = serde_json::from_slice(&bytes)
            .map_err(|source| StoreError::Damaged { path: self.path.clone(), source })?;
        let webhooks = kept.webhooks.into_iter().filter_map(Webhook::restored);
        Ok(Some((kept.world, webhooks.collect())))
    }

    /// Writes the portal, unless nothing has changed: a new file beside the old one, which then takes its place.
    pub(crate) fn save(&self, state: &State) -> Result<(), StoreError> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = self.serialised(state)?;
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        if *written == Some(digest) {
            return Ok(());
        }
        let fresh = beside(&self.path, ".new");
        let done = write(&fresh, &bytes).and_then(|()| fs::rename(&fresh, &self.path));
        done.map_err(|source| failed("write", &self.path, source))?;
        *written = Some(digest);
        Ok(())
    }

    fn serialised(&self, state: &State) -> Result<Vec<u8>, StoreError> {
        let webhooks = {
            let hooks = state.webhooks();
            let hooks = hooks.iter().enumerate();
            hooks.map(|(at, hook)| hook.stored(at == 0)).collect()
        };
        let world = state.world();
        let kept = Kept { format: FORMAT.to_owned(), version: VERSION, webhooks, world: &*world };
        serde_json::to_vec_pretty(&kept).map_err(|error| failed("write", &self.path, error.into()))
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a crash left behind may have other rights.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private().open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Options that create a file for its owner alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// `path` with `suffix` behind its name.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn failed(doing: &'static str, path: &Path, source: io::Error) -> StoreError {
    StoreError::Io { doing, path: path.to_owned(), source }
}
