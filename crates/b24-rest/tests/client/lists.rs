//! Lists longer than one answer, against a portal with 120 tasks that honours what it is told to.

use b24_rest::{CallError, Cursor, Page, Portal, Rows, methods, wire};
use serde_json::{Value, json};

use crate::scripted::{Seen, Server, Step, call, soon};

/// What the portal does with `start: -1` and `>ID`.
#[derive(Clone, Copy, PartialEq)]
enum Honours {
    Both,
    /// It reads `start: -1` as 0 and passes over the filter.
    Neither,
}

/// Tasks with the ids 3, 6 … 360, in the order of their ids.
async fn portal_of_120(honours: Honours) -> Server {
    Server::new(move |_, seen| Step::json(200, page(seen, honours))).await
}

fn page(seen: &Seen, honours: Honours) -> Value {
    let start = wire::int(&seen.body["start"]).unwrap_or(0);
    let counts = start >= 0 || honours == Honours::Neither;
    let above =
        if honours == Honours::Both { wire::int(&seen.body["filter"][">ID"]).unwrap_or(0) } else { 0 };
    let all: Vec<i64> = (1..=120).map(|n| n * 3).filter(|id| *id > above).collect();
    let start = usize::try_from(start.max(0)).expect("not negative");
    let rows: Vec<_> = all.iter().skip(start).take(50).map(|id| json!({"id": id.to_string()})).collect();
    let mut answer = json!({"result": {"tasks": rows}});
    if counts {
        answer["total"] = json!(all.len());
        if start + 50 < all.len() {
            answer["next"] = json!(start + 50);
        }
    }
    answer
}

async fn walk(portal: &Portal, page: Page) -> Result<Rows, CallError> {
    let list = call(&methods::task::LIST, json!({"filter": {"STATUS": 2}, "select": ["ID"]}));
    portal.pages(list, page.rows_at("tasks"), soon()).await
}

fn told(rows: &Rows) -> String {
    let ids: Vec<_> = rows.rows.iter().map(|row| wire::id(&row["id"]).unwrap_or_default()).collect();
    let (first, last) = (ids.first().copied(), ids.last().copied());
    let unique = ids.iter().collect::<std::collections::BTreeSet<_>>().len();
    format!(
        "{} rows ({unique} different), {first:?} to {last:?}, total {:?}, next {:?}",
        ids.len(),
        rows.total,
        rows.next
    )
}

/// All of a list in parts of `limit`, each told in a line.
async fn in_parts(portal: &Portal, page: fn(usize) -> Page, limit: usize) -> String {
    let mut lines = Vec::new();
    let mut part = page(limit);
    loop {
        let rows = walk(portal, part).await.expect("answered");
        lines.push(told(&rows));
        match rows.next {
            Some(cursor) => part = page(limit).from(cursor),
            None => return lines.join("\n"),
        }
    }
}

fn by_id(limit: usize) -> Page {
    Page::keyset(limit, "ID", "id")
}

