//! Files of tasks: attached, listed, read, taken off.

use std::sync::Arc;

use b24_model::{FileId, TaskId};
use b24_sim::{Fault, WebhookSpec};
use b24_tools::{Catalogue, FileOnTask, LinkDesk, MOST_FILE_BYTES, OneUse, Policy, Refusal, open_file};
use base64::{Engine, engine::general_purpose::STANDARD};
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

/// Makes addresses that tests can recognise.
struct Desk;

impl LinkDesk for Desk {
    fn issue(&self, file: FileOnTask) -> Option<OneUse> {
        Some(OneUse { url: format!("https://mcp.example/files/for-{}", file.file), minutes: 5 })
    }
}

/// Attaches a new file, and says its id on the task.
async fn attach(house: &House, task: u64, name: &str, bytes: &[u8]) -> u64 {
    let arguments = json!({ "taskId": task, "name": name, "content": STANDARD.encode(bytes) });
    let answer = house.call("b24_task_file_add", arguments).await;
    answer["file"]["id"].as_u64().unwrap_or_else(|| panic!("{answer}"))
}

/// Opens a file as a resource or a link does, and takes all of it.
async fn open(house: &House, task: u64, file: u64) -> Result<(String, &'static str, Vec<u8>), Refusal> {
    let wanted = FileOnTask { task: TaskId::new(task).unwrap(), file: FileId::new(file).unwrap() };
    assert_eq!(wanted.to_string(), format!("b24://task/{task}/file/{file}"));
    let opened = open_file(&Catalogue::standard(), house.visit(), wanted).await?;
    let bytes = opened.download.whole().await?;
    Ok((opened.name, opened.media_type, bytes.to_vec()))
}

