//! Words that a person looks for in the names of a list: more generous than naming one record (`directory`), for all that
//! match are shown.

use crate::directory::spelling;

/// Whether `said` may mean a record of that name: its words are parts of it, or in another spelling their beginnings.
pub(in crate::tools) fn matches(said: &str, name: &str) -> bool {
    let lower = name.to_lowercase();
    said.to_lowercase().split_whitespace().all(|word| lower.contains(word))
        || has_numbers(said, name) && spelling::begins(&spelling::words(said), &spelling::words(name))
}

/// Whether every number that was said stands in the name: numbers have one spelling.
fn has_numbers(said: &str, name: &str) -> bool {
    let written = spelling::words(name);
    let is_number = |word: &String| word.contains(|c: char| c.is_numeric());
    spelling::words(said).iter().filter(|word| is_number(word)).all(|word| written.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parts_of_a_name_or_its_beginnings_in_another_spelling() {
        for (said, name) in
            [("north SALES", "Sales North"), ("ale", "Sales"), ("prodazh", "Отдел продаж"), ("", "Sales")]
        {
            assert!(matches(said, name), "{said} in {name}");
        }
        for (said, name) in [("south", "Sales North"), ("smena 119", "Смена 19"), ("Sales West", "Sales")]
        {
            assert!(!matches(said, name), "{said} in {name}");
        }
        assert!(matches("smena 119", "Смена 119"));
    }
}
