//! Batches of REST 3.0: a list of calls, and a list of what they answered.

use crate::portal_check::fact::{Family, fact, v3};
use crate::portal_check::want::{Kind, Want};

const THIRD: &str = "api-reference/rest-v3.md";
const TWO: &str = r#"[{"method":"tasks.task.get","query":{"id":<task>,"select":["id","title"]}},{"method":"tasks.task.get","query":{"id":<later>,"select":["id"]}}]"#;

pub(crate) static FAMILY: Family = Family {
    name: "batch_v3",
    scopes: &["tasks"],
    writes: false,
    facts: &[
        fact(
            "batch_v3.list",
            THIRD,
            "The body is a list of calls, and `result` a list of what they answered.",
            v3("batch", TWO),
            &[Want::Status(200), Want::Count("/result", 2), Want::Kind("/result/0/item", Kind::Map)],
        ),
        fact(
            "batch_v3.order",
            THIRD,
            "Answers stand in the order of the calls.",
            v3("batch", TWO),
            &[Want::Is("/result/0/item/id", "<task>"), Want::Is("/result/1/item/id", "<later>")],
        ),
        fact(
            "batch_v3.select",
            THIRD,
            "The parameters of a call are those of a call alone.",
            v3("batch", TWO),
            &[Want::Kind("/result/0/item/title", Kind::Text)],
        ),
        fact(
            "batch_v3.time",
            THIRD,
            "The batch has its times beside `result`.",
            v3("batch", TWO),
            &[Want::Kind("/time/duration", Kind::Number)],
        ),
        fact(
            "batch_v3.old-form",
            THIRD,
            "The form of the classic batch is INVALIDSELECTEXCEPTION.",
            v3("batch", r#"{"cmd":{"a":"tasks.task.get?id=<task>"}}"#),
            &[Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION\"")],
        ),
    ],
};
