//! Words of a title, in any order.
//!
//! The portal documents no full-text search of tasks. It takes one pattern for the title, in which words have an order: so
//! two or three words are asked for in every order, in one request, and the list that is told is that of the ids found.

use b24_rest::{methods::task, wire};
use serde_json::{Value, json};

use crate::{Reader, Refusal, filter::WireFilter};

/// The most words; three have six orders.
const MOST: usize = 3;
/// The longest search.
const LONGEST: usize = 200;
/// Rows on a page.
const PAGE: u64 = 50;
/// How many pages of one order are read.
const PAGES: u64 = 4;

/// The words to search for. One that is part of another says nothing more.
pub(super) fn words(said: Option<&str>) -> Result<Vec<String>, Refusal> {
    let said = said.unwrap_or_default();
    if said.chars().count() > LONGEST || said.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return Err(Refusal::invalid(format!(
            "`search` is at most {LONGEST} characters, without control characters"
        )));
    }
    let all: Vec<String> = said.split_whitespace().map(str::to_lowercase).collect();
    let mut words: Vec<String> = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let says_more = |(other_at, other): (usize, &String)| {
            other.contains(word.as_str()) && (other != word || other_at < at) && other_at != at
        };
        if !all.iter().enumerate().any(says_more) {
            words.push(word.clone());
        }
    }
    if words.len() > MOST {
        return Err(Refusal::invalid(format!("`search` takes at most {MOST} words")).hint(
            "give the rarest words of the title; for a longer piece of it, in its order, use `titleContains`",
        ));
    }
    Ok(words)
}

/// Adds the words to a filter: one as a pattern, several as the ids of the tasks that have them all.
pub(super) async fn narrow(
    filter: WireFilter,
    words: Vec<String>,
    reader: &Reader,
) -> Result<WireFilter, Refusal> {
    let taken = |key: &str| {
        Refusal::invalid(format!("`search` and another condition are both `{key}` for the portal"))
            .hint("leave one of them out")
    };
    let titled = |order: &[&String]| filter.and("TITLE", pattern(order).into()).ok_or_else(|| taken("TITLE"));
    match words.as_slice() {
        [] => Ok(filter),
        [word] => titled(&[word]),
        several => {
            // Asked for nothing yet: a condition that is there already is refused without a call.
            filter.and("ID", 0_u64.into()).ok_or_else(|| taken("ID"))?;
            let orders = orders(several).iter().map(|order| titled(order)).collect::<Result<Vec<_>, _>>()?;
            let found = ids(orders, reader).await?;
            filter.and("ID", found.into()).ok_or_else(|| taken("ID"))
        }
    }
}

/// The ids of all tasks that pass one of the filters. Nothing found is `[0]`: no task has that id.
async fn ids(filters: Vec<WireFilter>, reader: &Reader) -> Result<Vec<u64>, Refusal> {
    let ask = |filter: &WireFilter, page: u64| {
        let rest = json!({ "order": { "ID": "desc" }, "select": ["ID"], "start": page * PAGE });
        (&task::LIST, filter.clone().beside(rest))
    };
    let replies = reader.all(filters.iter().map(|filter| ask(filter, 0)).collect()).await;
    let (mut found, mut more) = (Vec::new(), Vec::new());
    for (filter, reply) in filters.iter().zip(replies) {
        let reply = reply?;
        found.extend(rows(&reply.result));
        let pages = reply.total.unwrap_or(0).div_ceil(PAGE);
        if pages > PAGES {
            return Err(Refusal::invalid(format!("`search` matches more than {} tasks", PAGES * PAGE))
                .hint("add another word, or another condition such as `responsible`"));
        }
        more.extend((1..pages).map(|page| ask(filter, page)));
    }
    let replies = if more.is_empty() { Vec::new() } else { reader.all(more).await };
    for reply in replies {
        found.extend(rows(&reply?.result));
    }
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        found.push(0);
    }
    Ok(found)
}

fn rows(result: &Value) -> Vec<u64> {
    let rows = super::rows(result).unwrap_or_default();
    rows.into_iter().filter_map(|row| row.get("id").and_then(wire::id)).collect()
}

/// `%quarterly%report%`.
fn pattern(words: &[&String]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.as_str()).collect();
    format!("%{}%", words.join("%"))
}

/// Every order of up to three words.
fn orders(words: &[String]) -> Vec<Vec<&String>> {
    match words {
        [a, b] => vec![vec![a, b], vec![b, a]],
        [a, b, c] => {
            vec![vec![a, b, c], vec![a, c, b], vec![b, a, c], vec![b, c, a], vec![c, a, b], vec![c, b, a]]
        }
        other => vec![other.iter().collect()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_says_nothing_more_is_left_out_and_too_many_are_refused() {
        let read = |said: &str| words(Some(said)).map_err(|refusal| refusal.message().to_owned());
        assert_eq!(read(" Test testing REPORT report "), Ok(vec!["testing".into(), "report".into()]));
        assert_eq!(read(""), Ok(Vec::new()));
        assert_eq!(read("a b c d"), Err("`search` takes at most 3 words".into()));
        assert!(read("a\u{0}").is_err() && read(&"x".repeat(201)).is_err());
    }

    #[test]
    fn words_are_asked_for_in_every_order() {
        let words = ["a", "b", "c"].map(str::to_owned);
        let asked: Vec<String> = orders(&words).iter().map(|order| pattern(order)).collect();
        assert_eq!(asked, ["%a%b%c%", "%a%c%b%", "%b%a%c%", "%b%c%a%", "%c%a%b%", "%c%b%a%"]);
        assert_eq!(orders(&words[..2]).len(), 2);
    }
}
