//! What a model, or somebody who speaks through it, may write as a filter, an order or a selection.

use serde_json::json;

use super::*;
use crate::directory::fields::CustomKind;

fn now() -> Zoned {
    "2026-10-16T09:30:00+02:00[Europe/Berlin]".parse().expect("a zoned time")
}

/// A text, a choice and a person.
fn customs() -> CustomFields {
    let field = |name: &str, label: &str, kind, choices: &[(u64, &str)]| CustomField {
        name: name.into(),
        labels: vec![label.into()],
        kind,
        multiple: false,
        choices: choices.iter().map(|(id, words)| (*id, (*words).to_owned())).collect(),
    };
    CustomFields::of(vec![
        field("UF_AUTO_NUMBER", "Contract no.", CustomKind::Text, &[]),
        field("UF_RISK", "Риск", CustomKind::Choice, &[(41, "Низкий"), (42, "High")]),
        field("UF_BUYER", "Buyer", CustomKind::Person, &[]),
        field("UF_SIGNED", "Signed on", CustomKind::Moment, &[]),
        field("UF_OK", "Approved?", CustomKind::Flag, &[]),
    ])
}

fn read(written: Value) -> String {
    read_as(TASK.with(&customs()), written)
}

fn read_as<'a>(entity: impl Into<Entity<'a>>, written: Value) -> String {
    let Value::Object(written) = written else { panic!("an object") };
    match Filter::read(entity, &written, &now()) {
        Ok(filter) => {
            let shown = filter.conditions.iter().map(|(operator, name, condition)| match condition {
                Condition::Ready(value) => format!("{}{name} = {value}", operator.wire()),
                other => format!("{}{name} = {other:?}", operator.wire()),
            });
            shown.collect::<Vec<_>>().join("\n")
        }
        Err(refusal) => format!("{} | {}", refusal.message(), refusal.next_step().unwrap_or("-")),
    }
}

