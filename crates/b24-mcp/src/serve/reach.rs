//! What one request may reach: the policy of the server without what its Bearer, its session, its path and its headers
//! take away.
//!
//! Paths and header names are those of github-mcp-server, so that clients and their users know them: `/mcp/readonly`,
//! `/mcp/x/{toolset}`, `X-MCP-Toolsets` … Here they only ever take away, and a name that nothing has is refused: that
//! server ignores it, and then shows more than was asked for.

use std::collections::BTreeSet;

use b24_tools::{Narrowing, Policy, Toolset, View};
use http::HeaderMap;

use crate::config::names::{Kind, NoSuchName, present};

const READ_ONLY: &str = "x-mcp-readonly";
const TOOLSETS: &str = "x-mcp-toolsets";
const TOOLS: &str = "x-mcp-tools";
const EXCLUDE: &str = "x-mcp-exclude-tools";
/// The word for all toolsets in a path.
const ALL: &str = "all";

/// What a request may do without, by its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked(pub(crate) Narrowing);

/// What a request may reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    /// What may be called.
    pub(crate) policy: Policy,
    /// What is listed of it.
    pub(crate) view: View,
}

/// Why a request asks for nothing that there is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Nowhere {
    /// The path is none of ours.
    #[error(
        "there is nothing here; the MCP endpoint is /mcp, /mcp/readonly, /mcp/x/{{toolset}} or /mcp/x/{{toolset}}/readonly"
    )]
    Path,
    /// The path names a toolset that there is not.
    #[error("{0}")]
    PathName(NoSuchName),
    /// A header names something that there is not.
    #[error("the header {name}: {what}")]
    Header {
        /// The header.
        name: &'static str,
        /// What is wrong with it.
        what: String,
    },
}

impl Asked {
    /// What the path and the headers of a request take away.
    pub(crate) fn of(path: &str, headers: &HeaderMap) -> Result<Self, Nowhere> {
        Ok(Self(of_path(path)?.and(&of_headers(headers)?)))
    }

    /// Both: what either takes away is away.
    pub(crate) fn and(&self, other: &Self) -> Self {
        Self(self.0.and(&other.0))
    }
}

impl Reach {
    /// What is left of a policy. Whoever asks for some toolsets or tools is shown all of those, not only those of the view.
    pub(crate) fn of(policy: &Policy, view: &View, bearer: &Narrowing, asked: &Asked) -> Self {
        let Asked(asked) = asked;
        let sets = |names: &BTreeSet<String>| names.iter().filter_map(|name| Toolset::named(name)).collect();
        let view = match (view, &asked.tools, &asked.toolsets) {
            // The contract is a promise about names; less of it may be shown, nothing else.
            (View::Contract, ..) | (_, None, None) => view.clone(),
            (_, Some(_), _) => View::Full,
            (_, None, Some(names)) => View::Toolsets(sets(names)),
        };
        Self { policy: policy.narrow(&bearer.and(asked)), view }
    }
}

/// `/mcp`, `/mcp/readonly`, `/mcp/x/{toolset},{toolset}`, `/mcp/x/{toolset}/readonly`.
fn of_path(path: &str) -> Result<Narrowing, Nowhere> {
    let mut narrowing = Narrowing::default();
    let below = path.strip_prefix("/mcp").filter(|below| below.is_empty() || below.starts_with('/'));
    let mut parts = below.ok_or(Nowhere::Path)?.split('/').skip(1).peekable();
    if parts.next_if_eq(&"x").is_some() {
        let names = set(parts.next().unwrap_or_default());
        if names.is_empty() {
            return Err(Nowhere::Path);
        }
        if !names.contains(ALL) {
            narrowing.toolsets = Some(present(Kind::Toolset, names).map_err(Nowhere::PathName)?);
        }
    }
    narrowing.read_only = parts.next_if_eq(&"readonly").is_some();
    if parts.next().is_none() { Ok(narrowing) } else { Err(Nowhere::Path) }
}

