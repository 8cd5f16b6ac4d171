//! The address of a file, as a portal gave it: as secret as a password, and judged before it is followed.

use url::Url;
use zeroize::Zeroizing;

use crate::{failure::Failure, redirect};

/// Parts of an address that are shorter than this cannot be told from ordinary words.
const SHORTEST_MASKED: usize = 8;

/// The address of a file. Its text goes into one request and nowhere else.
#[derive(Clone)]
pub(crate) struct Link(Zeroizing<String>);

impl Link {
    /// The link that the portal at `home` (`https://acme.example`) gave, when it leads back to that portal.
    ///
    /// What is kept is its path and query: they are asked for where the portal is known to live, with the scheme and the
    /// port that are known to reach it. A portal behind a proxy may believe that it is spoken to in plain HTTP.
    pub(crate) fn judge(home: &str, text: &str) -> Result<Self, Failure> {
        let unreadable =
            || Failure::Moved { to: "an unreadable address".to_owned(), why: "it is no address of a file" };
        let base = Url::parse(home).map_err(|_| unreadable())?;
        let link = base.join(text.trim()).map_err(|_| unreadable())?;
        if link.host_str().is_none() || !matches!(link.scheme(), "https" | "http") {
            return Err(unreadable());
        }
        if link.host_str() != base.host_str() {
            return Err(redirect::refused(&link, "the file lies on another host than the portal's"));
        }
        if !link.username().is_empty() || link.password().is_some() {
            return Err(redirect::refused(&link, "it carries a user name or password"));
        }
        let query = link.query().map(|query| format!("?{query}")).unwrap_or_default();
        let origin = home.trim_end_matches('/');
        Ok(Self(Zeroizing::new(format!("{origin}{}{query}", link.path()))))
    }

    /// Where the portal sends on to from here, when it may be followed there.
    pub(crate) fn judge_next(&self, location: &str) -> Result<Self, Failure> {
        let next = redirect::judge_file(&self.0, location)?;
        let repeats =
            |host: &str| self.secrets().iter().any(|secret| host.contains(&secret.to_ascii_lowercase()));
        if next.host_str().is_some_and(repeats) {
            return Err(Failure::Moved {
                to: "an unreadable address".to_owned(),
                why: "it repeats the secret where everybody sees it",
            });
        }
        Ok(Self(Zeroizing::new(next.into())))
    }

    /// The address: straight into a request.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// The host, which may be shown.
    pub(crate) fn host(&self) -> String {
        let url = Url::parse(&self.0).ok();
        url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
    }

    /// `text` without the credentials of this link, wherever a portal or a proxy repeated them.
    pub(crate) fn mask_text(&self, text: String) -> String {
        self.secrets().iter().fold(text, |text, secret| text.replace(secret.as_str(), "***"))
    }

    /// The same for a body.
    pub(crate) fn mask(&self, bytes: Vec<u8>) -> Vec<u8> {
        match String::from_utf8(bytes) {
            Ok(text) => self.mask_text(text).into_bytes(),
            Err(bytes) => self.mask_text(String::from_utf8_lossy(bytes.as_bytes()).into_owned()).into_bytes(),
        }
    }

    /// Every value of the query, as it is written and as it is meant, the longest first.
    fn secrets(&self) -> Vec<Zeroizing<String>> {
        let query = self.0.split_once('?').map_or("", |(_, query)| query);
        let written =
            query.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| value.to_owned());
        let meant = form_urlencoded::parse(query.as_bytes()).map(|(_, value)| value.into_owned());
        let long = |value: &String| value.len() >= SHORTEST_MASKED && value != "download";
        let mut secrets: Vec<_> = written.chain(meant).filter(long).map(Zeroizing::new).collect();
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Link({}/***)", self.host())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "https://acme.example";
    const QUERY: &str = "attachedId=495&auth[auth]=not-a-secret-word&action=download&ncc=1";

    fn told(link: Result<Link, Failure>) -> String {
        match link {
            Ok(link) => link.expose().to_owned(),
            Err(Failure::Moved { to, why }) => format!("{to}: {why}"),
            Err(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn a_link_is_followed_to_the_portal_and_nowhere_else() {
        let given = [
            "https://acme.example/rest/download.json?auth=not-a-secret-word&token=disk%7CaWQ",
            "https://ACME.example/a?b",
            "/rest/catalog.product.download?fields%5BfieldName%5D=x",
            "http://acme.example/a?b",
            "https://acme.example:8443/a?b",
            "https://user:pass@acme.example/a?b",
            "https://cdn.example/a?b",
            "https://acme.example.evil.example/a?b",
            "//evil.example/a?b",
            "https://127.0.0.1/a",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
        ]
        .map(|text| format!("{text:<80} -> {}", told(Link::judge(HOME, text))));
        insta::assert_snapshot!(given.join("\n"));
    }

    #[test]
    fn a_redirect_is_followed_on_the_same_host_or_with_the_whole_link_to_a_new_one_of_the_same_kind() {
        let link = Link::judge(HOME, &format!("{HOME}/uf.php?{QUERY}")).expect("it is ours");
        let given = [
            "/upload/file.bin?x=1".to_owned(),
            format!("{HOME}/uf.php?{QUERY}"),
            format!("http://acme.example/uf.php?{QUERY}"),
            format!("https://new.example/uf.php?{QUERY}"),
            "https://new.example/uf.php".to_owned(),
            "https://cdn.example/upload/file.bin".to_owned(),
            format!("https://10.0.0.1/uf.php?{QUERY}"),
            format!("https://localhost/uf.php?{QUERY}"),
            format!("https://user@new.example/uf.php?{QUERY}"),
            format!("https://not-a-secret-word.evil.example/uf.php?{QUERY}"),
            "javascript:alert(1)".to_owned(),
            String::new(),
        ]
        .map(|location| format!("{location:<110} -> {}", told(link.judge_next(&location))));
        insta::assert_snapshot!(given.join("\n"));
    }

    #[test]
    fn what_repeats_the_link_is_masked_and_printed_it_is_its_host() {
        let link = Link::judge(HOME, "/d?auth=not-a-secret-word&token=disk%7Cnot-a-secret").expect("ours");
        let echoed = "no file at /d?auth=not-a-secret-word&token=disk%7Cnot-a-secret (disk|not-a-secret)";
        assert_eq!(link.mask_text(echoed.to_owned()), "no file at /d?auth=***&token=*** (***)");
        assert_eq!(format!("{link:?}"), "Link(acme.example/***)");
    }
}
