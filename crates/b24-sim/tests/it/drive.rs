//! Files: uploaded to a drive, attached to tasks, downloaded from the address the portal gives.

use b24_sim::{Cards, Fault, Settings};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal, settings, v3_refusal};
use crate::http::{exchange, header, status};

const HELLO: &str = "SGVsbG8sIFdlbHQh";

async fn upload(house: &House, name: &str) -> Value {
    let params = json!({ "id": 1, "data": { "NAME": name }, "fileContent": [name, HELLO] });
    house.result("disk.storage.uploadfile", params).await
}

/// The path and query of an absolute address.
fn path(url: &Value) -> String {
    format!("/{}", url.as_str().and_then(|url| url.splitn(4, '/').nth(3)).expect("an address"))
}

#[tokio::test]
async fn an_uploaded_file_is_downloaded_without_a_webhook_but_not_without_its_credential() {
    let house = House::new().await;
    let file = upload(&house, "Angebot Müller.txt").await;
    let url = path(&file["DOWNLOAD_URL"]);
    let get =
        async |path: &str| exchange(house.portal.address(), "GET", path, "", b"").await.expect("an answer");

    let (head, body) = get(&url).await;
    let (wrong, _) = get(&url.replacen("auth=", "auth=0", 1)).await;
    let (other, _) = get(&url.replacen(&format!("%7C{}%7C", file["ID"]), "%7C1%7C", 1)).await;

    assert_eq!((status(&head), body.as_slice()), (200, "Hello, Welt!".as_bytes()));
    assert_eq!(
        header(&head, "content-disposition"),
        Some("attachment; filename*=utf-8''Angebot%20M%C3%BCller%2Etxt")
    );
    assert_ne!((status(&wrong), status(&other)), (200, 200));
    assert!(status(&wrong) >= 400 && status(&other) >= 400);
}

#[tokio::test]
async fn a_fresh_file_has_numbers_where_a_read_one_has_strings() {
    let house = House::new().await;
    let fresh = upload(&house, "a.txt").await;

    let read = house.result("disk.file.get", json!({ "id": fresh["ID"] })).await;

    let strings = |row: &Value| {
        ["ID", "STORAGE_ID", "PARENT_ID", "DELETED_TYPE", "GLOBAL_CONTENT_VERSION", "FILE_ID", "SIZE"]
            .map(|name| row[name].is_string())
    };
    assert_eq!(strings(&fresh), [false, true, true, false, false, false, true]);
    assert_eq!(strings(&read), [true; 7]);
    assert_eq!((&read["SIZE"], &read["NAME"]), (&json!("12"), &json!("a.txt")));
}

#[tokio::test]
async fn files_hang_on_a_task_by_three_ways() {
    let house = House::new().await;
    let (one, two, three) =
        (upload(&house, "1.txt").await, upload(&house, "2.txt").await, upload(&house, "3.txt").await);
    let task = house.task(json!({ "UF_TASK_WEBDAV_FILES": [format!("n{}", one["ID"])] })).await;

    let attached =
        house.result("tasks.task.files.attach", json!({ "taskId": task, "fileId": two["ID"] })).await;
    let strict = house
        .v3("tasks.task.file.attach", json!({ "taskId": task, "fileIds": [three["ID"], two["ID"]] }))
        .await
        .json();
    let select = json!({ "taskId": task, "select": ["UF_TASK_WEBDAV_FILES"] });
    let read = house.result("tasks.task.get", select.clone()).await;
    let object = house.result("disk.attachedobject.get", json!({ "id": attached["attachmentId"] })).await;
    let fields = json!({ "UF_TASK_WEBDAV_FILES": [attached["attachmentId"].to_string()] });
    house.result("tasks.task.update", json!({ "taskId": task, "fields": fields })).await;
    let kept = house.result("tasks.task.get", select).await;

    let files = read["task"]["ufTaskWebdavFiles"].as_array().expect("files");
    assert_eq!((files.len(), &strict["result"]), (3, &json!({ "result": true })));
    assert_eq!((&object["OBJECT_ID"], &object["NAME"]), (&json!(two["ID"].to_string()), &json!("2.txt")));
    assert_eq!(kept["task"]["ufTaskWebdavFiles"], json!([attached["attachmentId"]]));
}

