//! How parameters travel: JSON, forms with brackets, multipart, the query.

use crate::portal_check::fact::{Family, Sent, fact, form, get, v2};
use crate::portal_check::want::{Kind, Want};

const ENCODING: &str = "settings/how-to-call-rest-api/data-encoding.md";
const PRINCIPLES: &str = "settings/how-to-call-rest-api/general-principles.md";
const LIST: &str = "api-reference/tasks/tasks-task-list.md";

const PARTS: &str = "--edge\r\nContent-Disposition: form-data; name=\"taskId\"\r\n\r\n<task>\r\n--edge\r\n\
    Content-Disposition: form-data; name=\"select[]\"\r\n\r\nID\r\n--edge--\r\n";

pub(crate) static FAMILY: Family = Family {
    name: "encodings",
    scopes: &["task"],
    writes: false,
    facts: &[
        fact(
            "encodings.json",
            PRINCIPLES,
            "Parameters travel as a JSON body.",
            v2("tasks.task.get", r#"{"taskId":<task>,"select":["ID"]}"#),
            &[Want::Is("/result/task/id", "\"<task>\"")],
        ),
        fact(
            "encodings.json.text",
            PRINCIPLES,
            "A number may be sent as text.",
            v2("tasks.task.get", r#"{"taskId":"<task>","select":["ID"]}"#),
            &[Want::Is("/result/task/id", "\"<task>\"")],
        ),
        fact(
            "encodings.form",
            ENCODING,
            "Parameters travel as an encoded form.",
            form("tasks.task.get", "taskId=<task>&select[]=ID"),
            &[Want::Is("/result/task/id", "\"<task>\"")],
        ),
        fact(
            "encodings.form.json",
            ENCODING,
            "A form for `METHOD.json` is read alike.",
            form("tasks.task.get.json", "taskId=<task>&select[]=ID"),
            &[Want::Is("/result/task/id", "\"<task>\"")],
        ),
        fact(
            "encodings.form.index",
            ENCODING,
            "In a form, `a[0]=x` places a value in a list.",
            form("tasks.task.get", "taskId=<task>&select[0]=ID&select[1]=TITLE"),
            &[Want::Kind("/result/task/title", Kind::Text)],
        ),
        fact(
            "encodings.form.map",
            ENCODING,
            "In a form, `a[b]=x` places a value in a map.",
            form("tasks.task.list", "filter[ID]=<task>&select[]=ID"),
            &[Want::Count("/result/tasks", 1), Want::Is("/result/tasks/0/id", "\"<task>\"")],
        ),
        fact(
            "encodings.form.brackets",
            ENCODING,
            "Brackets in the names of a form may be encoded.",
            form("tasks.task.list", "filter%5BID%5D=<task>&select%5B%5D=ID"),
            &[Want::Count("/result/tasks", 1), Want::Is("/result/tasks/0/id", "\"<task>\"")],
        ),
        fact(
            "encodings.form.prefix",
            ENCODING,
            "A prefix of a filter stands inside the brackets, encoded.",
            form("tasks.task.list", "filter%5B%3C%3DID%5D=<task>&select[]=ID"),
            &[Want::EveryIs("/result/tasks", "/id", "\"<task>\"")],
        ),
        fact(
            "encodings.query",
            ENCODING,
            "Parameters travel in the query of a GET.",
            get("tasks.task.get", "taskId=<task>&select[]=ID"),
            &[Want::Is("/result/task/id", "\"<task>\"")],
        ),
        fact(
            "encodings.query.map",
            ENCODING,
            "Nested values travel in the query of a GET, with brackets.",
            get("tasks.task.list", "filter%5BID%5D=<task>&select%5B0%5D=ID"),
            &[Want::Count("/result/tasks", 1), Want::Is("/result/tasks/0/id", "\"<task>\"")],
        ),
        fact(
            "encodings.multipart",
            PRINCIPLES,
            "Every method takes POST as multipart/form-data.",
            v2("tasks.task.get", "").sent(Sent::Text("multipart/form-data; boundary=edge", PARTS)),
            &[Want::Is("/result/task/id", "\"<task>\"")],
        ),
        fact(
            "encodings.ampersand",
            ENCODING,
            "An encoded ampersand belongs to the value.",
            get("tasks.task.list", "filter%5BTITLE%5D=<word>%26select&select%5B%5D=ID"),
            &[Want::Status(200), Want::Count("/result/tasks", 0)],
        ),
        fact(
            "encodings.case",
            LIST,
            "The direction of an order is written in capitals or not.",
            form("tasks.task.list", "order[ID]=asc&select[]=ID"),
            &[Want::Status(200), Want::Growing("/result/tasks", "/id")],
        ),
    ],
};
