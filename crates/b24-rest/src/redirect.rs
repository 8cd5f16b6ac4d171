//! A renamed portal answers at its old host with a redirect. Whoever follows it hands the credential to the place it
//! names, so the place is judged first: same path, same scheme, and the same kind of host.

use b24_model::PortalHost;
use url::{Host, Url};

use crate::failure::Failure;

/// The host to repeat the request at, when `location` is where the portal behind the address `sent` may have moved.
pub(crate) fn judge(sent: &str, location: &str) -> Result<PortalHost, Failure> {
    let unreadable = || "an unreadable address".to_owned();
    let (Ok(from), Ok(to)) = (Url::parse(sent), Url::parse(location)) else {
        return Err(Failure::Moved { to: unreadable(), why: "it is not a full address" });
    };
    let host = to.host_str().map(|name| to.port().map_or(name.to_owned(), |port| format!("{name}:{port}")));
    let host = host.and_then(|text| PortalHost::parse(&text).ok());
    let moved =
        |why| Failure::Moved { to: host.as_ref().map_or_else(unreadable, |host| format!("`{host}`")), why };
    let Some(new) = host.clone() else {
        return Err(moved("it names no host of a portal"));
    };
    if repeats_secret(&from, &new) {
        return Err(Failure::Moved {
            to: unreadable(),
            why: "it repeats the secret where everybody sees it",
        });
    }
    if to.scheme() != from.scheme() {
        return Err(moved("it changes between https and plain http"));
    }
    if !to.username().is_empty() || to.password().is_some() {
        return Err(moved("it carries a user name or password"));
    }
    if to.path() != from.path() || to.query().is_some() || to.fragment().is_some() {
        return Err(moved("it is not the same method of the same webhook"));
    }
    match (to.host().map(kind), from.host().map(kind)) {
        (Some(new), Some(old)) if new != old => {
            return Err(moved("it is another kind of host than the portal's"));
        }
        _ => {}
    }
    if (to.host_str(), to.port_or_known_default()) == (from.host_str(), from.port_or_known_default()) {
        return Err(moved("it leads back to where it came from"));
    }
    Ok(new)
}

/// The address to ask for a file instead, when the portal behind the address `sent` may send there.
///
/// On the same host that is any other address: the file may lie in another folder. Another host gets the whole address,
/// and only if it may be where the portal has moved. Storage elsewhere is not followed: nobody told us of it.
pub(crate) fn judge_file(sent: &str, location: &str) -> Result<Url, Failure> {
    let unreadable =
        || Failure::Moved { to: "an unreadable address".to_owned(), why: "it is not an address" };
    let from = Url::parse(sent).map_err(|_| unreadable())?;
    let mut to = from.join(location).map_err(|_| unreadable())?;
    to.set_fragment(None);
    if location.trim().is_empty() || to.host_str().is_none() {
        return Err(unreadable());
    }
    if to.scheme() != from.scheme() {
        return Err(refused(&to, "it changes between https and plain http"));
    }
    if !to.username().is_empty() || to.password().is_some() {
        return Err(refused(&to, "it carries a user name or password"));
    }
    if to == from {
        return Err(refused(&to, "it leads back to where it came from"));
    }
    let is_same_host =
        (to.host_str(), to.port_or_known_default()) == (from.host_str(), from.port_or_known_default());
    if !is_same_host && (to.host().map(kind) != from.host().map(kind)) {
        return Err(refused(&to, "it is another kind of host than the portal's"));
    }
    if !is_same_host && (to.path(), to.query()) != (from.path(), from.query()) {
        return Err(refused(&to, "the file lies on another host than the portal's"));
    }
    Ok(to)
}

/// The failure of not following to `to`, of which no more than the host is shown.
pub(crate) fn refused(to: &Url, why: &'static str) -> Failure {
    let host = to.host_str().and_then(|host| PortalHost::parse(host).ok());
    Failure::Moved {
        to: host.map_or_else(|| "an unreadable address".to_owned(), |host| format!("`{host}`")),
        why,
    }
}

/// Where a host lies. A credential for one place is never sent to another.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    /// This machine.
    Loopback,
    /// An address inside somebody's network, or one that no portal can have.
    Inside,
    /// A public address.
    Public,
    /// A name that only an inner network knows.
    InnerName,
    /// A name.
    Name,
}

fn kind(host: Host<&str>) -> Kind {
    match host {
        Host::Ipv4(address) => v4(address),
        Host::Ipv6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => v4(mapped),
            None if address.is_loopback() => Kind::Loopback,
            None if address.is_unique_local()
                || address.is_unicast_link_local()
                || address.is_multicast()
                || address.is_unspecified() =>
            {
                Kind::Inside
            }
            None => Kind::Public,
        },
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let under = |suffix: &str| name.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.'));
            if name == "localhost" || under("localhost") {
                Kind::Loopback
            } else if !name.contains('.') || ["local", "internal", "lan", "home.arpa"].into_iter().any(under)
            {
                Kind::InnerName
            } else {
                Kind::Name
            }
        }
    }
}

fn v4(address: std::net::Ipv4Addr) -> Kind {
    let [first, second, ..] = address.octets();
    // 100.64.0.0/10 is shared inside carriers (RFC 6598), 0.0.0.0/8 and 240.0.0.0/4 are nobody's.
    let shared = first == 100 && (64..128).contains(&second);
    if address.is_loopback() {
        Kind::Loopback
    } else if address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || shared
        || first == 0
        || first >= 240
    {
        Kind::Inside
    } else {
        Kind::Public
    }
}

