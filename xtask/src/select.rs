//! `cargo xtask select`: would the words of a tool lead to it? Phrases of people, with the tool that should be called
//! first, are ranked against the words by which the tools describe themselves.
//!
//! It is a proxy for a model, and says so. BM25 knows words and no meaning; a model knows both. What it finds is a
//! tool whose own words are not those of its users. Descriptions are written for people and models, not for it.

mod bm25;
mod phrases;
mod words;

use std::path::Path;

use crate::catalogue::{self, Tool};
use crate::project::{Profile, Project};
use crate::say;
use bm25::Index;
use phrases::Phrase;

/// How far down a tool may be found.
const NEAR: usize = 3;
/// The floors, in percent of top-3: a little below what held when they were written, so that nothing rots unseen. They were
/// lowered twice while tools were joining.
/// They are no aim; that is 85 on the core view.
const FLOORS: [(&str, usize); 2] = [("core", 75), ("full", 65)];

/// Where one phrase's tool was found in one view.
struct Verdict<'a> {
    phrase: &'a Phrase,
    /// From 1; none when nothing matched.
    rank: Option<usize>,
    /// The tools that came first.
    first: Vec<String>,
}

/// Prints how often the tool was first and among the first three. Returns how many floors held and how many did not.
pub(crate) fn run(project: &Project) -> Result<(usize, usize), String> {
    let program = project.server(Profile::Debug)?;
    let phrases = phrases::read(project, phrases::KNOWN)?;
    let held_out = phrases::read(project, phrases::HELD_OUT)?;
    let full = catalogue::list(&program, "full")?;
    let mut failed = phrases::unknown(&phrases, &full).len();
    for unknown in phrases::unknown(&phrases, &full) {
        say::line(&format!("error: {unknown}"));
    }
    let mut held = 0;
    for (view, floor) in FLOORS {
        let near = judge(&program, view, &phrases)?;
        if near >= floor {
            held += 1;
        } else {
            failed += 1;
            say::line(&format!("FAIL {view}: {near} % among the first {NEAR}, and {floor} % is the floor"));
        }
    }
    for (view, _) in FLOORS {
        let near = held_out_score(&program, view, &held_out)?;
        say::line(&format!("held out, {view}: {near}"));
    }
    say::line(NOTE);
    Ok((held, failed))
}

const NOTE: &str = "\
This is a proxy for a model: BM25 over the names, titles, descriptions and arguments of the tools. Russian and German
phrases are scored through their English intent, written by hand. A phrase whose tool is not in the core view counts on
the full view only. The floors are over phrases that share words with the tools; the held-out ones are how people speak
when nobody fits words to them, and are the fairer number. No description is to be chosen by those.";

/// Scores one view, prints it, and returns the percentage of phrases whose tool was among the first.
fn judge(program: &Path, view: &str, phrases: &[Phrase]) -> Result<usize, String> {
    let tools = catalogue::list(program, view)?;
    let index = Index::of(&tools);
    let asked: Vec<&Phrase> = phrases.iter().filter(|phrase| phrase.is_answered_by(&tools)).collect();
    let verdicts: Vec<Verdict<'_>> = asked.iter().map(|phrase| rank(phrase, &index, &tools)).collect();
    say::line(&format!("{view}: {} tools, {} phrases of {}", tools.len(), asked.len(), phrases.len()));
    for (language, label) in
        [("en", ""), ("ru", ", by its English intent"), ("de", ", by its English intent")]
    {
        let of: Vec<_> = verdicts.iter().filter(|verdict| verdict.phrase.language == language).collect();
        say::line(&format!("  {language}  {}{label}", told(&of)));
    }
    let all: Vec<_> = verdicts.iter().collect();
    say::line(&format!("  all {}", told(&all)));
    for miss in all.iter().filter(|verdict| !verdict.within(NEAR)) {
        let (phrase, found) = (miss.phrase, miss.first.join(", "));
        say::line(&format!(
            "  miss {} \"{}\": {} wanted, found {found}",
            phrase.language,
            phrase.said,
            phrase.tools()
        ));
    }
    Ok(percent(all.iter().filter(|verdict| verdict.within(NEAR)).count(), all.len()))
}

/// The score alone: whoever reads the misses would write for them.
fn held_out_score(program: &Path, view: &str, phrases: &[Phrase]) -> Result<String, String> {
    let tools = catalogue::list(program, view)?;
    let index = Index::of(&tools);
    let asked = phrases.iter().filter(|phrase| phrase.is_answered_by(&tools));
    let verdicts: Vec<Verdict<'_>> = asked.map(|phrase| rank(phrase, &index, &tools)).collect();
    Ok(told(&verdicts.iter().collect::<Vec<_>>()))
}

fn rank<'a>(phrase: &'a Phrase, index: &Index, tools: &[Tool]) -> Verdict<'a> {
    let ranked = index.rank(phrase.scored());
    let name = |place: &usize| tools.get(*place).map_or("", Tool::name);
    let rank = ranked.iter().position(|place| phrase.wants(name(place))).map(|at| at + 1);
    let first = ranked.iter().take(NEAR).map(|place| name(place).to_owned()).collect();
    Verdict { phrase, rank, first }
}

impl Verdict<'_> {
    fn within(&self, most: usize) -> bool {
        self.rank.is_some_and(|rank| rank <= most)
    }
}

fn told(of: &[&Verdict<'_>]) -> String {
    let share = |most: usize| percent(of.iter().filter(|verdict| verdict.within(most)).count(), of.len());
    format!("{:>3} phrases  first {:>3} %  among the first {NEAR} {:>3} %", of.len(), share(1), share(NEAR))
}

/// Rounded down.
fn percent(part: usize, of: usize) -> usize {
    100 * part / of.max(1)
}
