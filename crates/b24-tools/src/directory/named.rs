//! The one record of a list that a name means: by the letter, by ear, or by some of its words.

use super::spelling::{self, Fit};
use crate::{
    Code, Refusal,
    input::{Noun, nearest, shorten},
};

/// How many candidates a refusal lists.
const LISTED: usize = 8;

/// A record with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// Its id.
    pub id: u64,
    /// Its name, cleaned.
    pub name: String,
}

/// What a name means among some records.
pub(crate) enum Choice {
    /// Exactly one.
    One(Named),
    /// More than one, and none better than the others.
    Several(Vec<Named>),
    /// None.
    Nobody,
}

/// Chooses the record that `said` means. A whole name comes before some words of one, letters before sounds.
pub(crate) fn choose(said: &str, records: &[Named]) -> Choice {
    let said = spelling::words(said);
    let rank = |named: &Named| {
        let written = spelling::words(&named.name);
        let fit = spelling::fit(&said, &written)?;
        Some((said.len() != written.len(), fit == Fit::Alike))
    };
    let ranked: Vec<_> = records.iter().filter_map(|named| Some((rank(named)?, named))).collect();
    let best = ranked.iter().map(|(rank, _)| *rank).min();
    let mut found =
        ranked.into_iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, named)| named.clone());
    match (found.next(), found.next()) {
        (None, _) => Choice::Nobody,
        (Some(only), None) => Choice::One(only),
        (Some(first), Some(second)) => Choice::Several([first, second].into_iter().chain(found).collect()),
    }
}

/// The refusal for a name that several records have.
pub(crate) fn ambiguous<N: Noun>(said: &str, several: &[Named]) -> Refusal {
    let word = N::WORD;
    let listed: Vec<String> = several
        .iter()
        .take(LISTED)
        .map(|named| format!("{} {}", named.id, shorten(&named.name, 60)))
        .collect();
    let more = several.len().saturating_sub(LISTED);
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    Refusal::new(
        Code::AMBIGUOUS,
        format!("{} {word}s match \"{}\": {}{tail}", several.len(), shorten(said, 60), listed.join("; ")),
    )
    .hint("ask which one is meant, then call again with its id")
}

/// The refusal for a name that no record has, with the nearest one, or with what there is.
pub(crate) fn nobody<N: Noun>(said: &str, records: &[Named]) -> Refusal {
    let word = N::WORD;
    let refusal = Refusal::new(Code::NOT_FOUND, format!("there is no {word} \"{}\"", shorten(said, 60)));
    let shown = |named: &Named| format!("{} {}", named.id, shorten(&named.name, 60));
    match near(said, records) {
        Some(named) => refusal.hint(format!("did you mean {}? Then call again with the id", shown(named))),
        None if records.is_empty() => refusal.hint(format!("the acting person sees no {word} at all")),
        None if records.len() <= LISTED => {
            let all = records.iter().map(shown).collect::<Vec<_>>().join("; ");
            refusal.hint(format!("there are: {all}"))
        }
        None => refusal.hint("try another part of the name, or give the id"),
    }
}

/// The record whose name, or one word of it, sounds most like what was said.
fn near<'a>(said: &str, records: &'a [Named]) -> Option<&'a Named> {
    let bones = |text: &str| {
        spelling::words(text).iter().map(|word| spelling::skeleton(word)).collect::<Vec<_>>().join(" ")
    };
    let known: Vec<String> = records.iter().map(|named| bones(&named.name)).collect();
    let wanted = bones(said);
    let parts = known.iter().flat_map(|name| std::iter::once(name.as_str()).chain(name.split(' ')));
    let best = nearest(&wanted, parts.filter(|part| part.chars().count() > 2))?;
    known
        .iter()
        .position(|name| name == best || name.split(' ').any(|part| part == best))
        .map(|at| &records[at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::DepartmentRef;

    fn records() -> Vec<Named> {
        let names =
            ["Продажи", "Продажи: ключевые клиенты", "Support", "Отдел закупок", "Support", "Проект Альфа"];
        (1..).zip(names).map(|(id, name)| Named { id, name: name.into() }).collect()
    }

    fn told(said: &str) -> String {
        let records = records();
        match choose(said, &records) {
            Choice::One(named) => named.id.to_string(),
            Choice::Several(several) => {
                ambiguous::<crate::input::Department>(said, &several).message().to_owned()
            }
            Choice::Nobody => {
                let refusal = nobody::<crate::input::Department>(said, &records);
                format!("{}; {}", refusal.message(), refusal.next_step().unwrap_or("-"))
            }
        }
    }

    #[test]
    fn a_whole_name_comes_before_a_part_and_letters_before_sounds() {
        let _: Option<DepartmentRef> = None;
        assert_eq!(told("продажи"), "1");
        assert_eq!(told("prodazhi"), "1");
        assert_eq!(told("ключевые клиенты"), "2");
        assert_eq!(told("zakupok"), "4");
        assert_eq!(told("Proekt Alfa"), "6");
        assert_eq!(told("support"), "2 departments match \"support\": 3 Support; 5 Support");
        assert_eq!(
            told("Продаж"),
            "there is no department \"Продаж\"; did you mean 1 Продажи? Then call again with the id"
        );
        insta::assert_snapshot!(told("Legal"), @r#"there is no department "Legal"; there are: 1 Продажи; 2 Продажи: ключевые клиенты; 3 Support; 4 Отдел закупок; 5 Support; 6 Проект Альфа"#);
    }
}
