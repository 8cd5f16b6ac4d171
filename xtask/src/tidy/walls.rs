//! The walls between the crates: a table, and one function that compares a graph with it.
//!
//! A crate has a wall because it has another consumer, or because it must not know something. The
//! table is closed: a crate without a row is itself a finding, so nobody moves in unseen.

use std::fmt;

use super::graph::{Graph, Use};

/// What one crate may know.
pub(crate) struct Wall {
    pub(crate) member: &'static str,
    /// The only crates it may name outside its tests. `None` leaves that open.
    pub(crate) only: Option<&'static [&'static str]>,
    /// Never used, neither by itself nor through what it uses.
    pub(crate) never: &'static [&'static str],
    /// Never named in its manifest, though what it uses may carry it along.
    pub(crate) never_named: &'static [&'static str],
    /// Not even a test may name these.
    pub(crate) not_in_tests: &'static [&'static str],
    /// Why the wall stands.
    pub(crate) why: &'static str,
}

/// The house. A crate that does not exist yet keeps its row, so that it is born behind its wall.
pub(crate) const HOUSE: &[Wall] = &[
    Wall {
        member: "b24-model",
        only: Some(&["jiff", "schemars", "serde", "subtle", "thiserror", "zeroize"]),
        never: &["axum", "reqwest", "rmcp", "tokio"],
        never_named: &[],
        not_in_tests: &["b24-audit", "b24-rest", "b24-sim", "b24-tools", "b24-vault"],
        why: "every crate speaks these words, so what they pull in, everybody pulls in: no I/O, no async",
    },
    Wall {
        member: "b24-rest",
        only: None,
        never: &["axum", "b24-audit", "b24-sim", "b24-tools", "b24-vault", "clap", "figment", "rmcp", "sqlx"],
        never_named: &[],
        not_in_tests: &["b24-tools", "rmcp"],
        why: "a client of Bitrix24 is of use without MCP, a database or a command line",
    },
    Wall {
        member: "b24-vault",
        only: None,
        never: &["axum", "b24-audit", "b24-rest", "b24-sim", "b24-tools", "clap", "reqwest", "rmcp"],
        never_named: &[],
        not_in_tests: &["b24-rest", "b24-tools", "rmcp"],
        why: "what keeps the grants must not know who uses them, nor how",
    },
    Wall {
        member: "b24-audit",
        only: None,
        never: &["axum", "b24-rest", "b24-sim", "b24-tools", "b24-vault", "clap", "reqwest", "rmcp", "sqlx"],
        never_named: &[],
        not_in_tests: &["b24-rest", "b24-tools", "rmcp"],
        why: "the record must be verifiable by a program that knows nothing but the record",
    },
    Wall {
        member: "b24-sim",
        only: None,
        never: &["b24-audit", "b24-rest", "b24-tools", "b24-vault", "clap", "reqwest", "rmcp", "sqlx"],
        never_named: &[],
        not_in_tests: &["b24-rest", "b24-tools"],
        why: "a portal that shared the client's decoders would agree with the client's mistakes",
    },
    Wall {
        member: "b24-tools",
        only: None,
        never: &["axum", "b24-sim", "b24-vault", "clap", "figment", "rmcp", "sqlx"],
        never_named: &["http", "hyper", "reqwest", "rustls", "tokio", "tokio-util", "tower", "url"],
        not_in_tests: &["b24-vault", "reqwest", "rmcp"],
        why: "a tool reaches a portal through the typed door alone, and knows neither MCP nor the machine it runs on",
    },
    Wall {
        member: "b24-mcp",
        only: None,
        never: &["native-tls", "openssl"],
        never_named: &[],
        not_in_tests: &[],
        why: "rustls is the one TLS here",
    },
    Wall {
        member: "xtask",
        only: None,
        never: &["b24-model", "b24-rest", "b24-sim", "b24-tools", "reqwest", "tokio"],
        never_named: &[],
        not_in_tests: &[],
        why: "automation sees the server from outside, and builds in seconds",
    },
];

/// Nobody may depend on these: they are ends, not parts.
const ENDS: [&str; 2] = ["b24-mcp", "xtask"];

/// A wall that does not hold.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    /// What is forbidden.
    pub(crate) rule: String,
    /// The edges that break it, from the crate to what it must not know.
    pub(crate) way: Vec<String>,
    /// Why the wall stands.
    pub(crate) why: &'static str,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  edge: {}\n  why:  {}", self.rule, self.way.join(" -> "), self.why)
    }
}

/// Compares a graph with the table and returns every wall that does not hold.
pub(crate) fn breaches(house: &[Wall], graph: &Graph) -> Vec<Breach> {
    let mut found = Vec::new();
    for member in graph.members() {
        match house.iter().find(|wall| wall.member == member) {
            Some(wall) => found.extend(through(wall, graph)),
            None => found.push(Breach {
                rule: format!("{member} has no wall: give it a row in xtask/src/tidy/walls.rs"),
                way: vec![member.to_owned()],
                why: "a crate that nobody placed may come to know anything",
            }),
        }
        for end in ENDS.into_iter().filter(|end| graph.named(member).any(|(to, _)| to == *end)) {
            found.push(Breach {
                rule: format!("{member} must not depend on {end}"),
                way: vec![member.to_owned(), end.to_owned()],
                why: "it is a program: what two crates share belongs in a crate of its own",
            });
        }
    }
    found
}

fn through(wall: &Wall, graph: &Graph) -> Vec<Breach> {
    let member = wall.member;
    let breach = |rule: String, way: Vec<String>| Breach { rule, way, why: wall.why };
    let edge = |to: &str| vec![member.to_owned(), to.to_owned()];
    let mut found = Vec::new();
    for name in wall.never {
        if let Some(way) = graph.way(member, name) {
            found.push(breach(format!("{member} must never know {name}"), way));
        }
    }
    for (name, kind) in graph.named(member) {
        let never = wall.never.contains(&name);
        if kind == Use::Always && !never && wall.only.is_some_and(|only| !only.contains(&name)) {
            found.push(breach(
                format!("{member} may not use {name}: it is not on its short list"),
                edge(name),
            ));
        }
        if kind == Use::Always && wall.never_named.contains(&name) {
            found.push(breach(format!("{member} must not name {name} outside its tests"), edge(name)));
        }
        if kind == Use::InTests && wall.not_in_tests.contains(&name) {
            found.push(breach(format!("{member} must not know {name}, not even in tests"), edge(name)));
        }
    }
    found
}

#[cfg(test)]
mod tests;
