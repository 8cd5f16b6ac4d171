//! Answers of both languages, of what stands between, and of neither.

use super::*;

fn told(status: u16, body: &str) -> String {
    let raw = Raw { status, retry_after: None, body: body.as_bytes().to_vec() };
    let refusal = |refusal: &Refusal| {
        let Refusal { code, message, fields, dialect, .. } = refusal;
        let fields = fields.iter().map(|(field, what)| format!(" [{field}: {what}]")).collect::<String>();
        format!("{:?} {message:?}{fields} {dialect:?}", code.as_str())
    };
    match read("tasks.task.get", &raw) {
        Ok(reply) => {
            format!("ok {} total={:?} next={:?} time={:?}", reply.result, reply.total, reply.next, reply.time)
        }
        Err(Failure::Refused(no)) => format!("refused {}", refusal(&no)),
        Err(Failure::Broken(no)) => format!("broken {}", refusal(&no)),
        Err(Failure::Expired(no)) => format!("expired {}", refusal(&no)),
        Err(Failure::TurnedAway { refusal: no, .. }) => format!("turned away {}", refusal(&no)),
        Err(Failure::Overtime { refusal: no, .. }) => format!("overtime {}", refusal(&no)),
        Err(Failure::Garbled { status, what }) => format!("garbled {status} {what}"),
        Err(other) => format!("{other:?}"),
    }
}

fn table(rows: &[(u16, &str)]) -> String {
    rows.iter()
        .map(|(status, body)| format!("{status} {body}\n    {}", told(*status, body)))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_result_is_read_whatever_it_is() {
    insta::assert_snapshot!(table(&[
        (
            200,
            r#"{"result":{"task":{"id":"1"}},"time":{"duration":0.1,"operating":"0.5","operating_reset_at":1778747792,"finish":1778747192.5}}"#
        ),
        (200, r#"{"result":[],"total":"120","next":50,"time":[]}"#),
        (200, r#"{"result":null}"#),
        (200, r#"{"result":false,"total":-1}"#),
        (200, "\u{feff} {\"result\":1}\r\n"),
        (200, r#"{"result":true,"error":null}"#),
        (200, r#"{"result":true,"error":[]}"#),
        (200, r#"{"openapi":"3.0.0","paths":{}}"#),
    ]));
}

#[test]
fn a_refusal_is_read_in_either_language_whatever_its_code_is() {
    insta::assert_snapshot!(table(&[
        (400, r#"{"error":"ERROR_CORE","error_description":"Task not found.<br>"}"#),
        (400, r#"{"error":"","error_description":"Access denied"}"#),
        (400, r#"{"error":"0","error_description":""}"#),
        (400, r#"{"error":1048582}"#),
        (400, r#"{"error_description":"only words"}"#),
        (400, r#"{"error":"Status not found"}"#),
        (200, r#"{"error":"ACCESS_DENIED","error_description":"said with success","result":[]}"#),
        (
            400,
            r#"{"error":{"code":"BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION","message":"Ошибка","validation":[{"field":"title","message":"пусто"},{"message":"?"}]}}"#
        ),
        (400, r#"{"error":{}}"#),
        (500, r#"{"error":"INTERNAL_SERVER_ERROR","error_description":"Internal server error"}"#),
        (500, r#"{"error":"PORTAL_DELETED"}"#),
        (408, r#"{"error":"TIMEOUT"}"#),
        (401, r#"{"error":"expired_token","error_description":"The access token provided has expired."}"#),
        (503, r#"{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}"#),
        (503, r#"{"error":"OVERLOAD_LIMIT"}"#),
        (
            429,
            r#"{"error":"OPERATION_TIME_LIMIT","error_description":"Method is blocked due to operation time limit."}"#
        ),
        (429, r#"{"error":"slow_down"}"#),
        (429, "<html>Too many requests</html>"),
    ]));
}

#[test]
fn what_is_not_the_protocol_is_named() {
    let deep = format!("{{\"result\":{}", "[".repeat(200));
    insta::assert_snapshot!(table(&[
        (200, ""),
        (200, "  \n"),
        (200, "<!DOCTYPE html><title>Sign in</title>"),
        (502, "<html>Bad gateway</html>"),
        (200, r#"{"result":{"task":{"id"#),
        (200, r#"{"result":1}{"#),
        (200, "OK"),
        (200, "[]"),
        (200, "42"),
        (200, r#"{"time":{}}"#),
        (500, r#"{"result":1}"#),
    ]));
    assert_eq!(told(200, &deep), "garbled 200 text that is not JSON");
}

proptest::proptest! {
    /// Whatever stands between may answer whatever it likes.
    #[test]
    fn no_answer_breaks_the_reader(status in 100_u16..600, body: Vec<u8>) {
        let _ = read("m", &Raw { status, retry_after: None, body });
    }

    #[test]
    fn no_json_breaks_the_reader(status in 100_u16..600, body in r#"(\{"(result|error|time)":("x"|\[\]|\{\}|null|1e999|-1|true|\{"code":\[\]\})(,"error_description":(1|""|\{\}))?\}?)"#) {
        let _ = read("m", &Raw { status, retry_after: None, body: body.into_bytes() });
    }
}
