//! People by id, "me", e-mail or name. Several matches are a refusal that lists them: nobody is guessed.
//!
//! A name is looked up as it was said first. When nobody is written like that, the portal is asked once more for other
//! spellings, in both scripts (`search`); what it finds is kept only if it sounds like what was said (`judge`).

mod judge;
mod search;
mod tell;

pub(crate) use search::elsewhere;

use b24_model::UserId;
use b24_rest::Reply;

use self::{judge::Miss, search::Question};
use super::spelling;
use crate::{Reader, Refusal, input::PersonRef, record::person::Person};

/// How many names one call may look up.
const MOST_NAMES: usize = 30;
/// How many pages of people are read for one question.
const MOST_PAGES: u64 = 5;

/// The id of a person. Only names and addresses cost a call.
pub(crate) async fn id_of(person: &PersonRef, reader: &Reader) -> Result<UserId, Refusal> {
    let ids = ids_of(std::slice::from_ref(person), reader).await?;
    ids.first().copied().ok_or_else(|| Refusal::internal(&"nobody was looked up"))
}

/// The ids of several people, in order. Each name is looked up once, all of them in as few requests as possible.
pub(crate) async fn ids_of(people: &[PersonRef], reader: &Reader) -> Result<Vec<UserId>, Refusal> {
    let mut names: Vec<&PersonRef> = Vec::new();
    for person in people {
        if search::as_said(person).is_some() && !names.contains(&person) {
            names.push(person);
        }
    }
    if names.len() > MOST_NAMES {
        return Err(Refusal::invalid(format!(
            "{} people by name in one call; at most {MOST_NAMES}",
            names.len()
        ))
        .hint("give ids; `b24_user_find` tells them"));
    }
    let mut hunts = as_said(&names, reader).await?;
    respelled(&mut hunts, reader).await?;
    let mut found: Vec<(&PersonRef, UserId)> = Vec::with_capacity(names.len());
    for hunt in &hunts {
        match judge::the_one(hunt) {
            Ok(id) => found.push((hunt.person, id)),
            Err(miss) => return Err(refuse(hunt, miss, reader).await),
        }
    }
    let id = |person: &PersonRef| match person {
        PersonRef::Id(id) => Ok(*id),
        PersonRef::Me => Ok(reader.me()),
        named => found
            .iter()
            .find(|(person, _)| *person == named)
            .map(|(_, id)| *id)
            .ok_or_else(|| Refusal::internal(&"a name was not looked up")),
    };
    people.iter().map(id).collect()
}

/// The search for one person.
struct Hunt<'a> {
    person: &'a PersonRef,
    /// What was said, for sentences.
    said: &'a str,
    /// What was said, by words. Empty for an address.
    words: Vec<String>,
    /// Everybody whom the portal found.
    rows: Vec<Person>,
    /// Whether the portal found more than was read.
    more: bool,
}

impl Hunt<'_> {
    fn take(&mut self, reply: &Reply) {
        for person in Person::rows(&reply.result) {
            if self.rows.iter().all(|known| known.id != person.id) {
                self.rows.push(person);
            }
        }
    }
}

/// Everybody as they were said: one request.
async fn as_said<'a>(names: &[&'a PersonRef], reader: &Reader) -> Result<Vec<Hunt<'a>>, Refusal> {
    let mut hunts = Vec::with_capacity(names.len());
    let mut calls = Vec::with_capacity(names.len());
    for person in names.iter().copied() {
        let (said, words) = match person {
            PersonRef::Email(said) => (said.as_str(), Vec::new()),
            PersonRef::Name(said) => (said.as_str(), spelling::words(said)),
            PersonRef::Id(_) | PersonRef::Me => continue,
        };
        calls.extend(search::as_said(person).map(|question| (hunts.len(), question)));
        hunts.push(Hunt { person, said, words, rows: Vec::new(), more: false });
    }
    ask(&mut hunts, calls, reader).await?;
    Ok(hunts)
}

/// Those whom nobody is called like, in other spellings: one more request for all of them.
async fn respelled(hunts: &mut [Hunt<'_>], reader: &Reader) -> Result<(), Refusal> {
    let open = (0..hunts.len()).filter(|at| judge::is_open(&hunts[*at]));
    let calls: Vec<(usize, Question)> = open
        .flat_map(|at| search::respelled(&hunts[at].words).into_iter().map(move |question| (at, question)))
        .collect();
    ask(hunts, calls, reader).await
}

/// Asks for each hunt what is asked for it, and for the pages that follow, together. What fills more pages than
/// [`MOST_PAGES`] is only remembered to be more.
async fn ask(hunts: &mut [Hunt<'_>], calls: Vec<(usize, Question)>, reader: &Reader) -> Result<(), Refusal> {
    if calls.is_empty() {
        return Ok(());
    }
    let questions = calls.iter().map(|(_, question)| question.clone()).collect();
    let mut further: Vec<(usize, Question)> = Vec::new();
    for ((at, (method, params)), reply) in calls.into_iter().zip(reader.all(questions).await) {
        let reply = reply?;
        hunts[at].take(&reply);
        let Some(next) = reply.next else { continue };
        match reply.total {
            Some(total) if total <= MOST_PAGES * next => {
                for start in (1..).map(|page| page * next).take_while(|start| *start < total) {
                    let mut params = params.clone();
                    params.insert("start".to_owned(), start.into());
                    further.push((at, (method, params)));
                }
            }
            _ => hunts[at].more = true,
        }
    }
    let questions = further.iter().map(|(_, question)| question.clone()).collect();
    for ((at, _), reply) in further.into_iter().zip(reader.all(questions).await) {
        hunts[at].take(&reply?);
    }
    Ok(())
}

/// The refusal, with what helps to say it better: departments of the candidates, or the nearest names.
async fn refuse(hunt: &Hunt<'_>, miss: Miss<'_>, reader: &Reader) -> Refusal {
    match miss {
        Miss::Several(several) => {
            let departments = tell::departments(&several, reader).await;
            tell::ambiguous(hunt, &several, &departments)
        }
        Miss::Left(gone) => tell::left(hunt.said, &gone),
        Miss::TooMany => tell::too_many(hunt.said),
        Miss::Nobody => {
            let mut candidates = hunt.rows.clone();
            for reply in reader.all(search::near(&hunt.words)).await.into_iter().flatten() {
                candidates.extend(Person::rows(&reply.result));
            }
            let near = judge::nearest(&hunt.words, candidates, &hunt.rows);
            let near: Vec<&Person> = near.iter().collect();
            let departments = tell::departments(&near, reader).await;
            tell::nobody(hunt.said, &near, &departments)
        }
    }
}
