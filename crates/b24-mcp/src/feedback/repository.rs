//! The name of a repository: an owner and a name, and nothing that an address could be bent with.

use std::{fmt, str::FromStr};

/// `owner/name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Repository(String);

impl FromStr for Repository {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (owner, name) = text.split_once('/').ok_or(())?;
        let legal = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        let part = |part: &str| {
            (1..=100).contains(&part.len()) && part.bytes().all(legal) && part.bytes().any(|b| b != b'.')
        };
        if part(owner) && part(name) { Ok(Self(text.to_owned())) } else { Err(()) }
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_an_owner_and_a_name_and_never_a_way_out() {
        assert_eq!(
            "acme/b24-feedback_1.0".parse::<Repository>().map(|it| it.to_string()),
            Ok("acme/b24-feedback_1.0".into())
        );
        for wrong in [
            "",
            "acme",
            "acme/",
            "/x",
            "a/b/c",
            "../..",
            "./.",
            "a/..",
            "a/b?x=1",
            "a/b#c",
            "a@evil.example/b",
            "a/b c",
            "а/б",
        ] {
            assert_eq!(wrong.parse::<Repository>(), Err(()), "{wrong}");
        }
    }
}
