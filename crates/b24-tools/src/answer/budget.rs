//! How long an answer may be, in tokens that are not undercounted.
//!
//! The tokens of a text depend on the model. This is an upper bound for the o200k vocabulary, from the kinds of
//! characters and the lengths of their runs: it needs no vocabulary and errs on the long side. `cargo xtask tokens
//! --bound` compares it with the real count on a corpus of Russian, English, German and Arabic; beyond that corpus
//! it is a guess. Fresh natural texts and hashes were never undercounted; words of random letters were, by up to 22 %,
//! so a text made for it can hold some 10,300 where 8,000 are reckoned.

/// The most tokens of one answer.
pub(super) const MOST_TOKENS: usize = 8_000;

/// The fewest small letters that make a capital in front of them the beginning of a word.
const SYLLABLE: usize = 3;

/// At least as many tokens as the text has.
pub fn tokens_at_most(text: &str) -> usize {
    let mut halves = 2;
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(first) = letters.next() {
        let kind = Kind::of(first);
        let (mut length, mut dear) = (1, dearness(first));
        while let Some(next) = letters.next_if(|next| Kind::of(*next) == kind) {
            length += 1;
            dear += dearness(next);
        }
        let begins_a_word = before == Some((Kind::Upper, 1)) && length >= SYLLABLE;
        halves += match kind {
            Kind::Other => 2 * dear,
            // A capital in front of small letters belongs to their word. In front of one or two, it may be a hash.
            Kind::Lower if begins_a_word => kind.halves(length, None) - 1,
            kind => kind.halves(length, letters.peek().copied().map(Kind::of)),
        };
        before = Some((kind, length));
    }
    usize::div_ceil(halves, 2)
}

/// Kinds of characters that the vocabulary treats alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Lower,
    Upper,
    /// Small Cyrillic letters of Russian, and Arabic ones: common words are whole tokens.
    Common,
    /// Capital Cyrillic letters, Latin letters with marks, controls: one each at the worst.
    Single,
    Space,
    Break,
    /// What JSON is built of; two or three of these are one token.
    Structure,
    /// Other ASCII punctuation.
    Mark,
    Other,
}

impl Kind {
    fn of(letter: char) -> Self {
        match letter {
            '0'..='9' => Self::Digit,
            'a'..='z' => Self::Lower,
            'A'..='Z' => Self::Upper,
            'а'..='я' | 'ё' | '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' => Self::Common,
            '×' | '÷' => Self::Other,
            'А'..='Я' | 'Ё' | '\u{c0}'..='\u{17f}' => Self::Single,
            ' ' => Self::Space,
            '\n' | '\r' | '\t' => Self::Break,
            '"' | ':' | ',' | '{' | '}' | '[' | ']' => Self::Structure,
            '\0'..='\u{1f}' | '\u{7f}' => Self::Single,
            '\u{21}'..='\u{7e}' => Self::Mark,
            _ => Self::Other,
        }
    }

    fn is_letter(self) -> bool {
        matches!(self, Self::Lower | Self::Upper | Self::Common | Self::Single)
    }

    /// The most half tokens of a run of this kind. Measured, not derived: see the module.
    fn halves(self, run: usize, next: Option<Self>) -> usize {
        let most = |tokens: usize| 2 * tokens;
        match self {
            // Numbers are split in threes from the left: this one is exact.
            Self::Digit => most(run.div_ceil(3)),
            Self::Lower => most(run.min(12).div_ceil(2) + (3 * run.saturating_sub(12)).div_ceil(4)),
            Self::Common => most((2 * run.min(10)).div_ceil(3) + run.saturating_sub(10)),
            // A single blank belongs to the word behind it.
            Self::Space if run == 1 && next.is_some_and(Self::is_letter) => 0,
            Self::Space => most(1 + run / 4),
            Self::Break => most(run.div_ceil(2)),
            Self::Structure => most(run.min(usize::midpoint(run, 2))),
            Self::Upper | Self::Single | Self::Mark | Self::Other => most(run),
        }
    }
}

/// The most tokens of a character that has no kind of its own.
fn dearness(letter: char) -> usize {
    match letter {
        '\u{900}'..='\u{10ff}' | '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' => 2,
        _ if letter.len_utf8() == 2 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_what_was_measured() {
        let table = [
            ("", 1),
            ("12345678", 4),
            ("Отчёт за квартал", 12),
            (r#"{"id":7,"title":"Report"}"#, 20),
            ("🙂🙂", 7),
            ("XzQjWvKqGx", 11),
        ];
        for (text, bound) in table {
            assert_eq!(tokens_at_most(text), bound, "{text}");
        }
    }
}
