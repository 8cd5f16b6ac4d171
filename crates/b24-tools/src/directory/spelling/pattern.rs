//! Questions to a portal that knows a name in one spelling only: patterns with `%` for what spellings disagree about.
//!
//! A pattern finds more than is meant; skeletons sort that out. It holds letters and `%` alone, whatever was said.

use super::sound::sounds;

/// What a name is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// English, German, Polish …
    Latin,
    /// Russian, Ukrainian, Kazakh …
    Cyrillic,
}

impl Script {
    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Latin => Self::Cyrillic,
            Self::Cyrillic => Self::Latin,
        }
    }
}

/// The script of a word, when it is one that is transliterated.
pub(crate) fn script(word: &str) -> Option<Script> {
    let cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
    let latin = |c: char| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c);
    if word.chars().all(cyrillic) {
        Some(Script::Cyrillic)
    } else if word.chars().all(latin) {
        Some(Script::Latin)
    } else {
        None
    }
}

/// Patterns for `word` as it may be written in `script`: at most `most`, and one that begins with `%` where there are
/// more ways to begin it.
pub(crate) fn patterns(word: &str, script: Script, most: usize) -> Vec<String> {
    let sounds: Vec<char> = sounds(word).chars().collect();
    let crossing = super::script(word) != Some(script);
    let mut inner = String::new();
    let from = usize::from(begins_with_yot(&sounds));
    let mut before = if from == 1 { 'i' } else { ' ' };
    for (at, sound) in sounds.iter().enumerate().skip(from) {
        // The first sound is in the beginning, but for the vowel after a yot, which Latin writes out.
        if at > 0 {
            let after = sounds.get(at + 1).copied().unwrap_or(' ');
            let letter = match script {
                Script::Latin => latin(*sound, before, crossing),
                Script::Cyrillic => cyrillic(*sound, before, after, crossing),
            };
            if let Some(letter) = letter.filter(|_| !(at == 1 && from == 1 && script == Script::Cyrillic)) {
                inner.push(letter);
            }
            inner.push('%');
        }
        before = *sound;
    }
    while inner.contains("%%") {
        inner = inner.replace("%%", "%");
    }
    let inner = inner.trim_matches('%');
    let tail = if inner.is_empty() { String::new() } else { format!("{inner}%") };
    match beginnings(&sounds, script, crossing) {
        Some(letters) if letters.len() <= most => {
            letters.iter().map(|letter| format!("{letter}%{tail}")).collect()
        }
        _ if tail.is_empty() => Vec::new(),
        _ => vec![format!("%{tail}")],
    }
}

/// The one pattern for `word` in `script` that finds every beginning.
pub(crate) fn one_spelling(word: &str, script: Script) -> Option<String> {
    patterns(word, script, 1).into_iter().next()
}

/// Whether a word begins with й before a vowel: Yulia, Julia, Iuliia, Юлия.
fn begins_with_yot(sounds: &[char]) -> bool {
    matches!(sounds, ['i', 'a' | 'e' | 'o' | 'u', ..])
}

/// The letters that a word may begin with.
fn beginnings(sounds: &[char], script: Script, crossing: bool) -> Option<&'static [&'static str]> {
    let yot = begins_with_yot(sounds);
    let (first, second) = (sounds.first()?, sounds.get(1).copied().unwrap_or(' '));
    Some(match script {
        Script::Latin => match first {
            // Yelena is Elena, and Yolkina Elkina; but Иосиф is Iosif.
            'i' if yot && matches!(second, 'e' | 'o') && !crossing => &["Y", "E", "J"],
            'i' if yot => &["Y", "I", "J"],
            'i' if !crossing => &["I"],
            'e' => &["E", "Y", "J"],
            'i' => &["I", "Y"],
            'k' if second == 's' => &["K", "X"],
            'k' => &["K", "C"],
            'h' => &["H", "K"],
            'v' => &["V", "W"],
            'f' => &["F", "P"],
            'c' => &["T", "C", "Z"],
            'C' => &["C", "T"],
            'S' => &["S"],
            'J' => &["Z", "J"],
            'a' => &["A"],
            'b' => &["B"],
            'd' => &["D"],
            'g' => &["G"],
            'l' => &["L"],
            'm' => &["M"],
            'n' => &["N"],
            'o' => &["O"],
            'p' => &["P"],
            'r' => &["R"],
            's' => &["S"],
            't' => &["T"],
            'u' => &["U"],
            'z' => &["Z"],
            _ => return None,
        },
        Script::Cyrillic => match first {
            // Who writes it in Cyrillic knows its first letter, but for ё.
            'i' if yot && !crossing => match second {
                'u' => &["Ю"],
                'a' => &["Я"],
                _ => return None,
            },
            'h' if !crossing => &["Х"],
            'c' if !crossing => &["Ц"],
            'i' if yot => match second {
                'u' => &["Ю", "И"],
                'a' => &["Я", "И"],
                _ => &["Е", "Ё", "И"],
            },
            'i' => &["И"],
            'e' => &["Е", "Э", "Ё"],
            'a' => &["А"],
            'b' => &["Б"],
            'v' => &["В"],
            'g' => &["Г"],
            'd' => &["Д"],
            'J' => &["Ж"],
            'z' => &["З"],
            'k' => &["К"],
            'l' => &["Л"],
            'm' => &["М"],
            'n' => &["Н"],
            'o' => &["О"],
            'p' => &["П"],
            'r' => &["Р"],
            's' => &["С"],
            't' => &["Т"],
            'u' => &["У"],
            'f' => &["Ф"],
            'h' => &["Х", "Г"],
            'c' => &["Ц", "С"],
            'C' => &["Ч"],
            'S' => &["Ш", "Щ"],
            _ => return None,
        },
    })
}

/// The Latin letter that every spelling of a sound holds, if there is one.
fn latin(sound: char, before: char, crossing: bool) -> Option<char> {
    match sound {
        'a' | 'o' => crossing.then_some(sound),
        'u' if before != 'i' => crossing.then_some(sound),
        'C' => Some('c'),
        'S' => Some('s'),
        // кс is x.
        's' if before == 'k' => None,
        'b' | 'd' | 'g' | 'l' | 'm' | 'n' | 'p' | 'r' | 's' | 't' | 'v' | 'z' | 'h' => Some(sound),
        _ => None,
    }
}

/// The Cyrillic letter of a sound, where spellings agree on it.
fn cyrillic(sound: char, before: char, after: char, crossing: bool) -> Option<char> {
    Some(match sound {
        // я, and the German ä.
        'a' if crossing && before != 'i' && after != 'e' => 'а',
        // ё, and the German ö.
        'o' if crossing && !matches!(before, 'i' | 'S' | 'C' | 'J') && after != 'e' => 'о',
        'b' => 'б',
        'v' => 'в',
        'g' => 'г',
        'd' => 'д',
        'J' => 'ж',
        'z' => 'з',
        'k' => 'к',
        'l' => 'л',
        'm' => 'м',
        'n' => 'н',
        'p' => 'п',
        'r' => 'р',
        's' => 'с',
        't' => 'т',
        'f' => 'ф',
        'h' => 'х',
        'C' => 'ч',
        _ => return None,
    })
}
