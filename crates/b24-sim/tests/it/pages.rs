//! Pages for a person who follows a link.

use serde_json::json;

use crate::house::House;
use crate::http::{exchange, header, status};

async fn open(house: &House, path: &str) -> (String, String) {
    let (head, body) = exchange(house.portal.address(), "GET", path, "", b"").await.expect("an answer");
    (head, String::from_utf8(body).expect("UTF-8"))
}

#[tokio::test]
async fn a_link_to_a_task_shows_the_task_and_escapes_what_people_wrote() {
    let house = House::new().await;
    let hostile = "<script>alert(1)</script> & \"Отчёт\"";
    let id = house.task(json!({ "TITLE": hostile, "DESCRIPTION": hostile, "RESPONSIBLE_ID": 2 })).await;

    let (head, body) = open(&house, &format!("/company/personal/user/1/tasks/task/view/{id}/")).await;

    assert_eq!(status(&head), 200);
    let escaped = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Отчёт&quot;";
    assert_eq!(body.matches(escaped).count(), 3, "title, heading, description");
    assert!(!body.contains("<script"), "{body}");
    assert!(body.contains("<a href=\"/company/personal/user/2/\">Hazel Thornbury</a>"), "{body}");
}

#[tokio::test]
async fn a_link_to_a_person_shows_the_person_and_the_front_page_leads_everywhere() {
    let house = House::new().await;

    let (_, person) = open(&house, "/company/personal/user/2/").await;
    let (_, front) = open(&house, "/").await;

    assert!(person.contains("<h1 dir=\"auto\">Hazel Thornbury</h1>"), "{person}");
    assert!(front.contains("12 people, 40 tasks"), "{front}");
    let links: Vec<&str> = front.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for link in links {
        assert_eq!(status(&open(&house, link).await.0), 200, "{link}");
    }
}

#[tokio::test]
async fn pages_run_nothing_and_hold_no_secret() {
    let house = House::new().await;
    let url = house.portal.expose_webhook_url();
    let secret = url.trim_end_matches('/').rsplit('/').next().expect("a secret");
    for path in
        ["/", "/company/personal/user/1/", "/company/personal/user/1/tasks/task/view/1/", "/no/such/page/"]
    {
        let (head, body) = open(&house, path).await;
        let policy = header(&head, "content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(header(&head, "x-content-type-options"), Some("nosniff"));
        assert!(!body.contains(secret) && !body.contains(house.portal.expose_admin_token()));
    }
    assert_eq!(house.portal.traffic(), vec![]);
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let house = House::new().await;
    for path in [
        "/company/personal/user/999/",
        "/company/personal/user/1/tasks/task/view/999/",
        "/company/personal/user/x/",
    ] {
        assert_eq!(status(&open(&house, path).await.0), 404, "{path}");
    }
}
