//! How the portal is asked for a person: as said, in other spellings, and for who comes near.

use b24_model::{Method, effect::Read};
use b24_rest::methods::user;
use serde_json::{Map, Value, json};

use crate::{
    directory::spelling::{Script, one_spelling, patterns, script},
    filter::{Plain, WireFilter},
    input::PersonRef,
};

/// Conditions on names. `=%`: the value is a pattern with `%` in it.
const FIRST: &str = "=%NAME";
const SECOND: &str = "=%SECOND_NAME";
const LAST: &str = "=%LAST_NAME";
/// The most beginnings that one name is asked for in the other script.
const BEGINNINGS: usize = 3;
/// The most commands for one name.
const MOST: usize = 8;

/// A method with its parameters.
pub(super) type Question = (&'static Method<Read>, Map<String, Value>);

/// The question for a person, when one has to be asked.
pub(super) fn as_said(person: &PersonRef) -> Option<Question> {
    match person {
        PersonRef::Id(_) | PersonRef::Me => None,
        PersonRef::Email(address) => {
            let filter = WireFilter::of([("EMAIL", address.as_str().into()), ("ACTIVE", true.into())]);
            Some((&user::GET, by_id(filter)))
        }
        PersonRef::Name(name) => Some(find(plain(name))),
    }
}

/// Filters that find the same person in other spellings, of either script: eight at most. None for a name in a script
/// that is not transliterated.
pub(crate) fn elsewhere(words: &[String]) -> Vec<Vec<(&'static str, Plain)>> {
    let scripts: Option<Vec<Script>> = words.iter().map(|word| script(word)).collect();
    let (Some(scripts), Some(last)) = (scripts, words.last()) else { return Vec::new() };
    let mut filters = Vec::new();
    match words {
        [only] => {
            let other = patterns(only, scripts[0].other(), BEGINNINGS);
            for pattern in other.into_iter().chain(patterns(only, scripts[0], 1)) {
                for field in [LAST, FIRST] {
                    filters.push(like(&[(field, &pattern)]));
                }
            }
        }
        [first, second, ..] => {
            for script in [scripts[0].other(), scripts[0]] {
                let pattern = |word: &String| one_spelling(word, script);
                let pairs = [
                    ((FIRST, pattern(first)), (LAST, pattern(last))),
                    ((LAST, pattern(first)), (FIRST, pattern(second))),
                    ((FIRST, pattern(first)), (SECOND, pattern(second))),
                ];
                for ((one, first), (other, second)) in pairs {
                    if let (Some(first), Some(second)) = (first, second) {
                        filters.push(like(&[(one, &first), (other, &second)]));
                    }
                }
            }
        }
        [] => {}
    }
    filters.truncate(MOST);
    filters
}

/// The questions for those filters.
pub(super) fn respelled(words: &[String]) -> Vec<Question> {
    elsewhere(words).into_iter().map(|filter| (&user::GET, by_id(WireFilter::of(filter)))).collect()
}

/// Questions for people whose names begin like the words that were said: for the hint of a refusal.
pub(super) fn near(words: &[String]) -> Vec<Question> {
    let mut asked: Vec<Question> = Vec::new();
    for word in words.iter().take(2) {
        let length = word.chars().count();
        if length < 3 {
            continue;
        }
        let begin: String = word.chars().take(length.div_ceil(2).clamp(3, 4)).collect();
        asked.push(find(begin.clone()));
        let other = script(word).and_then(|script| one_spelling(&begin, script.other()));
        if let Some(pattern) = other {
            for field in [LAST, FIRST] {
                asked.push((&user::GET, by_id(WireFilter::of(like(&[(field, &pattern)])))));
            }
        }
    }
    asked
}

/// Conditions on names. People who left stay out: there are many, and a page is short.
fn like(fields: &[(&'static str, &String)]) -> Vec<(&'static str, Plain)> {
    let patterns = fields.iter().map(|(field, pattern)| (*field, pattern.as_str().into()));
    patterns.chain([("ACTIVE", true.into())]).collect()
}

fn find(words: String) -> Question {
    (&user::SEARCH, by_id(WireFilter::of([("FIND", words.into())])))
}

fn by_id(filter: WireFilter) -> Map<String, Value> {
    filter.beside(json!({ "sort": "ID", "order": "ASC" }))
}

/// A name without signs that a search might take for its own.
fn plain(name: &str) -> String {
    let kept =
        name.chars().map(|c| if matches!(c, '%' | '_' | '*' | '"' | '+' | ',' | '.') { ' ' } else { c });
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::spelling::words;

    #[test]
    fn a_name_is_asked_for_in_both_scripts_by_eight_commands_at_most() {
        let asked = |said: &str| {
            let questions = respelled(&words(said));
            assert!(questions.len() <= MOST);
            // The filter comes first.
            let told =
                |(_, params): &Question| params.values().next().map(Value::to_string).unwrap_or_default();
            questions.iter().map(told).collect::<Vec<_>>().join("\n")
        };
        insta::assert_snapshot!(asked("Ivanov"), @r#"
        {"=%LAST_NAME":"И%в%а%н%о%в%","ACTIVE":true}
        {"=%NAME":"И%в%а%н%о%в%","ACTIVE":true}
        {"=%LAST_NAME":"I%v%n%v%","ACTIVE":true}
        {"=%NAME":"I%v%n%v%","ACTIVE":true}
        "#);
        insta::assert_snapshot!(asked("Юлия Щербакова"), @r#"
        {"=%NAME":"%l%a%","=%LAST_NAME":"S%r%b%a%o%v%a%","ACTIVE":true}
        {"=%LAST_NAME":"%l%a%","=%NAME":"S%r%b%a%o%v%a%","ACTIVE":true}
        {"=%NAME":"%l%a%","=%SECOND_NAME":"S%r%b%a%o%v%a%","ACTIVE":true}
        {"=%NAME":"Ю%л%","=%LAST_NAME":"%р%б%к%в%","ACTIVE":true}
        {"=%LAST_NAME":"Ю%л%","=%NAME":"%р%б%к%в%","ACTIVE":true}
        {"=%NAME":"Ю%л%","=%SECOND_NAME":"%р%б%к%в%","ACTIVE":true}
        "#);
        assert_eq!(asked("ليلى"), "");
        assert_eq!(asked("%%"), "");
        assert_eq!(plain(" Berg, Anna% "), "Berg Anna");
    }
}
