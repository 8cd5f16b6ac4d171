//! Traces and metrics for a collector, over OTLP/HTTP with JSON bodies
//! (<https://opentelemetry.io/docs/specs/otlp/#otlphttp>).
//!
//! Written by hand: two messages of a stable protocol over the HTTP client that is there anyway. What does not
//! arrive is counted and lost; a collector that is down must not cost memory or hold anybody up.

mod encode;
mod export;
mod prometheus;
mod span;

use std::str::FromStr;

use url::Url;

pub(crate) use export::Exporter;
pub(crate) use span::{Spans, follow};

/// The address of a collector, without `/v1/traces`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint(Url);

impl FromStr for Endpoint {
    type Err = ();

    /// Reads an address. A password in it would end up in logs, so it is refused.
    fn from_str(text: &str) -> Result<Self, ()> {
        let url = Url::parse(text).map_err(|_| ())?;
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if plain && matches!(url.scheme(), "http" | "https") && url.has_host() {
            Ok(Self(url))
        } else {
            Err(())
        }
    }
}

impl Endpoint {
    /// The address for one signal: `traces` or `metrics`.
    fn of(&self, signal: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}/v1/{signal}", self.0.path().trim_end_matches('/')));
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_signal_has_its_place_below_the_address_that_was_configured() {
        let traces = |text: &str| Endpoint::from_str(text).map(|endpoint| endpoint.of("traces").to_string());
        assert_eq!(traces("http://127.0.0.1:4318"), Ok("http://127.0.0.1:4318/v1/traces".into()));
        assert_eq!(traces("https://acme.example/otlp/"), Ok("https://acme.example/otlp/v1/traces".into()));
        for wrong in ["127.0.0.1:4318", "grpc://acme.example", "http://user:pass@acme.example"] {
            assert_eq!(traces(wrong), Err(()), "{wrong}");
        }
    }
}
