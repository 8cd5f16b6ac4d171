//! What cannot be done is told with the nearest that can.

use b24_tools::{Catalogue, NOT_DOCUMENTED, Policy, View};

#[test]
fn whatever_is_named_as_the_nearest_is_a_tool_that_there_is() {
    let tools = Catalogue::standard().list(&View::Full, &Policy::default());
    for lack in NOT_DOCUMENTED {
        for name in lack.nearest.split('`').filter(|part| part.starts_with("b24_")) {
            let exists = tools.iter().any(|tool| tool.name == name);
            assert!(exists, "{}: there is no `{name}`", lack.asked);
        }
        assert!(!lack.asked.is_empty() && !lack.why.is_empty() && !lack.nearest.is_empty());
    }
}

#[test]
fn nothing_is_said_twice() {
    let mut asked: Vec<&str> = NOT_DOCUMENTED.iter().map(|lack| lack.asked).collect();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), NOT_DOCUMENTED.len());
}
