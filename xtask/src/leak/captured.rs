//! Everything that left a process, by the way that it took.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::forms::Finder;
use crate::say;

/// How many bytes around a find are shown.
const AROUND: usize = 60;
/// How many finds are shown.
const SHOWN: usize = 20;

/// A heap of bytes that several threads add to.
#[derive(Clone, Default)]
pub(crate) struct Captured(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Captured {
    /// Adds what left on this way.
    pub(crate) fn add(&self, way: &str, bytes: &[u8]) {
        let mut ways = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let heap = ways.entry(way.to_owned()).or_default();
        heap.extend_from_slice(bytes);
        // What ends here and what begins there are not one text.
        heap.push(b'\n');
    }

    /// Adds every file below a folder, with its name, but for those that were put there.
    pub(crate) fn add_folder(&self, folder: &Path, but: &[&str]) -> Result<(), String> {
        let entries = fs::read_dir(folder).map_err(|e| format!("cannot list {}: {e}", folder.display()))?;
        for entry in entries.filter_map(Result::ok) {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() {
                self.add_folder(&path, but)?;
            } else if !but.contains(&name.as_str()) {
                self.add("files", name.as_bytes());
                self.add("files", &fs::read(&path).unwrap_or_default());
            }
        }
        Ok(())
    }

    /// How many bytes there are, by way.
    pub(crate) fn sizes(&self) -> Vec<(String, usize)> {
        let ways = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ways.iter().map(|(way, heap)| (way.clone(), heap.len())).collect()
    }

    /// How many sentinels are in there. Shows the first of them, and what stands around.
    pub(crate) fn search(&self, finder: &Finder, show: bool) -> usize {
        let ways = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut count = 0;
        for (way, heap) in ways.iter() {
            for (at, (name, form)) in finder.finds(heap) {
                count += 1;
                if show && count <= SHOWN {
                    let around = &heap[at.saturating_sub(AROUND)..(at + AROUND).min(heap.len())];
                    let around = String::from_utf8_lossy(around).escape_debug().to_string();
                    say::note(&format!("found in {way}: {name}, {form}: …{around}…"));
                }
            }
        }
        count
    }
}
