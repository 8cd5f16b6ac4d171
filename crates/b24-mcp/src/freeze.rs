//! The freeze: a file in the data folder that stops all writes of every server on that folder, at once.
//!
//! Each server looks at it before every request that writes, so there is nobody to tell and nobody to forget. What cannot
//! be read counts as a freeze: an admin who stopped everything is not overruled by a file permission.

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use b24_tools::{Brake, Freeze};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The file in the data folder.
const NAME: &str = "freeze.json";
/// The longest reason that is kept.
const LONGEST: usize = 500;

/// Where the freeze is written, and read from.
#[derive(Clone, Debug)]
pub(crate) struct FreezeFile {
    folder: PathBuf,
    /// Whether the folder was there when the program began. If it goes away, nobody knows what was in it.
    had_folder: bool,
}

/// What is in the file.
#[derive(Serialize, Deserialize)]
struct Written {
    by: Option<String>,
    since: Option<Timestamp>,
    reason: Option<String>,
}

impl FreezeFile {
    /// In this folder, which need not be there.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), had_folder: folder.is_dir() }
    }

    fn path(&self) -> PathBuf {
        self.folder.join(NAME)
    }

    /// Who stopped all writes, if somebody did.
    pub(crate) fn read(&self) -> Option<Freeze> {
        match fs::read(self.path()) {
            Ok(text) => Some(match serde_json::from_slice(&text) {
                Ok(Written { by, since, reason }) => {
                    Freeze { by: by.map(plain), since, reason: reason.map(plain) }
                }
                Err(_) => unreadable(&format!("{} does not say who or why", self.path().display())),
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let is_gone = self.had_folder && !self.folder.is_dir();
                is_gone.then(|| unreadable(&format!("the data folder {} is gone", self.folder.display())))
            }
            Err(error) => {
                Some(unreadable(&format!("{} cannot be read: {}", self.path().display(), error.kind())))
            }
        }
    }

    /// Stops all writes. Replaces a freeze that is there, whole or not at all.
    pub(crate) fn write(&self, freeze: &Freeze) -> io::Result<()> {
        make_folder(&self.folder)?;
        let Freeze { by, since, reason } = freeze.clone();
        let text = serde_json::to_vec_pretty(&Written { by, since, reason: reason.map(plain) })?;
        let draft = self.folder.join(format!("{NAME}.{}", crate::serve::request_id::fresh()));
        let written = write_new(&draft, &text).and_then(|()| fs::rename(&draft, self.path()));
        if written.is_err() {
            let _ = fs::remove_file(&draft);
        }
        written?;
        sync_folder(&self.folder)
    }

    /// Allows writes again. `false`: they were not stopped.
    pub(crate) fn remove(&self) -> io::Result<bool> {
        match fs::remove_file(self.path()) {
            Ok(()) => sync_folder(&self.folder).map(|()| true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl Brake for FreezeFile {
    fn frozen(&self) -> Option<Freeze> {
        self.read()
    }
}

/// A folder for this person alone.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn write_new(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text)?;
    file.sync_all()
}

/// A name that is in a folder outlives a power cut only when the folder was written too.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn unreadable(why: &str) -> Freeze {
    Freeze { reason: Some(why.to_owned()), ..Freeze::default() }
}

/// One line that a hint can hold.
fn plain(text: String) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_a_folder() -> (tempfile::TempDir, FreezeFile) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = FreezeFile::in_folder(folder.path());
        (folder, file)
    }

    #[test]
    fn a_freeze_is_read_back_replaced_and_taken_away() {
        let (folder, file) = in_a_folder();
        assert_eq!(file.read(), None);
        let freeze = |reason: &str| Freeze {
            by: Some("olga".into()),
            since: Some(Timestamp::UNIX_EPOCH),
            reason: Some(reason.into()),
        };
        file.write(&freeze("stock-taking")).expect("written");
        file.write(&freeze("still\nstock-taking")).expect("written again");
        assert_eq!(file.read(), Some(freeze("still stock-taking")));
        let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(left.len(), 1, "no draft is left: {left:?}");
        assert_eq!((file.remove().ok(), file.remove().ok(), file.read()), (Some(true), Some(false), None));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_the_machine_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, _) = in_a_folder();
        let file = FreezeFile::in_folder(&folder.path().join("new"));
        file.write(&Freeze::default()).expect("written");
        let mode = |path: PathBuf| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(file.path()), mode(folder.path().join("new"))), (0o600, 0o700));
    }

    #[test]
    fn what_cannot_be_read_is_a_freeze() {
        let (folder, file) = in_a_folder();
        fs::write(file.path(), "{").expect("written");
        assert!(file.read().is_some());
        fs::remove_file(file.path()).expect("it was there");
        fs::create_dir(file.path()).expect("a folder in its place");
        assert!(file.read().is_some());
        drop(folder);
        let gone = file.read().and_then(|freeze| freeze.reason).unwrap_or_default();
        assert!(gone.ends_with("is gone"), "{gone}");
    }

    #[test]
    fn a_folder_that_was_never_there_stops_nothing() {
        let file = FreezeFile::in_folder(Path::new("/nonexistent/b24-mcp"));
        assert_eq!(file.read(), None);
    }
}
