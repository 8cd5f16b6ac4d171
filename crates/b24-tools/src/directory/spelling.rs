//! Names that are spelled in more than one way: Иванов and Ivanov, Щербаков and Shcherbakov, Müller and Mueller.
//!
//! A word has a *skeleton* that its usual spellings share, in either script: transliterations by ICAO 9303, by the
//! Russian passport rules, by BGN/PCGN and by ear, German umlauts with and without their dots, ё and е. Skeletons are
//! for telling which of the records a portal found are meant, so they may be generous: two different names with one
//! skeleton are told apart by their letters, which count first. [`patterns`] are for asking a portal that knows one
//! spelling only.

mod pattern;
mod sound;

pub(crate) use pattern::{Script, one_spelling, patterns, script};

/// The words of a name, in the letters it was written in: case, ё and signs do not count, a double name is two words.
pub(crate) fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_sign(*c))
        .map(|c| if c == 'ё' { 'е' } else { c })
        .collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Signs inside a word: O'Larkin is one word, and so is Григор'ев.
fn is_sign(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʹ' | 'ʺ' | 'ʼ' | '\u{300}'..='\u{36f}')
}

/// What the usual spellings of a word share. Not for reading.
pub(crate) fn skeleton(word: &str) -> String {
    sound::bones(&sound::sounds(word))
}

/// How well what was said fits what is written. The better, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// Word for word the same, whatever the order: nothing was said that is not written, or the other way round.
    Whole,
    /// Every word that was said is written.
    Same,
    /// Every word that was said is written in another spelling.
    Alike,
}

/// How well the words `said` fit the words `written`. `None` when one of them is not there.
pub(crate) fn fit(said: &[String], written: &[String]) -> Option<Fit> {
    if said.is_empty() {
        return None;
    }
    if each_has_its_own(said, written, |said, written| said == written) {
        return Some(if said.len() == written.len() { Fit::Whole } else { Fit::Same });
    }
    let bones = |words: &[String]| words.iter().map(|word| skeleton(word)).collect::<Vec<_>>();
    let (said, written) = (bones(said), bones(written));
    each_has_its_own(&said, &written, |said, written| said == written).then_some(Fit::Alike)
}

/// Whether every word that was said is the beginning of a written one, in any spelling.
pub(crate) fn begins(said: &[String], written: &[String]) -> bool {
    each_has_its_own(said, written, |said, written| {
        written.starts_with(said) || skeleton(written).starts_with(&skeleton(said))
    })
}

/// Whether each of `said` goes with one of `written` of its own. The lists are short, so the first that fits is taken.
fn each_has_its_own(said: &[String], written: &[String], goes: impl Fn(&str, &str) -> bool) -> bool {
    let mut free: Vec<&String> = written.iter().collect();
    let mut said: Vec<&String> = said.iter().collect();
    // The longest first: a beginning must not take the place of a whole word.
    said.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    said.into_iter().all(|word| {
        let at = free.iter().position(|own| goes(word, own));
        at.map(|at| free.swap_remove(at)).is_some()
    })
}

#[cfg(test)]
mod tests;
