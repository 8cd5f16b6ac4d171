//! Secrets that lie in files of their own, as container platforms mount them.

use std::path::Path;

use zeroize::Zeroizing;

use super::{
    error::ConfigError,
    key::Key,
    written::{Source, Written},
};

/// Says what the file holds, without the line break at its end.
pub(crate) fn read(key: Key, name: &str, path: &Path, written: &mut Written) -> Result<(), ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|error| ConfigError::SecretFile {
        name: name.into(),
        path: path.into(),
        why: error.kind(),
    })?;
    let text = Zeroizing::new(text);
    written.say(key, text.trim_end_matches(['\r', '\n']), Source::SecretFile(path.into()));
    remark_if_open(path, written);
    Ok(())
}

/// Remarks that everybody on the machine can read the file.
pub(crate) fn remark_if_open(path: &Path, written: &mut Written) {
    if readable_by_everybody(path) {
        written.remarks.push(format!(
            "everybody on this machine can read the secret in {}: run `chmod o-rwx` on it",
            path.display()
        ));
    }
}

#[cfg(unix)]
fn readable_by_everybody(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
fn readable_by_everybody(_path: &Path) -> bool {
    false
}