#[tokio::test]
async fn an_attached_file_is_downloaded_from_an_address_of_its_own() {
    let house = House::new().await;
    let (file, other) = (upload(&house, "1.txt").await, upload(&house, "2.txt").await);
    let attach = async |file: &Value| {
        let task = house.task(json!({})).await;
        let params = json!({ "taskId": task, "fileId": file["ID"] });
        house.result("tasks.task.files.attach", params).await["attachmentId"].clone()
    };
    let (attached, another) = (attach(&file).await, attach(&other).await);
    let object = house.result("disk.attachedobject.get", json!({ "id": attached })).await;
    let url = path(&object["DOWNLOAD_URL"]);
    let code = async |path: &str| {
        status(&exchange(house.portal.address(), "GET", path, "", b"").await.expect("an answer").0)
    };

    let (head, body) = exchange(house.portal.address(), "GET", &url, "", b"").await.expect("an answer");
    let stranger = url.replace(&format!("attachedId={attached}&"), &format!("attachedId={another}&"));
    let (digit, wrong) = if url.contains("auth[auth]=0") { ("=0", "=1") } else { ("=", "=0") };
    let codes = [
        code(&stranger).await,
        code(&url.replacen(&format!("auth[auth]{digit}"), &format!("auth[auth]{wrong}"), 1)).await,
        code(&url.replace("00000001&", "00000002&")).await,
        code(&url.replace("action=download", "action=show")).await,
    ];

    assert_eq!((&object["ENTITY_TYPE"], status(&head)), (&json!("tasks_task"), 200));
    assert_eq!(body, "Hello, Welt!".as_bytes());
    assert!(codes.iter().all(|code| *code >= 400), "{codes:?}");
}

#[tokio::test]
async fn a_download_is_noted_and_misbehaves_on_cue() {
    let house = House::new().await;
    let file = upload(&house, "1.txt").await;
    let url = path(&file["DOWNLOAD_URL"]);
    house.portal.clear_traffic();
    let mut told = Vec::new();
    for fault in [Fault::Html(200), Fault::Half, Fault::DropBefore] {
        house.portal.faults().once("download", fault);
        told.push(match exchange(house.portal.address(), "GET", &url, "", b"").await {
            Some((head, body)) => format!("{} {}", status(&head), String::from_utf8_lossy(&body)),
            None => "nothing".to_owned(),
        });
    }

    assert!(told[0].starts_with("200 <html>"), "{told:?}");
    assert_eq!(told[1..], ["200 Hello,", "nothing"]);
    let seen = house.portal.traffic();
    assert_eq!(
        seen.iter().map(|seen| (seen.method.as_str(), seen.user)).collect::<Vec<_>>(),
        [("download", 1); 3]
    );
}

#[tokio::test]
async fn a_file_on_a_task_opens_to_those_who_see_the_task() {
    let house = House::new().await;
    let file = upload(&house, "1.txt").await;
    house.task(json!({ "AUDITORS": [2], "UF_TASK_WEBDAV_FILES": [format!("n{}", file["ID"])] })).await;

    let watcher = house.person(2).call("disk.file.get", json!({ "id": file["ID"] })).await;
    let stranger = house.person(5).call("disk.file.get", json!({ "id": file["ID"] })).await;

    assert_eq!((watcher.status, refusal(&stranger)), (200, "400 ACCESS_DENIED: Access denied".to_owned()));
}

