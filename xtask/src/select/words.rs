//! From a text to the words that are compared.

/// Words that say nothing of what is wanted.
const EMPTY: [&str; 49] = [
    "a", "all", "an", "and", "any", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has",
    "have", "how", "i", "in", "into", "is", "it", "its", "me", "not", "of", "on", "only", "or", "our",
    "that", "the", "there", "this", "to", "use", "was", "were", "what", "which", "with", "you", "your",
    "show", "tell", "please", "b", "mcp",
];

/// The words of a text: small letters, `camelCase` and `snake_case` parted, without endings and without numbers.
pub(super) fn of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_small = false;
    for letter in text.chars() {
        let parts = !letter.is_alphabetic() || (letter.is_uppercase() && after_small);
        if parts && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphabetic() {
            word.extend(letter.to_lowercase());
        }
        after_small = letter.is_lowercase();
    }
    words.push(word);
    words.retain(|word| !word.is_empty() && !EMPTY.contains(&word.as_str()));
    words.iter().map(|word| stem(word)).collect()
}

/// Takes off the endings that English puts on verbs and nouns. Rough, and the same for both sides.
fn stem(word: &str) -> String {
    let mut stem = word;
    for (ending, least) in [("ing", 6), ("ies", 5), ("ed", 5), ("es", 5), ("s", 4), ("e", 4), ("y", 4)] {
        if word.len() >= least && word.ends_with(ending) && !word.ends_with("ss") {
            stem = &word[..word.len() - ending.len()];
            break;
        }
    }
    // `tagged` and `tag`, `planned` and `plan`.
    let mut letters = stem.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if stem.len() < word.len() && last == before && last != 's' => {
            stem[..stem.len() - last.len_utf8()].to_owned()
        }
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_and_endings_do_not_count() {
        assert_eq!(of("b24_task_comment_list"), ["task", "comment", "list"]);
        assert_eq!(of("responsibleId"), ["responsibl", "id"]);
        assert_eq!(of("Which tasks are due?"), of("task due"));
        assert_eq!(of("tagged, tagging, tags"), of("tag tag tag"));
        assert_eq!(of("postponed"), of("postpone"));
    }
}
