//! `cargo xtask tokens --bound`: the server bounds its answers by `b24_tools::tokens_at_most`, which knows no vocabulary.
//! Here it is compared with the real count, text by text: it must never be less.
//!
//! xtask depends on no crate of the workspace, so an example of `b24-tools` is asked: a JSON list of texts goes in, a
//! JSON list of numbers comes out.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{
    corpus::{self, Sample},
    vocabulary::Vocabulary,
};
use crate::{project::Project, say};

/// Fewer samples would not be a corpus.
const FEWEST: usize = 400;
/// How much of a sample is shown.
const SHOWN: usize = 60;

const NOTE: &str = "\
Shown for these texts and no others; some constants were chosen by them. Known to be undercounted, by up to 22 %: words
of random letters (docs/measuring.md).";

/// How the bound did in one language.
#[derive(Default)]
struct Row {
    samples: usize,
    real: usize,
    bound: usize,
    /// The sample with the least room: bound over real count, and its beginning.
    tightest: Option<(f64, String)>,
    under: usize,
}

/// Prints a table and every sample that is undercounted. Returns how many held and how many did not.
pub(super) fn run(
    project: &Project,
    program: &Path,
    vocabulary: &Vocabulary,
) -> Result<(usize, usize), String> {
    let mut samples = corpus::kept(project)?;
    if samples.len() < FEWEST {
        return Err(format!("the corpus has {} samples, and {FEWEST} are wanted", samples.len()));
    }
    samples.extend(corpus::assembled(&samples));
    samples.extend(corpus::answered(program)?);
    let bounds = ask(project, &samples)?;
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    for (sample, bound) in samples.iter().zip(bounds) {
        let real = vocabulary.count(&sample.text);
        if bound < real {
            say::line(&format!("UNDER {bound} < {real}: {}", start(&sample.text)));
        }
        rows.entry(&sample.language).or_default().add(&sample.text, real, bound);
    }
    let (held, failed) =
        rows.values().fold((0, 0), |(h, f), row| (h + row.samples - row.under, f + row.under));
    say::line(&format!(
        "{:<9} {:>7} {:>9} {:>9} {:>10} {:>9}  tightest sample",
        "", "samples", "tokens", "bound", "on average", "tightest"
    ));
    for (language, row) in &rows {
        say::line(&row.told(language));
    }
    say::line(NOTE);
    Ok((held, failed))
}

impl Row {
    fn add(&mut self, text: &str, real: usize, bound: usize) {
        self.samples += 1;
        self.real += real;
        self.bound += bound;
        self.under += usize::from(bound < real);
        let room = ratio(bound, real);
        if self.tightest.as_ref().is_none_or(|(least, _)| room < *least) {
            self.tightest = Some((room, start(text)));
        }
    }

    fn told(&self, language: &str) -> String {
        let (room, text) = self.tightest.clone().unwrap_or_default();
        format!(
            "{language:<9} {:>7} {:>9} {:>9} {:>10.2} {room:>9.2}  {text}",
            self.samples,
            self.real,
            self.bound,
            ratio(self.bound, self.real)
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of tokens are small")]
fn ratio(bound: usize, real: usize) -> f64 {
    bound as f64 / real.max(1) as f64
}

/// The beginning of a sample, on one line.
fn start(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN).collect()
}

/// What the server's crate says of each text.
fn ask(project: &Project, samples: &[Sample]) -> Result<Vec<usize>, String> {
    let texts: Vec<&str> = samples.iter().map(|sample| sample.text.as_str()).collect();
    let mut child = Command::new("cargo")
        .args(["run", "--quiet", "--package", "b24-tools", "--example", "tokens_at_most"])
        .current_dir(&project.root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cannot start cargo: {e}"))?;
    let mut input = child.stdin.take().ok_or("the example takes no input")?;
    // It reads everything before it answers, so neither side can wait for the other.
    input
        .write_all(serde_json::json!(texts).to_string().as_bytes())
        .map_err(|e| format!("the example takes no input: {e}"))?;
    drop(input);
    let done = child.wait_with_output().map_err(|e| format!("the example does not end: {e}"))?;
    let bounds: Vec<usize> = serde_json::from_slice(&done.stdout)
        .map_err(|e| format!("the example gives no list of numbers: {e}"))?;
    if bounds.len() == samples.len() {
        Ok(bounds)
    } else {
        Err(format!("the example gave {} numbers for {} texts", bounds.len(), samples.len()))
    }
}
