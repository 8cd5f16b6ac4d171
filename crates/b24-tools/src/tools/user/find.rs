//! `b24_user_find`: from a name or a role to an id.

use b24_model::{Effect, Method, Scope, effect::Read};
use b24_rest::methods::{department, user};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    Gate, Permit, Plan, Refusal, Spec, Tool, Toolset,
    directory::{
        departments, people,
        spelling::{Script, begins, one_spelling, words},
    },
    filter::{Plain, WireFilter},
    input::DepartmentRef,
    link,
    record::person::Person,
    tool::Agreement,
};

/// The longest search text.
const LONGEST: usize = 200;

/// Finds people.
pub struct UserFind;

/// Whom to look for: `query`, or any of the named fields.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// Free text: "Anna Berg"; else the named fields.
    query: Option<String>,
    first_name: Option<String>,
    /// Patronymic: "Петровна".
    second_name: Option<String>,
    last_name: Option<String>,
    position: Option<String>,
    /// Id or name.
    department: Option<DepartmentRef>,
    #[schemars(range(min = 1, max = 50))]
    limit: Option<u8>,
    /// `nextStart` of the answer before.
    start: Option<u32>,
}

impl Agreement for Ask {}

/// Who was found.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// How many are returned.
    matches: usize,
    /// How many the portal's page held, with those in other spellings.
    returned_by_api: usize,
    /// Present when `limit` cut the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    truncated_at: Option<usize>,
    total: Option<u64>,
    has_more: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    next_start: Option<u64>,
    /// Address of a profile; put the id in.
    link: String,
    users: Vec<Person>,
}

impl Tool for UserFind {
    const SPEC: Spec = Spec {
        name: "b24_user_find",
        title: "Find people",
        description: "Finds out who somebody is: people by name, patronymic, position or department, in Cyrillic and Latin spelling, with their ids. Who left is marked `active: false`.",
        toolset: Toolset::User,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::USER_BRIEF,
        methods: &[user::SEARCH.facts(), user::GET.facts(), department::GET.facts()],
        core: true,
    };
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let limit = usize::from(ask.limit.unwrap_or(10));
        if !(1..=50).contains(&limit) {
            return Err(Refusal::invalid("`limit` is from 1 to 50"));
        }
        let start = ask.start.unwrap_or(0);
        let words = Words::read(&ask)?;
        let department = match &ask.department {
            Some(said) => Some(departments::one(said, &permit).await?.id),
            None => None,
        };
        // Other spellings ride along with the first page: one request either way.
        let mut calls = vec![words.as_said(department, start)];
        if start == 0 {
            calls.extend(words.elsewhere(department));
        }
        let mut replies = permit.all(calls).await.into_iter();
        let reply = replies.next().ok_or_else(|| Refusal::internal(&"nobody was asked for"))??;
        let mut users = Person::rows(&reply.result);
        let said = users.len();
        // A full page has no room for more: who is further down may be among them.
        for other in replies.filter(|_| reply.next.is_none()) {
            let alike = Person::rows(&other?.result).into_iter().filter(|person| words.sound_like(person));
            for person in alike {
                if users.iter().all(|known| known.id != person.id) {
                    users.push(person);
                }
            }
        }
        let respelled = (users.len() - said) as u64;
        let held = users.len();
        users.truncate(limit);
        Ok(Answer {
            matches: users.len(),
            returned_by_api: held,
            truncated_at: (held > limit).then_some(limit),
            total: reply.total.map(|total| total + respelled),
            has_more: reply.next.is_some() || held > limit,
            next_start: reply.next.filter(|_| held <= limit),
            link: link::user_pattern(&permit),
            users,
        })
    }
}

/// What is looked for, by field.
struct Words<'a> {
    query: Option<&'a str>,
    /// Field, text.
    named: Vec<(&'static str, &'a str)>,
}

