//! Settings that are written in words.

use b24_sim::{Cards, Language, OperatingCharge, StartMinusOne};
use insta::assert_snapshot;
use std::fmt::Display;
use std::str::FromStr;

fn round<T: FromStr<Err = b24_sim::ChoiceError> + Display>(words: &[&str]) {
    for word in words {
        let choice: T = word.parse().expect("a choice");
        assert_eq!(choice.to_string(), *word);
    }
}

#[test]
fn every_word_is_read_and_written_alike() {
    round::<StartMinusOne>(&["honour", "ignore"]);
    round::<OperatingCharge>(&["inner", "outer"]);
    round::<Language>(&["en", "ru"]);
    round::<Cards>(&["old", "new", "mixed"]);
}

#[test]
fn a_word_that_is_none_is_answered_with_those_that_are() {
    let errors = [
        "yes".parse::<StartMinusOne>().expect_err("no choice"),
        "both".parse::<OperatingCharge>().expect_err("no choice"),
        "de".parse::<Language>().expect_err("no choice"),
        "future".parse::<Cards>().expect_err("no choice"),
    ];
    assert_snapshot!(errors.map(|error| error.to_string()).join("\n"), @r"
    `yes` is no choice for `start=-1`: use `honour` or `ignore`
    `both` is no choice for the charge of a batch: use `inner` (each command pays for its own method) or `outer` (all is charged to `batch`)
    `de` is no choice for the language of the portal: use `en` or `ru`
    `future` is no choice for the cards of tasks: use `old` (forum comments), `new` (a chat) or `mixed`
    ");
}
