//! Prompts: work that people ask for again and again, written down once, in the words of the tools.
//!
//! A prompt is plain data: words in each language, arguments, the tools that it names. It calls nothing; what is read
//! and written afterwards goes through the tools and their gates.

mod attention;
mod handover;
mod language;
mod meeting_plan;
mod weekly_report;

pub use language::{Language, NotALanguage, Words};

use std::collections::BTreeMap;

use crate::{Catalogue, Policy, complete::Completes, hygiene::clean};

/// Every prompt there is. Adding one is a file below this folder and a line here.
static ALL: [&Prompt; 4] =
    [&attention::PROMPT, &handover::PROMPT, &meeting_plan::PROMPT, &weekly_report::PROMPT];

/// The argument that every prompt has.
static LANGUAGE: Argument = Argument {
    name: "language",
    title: Words { en: "Language", ru: "Язык" },
    description: Words {
        en: "en or ru; when left out, the language of the other arguments",
        ru: "en или ru; если не указан, то язык остальных аргументов",
    },
    required: false,
    unsaid: Words { en: "", ru: "" },
    longest: 16,
    completes: Completes::Words(&["en", "ru"]),
};

/// A prompt.
pub struct Prompt {
    /// Its name.
    pub name: &'static str,
    /// A short title for people.
    pub title: Words,
    /// What it is for.
    pub description: Words,
    arguments: &'static [Argument],
    /// The tools without which it makes no sense.
    needs: &'static [&'static str],
    /// What is said to the model, with `{argument}` where an argument goes.
    text: Words,
}

/// An argument of a prompt. All of them are texts.
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// A short title for people.
    pub title: Words,
    /// What to write, and what happens when nothing is written.
    pub description: Words,
    /// Whether the prompt cannot do without it.
    pub required: bool,
    /// What stands in its place when it is left out.
    unsaid: Words,
    /// The most characters that it takes.
    longest: usize,
    /// What a client may offer while somebody types.
    pub(crate) completes: Completes,
}

/// A prompt as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it is for.
    pub description: &'static str,
    /// What is said to the model.
    pub text: String,
}

/// Why a prompt cannot be said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSaid {
    /// There is none of that name, or none that this caller may use.
    #[error("there is no prompt `{0}`")]
    Unknown(String),
    /// It has no such argument.
    #[error("the prompt `{prompt}` has no argument `{argument}`; its arguments are {known}")]
    Stranger {
        /// The prompt.
        prompt: &'static str,
        /// What was given.
        argument: String,
        /// What there is.
        known: String,
    },
    /// An argument is missing.
    #[error("the prompt `{prompt}` needs the argument `{argument}`")]
    Missing {
        /// The prompt.
        prompt: &'static str,
        /// The argument.
        argument: &'static str,
    },
    /// An argument is too long.
    #[error("`{argument}` has at most {longest} characters")]
    TooLong {
        /// The argument.
        argument: &'static str,
        /// How many it may have.
        longest: usize,
    },
    /// Not one of the languages.
    #[error(transparent)]
    Language(#[from] NotALanguage),
}

/// The prompts whose tools the policy allows, in the order of their names.
pub fn list(catalogue: &Catalogue, policy: &Policy) -> Vec<&'static Prompt> {
    let allowed = |name: &&str| allows(catalogue, policy, name);
    ALL.into_iter().filter(|prompt| prompt.needs.iter().all(allowed)).collect()
}

/// Whether a tool is there and may be called.
pub(crate) fn allows(catalogue: &Catalogue, policy: &Policy, name: &str) -> bool {
    catalogue.find(name).is_ok_and(|found| policy.judge(found.tool.spec(), found.tool.stands_for()).is_ok())
}

/// The prompt of that name, if this policy shows it.
pub fn find(catalogue: &Catalogue, policy: &Policy, name: &str) -> Result<&'static Prompt, NotSaid> {
    let unknown = || NotSaid::Unknown(name.chars().filter(|c| !c.is_control()).take(64).collect());
    list(catalogue, policy).into_iter().find(|prompt| prompt.name == name).ok_or_else(unknown)
}

impl Prompt {
    /// Its arguments; the language is the last.
    pub fn arguments(&self) -> impl Iterator<Item = &'static Argument> {
        self.arguments.iter().chain([&LANGUAGE])
    }

    /// Says it. Without `language` it is Russian when one of the arguments is, else `usual`.
    pub fn say(&self, given: &BTreeMap<String, String>, usual: Language) -> Result<Said, NotSaid> {
        if let Some(stranger) = given.keys().find(|name| !self.arguments().any(|own| own.name == **name)) {
            return Err(NotSaid::Stranger {
                prompt: self.name,
                argument: stranger.chars().filter(|c| !c.is_control()).take(64).collect(),
                known: self.arguments().map(|own| own.name).collect::<Vec<_>>().join(", "),
            });
        }
        let mut values = BTreeMap::new();
        for argument in self.arguments() {
            let value = given.get(argument.name).map(|text| text.trim()).filter(|text| !text.is_empty());
            match value {
                Some(text) if text.chars().count() > argument.longest => {
                    return Err(NotSaid::TooLong { argument: argument.name, longest: argument.longest });
                }
                Some(text) => {
                    values.insert(argument.name, harmless(text, argument.longest > ONE_LINE));
                }
                None if argument.required => {
                    return Err(NotSaid::Missing { prompt: self.name, argument: argument.name });
                }
                None => {}
            }
        }
        let language = match values.get(LANGUAGE.name) {
            Some(word) => word.parse()?,
            None => Language::of(values.values().map(String::as_str)).unwrap_or(usual),
        };
        let value = |name: &str| match (values.get(name), self.arguments().find(|own| own.name == name)) {
            (Some(value), _) => Some(value.as_str()),
            (None, Some(argument)) => Some(argument.unsaid.say(language)),
            (None, None) => None,
        };
        Ok(Said { description: self.description.say(language), text: fill(self.text.say(language), &value) })
    }
}

/// Arguments that may be longer than this may have several lines.
const ONE_LINE: usize = 300;

/// An argument as it stands in a prompt: nothing hidden in it, and no quotes that would end its own.
fn harmless(text: &str, lines: bool) -> String {
    let text = clean(text);
    if lines { text.replace("</", "< /") } else { text.replace(['\n', '\r', '\t'], " ").replace('"', "'") }
}

/// Puts values where their names stand in braces. What a value holds is not looked at again.
fn fill<'a>(text: &str, value: &impl Fn(&str) -> Option<&'a str>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}').and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}
