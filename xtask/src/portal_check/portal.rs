//! The portal under examination: turns what a fact asks into a request, and never asks a question twice that changes nothing.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::fact::{Ask, Base, Caller, Sent};
use super::names::Names;
use crate::plain::{Answer, Request};
use crate::webhook::Webhook;

/// Whether an answer may be remembered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Memory {
    Keeps,
    Forgets,
}

/// A portal, and what it has answered.
pub(crate) struct Portal {
    webhook: Webhook,
    answers: HashMap<String, Answer>,
    /// What it said when it was too busy, if it ever was.
    pub(crate) busy: Option<Answer>,
    pub(crate) requests: usize,
    /// The tasks that were created on the way, wanted or not.
    created: Vec<String>,
}

impl Portal {
    pub(crate) fn new(webhook: Webhook) -> Self {
        Self { webhook, answers: HashMap::new(), busy: None, requests: 0, created: Vec::new() }
    }

    /// `text` without the secret.
    pub(crate) fn mask(&self, text: &str) -> String {
        self.webhook.mask(text)
    }

    /// Asks. `Ok(Err(why))` when a name is missing that the request needs.
    pub(crate) fn ask(
        &mut self,
        ask: &Ask,
        names: &Names,
        memory: Memory,
    ) -> Result<Result<Answer, String>, String> {
        let request = match self.request(ask, names) {
            Ok(request) => request,
            Err(why) => return Ok(Err(why)),
        };
        let question = format!("{} {} {:?} {:?}", request.verb, request.path, request.headers, request.body);
        if let Some(answer) = self.answers.get(&question).filter(|_| memory == Memory::Keeps) {
            return Ok(Ok(answer.clone()));
        }
        let (answer, busy) = self.webhook.send(&request)?;
        self.requests += 1;
        self.busy = busy.or(self.busy.take());
        if memory == Memory::Keeps {
            self.answers.insert(question, answer.clone());
        } else {
            self.created.extend(created(ask, &answer));
        }
        Ok(Ok(answer))
    }

    /// Deletes every task that was created, the youngest first. One that is gone already is left alone.
    pub(crate) fn sweep(&mut self) -> Result<(), String> {
        for task in std::mem::take(&mut self.created).iter().rev() {
            self.webhook.call("/rest/", "tasks.task.delete", &json!({ "taskId": task }))?;
        }
        Ok(())
    }

    fn request(&self, ask: &Ask, names: &Names) -> Result<Request, String> {
        let base = match ask.base {
            Base::Classic => "/rest/",
            Base::Third => "/rest/api/",
        };
        let mut path = match ask.caller {
            Caller::Webhook => self.webhook.path(base, ask.method),
            Caller::WrongSecret => self.webhook.stranger().path(base, ask.method),
            Caller::Nobody => format!("{base}{}", ask.method),
        };
        let mut headers =
            vec![("Accept", "application/json".to_owned()), ("User-Agent", "portal-check/1".to_owned())];
        if let Some(key) = ask.key {
            headers.push(("Idempotency-Key", names.fill(key)?));
        }
        let (verb, body) = match ask.sent {
            Sent::Json(text) => {
                headers.push(("Content-Type", "application/json".to_owned()));
                ("POST", names.fill(text)?)
            }
            Sent::Text(kind, text) => {
                headers.push(("Content-Type", kind.to_owned()));
                ("POST", names.fill(text)?)
            }
            Sent::Query(query) => {
                if !query.is_empty() {
                    path = format!("{path}?{}", names.fill(query)?);
                }
                ("GET", String::new())
            }
        };
        Ok(Request { verb, path, headers, body: body.into_bytes() })
    }

    /// What every fact may need: who asks, a task, a second person, a department, a word that is nowhere else.
    pub(crate) fn survey(&mut self) -> Result<(Names, Vec<String>), String> {
        let mut names = Names::default();
        let call = |method: &str, params: Value| self.webhook.call("/rest/", method, &params);
        let profile = call("profile", json!({}))?;
        let me = profile
            .pointer("/result/ID")
            .ok_or_else(|| format!("`profile` answered {}", self.webhook.mask(&profile.to_string())))?;
        names.keep("me", Some(me));
        let scopes = call("scope", json!({}))?["result"].as_array().cloned().unwrap_or_default();
        let scopes = scopes.iter().filter_map(|scope| scope.as_str().map(str::to_owned)).collect();
        let users = call(
            "user.get",
            json!({ "FILTER": { "ACTIVE": true, "USER_TYPE": "employee" }, "sort": "ID", "order": "ASC" }),
        )?;
        let users = users["result"].as_array().cloned().unwrap_or_default();
        names.keep("other", users.iter().map(|user| &user["ID"]).find(|id| *id != me));
        names.keep("department", call("department.get", json!({}))?.pointer("/result/0/ID"));
        let tasks = call("tasks.task.list", json!({ "order": { "ID": "ASC" }, "select": ["ID"] }))?;
        names.keep("task", tasks.pointer("/result/tasks/0/id"));
        names.keep("later", tasks.pointer("/result/tasks/1/id"));
        let word = crate::server::token()?;
        names.keep("word", Some(&json!(format!("pc{}", &word[..12]))));
        Ok((names, scopes))
    }
}

/// The task that an answer says was created.
fn created(ask: &Ask, answer: &Answer) -> Option<String> {
    let place = match (ask.base, ask.method) {
        (Base::Classic, "tasks.task.add") => "/result/task/id",
        (Base::Classic, "batch") => "/result/result/new/task/id",
        (Base::Third, "tasks.task.add") => "/result/item/id",
        _ => return None,
    };
    match answer.json.pointer(place)? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fact::{v2, v3};
    use super::*;

    #[test]
    fn a_task_that_was_created_is_remembered_whichever_way_it_came() {
        let told = |ask: Ask, json: &str| {
            let answer = Answer::read(format!("HTTP/1.1 200 X\r\n\r\n{json}").as_bytes());
            created(&ask, &answer.expect("it is an answer"))
        };

        let one = Some("7".to_owned());
        assert_eq!(told(v2("tasks.task.add", ""), r#"{"result":{"task":{"id":"7"}}}"#), one);
        assert_eq!(told(v3("tasks.task.add", ""), r#"{"result":{"item":{"id":7}}}"#), one);
        assert_eq!(told(v2("batch", ""), r#"{"result":{"result":{"new":{"task":{"id":"7"}}}}}"#), one);
        assert_eq!(told(v2("tasks.task.add", ""), r#"{"error":"100"}"#), None);
        assert_eq!(told(v2("tasks.task.get", ""), r#"{"result":{"task":{"id":"7"}}}"#), None);
    }
}