/// Whether the host holds the secret of the address `from`: names of hosts are asked for in clear, and logged.
fn repeats_secret(from: &Url, host: &PortalHost) -> bool {
    let secret = from.path_segments().and_then(|parts| parts.rev().nth(1)).unwrap_or_default();
    secret.len() > 3 && host.as_str().contains(&secret.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = "https://old.example/rest/1/not-a-secret/profile.json";

    fn judged(sent: &str, location: &str) -> String {
        match judge(sent, location) {
            Ok(host) => format!("follow to {host}"),
            Err(Failure::Moved { to, why }) => format!("{to}: {why}"),
            Err(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn only_the_same_webhook_on_a_host_of_the_same_kind_is_followed() {
        let path = "/rest/1/not-a-secret/profile.json";
        let table = [
            format!("https://new.example{path}"),
            format!("https://new.example:8443{path}"),
            format!("http://new.example{path}"),
            format!("https://user:pass@new.example{path}"),
            format!("https://new.example{path}?auth=1"),
            "https://new.example/rest/1/another-secret/profile.json".to_owned(),
            "https://new.example/login/".to_owned(),
            format!("https://old.example{path}"),
            format!("https://old.example:443{path}"),
            format!("https://127.0.0.1{path}"),
            format!("https://2130706433{path}"),
            format!("https://localhost{path}"),
            format!("https://app.localhost.{path}"),
            format!("https://10.0.0.5{path}"),
            format!("https://169.254.169.254{path}"),
            format!("https://[::ffff:10.0.0.5]{path}"),
            format!("https://[fd00::1]{path}"),
            format!("https://93.184.215.14{path}"),
            format!("https://intranet{path}"),
            format!("https://metadata.google.internal{path}"),
            format!("https://not-a-secret.evil.example{path}"),
            path.to_owned(),
            "javascript:alert(1)".to_owned(),
            String::new(),
        ]
        .map(|location| format!("{location:<75} -> {}", judged(SENT, &location)));
        insta::assert_snapshot!(table.join("\n"), @r"
        https://new.example/rest/1/not-a-secret/profile.json                        -> follow to new.example
        https://new.example:8443/rest/1/not-a-secret/profile.json                   -> follow to new.example:8443
        http://new.example/rest/1/not-a-secret/profile.json                         -> `new.example`: it changes between https and plain http
        https://user:pass@new.example/rest/1/not-a-secret/profile.json              -> `new.example`: it carries a user name or password
        https://new.example/rest/1/not-a-secret/profile.json?auth=1                 -> `new.example`: it is not the same method of the same webhook
        https://new.example/rest/1/another-secret/profile.json                      -> `new.example`: it is not the same method of the same webhook
        https://new.example/login/                                                  -> `new.example`: it is not the same method of the same webhook
        https://old.example/rest/1/not-a-secret/profile.json                        -> `old.example`: it leads back to where it came from
        https://old.example:443/rest/1/not-a-secret/profile.json                    -> `old.example`: it leads back to where it came from
        https://127.0.0.1/rest/1/not-a-secret/profile.json                          -> `127.0.0.1`: it is another kind of host than the portal's
        https://2130706433/rest/1/not-a-secret/profile.json                         -> `127.0.0.1`: it is another kind of host than the portal's
        https://localhost/rest/1/not-a-secret/profile.json                          -> `localhost`: it is another kind of host than the portal's
        https://app.localhost./rest/1/not-a-secret/profile.json                     -> `app.localhost.`: it is another kind of host than the portal's
        https://10.0.0.5/rest/1/not-a-secret/profile.json                           -> `10.0.0.5`: it is another kind of host than the portal's
        https://169.254.169.254/rest/1/not-a-secret/profile.json                    -> `169.254.169.254`: it is another kind of host than the portal's
        https://[::ffff:10.0.0.5]/rest/1/not-a-secret/profile.json                  -> `[::ffff:a00:5]`: it is another kind of host than the portal's
        https://[fd00::1]/rest/1/not-a-secret/profile.json                          -> `[fd00::1]`: it is another kind of host than the portal's
        https://93.184.215.14/rest/1/not-a-secret/profile.json                      -> `93.184.215.14`: it is another kind of host than the portal's
        https://intranet/rest/1/not-a-secret/profile.json                           -> `intranet`: it is another kind of host than the portal's
        https://metadata.google.internal/rest/1/not-a-secret/profile.json           -> `metadata.google.internal`: it is another kind of host than the portal's
        https://not-a-secret.evil.example/rest/1/not-a-secret/profile.json          -> an unreadable address: it repeats the secret where everybody sees it
        /rest/1/not-a-secret/profile.json                                           -> an unreadable address: it is not a full address
        javascript:alert(1)                                                         -> an unreadable address: it names no host of a portal
                                                                                    -> an unreadable address: it is not a full address
        ");
    }

    #[test]
    fn a_portal_on_this_machine_moves_only_on_this_machine() {
        let sent = "http://127.0.0.1:9000/rest/1/x/profile.json";
        assert_eq!(judged(sent, "http://127.0.0.1:9001/rest/1/x/profile.json"), "follow to 127.0.0.1:9001");
        assert_eq!(
            judged(sent, "http://acme.example/rest/1/x/profile.json"),
            "`acme.example`: it is another kind of host than the portal's"
        );
    }
}