fn of_headers(headers: &HeaderMap) -> Result<Narrowing, Nowhere> {
    Ok(Narrowing {
        read_only: values(headers, READ_ONLY)?.is_some_and(|said| said.iter().any(|word| is_yes(word))),
        toolsets: names(headers, TOOLSETS, Kind::Toolset)?,
        tools: names(headers, TOOLS, Kind::Tool)?,
        exclude: names(headers, EXCLUDE, Kind::Tool)?.unwrap_or_default(),
    })
}

/// The names that a header lists. An empty header says nothing.
fn names(headers: &HeaderMap, name: &'static str, kind: Kind) -> Result<Option<BTreeSet<String>>, Nowhere> {
    let Some(said) = values(headers, name)? else { return Ok(None) };
    let names = set(&said.join(","));
    if names.is_empty() {
        return Ok(None);
    }
    if kind == Kind::Toolset && names.contains(ALL) {
        return Ok(None);
    }
    let present = present(kind, names);
    present.map(Some).map_err(|unknown| Nowhere::Header { name, what: unknown.to_string() })
}

fn values<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<Option<Vec<&'a str>>, Nowhere> {
    let said: Result<Vec<&str>, _> = headers.get_all(name).iter().map(|value| value.to_str()).collect();
    let said =
        said.map_err(|_| Nowhere::Header { name, what: "it has characters that no name has".into() })?;
    Ok((!said.is_empty()).then_some(said))
}

fn set(text: &str) -> BTreeSet<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Whatever is not a way to say no says yes: a typing error must not open what was meant to be shut.
fn is_yes(word: &str) -> bool {
    !matches!(word.trim().to_ascii_lowercase().as_str(), "" | "false" | "f" | "no" | "n" | "0" | "off")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(path: &str, headers: &[(&'static str, &str)]) -> String {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (http::HeaderName::from_static(name), value.parse().expect("a header value"))
            })
            .collect();
        match Asked::of(path, &headers) {
            Ok(Asked(Narrowing { read_only, toolsets, tools, exclude })) => {
                format!("{read_only} {toolsets:?} {tools:?} {exclude:?}")
            }
            Err(nowhere) => nowhere.to_string(),
        }
    }

    #[test]
    fn paths_take_away_what_they_say() {
        insta::assert_snapshot!(
            [
                "/mcp",
                "/mcp/readonly",
                "/mcp/x/task",
                "/mcp/x/task,user/readonly",
                "/mcp/x/all/readonly",
                "/mcp/x/tasks",
                "/mcp/x/deals",
                "/mcp/x/",
                "/mcp/x",
                "/mcp/task",
                "/mcp/readonly/x/task",
                "/mcp/x/task/readonly/",
                "/mcp/x/task/x/user",
                "/mcp/",
                "/mcpx",
            ]
            .map(|path| format!("{path}: {}", asked(path, &[])))
            .join("\n")
        );
    }

    #[test]
    fn headers_take_away_what_they_say_and_an_unknown_name_is_refused() {
        insta::assert_snapshot!(
            [
                asked("/mcp", &[("x-mcp-readonly", "true"), ("x-mcp-toolsets", " task , user,")]),
                asked("/mcp/x/task,user", &[("x-mcp-toolsets", "user,project")]),
                asked("/mcp", &[("x-mcp-tools", "b24_user_me"), ("x-mcp-exclude-tools", "b24_task_delete")]),
                asked("/mcp", &[("x-mcp-toolsets", "all"), ("x-mcp-readonly", "Off"), ("x-mcp-tools", "")]),
                asked("/mcp", &[("x-mcp-readonly", "flase")]),
                asked("/mcp", &[("x-mcp-readonly", "no"), ("x-mcp-readonly", "yes")]),
                asked("/mcp", &[("x-mcp-tools", "bitrix24_current_user,b24_task_complete")]),
                asked("/mcp", &[("x-mcp-tools", "b24_user_mee")]),
                asked("/mcp", &[("x-mcp-toolsets", "deals")]),
            ]
            .join("\n")
        );
    }
}