/// The ids and names of the files of a task.
async fn listed(house: &House, task: u64) -> Vec<(u64, String)> {
    let answer = house.call("b24_task_file_list", json!({ "taskId": task })).await;
    let files = answer["files"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    files
        .iter()
        .map(|file| (file["id"].as_u64().unwrap(), file["name"].as_str().unwrap().to_owned()))
        .collect()
}

#[tokio::test]
async fn a_file_is_attached_listed_read_and_taken_off() {
    let house = House::open().await;
    let task = house.task("Release").await;
    house.traffic();
    let arguments = json!({ "taskId": task, "name": "Заметки.txt", "text": "Привет, мир\n" });
    let added = house.call("b24_task_file_add", arguments).await;
    let adding = house.traffic();
    let file = added["file"]["id"].clone();
    let list = house.call("b24_task_file_list", json!({ "taskId": task })).await;
    let listing = house.traffic();
    let read = house.call("b24_task_file_get", json!({ "taskId": task, "fileId": file })).await;
    let reading = house.traffic();
    let remove = json!({ "taskId": task, "fileId": file, "confirmDelete": true });
    let removed = house.call("b24_task_file_remove", remove).await;
    let removing = house.traffic();
    let after = listed(&house, task).await;

    let told = json!({ "added": added, "list": list, "read": read, "removed": removed });
    let text = told.to_string();
    for link in ["uf.php", "download.json", "auth", "***"] {
        assert!(!text.contains(link), "{link}: {text}");
    }
    assert_eq!(after, []);
    assert_json_snapshot!(told);
    assert_snapshot!([adding, listing, reading, removing].join("\n---\n"), @r"
    tasks.task.get
    disk.storage.getlist
    disk.storage.uploadfile
    tasks.task.files.attach
    tasks.task.get
    disk.attachedobject.get
    ---
    tasks.task.get
    disk.attachedobject.get
    ---
    tasks.task.get
    disk.attachedobject.get
    download
    ---
    tasks.task.get
    disk.attachedobject.get
    tasks.task.get
    tasks.task.update
    tasks.task.get
    ");
}

#[tokio::test]
async fn what_goes_in_comes_out_byte_by_byte() {
    let house = House::open().await;
    let task = house.task("Release").await;
    let every_byte: Vec<u8> = (0..=255).collect();
    let files: [(&str, &[u8], &str); 6] = [
        ("Отчёт за квартал.pdf", b"%PDF-1.7 \x00\xff", "application/pdf"),
        ("😀 праздник.png", &every_byte, "image/png"),
        ("line\r\nbreak/slash.bin", b"\r\n\r\n--x--\r\n", "application/octet-stream"),
        ("page.html", b"<script>alert(1)</script>", "application/octet-stream"),
        ("empty.txt", b"", "text/plain"),
        ("no ending", "مرحبا".as_bytes(), "application/octet-stream"),
    ];
    for (name, bytes, kind) in files {
        let file = attach(&house, task, name, bytes).await;
        let kept = name.replace("\r\n", "").replace('/', "_");
        assert_eq!(open(&house, task, file).await, Ok((kept, kind, bytes.to_vec())), "{name}");
    }
    assert_eq!(listed(&house, task).await.len(), files.len());
}

#[tokio::test]
async fn ten_megabytes_go_through_and_one_byte_more_does_not() {
    let mut house = House::open().await;
    house.wait_longer();
    let task = house.task("Release").await;
    let mut bytes: Vec<u8> = (0..MOST_FILE_BYTES).map(|n| (n % 251) as u8).collect();
    let file = attach(&house, task, "big.bin", &bytes).await;
    assert!(open(&house, task, file).await.is_ok_and(|(_, _, back)| back == bytes));
    house.traffic();

    bytes.push(7);
    let arguments = json!({ "taskId": task, "name": "bigger.bin", "content": STANDARD.encode(&bytes) });
    let refused = house.call("b24_task_file_add", arguments).await;
    assert_json_snapshot!(refused, @r#"
    {
      "code": "FILE_TOO_LARGE",
      "message": "the file is larger than 10 MB (10485760 bytes), the most that goes through this server",
      "hint": "nothing was done; tell the person to attach the file in the portal"
    }
    "#);
    assert_eq!(house.traffic(), "", "nobody is asked about what cannot be");
}

#[tokio::test]
async fn a_file_that_is_too_long_in_the_portal_is_told_and_not_fetched() {
    let mut house = House::open().await;
    house.wait_longer();
    house.tenant.links = Some(Arc::new(Desk));
    let task = house.task("Release").await;
    let bytes = vec![7; usize::try_from(MOST_FILE_BYTES).unwrap() + 1];
    let disk = house.upload("bigger.bin", &bytes).await;
    let added = house.call("b24_task_file_add", json!({ "taskId": task, "diskId": disk })).await;
    let file = added["file"]["id"].as_u64().unwrap();
    house.traffic();
    let told = house.call("b24_task_file_get", json!({ "taskId": task, "fileId": file })).await;
    assert!(told["missing"].as_str().is_some_and(|why| why.starts_with("larger than 10 MB")));
    assert_eq!((told.get("resource"), told.get("download"), told.get("text")), (None, None, None));
    assert_eq!(open(&house, task, file).await.unwrap_err().code(), "FILE_TOO_LARGE");
    assert!(!house.traffic().contains("download"));
}

#[tokio::test]
async fn a_file_of_the_drive_joins_those_that_are_there_and_only_once() {
    let house = House::open().await;
    let task = house.task("Release").await;
    let first = attach(&house, task, "a.txt", b"a").await;
    let disk = house.upload("b.txt", b"b").await;
    let added = house.call("b24_task_file_add", json!({ "taskId": task, "diskId": disk })).await;
    let (second, files) = (added["file"]["id"].as_u64().unwrap(), &added["files"]);
    assert_eq!((files, &added["file"]["diskId"]), (&json!(2), &json!(disk)));
    house.traffic();
    let again = house.call("b24_task_file_add", json!({ "taskId": task, "diskId": disk })).await;
    assert_eq!((&again["already"], &again["file"]["id"]), (&json!(true), &json!(second)));
    assert!(!house.traffic().contains("attach\n"), "nothing was written");
    assert_eq!(listed(&house, task).await, [(first, "a.txt".into()), (second, "b.txt".into())]);
    assert_eq!(
        house.code("b24_task_file_add", json!({ "taskId": task, "diskId": 999_999 })).await,
        "NOT_FOUND"
    );
}

#[tokio::test]
async fn the_same_upload_made_again_is_told_and_another_content_is_another_file() {
    let house = House::open().await;
    let task = house.task("Release").await;
    let first = attach(&house, task, "a.txt", b"one").await;
    house.traffic();
    assert_eq!(attach(&house, task, "a.txt", b"one").await, first);
    assert!(!house.traffic().contains("uploadfile"));
    let second = attach(&house, task, "a.txt", b"two").await;
    assert_eq!(listed(&house, task).await, [(first, "a.txt".into()), (second, "a (1).txt".into())]);
}

#[tokio::test]
async fn a_file_of_another_task_does_not_exist() {
    let house = House::open().await;
    let (task, other) = (house.task("Mine").await, house.task("Other").await);
    let file = attach(&house, other, "secret.txt", b"secret").await;
    house.traffic();
    let of = |task: u64| json!({ "taskId": task, "fileId": file });
    let told = house.call("b24_task_file_get", of(task)).await;
    assert_eq!(told["message"], format!("task {task} has no file {file}"));
    assert!(told["hint"].as_str().is_some_and(|hint| hint.contains("b24_task_file_list")));
    assert_eq!(open(&house, task, file).await.unwrap_err().code(), "NOT_FOUND");
    let remove = json!({ "taskId": task, "fileId": file, "confirmDelete": true });
    assert_eq!(house.code("b24_task_file_remove", remove).await, "NOT_FOUND");
    assert_eq!(
        house.traffic(),
        "tasks.task.get\ntasks.task.get\ntasks.task.get",
        "nobody asked for the file"
    );
    assert_eq!(house.code("b24_task_file_get", of(999_999)).await, "NOT_FOUND");
}

#[tokio::test]
async fn who_may_not_read_the_task_learns_nothing_of_its_files() {
    let mut house = House::open().await;
    let task = house.task("Mine").await;
    let file = attach(&house, task, "secret.txt", b"secret").await;
    house.act_as(WebhookSpec::of(5));
    assert_eq!(house.code("b24_task_file_list", json!({ "taskId": task })).await, "NOT_FOUND");
    assert_eq!(house.code("b24_task_file_get", json!({ "taskId": task, "fileId": file })).await, "NOT_FOUND");
    assert_eq!(open(&house, task, file).await.unwrap_err().code(), "NOT_FOUND");
}

#[tokio::test]
async fn files_are_taken_off_after_agreement_and_the_others_stay() {
    let house = House::open().await;
    let task = house.task("Release").await;
    let mut files = Vec::new();
    for name in ["a", "b", "c"] {
        files.push(attach(&house, task, name, name.as_bytes()).await);
    }
    house.traffic();
    let unconfirmed = json!({ "taskId": task, "fileId": files[0] });
    assert_eq!(house.code("b24_task_file_remove", unconfirmed).await, "DELETE_NEEDS_CONFIRM");
    assert_eq!(house.traffic(), "");

    let several = json!({ "taskId": task, "fileId": [files[1], 999_999, files[0]], "confirmDelete": true });
    let answer = house.call("b24_task_file_remove", several).await;
    let rows: Vec<(u64, bool)> = answer["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["fileId"].as_u64().unwrap(), row["ok"] == true))
        .collect();
    assert_eq!(rows, [(files[1], true), (999_999, false), (files[0], true)]);
    assert_eq!((&answer["removed"], &answer["files"]), (&json!(false), &json!(1)));
    assert_eq!(listed(&house, task).await, [(files[2], "c".into())]);

    let last = json!({ "taskId": task, "fileId": files[2], "confirmDelete": true });
    let answer = house.call("b24_task_file_remove", last).await;
    assert_eq!((&answer["removed"], &answer["files"]), (&json!(true), &json!(0)));
    let disk = answer["results"][0]["diskId"].clone();
    let back = house.call("b24_task_file_add", json!({ "taskId": task, "diskId": disk })).await;
    assert_eq!(back["file"]["name"], "c", "the file itself is still on the drive");
}

#[tokio::test]
async fn a_write_without_an_answer_is_looked_up_and_never_made_twice() {
    let faults = [
        ("disk.storage.uploadfile", Fault::DropAfter),
        ("disk.storage.uploadfile", Fault::DropBefore),
        ("disk.storage.uploadfile", Fault::StatusAfter(502)),
        ("tasks.task.files.attach", Fault::DropAfter),
        ("tasks.task.files.attach", Fault::DropBefore),
    ];
    let mut told = Vec::new();
    for (method, fault) in faults {
        let house = House::open().await;
        let task = house.task("Release").await;
        house.portal.faults().once(method, fault.clone());
        house.traffic();
        let answer =
            house.call("b24_task_file_add", json!({ "taskId": task, "name": "a.txt", "text": "a" })).await;
        let uploads = house.traffic().matches("uploadfile").count();
        let hung = listed(&house, task).await.len();
        let outcome = answer["code"]
            .as_str()
            .map_or_else(|| format!("attached, foundLater {}", answer["foundLater"]), str::to_owned);
        told.push(format!("{method} {fault:?}: {outcome}; {uploads} uploads, {hung} on the task"));
    }
    for fault in [Fault::DropAfter, Fault::DropBefore] {
        let house = House::open().await;
        let task = house.task("Release").await;
        let file = attach(&house, task, "a.txt", b"a").await;
        house.portal.faults().once("tasks.task.update", fault.clone());
        let remove = json!({ "taskId": task, "fileId": file, "confirmDelete": true });
        let outcome = house.code("b24_task_file_remove", remove).await;
        told.push(format!(
            "tasks.task.update {fault:?}: {outcome}; {} on the task",
            listed(&house, task).await.len()
        ));
    }
    assert_snapshot!(told.join("\n"), @r"
    disk.storage.uploadfile DropAfter: attached, foundLater true; 1 uploads, 1 on the task
    disk.storage.uploadfile DropBefore: WRITE_LOST; 1 uploads, 0 on the task
    disk.storage.uploadfile StatusAfter(502): attached, foundLater true; 1 uploads, 1 on the task
    tasks.task.files.attach DropAfter: attached, foundLater true; 1 uploads, 1 on the task
    tasks.task.files.attach DropBefore: WRITE_LOST; 1 uploads, 0 on the task
    tasks.task.update DropAfter: ok; 0 on the task
    tasks.task.update DropBefore: WRITE_LOST; 1 on the task
    ");
}

#[tokio::test]
async fn what_is_not_the_file_is_an_error_and_no_text() {
    let house = House::open().await;
    let task = house.task("Release").await;
    let file = attach(&house, task, "a.txt", b"the whole text").await;
    let mut told = Vec::new();
    for fault in [Fault::Html(200), Fault::Half, Fault::DropBefore, Fault::Status(500)] {
        house.portal.faults().times("download", fault.clone(), 3);
        let code = house.code("b24_task_file_get", json!({ "taskId": task, "fileId": file })).await;
        house.portal.faults().clear();
        told.push(format!("{fault:?}: {code}"));
    }
    assert_snapshot!(told.join("\n"), @r"
    Html(200): PORTAL_GARBLED
    Half: PORTAL_NO_ANSWER
    DropBefore: PORTAL_NO_ANSWER
    Status(500): INTERNAL_SERVER_ERROR
    ");
}

#[tokio::test]
async fn a_one_use_link_is_told_when_there_is_a_desk_and_the_file_is_not() {
    let mut house = House::open().await;
    let task = house.task("Release").await;
    let text = attach(&house, task, "a.txt", "тихо\u{202E}\u{FEFF}".as_bytes()).await;
    let image = attach(&house, task, "a.png", b"\x89PNG").await;
    let binary = attach(&house, task, "a", b"\xff\xfe").await;
    let get = async |house: &House, file: u64| {
        let told = house.call("b24_task_file_get", json!({ "taskId": task, "fileId": file })).await;
        ["text", "resource", "download", "downloadMinutes"].map(|name| told.get(name).cloned())
    };
    let uri = |file: u64| Some(json!(format!("b24://task/{task}/file/{file}")));
    assert_eq!(get(&house, image).await, [None, uri(image), None, None]);
    house.tenant.links = Some(Arc::new(Desk));
    let link = |file: u64| Some(json!(format!("https://mcp.example/files/for-{file}")));
    for file in [image, binary] {
        assert_eq!(get(&house, file).await, [None, uri(file), link(file), Some(json!(5))]);
    }
    assert_eq!(get(&house, text).await, [Some(json!("тихо")), uri(text), None, None]);
}

#[tokio::test]
async fn a_long_text_is_cut_and_gone_on_with() {
    let house = House::open().await;
    let task = house.task("Release").await;
    let text: String =
        (0..6000).map(|n| format!("строка {n}\n")).take_while(|line| !line.is_empty()).collect();
    let text: String = text.chars().take(30_000).collect();
    let file = attach(&house, task, "log.txt", text.as_bytes()).await;
    let mut read = String::new();
    let mut calls = 0;
    while read.chars().count() < text.chars().count() {
        let arguments = json!({ "taskId": task, "fileId": file, "offset": read.chars().count() });
        let told = house.call("b24_task_file_get", arguments).await;
        assert_eq!(told["textLength"], 30_000);
        let part = told["text"].as_str().unwrap();
        read.push_str(part.strip_suffix('…').unwrap_or(part));
        calls += 1;
        assert!(calls < 20, "it goes on");
    }
    assert!(calls > 1 && read == text);
}

#[tokio::test]
async fn what_the_policy_forbids_is_no_resource_either() {
    let mut house = House::open().await;
    let task = house.task("Release").await;
    let file = attach(&house, task, "a.png", b"a").await;
    house.traffic();
    let only = |words: &[&str]| Some(words.iter().map(ToString::to_string).collect());
    for policy in [
        Policy { toolsets: only(&["task"]), ..Policy::default() },
        Policy { tools: only(&["b24_task_file_list"]), ..Policy::default() },
        Policy { exclude: ["b24_task_file_get".to_owned()].into(), ..Policy::default() },
    ] {
        house.policy = policy;
        assert_eq!(open(&house, task, file).await.unwrap_err().code(), "TOOL_DISABLED");
    }
    assert_eq!(house.traffic(), "");
    house.policy = Policy { read_only: true, ..Policy::default() };
    assert!(open(&house, task, file).await.is_ok(), "to read is not to write");
}

#[tokio::test]
async fn a_webhook_without_the_drive_is_told_which_scope_it_lacks() {
    let mut house = House::open().await;
    let task = house.task("Release").await;
    attach(&house, task, "a.txt", b"a").await;
    house.act_as(WebhookSpec::of(1).scopes(["task"]));
    let told = house.call("b24_task_file_add", json!({ "taskId": task, "name": "b", "text": "b" })).await;
    assert_eq!(told["code"], "insufficient_scope");
    assert!(told["hint"].as_str().is_some_and(|hint| hint.contains("`disk`")), "{told}");
}

#[tokio::test]
async fn wrong_questions_cost_no_call() {
    let house = House::open().await;
    for ask in [
        json!({ "taskId": 1 }),
        json!({ "taskId": 1, "name": "a", "content": "not base64!" }),
        json!({ "taskId": 1, "name": "../..", "text": "x", "diskId": 1 }),
        json!({ "taskId": 1, "name": "..", "text": "x" }),
        json!({ "taskId": 1, "diskId": 0 }),
    ] {
        assert_eq!(house.code("b24_task_file_add", ask.clone()).await, "INVALID_INPUT", "{ask}");
    }
    assert_eq!(
        house.code("b24_task_file_get", json!({ "taskId": 1, "fileId": "n1" })).await,
        "INVALID_INPUT"
    );
    assert_eq!(house.traffic(), "");
}

impl House {
    /// Puts a file onto the drive of person 1 as the portal's own page would, and says its id there.
    async fn upload(&self, name: &str, bytes: &[u8]) -> u64 {
        let content: Value = json!([name, STANDARD.encode(bytes)]);
        let asked = json!({ "id": 1, "data": { "NAME": name }, "fileContent": content });
        let file = self.rest(&b24_rest::methods::disk::STORAGE_UPLOADFILE, asked).await;
        self.traffic();
        b24_rest::wire::id(&file["ID"]).unwrap()
    }
}
