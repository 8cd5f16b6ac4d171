//! The languages in which prompts are said.

use std::str::FromStr;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
}

/// The same words in each language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// In English.
    pub en: &'static str,
    /// In Russian.
    pub ru: &'static str,
}

/// The text is none of the languages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`language` is `en` or `ru`")]
pub struct NotALanguage;

impl Words {
    /// The words in one language.
    pub fn say(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Ru => self.ru,
        }
    }
}

impl Language {
    /// Russian, when one of the texts is written in Cyrillic.
    pub(super) fn of<'a>(mut texts: impl Iterator<Item = &'a str>) -> Option<Self> {
        let is_cyrillic = |c: char| matches!(c, '\u{400}'..='\u{4FF}');
        texts.any(|text| text.chars().any(is_cyrillic)).then_some(Self::Ru)
    }
}

impl FromStr for Language {
    type Err = NotALanguage;

    fn from_str(text: &str) -> Result<Self, NotALanguage> {
        match text.trim().to_lowercase().as_str() {
            "en" | "english" => Ok(Self::En),
            "ru" | "russian" | "русский" => Ok(Self::Ru),
            _ => Err(NotALanguage),
        }
    }
}