#[test]
fn both_spellings_of_a_field_and_every_operator_reach_the_wire() {
    insta::assert_snapshot!(read(json!({
        "realStatus": [2, 3], "!GROUP_ID": 7, ">=createdDate": "2026-10-01", "<DEADLINE": "2026-10-16T12:00:00Z",
        "%title": "report", "RESPONSIBLE_ID": "5", "!=auditor": "Anna", "PRIORITY": "2", "UF_CRM_TASK": "D_7"
    })), @r#"
    REAL_STATUS = [2,3]
    !GROUP_ID = Group(group 7)
    >=CREATED_DATE = "2026-10-01T00:00:00+02:00"
    <DEADLINE = "2026-10-16T14:00:00+02:00"
    TITLE = "%report%"
    RESPONSIBLE_ID = Person(Id(UserId(5)))
    !AUDITOR = Person(Name("Anna"))
    PRIORITY = 2
    UF_CRM_TASK = "D_7"
    "#);
}

#[test]
fn a_day_is_the_whole_day_whatever_the_operator() {
    insta::assert_snapshot!(read(json!({ "<=DEADLINE": "today", ">CLOSED_DATE": "2026-10-01" })), @r#"
    <=DEADLINE = "2026-10-16T23:59:59+02:00"
    >CLOSED_DATE = "2026-10-01T23:59:59+02:00"
    "#);
    insta::assert_snapshot!(read(json!({ "DEADLINE": "tomorrow" })), @r#"
    >=DEADLINE = "2026-10-17T00:00:00+02:00"
    <=DEADLINE = "2026-10-17T23:59:59+02:00"
    "#);
}

#[test]
fn what_is_not_a_field_an_operator_or_a_value_is_refused_and_never_dropped() {
    let bad = [
        json!({ "responsible": 5 }),
        json!({ "__proto__": 1 }),
        json!({ "!constructor": 1 }),
        json!({ "><ID": [1, 2] }),
        json!({ "!!ID": 1 }),
        json!({ ">": 1 }),
        json!({ "": 1 }),
        json!({ "ID\u{0}": 1 }),
        json!({ "ID]": 1 }),
        json!({ "UF_CRM_TASK;DROP": 1 }),
        json!({ "0": { "LOGIC": "OR" } }),
        json!({ "ID": { "value": 1 } }),
        json!({ "ID": [[1]] }),
        json!({ "ID": "1 OR 1=1" }),
        json!({ "REAL_STATUS": 9 }),
        json!({ "DEADLINE": "soon" }),
        json!({ "%ID": 1 }),
        json!({ ">TITLE": "a" }),
        json!({ "responsibleId": 1, "RESPONSIBLE_ID": 2 }),
        json!({ "x".repeat(200): 1 }),
    ];
    let refused = bad.into_iter().map(read).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(refused);
}

/// What is sent for conditions without people.
fn sent(table: &'static Table, written: Value) -> String {
    let Value::Object(written) = written else { panic!("an object") };
    let filter = Filter::read(table, &written, &now()).expect("a filter");
    let ready = filter.conditions.into_iter().map(|(operator, name, condition)| match condition {
        Condition::Ready(value) => (operator, name, value),
        other => panic!("{other:?}"),
    });
    let wire = wire::spelled(table, ready.collect(), filter.favorites);
    Value::Object(wire.beside(Value::Null)).to_string()
}

#[test]
fn one_reader_writes_both_grammars_of_the_portal() {
    let written = json!({ "ID": [7, 8], "!=messageId": 5, ">=TASK_ID": 1, "status": "open" });
    insta::assert_snapshot!(sent(&RESULT, written), @r#"{"filter":[["id","in",[7,8]],["messageId","!=",5],["taskId",">=",1],["status","=","open"]]}"#);
    insta::assert_snapshot!(sent(&TIME, json!({ "id": [7, 8], "!ID": 5, ">createdDate": "2026-10-01" })), @r#"{"filter":{"ID":[7,8],"!ID":5,">CREATED_DATE":"2026-10-01T23:59:59+02:00"}}"#);
    insta::assert_snapshot!(sent(&TASK, json!({ "favorite": true, "%TITLE": "a" })), @r#"{"filter":{"TITLE":"%a%","::SUBFILTER-PARAMS":{"FAVORITE":"Y"}}}"#);
}

#[test]
fn every_entity_has_its_own_fields_and_operators() {
    let refused = [
        read_as(&TIME, json!({ "SECONDS": 5 })),
        read_as(&TIME, json!({ "%ID": 5 })),
        read_as(&TIME, json!({ "UF_HOURS": 5 })),
        read_as(&TIME, json!({ "favorite": true })),
        read_as(&RESULT, json!({ "!ID": [1, 2] })),
        read_as(&RESULT, json!({ "!authorId": [1, 2] })),
        read_as(&RESULT, json!({ "%status": "open" })),
        read_as(&RESULT, json!({ "text": "x" })),
    ];
    insta::assert_snapshot!(refused.join("\n"), @r#"
    there is no field `SECONDS` to filter by | the fields are ID, TASK_ID, USER_ID, CREATED_DATE
    `%` is no operator of the list of time entries | the operators are = ! < <= > >=, in front of the field: {">=CREATED_DATE": "-7d"}
    there is no field `UF_HOURS` to filter by | the fields are ID, TASK_ID, USER_ID, CREATED_DATE
    there is no field `favorite` to filter by | the fields are ID, TASK_ID, USER_ID, CREATED_DATE
    `!ID` takes one value, not a list | ask for the values that are wanted, or give one condition
    `!authorId` takes one value, not a list | ask for the values that are wanted, or give one condition
    `%` is no operator of the list of results | the operators are = ! < <= > >=, in front of the field: {"status": "open"}
    there is no field `text` to filter by | the fields are TASK_ID, ID, AUTHOR_ID, STATUS, MESSAGE_ID
    "#);
}

#[test]
fn sort_orders_and_field_lists_are_checked_the_same_way() {
    let customs = customs();
    let order = |value: Value| match order(TASK.with(&customs), value.as_object()) {
        Ok(wire) => Value::Object(wire).to_string(),
        Err(refusal) => refusal.message().to_owned(),
    };
    let select = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        match select(TASK.with(&customs), &names) {
            Ok(selection) => selection.names.join(","),
            Err(refusal) => refusal.message().to_owned(),
        }
    };
    assert_eq!(order(json!({})), r#"{"ID":"desc"}"#);
    assert_eq!(order(json!({ "deadline": "ASC" })), r#"{"DEADLINE":"asc"}"#);
    assert_eq!(order(json!({ "ID; DROP": "asc" })), "`ID; DROP` cannot be the name of a field");
    assert_eq!(order(json!({ "deadline": "up" })), "`order.deadline` is neither `asc` nor `desc`");
    assert_eq!(select(&["id", "title", "TITLE", "ufAutoNumber"]), "ID,TITLE,UF_AUTO_NUMBER");
    assert_eq!(select(&["password"]), "there is no field `password` to select");
    assert_eq!(select(&["contract NO", "Риск"]), "UF_AUTO_NUMBER,UF_RISK");
    assert_eq!(order(json!({ "Риск": "asc" })), "tasks cannot be sorted by the custom field `Риск`");
    let many: Map<String, Value> = (0..11).map(|n| (format!("f{n}"), json!("asc"))).collect();
    assert_eq!(order(Value::Object(many)), "`order` names more than 10 fields");
    let newest = super::order(&RESULT, None).expect("an order");
    assert_eq!(Value::Object(newest).to_string(), r#"{"id":"DESC"}"#);
}

#[test]
fn custom_fields_are_conditions_by_their_kind_and_by_any_of_their_names() {
    insta::assert_snapshot!(read(json!({
        "UF_AUTO_NUMBER": "", "!риск": ["Низкий", 42], "Buyer": ["me", 7], ">=signed on": "today", "ufOk": true,
    })), @r#"
    UF_AUTO_NUMBER = ""
    !UF_RISK = [41,42]
    UF_BUYER = People([Me, Id(UserId(7))])
    >=UF_SIGNED = "2026-10-16T00:00:00+02:00"
    UF_OK = 1
    "#);
}

/// What a model, or somebody who speaks through it, may try with a name: for filters, orders, selections, writes.
#[test]
fn a_name_that_is_none_is_refused_wherever_it_is_used() {
    let long = "x".repeat(101);
    let names = [
        "__proto__",
        "constructor",
        "prototype",
        "hasOwnProperty",
        "toString",
        "__defineGetter__",
        "toJSON",
        "ID[0]",
        "ID]",
        "filter[ID",
        "{ID}",
        "$where",
        "$result[a]",
        "ID;DROP",
        "a\\b",
        "ID`",
        "ID\u{0}",
        "ID\n",
        "\u{202e}DI",
        "ID\u{200b}",
        "",
        " ",
        "%",
        "><",
        long.as_str(),
    ];
    let customs = customs();
    let mut told = String::new();
    for name in names {
        let one = json!({ name: 1 });
        let as_filter = Filter::read(TASK.with(&customs), one.as_object().expect("an object"), &now()).err();
        let as_order = order(TASK.with(&customs), json!({ name: "asc" }).as_object()).err();
        let as_select = select(TASK.with(&customs), &[name.to_owned()]).err();
        let as_field = settable(name, &customs).err();
        let refused = [as_filter, as_order, as_select, as_field];
        assert!(refused.iter().all(Option::is_some), "{name:?}: {refused:?}");
        let words: std::collections::BTreeSet<String> =
            refused.into_iter().flatten().map(|refusal| refusal.message().to_owned()).collect();
        told.push_str(&format!(
            "{:?}: {}\n",
            name.chars().take(20).collect::<String>(),
            words.into_iter().collect::<Vec<_>>().join(" | ")
        ));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn an_operator_that_is_none_or_a_value_with_something_inside_is_refused() {
    let bad = [
        json!({ "!%TITLE": "a" }),
        json!({ "=%TITLE": "a" }),
        json!({ "%=TITLE": "a" }),
        json!({ "@ID": [1] }),
        json!({ "!@ID": [1] }),
        json!({ "!><ID": [1, 2] }),
        json!({ "?TITLE": "a" }),
        json!({ "!==ID": 1 }),
        json!({ ">>ID": 1 }),
        json!({ "=!ID": 1 }),
        json!({ "<>ID": 1 }),
        json!({ "! ID": { "a": 1 } }),
        json!({ "%TAG": "a" }),
        json!({ "%Contract no.": "a" }),
        json!({ ">Риск": "High" }),
        json!({ ">ufOk": 1 }),
        json!({ "%TITLE": "50%" }),
        json!({ "%TITLE": "a_b" }),
        json!({ "TITLE": "a\u{0}b" }),
        json!({ "TITLE": "a\nb" }),
        json!({ "TITLE": { "logic": "or" } }),
        json!({ "UF_RISK": { "VALUE": 41 } }),
        json!({ "UF_RISK": [[41]] }),
        json!({ "UF_RISK": "Medium" }),
        json!({ "UF_OK": "maybe" }),
        json!({ "UF_AUTO_NUMBER": "a\u{7}" }),
        json!({ "GROUP_ID": { "a": 1 } }),
        json!({ "GROUP_ID": "\u{0}" }),
        json!({ "GROUP_ID": -1 }),
        json!({ "GROUP_ID": [] }),
        json!({ "RESPONSIBLE_ID": { "id": 1 } }),
        json!({ "RESPONSIBLE_ID": ["Anna", null] }),
        json!({ "DEADLINE": ["today"] }),
        json!({ "UF_NONE": 1 }),
        json!({ "PRIORITY": "x".repeat(2000) }),
        json!({ "TITLE": "x".repeat(1001) }),
    ];
    let refused =
        bad.into_iter().map(|bad| format!("{:.60}\n  {}", bad.to_string(), read(bad))).collect::<Vec<_>>();
    insta::assert_snapshot!(refused.join("\n"));
}