#[tokio::test]
async fn a_counted_list_is_walked_in_whole_pages_and_can_be_resumed_anywhere() {
    let server = portal_of_120(Honours::Both).await;
    insta::assert_snapshot!(in_parts(&server.portal(), Page::counted, 70).await, @r"
    70 rows (70 different), Some(3) to Some(210), total Some(120), next Some(Start(70))
    50 rows (50 different), Some(213) to Some(360), total Some(120), next None
    ");
    insta::assert_snapshot!(server.traffic(), @r#"
    /rest/7/***/tasks.task.list.json {"filter":{"STATUS":2},"select":["ID"],"start":0}
    /rest/7/***/tasks.task.list.json {"filter":{"STATUS":2},"select":["ID"],"start":50}
    /rest/7/***/tasks.task.list.json {"filter":{"STATUS":2},"select":["ID"],"start":50}
    /rest/7/***/tasks.task.list.json {"filter":{"STATUS":2},"select":["ID"],"start":100}
    "#);
    assert_eq!(
        told(&walk(&server.portal(), Page::counted(1000)).await.expect("answered")).split(',').next(),
        Some("120 rows (120 different)")
    );
}

#[tokio::test]
async fn a_list_is_walked_by_its_last_id_without_counting() {
    let server = portal_of_120(Honours::Both).await;
    insta::assert_snapshot!(in_parts(&server.portal(), by_id, 70).await, @r"
    70 rows (70 different), Some(3) to Some(210), total None, next Some(After(210))
    50 rows (50 different), Some(213) to Some(360), total None, next None
    ");
    insta::assert_snapshot!(server.traffic(), @r#"
    /rest/7/***/tasks.task.list.json {"filter":{"STATUS":2,">ID":0},"select":["ID"],"order":{"ID":"ASC"},"start":-1}
    /rest/7/***/tasks.task.list.json {"filter":{"STATUS":2,">ID":150},"select":["ID"],"order":{"ID":"ASC"},"start":-1}
    /rest/7/***/tasks.task.list.json {"filter":{"STATUS":2,">ID":210},"select":["ID"],"order":{"ID":"ASC"},"start":-1}
    /rest/7/***/tasks.task.list.json {"filter":{"STATUS":2,">ID":360},"select":["ID"],"order":{"ID":"ASC"},"start":-1}
    "#);
}

#[tokio::test]
async fn a_portal_that_does_not_honour_the_walk_by_id_is_found_out_and_counted() {
    let server = portal_of_120(Honours::Neither).await;
    insta::assert_snapshot!(in_parts(&server.portal(), by_id, 70).await, @r"
    70 rows (70 different), Some(3) to Some(210), total Some(120), next Some(Start(70))
    50 rows (50 different), Some(213) to Some(360), total Some(120), next None
    ");
    let from_the_middle =
        walk(&server.portal(), by_id(1000).from(Cursor::After(180))).await.expect("answered");
    insta::assert_snapshot!(told(&from_the_middle), @r#"60 rows (60 different), Some(183) to Some(360), total Some(120), next None"#);
}

#[tokio::test]
async fn a_list_that_does_not_go_on_is_an_error_and_not_an_endless_walk() {
    let rows: Vec<_> = (1..=50).map(|id| json!({"id": id})).collect();
    let server = Server::always(Step::json(200, json!({"result": {"tasks": rows}, "next": 50}))).await;
    let error = walk(&server.portal(), Page::counted(1000)).await.expect_err("it leads in a circle");
    assert_eq!((error.code(), server.seen().len()), ("PORTAL_GARBLED", 2));
}

#[tokio::test]
async fn empty_lists_and_lists_of_another_shape_are_told_apart() {
    let mut outcomes = Vec::new();
    for result in [
        json!({"tasks": []}),
        json!([]),
        json!({"tasks": {"3": {"id": 1}}}),
        json!({"tasks": true}),
        json!("x"),
    ] {
        let server = Server::always(Step::json(200, json!({"result": result}))).await;
        let rows = walk(&server.portal(), Page::counted(10)).await;
        outcomes.push(rows.map_or_else(|error| error.code().to_owned(), |rows| rows.rows.len().to_string()));
    }
    assert_eq!(outcomes.join(" "), "0 0 1 PORTAL_GARBLED PORTAL_GARBLED");
}

#[tokio::test]
async fn only_a_list_of_the_classic_api_without_pages_of_its_own_is_walked() {
    let server = portal_of_120(Honours::Both).await;
    let portal = server.portal();
    let mut refusals = Vec::new();
    for (call, page) in [
        (call(&methods::task::ADD, json!({})), Page::counted(1)),
        (call(&methods::task_v3::GET, json!({})), Page::counted(1)),
        (call(&methods::task::LIST, json!({"START": 50})), Page::counted(1)),
        (call(&methods::task::LIST, json!({"order": {"ID": "desc"}})), by_id(1)),
        (call(&methods::task::LIST, json!({"filter": {">ID": 5}})), by_id(1)),
        (call(&methods::task::LIST, json!({"filter": "x"})), by_id(1)),
        (call(&methods::task::LIST, json!({})), Page::counted(1).from(Cursor::After(1))),
    ] {
        refusals.push(portal.pages(call, page, soon()).await.expect_err("misused").to_string());
    }
    assert_eq!(server.seen().len(), 0);
    insta::assert_snapshot!(refusals.join("\n"), @r"
    `tasks.task.add` cannot be called like this: only a read has pages
    `tasks.task.get` cannot be called like this: lists of REST 3.0 have pages of their own
    `tasks.task.list` cannot be called like this: `start` is set by the client that walks the list
    `tasks.task.list` cannot be called like this: a list that is walked by id has no order of its own
    `tasks.task.list` cannot be called like this: its filter already has a lower bound of the id
    `tasks.task.list` cannot be called like this: its filter is not a map
    `tasks.task.list` cannot be called like this: a list that is not walked by id cannot begin after one
    ");
}
