//! The judge, tried on answers made by hand.

use super::*;

fn answer(status: u16, json: &str) -> Answer {
    let bytes = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n\r\n{json}");
    Answer::read(bytes.as_bytes()).expect("it is an answer")
}

fn judged(want: Want, json: &str) -> Judgement {
    judge(&[want], &answer(200, json), &Names::of(&[("me", "7")]))
}

fn holds(want: Want, json: &str) -> bool {
    judged(want, json) == Judgement::Held
}

#[test]
fn a_value_is_compared_as_json_with_what_was_kept() {
    assert!(holds(Want::Is("/result/id", "\"<me>\""), r#"{"result":{"id":"7"}}"#));
    assert!(!holds(Want::Is("/result/id", "<me>"), r#"{"result":{"id":"7"}}"#));
    assert_eq!(
        judged(Want::Is("/result", "<nobody>"), r#"{"result":1}"#),
        Judgement::Moot("there is no `nobody` here".to_owned())
    );
}

#[test]
fn a_failure_says_what_was_expected_and_what_came() {
    let failed =
        |expected: &str, got: &str| Judgement::Failed { expected: expected.to_owned(), got: got.to_owned() };

    assert_eq!(judged(Want::Status(404), "{}"), failed("status 404", "200 {}"));
    assert_eq!(judged(Want::Kind("/a", Kind::Flag), r#"{"a":1}"#), failed("/a true or false", "1"));
    assert_eq!(
        judged(Want::Kind("/b", Kind::Flag), "{}"),
        failed("/b true or false", "nothing there; 200 {}")
    );
}

#[test]
fn rows_are_those_of_a_list_and_those_of_a_map() {
    let every = Want::Every("/result", "/ID", Kind::Digits);

    assert!(holds(every, r#"{"result":[{"ID":"1"},{"ID":"2"}]}"#));
    assert!(holds(every, r#"{"result":{"1":{"ID":"1"}}}"#));
    assert!(!holds(every, r#"{"result":[{"ID":"1"},{"ID":2}]}"#));
    assert!(matches!(judged(every, r#"{"result":[]}"#), Judgement::Moot(_)));
    assert!(matches!(judged(every, r#"{"error":"100"}"#), Judgement::Failed { .. }));
}

#[test]
fn order_is_strict_and_needs_two_rows() {
    let rows = |ids: &str| format!(r#"{{"r":[{ids}]}}"#);

    assert!(holds(Want::Growing("/r", "/i"), &rows(r#"{"i":"2"},{"i":"10"}"#)));
    assert!(!holds(Want::Growing("/r", "/i"), &rows(r#"{"i":2},{"i":2}"#)));
    assert!(holds(Want::Falling("/r", "/i"), &rows(r#"{"i":3},{"i":2}"#)));
    assert!(matches!(judged(Want::Growing("/r", "/i"), &rows(r#"{"i":2}"#)), Judgement::Moot(_)));
}

#[test]
fn the_first_want_that_does_not_hold_decides() {
    let wants = [Want::Status(200), Want::Absent("/error"), Want::Count("/result", 1)];

    assert_eq!(judge(&wants, &answer(200, r#"{"result":[1]}"#), &Names::of(&[])), Judgement::Held);
    let judged = judge(&wants, &answer(200, r#"{"result":[],"error":"x"}"#), &Names::of(&[]));
    assert_eq!(
        judged,
        Judgement::Failed { expected: "nothing at /error".to_owned(), got: "\"x\"".to_owned() }
    );
}
