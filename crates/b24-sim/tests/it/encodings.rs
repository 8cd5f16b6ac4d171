//! Bodies and answers in other forms than JSON, and verbs that are none.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};
use crate::http::{exchange, header, send_with, status};

#[tokio::test]
async fn a_multipart_form_is_read_with_phps_brackets() {
    let house = House::new().await;
    let part = |name: &str, value: &str| {
        format!("--SomeBoundary\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = "--SomeBoundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
                Content-Type: text/plain\r\n\r\ncontent\r\n";
    let body = [
        part("fields[TITLE]", "Отчёт & ко\r\n--SomeBound"),
        part("fields[TAGS][]", "a"),
        part("fields[TAGS][]", "b"),
        file.to_owned(),
        part("e.f", ""),
        "--SomeBoundary--\r\n".to_owned(),
    ]
    .concat();

    let kind = "multipart/form-data; charset=utf-8; boundary=\"SomeBoundary\"";
    house.raw("POST", &house.hook_path("profile"), kind, &body).await;

    assert_eq!(
        house.portal.traffic()[0].params,
        json!({ "fields": { "TITLE": "Отчёт & ко\r\n--SomeBound", "TAGS": { "0": "a", "1": "b" } }, "e_f": "" })
    );
}

#[tokio::test]
async fn a_task_can_be_added_with_a_multipart_form() {
    let house = House::new().await;
    let body = "--b\r\nContent-Disposition: form-data; name=\"fields[TITLE]\"\r\n\r\nпо частям\r\n\
                --b\r\nContent-Disposition: form-data; name=\"fields[RESPONSIBLE_ID]\"\r\n\r\n2\r\n--b--\r\n";

    house.raw("POST", &house.hook_path("tasks.task.add"), "multipart/form-data; boundary=b", body).await;

    let task = house.portal.task(41).expect("the task");
    assert_eq!((task.title.as_str(), task.responsible), ("по частям", 2));
}

#[tokio::test]
async fn a_damaged_multipart_form_holds_no_parameters() {
    let house = House::new().await;
    for (kind, body) in [
        ("multipart/form-data", "--b\r\n\r\n"),
        ("multipart/form-data; boundary=", "--\r\n"),
        ("multipart/form-data; boundary=b", "--b"),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--",
        ),
        ("multipart/form-data; boundary=b", "no boundary at all"),
    ] {
        house.raw("POST", &house.hook_path("profile"), kind, body).await;
    }

    let seen: Vec<Value> = house.portal.traffic().into_iter().map(|seen| seen.params).collect();
    assert_eq!(seen, vec![json!({}); 5]);
}

#[tokio::test]
async fn xml_is_the_same_tree_in_tags() {
    let house = House::new().await;
    let id = house.task(json!({ "TITLE": "a < b & \"c\"", "TAGS": ["x", "y"] })).await;
    let path = house.hook_path("tasks.task.list.xml");
    let query = format!("filter[ID]={id}&select[]=ID&select[]=TITLE&select[]=TAGS");

    let (reply, head) = send_with(house.portal.address(), "GET", &format!("{path}?{query}"), "", "")
        .await
        .expect("an answer");
    let task = reply.body.split("<tags>").next().expect("a body");

    assert_eq!(header(&head, "content-type"), Some("text/xml; charset=utf-8"));
    assert_snapshot!(task, @r#"
    <?xml version="1.0" encoding="utf-8"?>
    <response><result><tasks><item><id>41</id><title>a &lt; b &amp; &quot;c&quot;</title>
    "#);
    // The keys of tags are numbers, which no tag can be called.
    assert!(reply.body.contains("<tags><item><id>"), "{}", reply.body);
    assert!(reply.body.contains("</tasks></result><total>1</total><time><start>"), "{}", reply.body);
}

#[tokio::test]
async fn a_batch_and_a_refusal_come_in_tags_too() {
    let house = House::new().await;
    let get = async |path: String| house.raw("GET", &path, "", "").await.expect("an answer");
    let batch = get(house.hook_path("batch.xml") + "?cmd[who]=user.admin&cmd[bad]=no.such").await;
    let gone = get(house.hook_path("no.such.xml")).await;

    assert_snapshot!(batch.body.split("<result_total>").next().expect("a body"), @r#"
    <?xml version="1.0" encoding="utf-8"?>
    <response><result><result><who>1</who></result><result_error><bad><error>ERROR_METHOD_NOT_FOUND</error><error_description>Method not found!</error_description></bad></result_error>
    "#);
    assert_eq!(gone.status, 404);
    assert_snapshot!(gone.body, @r#"
    <?xml version="1.0" encoding="utf-8"?>
    <response><error>ERROR_METHOD_NOT_FOUND</error><error_description>Method not found!</error_description></response>
    "#);
}

#[tokio::test]
async fn verbs_other_than_get_and_post_run_nothing() {
    let house = House::new().await;
    let mut seen = Vec::new();
    for verb in ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"] {
        let path = house.hook_path("tasks.task.add") + "?fields[TITLE]=x&fields[RESPONSIBLE_ID]=1";
        let (head, body) = exchange(house.portal.address(), verb, &path, "", b"").await.expect("an answer");
        seen.push((verb, status(&head), header(&head, "allow").map(str::to_owned), body.is_empty()));
    }

    let allow = Some("GET, POST".to_owned());
    assert_eq!(
        seen,
        [
            ("HEAD", 405, allow.clone(), true),
            ("PUT", 405, allow.clone(), false),
            ("PATCH", 405, allow.clone(), false),
            ("DELETE", 405, allow.clone(), false),
            ("OPTIONS", 405, allow, false),
        ]
    );
    assert_eq!(house.portal.task_ids().len(), 40);
}

#[tokio::test]
async fn the_credential_parameter_is_none_of_the_methods_even_where_the_order_counts() {
    let house = House::new().await;
    let id = house.task(json!({})).await;
    let path = house.hook_path("task.checklistitem.getlist");

    let in_json = house.call("task.checklistitem.getlist", json!({ "auth": "x", "TASKID": id })).await;
    let in_query = house.raw("GET", &format!("{path}?auth=x&0={id}"), "", "").await.expect("an answer");
    let modern = house.v3("tasks.task.get", json!({ "auth": "x", "id": id, "select": ["id"] })).await;
    let telemetry =
        house.call("task.checklistitem.getlist", json!({ "bx24_sdk_ver": "2.2.0", "TASKID": id })).await;

    assert_eq!((in_json.status, in_query.status, modern.status), (200, 200, 200));
    assert!(refusal(&telemetry).contains("Param #0 (taskId)"), "{}", telemetry.body);
}

#[tokio::test]
async fn the_description_of_rest_3_comes_without_an_envelope() {
    let house = House::new().await;

    let document = house.v3("rest.documentation.openapi", json!({})).await.json();

    assert_eq!((&document["openapi"], document.get("result")), (&json!("3.0.0"), None));
}
