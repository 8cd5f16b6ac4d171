//! Addresses, encodings, envelopes and the order of checks.

use b24_sim::{Portal, Settings, StartError, WebhookSpec};
use insta::assert_snapshot;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::house::{House, noon, refusal, settings};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

#[tokio::test]
async fn it_listens_on_loopback_only() {
    let settings = Settings { listen: "0.0.0.0:0".parse().expect("an address"), ..settings() };

    let error = Portal::start(settings).await.expect_err("refused");

    assert!(matches!(error, StartError::NotLoopback(_)));
    assert_snapshot!(error, @"the sandbox listens on loopback only, and `0.0.0.0:0` is not: use 127.0.0.1 or [::1]");
}

#[tokio::test]
async fn the_same_call_in_json_form_and_query_gives_the_same_answer() {
    let house = House::new().await;
    let path = house.hook_path("tasks.task.list");
    let query = "filter[REAL_STATUS][]=5&order[ID]=asc&select[]=ID&select[]=STATUS";
    let json =
        json!({ "filter": { "REAL_STATUS": [5] }, "order": { "ID": "asc" }, "select": ["ID", "STATUS"] });

    let by_json = house.raw("POST", &path, JSON, &json.to_string()).await;
    let by_form = house.raw("POST", &path, FORM, query).await;
    let by_query = house.raw("GET", &format!("{path}.json?{query}"), "", "").await;

    assert!(
        by_json.as_ref().is_some_and(|reply| reply.status == 200 && reply.body.contains("\"status\":\"5\""))
    );
    assert_eq!(by_json, by_form);
    assert_eq!(by_json, by_query);
}

#[tokio::test]
async fn the_body_wins_over_the_query() {
    let house = House::new().await;
    let path = house.hook_path("tasks.task.list") + "?start=50&order[ID]=asc";

    house.raw("POST", &path, FORM, "order[ID]=desc&select[]=ID").await;

    assert_eq!(
        house.portal.traffic()[0].params,
        json!({ "start": "50", "order": { "ID": "desc" }, "select": { "0": "ID" } })
    );
}

#[tokio::test]
async fn method_names_are_read_in_any_case() {
    let house = House::new().await;

    let result = house.result("User.Admin.JSON", json!({})).await;

    assert_eq!(result, json!(true));
}

#[tokio::test]
async fn brackets_are_read_as_php_reads_them() {
    let house = House::new().await;
    let body = "a[]=1&a[]=2&b[x][y]=3&c=1&c[d]=2&e.f=4&g[5]=x&g[]=y&h=%26%3D%2B&broken[=z";

    house.raw("POST", &house.hook_path("profile"), FORM, body).await;

    assert_eq!(
        house.portal.traffic()[0].params,
        json!({
            "a": { "0": "1", "1": "2" },
            "b": { "x": { "y": "3" } },
            "c": { "d": "2" },
            "e_f": "4",
            "g": { "5": "x", "6": "y" },
            "h": "&=+",
            "broken_": "z",
        })
    );
}

