//! Feedback about this server, filed as an issue in a public repository of GitHub.
//!
//! The address is fixed: nothing of it comes from a client, and of the configuration only an owner and a name that can
//! be nothing else. Nothing that GitHub says reaches a model but the address and the number of the issue.

mod known;
mod place;
mod repository;

use std::sync::{Arc, OnceLock};

use b24_tools::{Desk, Filed, Mailbox, NotFiled, Note};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, AUTHORIZATION},
};
use serde_json::{Value, json};

pub(crate) use place::Place;

use crate::{
    outbound::{Outbound, Received, SendError},
    redact,
};

/// Where GitHub listens.
const API: &str = "https://api.github.com";
/// Where issues are read.
const READ: &str = "https://github.com/";

/// The desk in front of that place.
pub(crate) fn desk(place: Place, ca_pem: Option<&[u8]>) -> Arc<Desk> {
    let ca_pem = ca_pem.map(<[u8]>::to_vec);
    Arc::new(Desk::new(Box::new(GitHub { place, ca_pem, api: API.to_owned(), outbound: OnceLock::new() })))
}

/// Issues of a repository.
struct GitHub {
    place: Place,
    ca_pem: Option<Vec<u8>>,
    /// Another one in tests only.
    api: String,
    /// Made when it is first needed: most servers never send anything.
    outbound: OnceLock<Option<Outbound>>,
}

impl Mailbox for GitHub {
    fn knows_secret(&self, text: &str) -> bool {
        self.place.known.stands_in(text)
    }

    fn file<'a>(&'a self, note: &'a Note) -> BoxFuture<'a, Result<Filed, NotFiled>> {
        Box::pin(async move {
            let filed = self.send(note).await;
            match &filed {
                Ok(filed) => tracing::info!(number = filed.number, "Feedback filed"),
                Err(why) => tracing::warn!(why = ?why, "Feedback not filed"),
            }
            filed
        })
    }
}

impl GitHub {
    async fn send(&self, note: &Note) -> Result<Filed, NotFiled> {
        let made = self.outbound.get_or_init(|| Outbound::new(self.ca_pem.as_deref()).ok());
        let outbound = made.as_ref().ok_or(NotFiled::Network)?;
        let address = format!("{}/repos/{}/issues", self.api, self.place.repository);
        let url = url::Url::parse(&address).map_err(|_| NotFiled::Unconfigured)?;
        let issue = json!({ "title": note.title, "body": note.body, "labels": note.labels });
        let headers = self.headers().ok_or(NotFiled::Unconfigured)?;
        match outbound.ask_json(&url, headers, redact::bytes(Bytes::from(issue.to_string()))).await {
            Ok(received) => self.filed(&received),
            Err(SendError::Lost) => Err(NotFiled::Network),
            Err(SendError::Refused(301 | 307 | 308 | 401 | 403 | 404 | 410)) => Err(NotFiled::Rejected),
            Err(SendError::Refused(_)) => Err(NotFiled::Upstream),
        }
    }

    fn headers(&self) -> Option<HeaderMap> {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", self.place.token.expose())).ok()?;
        bearer.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, bearer);
        headers.insert(ACCEPT, HeaderValue::from_static("application/vnd.github+json"));
        headers.insert("x-github-api-version", HeaderValue::from_static("2022-11-28"));
        Some(headers)
    }

    /// The address is told to a model, so it is only believed when it is that of this repository.
    fn filed(&self, Received(body): &Received) -> Result<Filed, NotFiled> {
        let answer: Value = serde_json::from_slice(body).map_err(|_| NotFiled::Upstream)?;
        let number = answer["number"].as_u64().ok_or(NotFiled::Upstream)?;
        let url = format!("{READ}{}/issues/{number}", self.place.repository);
        let told = answer["html_url"].as_str().is_some_and(|told| told.eq_ignore_ascii_case(&url));
        if told { Ok(Filed { url, number }) } else { Err(NotFiled::Upstream) }
    }
}

#[cfg(test)]
mod tests;