type Question = (&'static Method<Read>, Map<String, Value>);
type Conditions = Vec<(&'static str, Plain)>;

/// The condition on the department, when there is one.
fn within(department: Option<u64>) -> Option<(&'static str, Plain)> {
    department.map(|id| ("UF_DEPARTMENT", id.into()))
}

impl<'a> Words<'a> {
    fn read(ask: &'a Ask) -> Result<Self, Refusal> {
        fn given(text: &Option<String>) -> Option<&str> {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty())
        }
        let fields = [
            ("NAME", given(&ask.first_name)),
            ("SECOND_NAME", given(&ask.second_name)),
            ("LAST_NAME", given(&ask.last_name)),
            ("WORK_POSITION", given(&ask.position)),
        ];
        let named: Vec<_> = fields.into_iter().filter_map(|(field, text)| Some((field, text?))).collect();
        let query = given(&ask.query);
        if query.is_some() && !named.is_empty() {
            return Err(Refusal::invalid("`query` cannot be combined with the named fields")
                .hint("put all words into `query`, or leave it out"));
        }
        if query.is_none() && named.is_empty() && ask.department.is_none() {
            return Err(Refusal::invalid("nobody is searched for: every field is empty")
                .hint("give `query`, or one of firstName, secondName, lastName, position, department"));
        }
        let long = |text: &&str| text.chars().count() > LONGEST;
        if query.iter().copied().chain(named.iter().map(|(_, text)| *text)).any(|text| long(&text)) {
            return Err(Refusal::invalid(format!("a search text is at most {LONGEST} characters")));
        }
        Ok(Self { query, named })
    }

    /// The question in the words that were said. Free text excludes every other condition in `user.search`, not in
    /// `user.get`.
    fn as_said(&self, department: Option<u64>, start: u32) -> Question {
        let mut conditions: Conditions =
            self.named.iter().map(|(field, text)| (*field, (*text).into())).collect();
        let method = match (self.query, department) {
            (Some(query), None) => {
                conditions.push(("FIND", query.into()));
                &user::SEARCH
            }
            (Some(query), Some(_)) => {
                conditions.push(("NAME_SEARCH", query.into()));
                &user::GET
            }
            (None, _) if self.named.is_empty() => &user::GET,
            (None, _) => &user::SEARCH,
        };
        conditions.extend(within(department));
        let asked =
            WireFilter::of(conditions).beside(json!({ "sort": "ID", "order": "ASC", "start": start }));
        (method, asked)
    }

    /// Questions for the same people in other spellings of both scripts.
    fn elsewhere(&self, department: Option<u64>) -> Vec<Question> {
        let filters: Vec<Conditions> = match self.query {
            Some(query) => people::elsewhere(&words(query)),
            None => [Script::Cyrillic, Script::Latin]
                .into_iter()
                .filter_map(|script| self.respelled(script))
                .collect(),
        };
        let asked = |conditions: Conditions| {
            let filter = WireFilter::of(conditions.into_iter().chain(within(department)));
            (&user::GET, filter.beside(json!({ "sort": "ID", "order": "ASC" })))
        };
        filters.into_iter().map(asked).collect()
    }

    /// The named fields in one script. A position is not a name: it stays as it was said.
    fn respelled(&self, script: Script) -> Option<Conditions> {
        let mut conditions: Conditions = vec![("ACTIVE", true.into())];
        for (field, text) in &self.named {
            let pattern = |key: &'static str| {
                let word = words(text).into_iter().next()?;
                Some((key, one_spelling(&word, script)?.into()))
            };
            conditions.push(match *field {
                "NAME" => pattern("=%NAME")?,
                "SECOND_NAME" => pattern("=%SECOND_NAME")?,
                "LAST_NAME" => pattern("=%LAST_NAME")?,
                _ => ("%WORK_POSITION", (*text).into()),
            });
        }
        self.named.iter().any(|(field, _)| *field != "WORK_POSITION").then_some(conditions)
    }

    /// Whether a person's name begins like what was said, in whatever spelling.
    fn sound_like(&self, person: &Person) -> bool {
        let own = |field: &str| match field {
            "NAME" => person.first_name.as_deref(),
            "SECOND_NAME" => person.second_name.as_deref(),
            "LAST_NAME" => person.last_name.as_deref(),
            _ => person.position.as_deref(),
        };
        match self.query {
            Some(query) => begins(&words(query), &words(&person.full_name())),
            None => self.named.iter().all(|(field, said)| {
                let own = words(own(field).unwrap_or_default());
                *field == "WORK_POSITION" || begins(&words(said), &own)
            }),
        }
    }
}
