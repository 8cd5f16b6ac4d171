//! The secrets of this configuration, in every form in which they are searched for.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{
    encodings::{self, Form},
    filter::Gram,
};

/// A shorter one cannot be told from ordinary words. No portal makes such ones, and no Bearer of that length opens a door.
const SHORTEST: usize = 8;

/// Everything that was ever configured since the program began: what was a secret a minute ago may still be one.
#[derive(Clone, Default)]
pub(super) struct Values {
    known: Vec<Arc<Zeroizing<String>>>,
    forms: Vec<Arc<Form>>,
}

impl Values {
    /// Takes what was said as one secret apart: a list of Bearers, an address with a password or a webhook in it.
    pub(super) fn learn(&mut self, said: &str) {
        for item in said.split(',').map(str::trim) {
            match item.split_once("://") {
                Some((_scheme, rest)) => self.learn_address(item, rest),
                None => {
                    self.keep(item);
                    if let Some((_label, token)) = item.split_once('=') {
                        self.keep(token.trim_end_matches('='));
                    }
                }
            }
        }
    }

    fn learn_address(&mut self, whole: &str, rest: &str) {
        let before = self.known.len();
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if let Some((_user, password)) = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':'))
        {
            self.keep(password);
        }
        if let Some(path) = path.strip_prefix("rest/") {
            let mut parts = path.strip_prefix("api/").unwrap_or(path).split('/').skip(1);
            self.keep(parts.next().unwrap_or_default());
        }
        if let Some((_path, query)) = path.split_once('?') {
            query.split('&').filter_map(|pair| pair.split_once('=')).for_each(|(_, value)| self.keep(value));
        }
        // Nothing in it that could be told apart: then it goes as a whole.
        if self.known.len() == before && !self.known.iter().any(|known| whole.contains(known.as_str())) {
            self.keep(whole);
        }
    }

    fn keep(&mut self, secret: &str) {
        if secret.len() < SHORTEST || self.known.iter().any(|known| known.as_str() == secret) {
            return;
        }
        self.known.push(Arc::new(Zeroizing::new(secret.to_owned())));
        self.forms.extend(encodings::forms(secret.as_bytes()).into_iter().map(Arc::new));
    }

    /// Every secret itself.
    #[cfg(feature = "probe")]
    pub(super) fn expose(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|known| known.as_str())
    }

    /// What gives each form away: its beginning.
    pub(super) fn grams(&self) -> impl Iterator<Item = (Gram, usize)> {
        let first = |form: &Arc<Form>| form.bytes.first_chunk::<4>().copied();
        self.forms.iter().enumerate().filter_map(move |(index, form)| Some((first(form)?, index)))
    }

    /// Where the form ends and begins that stands at this place, with the characters beside it that hold a part of it.
    pub(super) fn at(&self, text: &[u8], at: usize, index: usize) -> Option<(usize, usize)> {
        let form = &self.forms[index];
        let end = at + form.bytes.len();
        let there = text.get(at..end)?;
        let same = if form.any_case {
            there.eq_ignore_ascii_case(&form.bytes)
        } else {
            there == form.bytes.as_slice()
        };
        let digit =
            |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=');
        let before = text[..at].iter().rev().take(form.margin).take_while(digit).count();
        let after = text[end..].iter().take(form.margin).take_while(digit).count();
        same.then_some((at - before, end + after))
    }

    /// How long the longest form is.
    pub(super) fn longest(&self) -> usize {
        self.forms.iter().map(|form| form.bytes.len() + form.margin).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(said: &str) -> Vec<String> {
        let mut values = Values::default();
        values.learn(said);
        values.known.iter().map(|known| known.to_string()).collect()
    }

    #[test]
    fn what_was_said_is_taken_apart_and_names_of_hosts_are_no_secrets() {
        assert_eq!(known("https://acme.example/rest/1/not-a-secret/profile.json"), ["not-a-secret"]);
        assert_eq!(known("https://acme.example/rest/api/1/not-a-secret/"), ["not-a-secret"]);
        assert_eq!(known("postgres://b24:hunter-hunter@db.example/b24?x=1"), ["hunter-hunter"]);
        assert_eq!(known("postgres://db.example/a-name"), ["postgres://db.example/a-name"]);
        assert_eq!(
            known("anna=first-token-of-all, second-token-of-all,kitten"),
            ["anna=first-token-of-all", "first-token-of-all", "second-token-of-all"]
        );
    }
}