#[tokio::test]
async fn drives_of_others_and_bad_uploads_are_refused() {
    let house = House::new().await;
    let file = upload(&house, "1.txt").await;
    let task = house.task(json!({ "AUDITORS": [2] })).await;
    let (watcher, data) = (house.person(2), json!({ "NAME": "x.txt" }));
    let put = |data: &Value, content: Value| json!({ "id": 1, "data": data, "fileContent": content });

    let lines = [
        house.call("disk.file.get", json!({})).await,
        house.call("disk.file.get", json!({ "id": 100_500 })).await,
        watcher.call("disk.storage.get", json!({ "id": 1 })).await,
        watcher.call("disk.storage.uploadfile", put(&data, json!(["x", HELLO]))).await,
        house.call("disk.storage.uploadfile", put(&json!({}), json!(["x", HELLO]))).await,
        house.call("disk.storage.uploadfile", put(&data, json!(["x", "no base64!"]))).await,
        house.call("disk.storage.uploadfile", put(&json!({ "NAME": "1.txt" }), json!(["x", HELLO]))).await,
        house.call("tasks.task.files.attach", json!({ "taskId": task })).await,
        house.call("tasks.task.files.attach", json!({ "taskId": task, "fileId": "x" })).await,
        house.call("tasks.task.files.attach", json!({ "taskId": task, "fileId": 100_500 })).await,
        watcher.call("tasks.task.files.attach", json!({ "taskId": task, "fileId": file["ID"] })).await,
        house
            .call(
                "tasks.task.update",
                json!({ "taskId": task, "fields": { "UF_TASK_WEBDAV_FILES": ["n100500"] } }),
            )
            .await,
    ];
    let strict = [
        house.v3("tasks.task.file.attach", json!({})).await,
        house.v3("tasks.task.file.attach", json!({ "taskId": task, "fileIds": ["1"] })).await,
        house.v3("tasks.task.file.attach", json!({ "taskId": task, "fileIds": [100_500] })).await,
    ];

    assert_snapshot!(lines.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r"
    400 ERROR_ARGUMENT: Invalid value of parameter {Parameter #0}
    400 ERROR_NOT_FOUND: Could not find entity with id `100500`
    400 ACCESS_DENIED: Access denied
    400 ACCESS_DENIED: Access denied
    400 DISK_BASE_SERVICE_22001: Error: required parameter NAME (DISK_BASE_SERVICE_22001)
    400 ERROR_COULD_NOT_SAVE_FILE: Could not save file
    400 ERROR_COULD_NOT_SAVE_FILE: Could not save file
    400 100: Could not find value for parameter {fileId}
    400 100: Invalid value {x} to match with parameter {fileId}. Should be value of type int.
    400 ERROR_CORE: Insufficient permissions.<br>
    400 0: Access denied
    400 ERROR_CORE: Insufficient permissions.<br>
    ");
    assert_snapshot!(strict.iter().map(v3_refusal).collect::<Vec<_>>().join("\n"), @r"
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      taskId: Required field `taskId` is not specified
      fileIds: Required field `fileIds` is not specified
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      fileIds: Field `fileIds` requires data type `array` for this request
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      fileIds: Insufficient permissions
    ");
}

#[tokio::test]
async fn a_folder_holds_what_is_put_into_it() {
    let house = House::new().await;
    let folder =
        house.result("disk.storage.addfolder", json!({ "id": 1, "data": { "NAME": "Akten" } })).await;
    let put = json!({ "id": folder["ID"], "data": { "NAME": "a.txt" }, "fileContent": ["a", HELLO],
        "generateUniqueName": true });
    house.result("disk.folder.uploadfile", put.clone()).await;
    let second = house.result("disk.folder.uploadfile", put).await;

    let inside = house.call("disk.folder.getchildren", json!({ "id": folder["ID"] })).await.json();
    let again = house.call("disk.storage.addfolder", json!({ "id": 1, "data": { "NAME": "Akten" } })).await;
    let own = house
        .result("disk.storage.getlist", json!({ "filter": { "ENTITY_TYPE": "user", "ENTITY_ID": 1 } }))
        .await;

    assert_eq!((&inside["total"], &second["NAME"]), (&json!(2), &json!("a (1).txt")));
    assert_eq!(again.json()["error"], "DISK_OBJ_22000");
    assert_eq!((&own[0]["ID"], &own[0]["ROOT_OBJECT_ID"]), (&json!("1"), &folder["PARENT_ID"]));
}

#[tokio::test]
async fn a_form_goes_to_the_address_a_folder_tells_and_needs_no_webhook() {
    let house = House::new().await;
    let folder =
        house.result("disk.storage.addfolder", json!({ "id": 1, "data": { "NAME": "Akten" } })).await;
    let ticket = house.result("disk.folder.uploadfile", json!({ "id": folder["ID"] })).await;
    let url = path(&ticket["uploadUrl"]);
    let form = format!(
        "--x\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"Größe.bin\"\r\n\r\n",
        ticket["field"].as_str().expect("a name")
    );
    let body = [form.as_bytes(), b"\xff\r\n\0", b"\r\n--x--\r\n"].concat();
    let put = async |path: &str, body: &[u8]| {
        let kind = "Content-Type: multipart/form-data; boundary=x";
        let (head, body) =
            exchange(house.portal.address(), "POST", path, kind, body).await.expect("an answer");
        (status(&head), String::from_utf8(body).expect("text"))
    };

    let (code, answer) = put(&url, &body).await;
    let (again, _) = put(&url, &body).await;
    let (empty, words) = put(&url, b"--x--").await;
    let (wrong, _) = put(&url.replacen("auth=", "auth=0", 1), &body).await;
    let (raised, _) = put(&url.replacen("%7C0", "%7C1", 1), &body).await;

    let file: Value = serde_json::from_str(&answer).expect("JSON");
    let (_, bytes) = exchange(house.portal.address(), "GET", &path(&file["result"]["DOWNLOAD_URL"]), "", b"")
        .await
        .expect("an answer");
    assert_eq!((code, &file["result"]["NAME"], bytes), (200, &json!("Größe.bin"), b"\xff\r\n\0".to_vec()));
    assert_eq!((again, empty, wrong, raised), (400, 400, 401, 401));
    assert!(words.contains("ERROR_COULD_NOT_SAVE_FILE"), "{words}");
}

#[tokio::test]
async fn what_hangs_on_a_task_outlives_the_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = || Settings { data: Some(folder.path().join("portal.json")), cards: Cards::New, ..settings() };
    let house = House::with(kept()).await;
    let file = upload(&house, "1.txt").await;
    let group = house.result("sonet_group.create", json!({ "NAME": "Kept" })).await;
    let fields = json!({ "GROUP_ID": group, "UF_TASK_WEBDAV_FILES": [format!("n{}", file["ID"])],
        "UF_AUTO_731845920011": "x" });
    let task = house.task(fields).await;
    house.result("task.elapseditem.add", json!([task, { "SECONDS": 60, "COMMENT_TEXT": "x" }])).await;
    let other = house.task(json!({})).await;
    let link = json!({ "taskIdFrom": other, "taskIdTo": task, "linkType": 0 });
    house.result("task.dependence.add", link).await;
    house.v3("tasks.task.result.add", json!({ "fields": { "taskId": task, "text": "x" } })).await;
    let ask = async |house: &House| {
        let mut answers = Vec::new();
        for (method, params) in [
            ("tasks.task.get", json!({ "taskId": task, "select": ["*", "UF_*"] })),
            ("tasks.task.history.list", json!({ "taskId": task })),
            ("tasks.task.result.list", json!({ "taskId": task })),
            ("task.elapseditem.getlist", json!([task])),
            ("task.item.getdependson", json!([task])),
            ("task.stages.get", json!({ "entityId": group })),
            ("tasks.flow.Flow.get", json!({ "flowId": 1 })),
            ("task.item.userfield.getlist", json!({})),
            ("sonet_group.get", json!({})),
            ("disk.storage.getchildren", json!({ "id": 1, "filter": { "TYPE": "folder" } })),
            ("im.dialog.messages.get", json!({ "DIALOG_ID": format!("chat{}", 2000 + task) })),
        ] {
            answers.push(house.result(method, params).await);
        }
        answers
    };

    let before = ask(&house).await;
    house.portal.stop().await;
    let house = House::with(kept()).await;
    let after = ask(&house).await;
    let url = house.result("disk.file.get", json!({ "id": file["ID"] })).await["DOWNLOAD_URL"].clone();
    let (head, body) =
        exchange(house.portal.address(), "GET", &path(&url), "", b"").await.expect("an answer");

    assert_eq!(before, after);
    assert_eq!((status(&head), body.as_slice()), (200, "Hello, Welt!".as_bytes()));
}
