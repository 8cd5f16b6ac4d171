//! The text files of the project. Follows no link, and leaves out what is built, installed or ignored.

use std::fs;
use std::path::Path;

const LEFT_OUT: [&str; 7] = [".git", ".tools", ".venv", "__pycache__", "dist", "node_modules", "target"];

/// One file, by its path from the root of the project.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every text file under `root`, in the order of paths.
pub(crate) fn files(root: &Path) -> Result<Vec<File>, String> {
    let mut found = Vec::new();
    walk(root, "", &mut found).map_err(|e| format!("cannot read {}: {e}", root.display()))?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<File>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() && !LEFT_OUT.contains(&name.as_str()) {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else if kind.is_file() {
            // What is no UTF-8 is no text, and no rule here speaks of it.
            if let Ok(text) = String::from_utf8(fs::read(entry.path())?) {
                found.push(File { path, text });
            }
        }
    }
    Ok(())
}