#[tokio::test]
async fn a_success_carries_the_time_block_in_the_portals_zone() {
    let house = House::new().await;

    let reply = house.call("user.admin", json!({})).await;

    assert_snapshot!(serde_json::to_string_pretty(&reply.json()).expect("JSON"), @r#"
    {
      "result": true,
      "time": {
        "start": 1778749200,
        "finish": 1778749200,
        "duration": 0,
        "processing": 0,
        "date_start": "2026-05-14T12:00:00+03:00",
        "date_finish": "2026-05-14T12:00:00+03:00",
        "operating_reset_at": 1778749800,
        "operating": 0
      }
    }
    "#);
}

#[tokio::test]
async fn empty_maps_are_written_as_php_writes_them() {
    let house = House::new().await;
    let id = house.task(json!({})).await;

    let task = house.result("tasks.task.get", json!({ "taskId": id })).await["task"].clone();

    let parts =
        ["checklist", "auditorsData", "accomplicesData", "tags", "group"].map(|name| task[name].clone());
    assert_eq!(parts, [(); 5].map(|()| json!([])));
}

#[tokio::test]
async fn refusals_at_the_door_follow_the_documented_order() {
    let house = House::new().await;
    let narrow = house.visitor(WebhookSpec::of(1).scopes(["crm"]));
    let gone = house.visitor(WebhookSpec::of(1).expires(noon() - SignedDuration::from_secs(1)));
    let dismissed = house.portal.users().iter().find(|user| !user.active).expect("somebody left").id;
    let left = house.person(dismissed);
    let raw = async |path: &str| refusal(&house.raw("GET", path, "", "").await.expect("an answer"));

    let table = [
        raw("/rest/user.current").await,
        raw("/rest/1/wrongsecret/user.current").await,
        raw("/rest/1/wrongsecret/no.such.method").await,
        refusal(&gone.call("user.current", json!({})).await),
        refusal(&left.call("user.current", json!({})).await),
        refusal(&narrow.call("no.such.method", json!({})).await),
        refusal(&narrow.call("user.current", json!({})).await),
        refusal(&narrow.call("tasks.task.get", json!({})).await),
        refusal(&house.call("", json!({})).await),
        refusal(&house.call("tasks.task.get", json!({})).await),
    ];

    assert_snapshot!(table.join("\n"), @r"
    401 NO_AUTH_FOUND: Wrong authorization data
    401 INVALID_CREDENTIALS: Invalid request credentials
    401 INVALID_CREDENTIALS: Invalid request credentials
    401 authorization_error: Unable to authorize user
    401 authorization_error: Unable to authorize user
    404 ERROR_METHOD_NOT_FOUND: Method not found!
    403 insufficient_scope: The request requires higher privileges than provided by the webhook token
    403 insufficient_scope: The request requires higher privileges than provided by the webhook token
    404 ERROR_METHOD_NOT_FOUND: Method not found!
    400 100: CTaskItem All parameters in the constructor must have real class type
    ");
}

#[tokio::test]
async fn an_error_has_two_keys_and_no_time() {
    let house = House::new().await;

    let reply = house.call("no.such.method", json!({})).await;

    assert_eq!(
        reply.json(),
        json!({ "error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!" })
    );
}

#[tokio::test]
async fn what_is_no_rest_address_is_a_page() {
    let house = House::new().await;

    let reply = house.raw("GET", "/company/vacancies/", "", "").await.expect("an answer");

    assert_eq!((reply.status, reply.body.starts_with("<html>")), (404, true));
}

#[tokio::test]
async fn keys_that_differ_in_case_are_one_and_the_lower_one_survives() {
    let house = House::new().await;
    let params = json!({ "filter": { "ID": 3 }, "FILTER": { "ID": 1 }, "select": ["ID"] });

    let result = house.result("user.get", params).await;

    assert_eq!(result, json!([{ "ID": "3" }]));
}

#[tokio::test]
async fn what_a_credential_may_call_is_told() {
    let house = House::new().await;
    let narrow = house.visitor(WebhookSpec::of(1).scopes(["department"]));

    let told: Vec<Value> = vec![
        narrow.result("scope", json!({})).await,
        narrow.result("methods", json!({ "scope": "department" })).await,
        narrow.result("method.get", json!({ "name": "user.get" })).await,
        narrow.result("method.get", json!({ "name": "Department.Get" })).await,
        narrow.result("method.get", json!({ "name": "no.such" })).await,
        narrow.result("server.time", json!({})).await,
    ];

    assert_eq!(
        Value::from(told),
        json!([
            ["department"],
            ["department.get", "department.fields", "department.add", "department.update", "department.delete"],
            { "isExisting": true, "isAvailable": false },
            { "isExisting": true, "isAvailable": true },
            { "isExisting": false, "isAvailable": false },
            "2026-05-14T12:00:00+03:00",
        ])
    );
}

#[tokio::test]
async fn nothing_that_is_printed_holds_a_secret() {
    let house = House::new().await;
    let secret = "a1b2c3d4e5f6";
    let spec = WebhookSpec::of(1).secret(secret);
    let printed = format!("{spec:?}");
    let hook = house.portal.add_webhook(spec).expect("a webhook");

    let printed = format!("{printed} {hook:?} {:?} {:?}", house.portal, house.portal.traffic());

    assert!(hook.expose_webhook_url().contains(secret) && !printed.contains(secret), "{printed}");
}

#[tokio::test]
async fn hostile_input_gets_an_answer_and_leaves_the_portal_up() {
    let house = House::new().await;
    let path = house.hook_path("tasks.task.list");
    let deep_json = "[".repeat(100_000);
    let deep_form = format!("a{}=1", "[x]".repeat(10_000));
    let mut statuses = Vec::new();
    for (kind, body) in [
        (JSON, deep_json.as_str()),
        (JSON, "{\"filter\":"),
        (JSON, "null"),
        (FORM, deep_form.as_str()),
        (FORM, "]=[&[=]&[][]=&=&&%ZZ=%F0%28&start=99999999999999999999"),
        ("text/plain", "filter[ID]=1"),
        (FORM, "filter[ID]=9223372036854775808&start=9223372036854775807&order[ID]=sideways"),
    ] {
        statuses.push(house.raw("POST", &path, kind, body).await.map(|reply| reply.status));
    }
    statuses.push(house.raw("GET", "/rest/%FF/%FE/profile", "", "").await.map(|reply| reply.status));
    statuses.push(
        house.raw("GET", "/rest/99999999999999999999/x/profile", "", "").await.map(|reply| reply.status),
    );
    statuses.push(house.raw("DELETE", &path, "", "").await.map(|reply| reply.status));

    let alive = house.result("user.admin", json!({})).await;

    assert_eq!(alive, json!(true));
    assert_eq!(
        statuses.into_iter().map(|status| status.unwrap_or(0)).collect::<Vec<_>>(),
        [200, 200, 200, 200, 200, 200, 200, 404, 404, 405]
    );
}
