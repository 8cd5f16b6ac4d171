//! One Bitrix24 account, seen through one credential.

use std::sync::Arc;

use b24_model::{PortalHost, UserId, secret::WebhookUrl};
use bytes::Bytes;
use tracing::Instrument;

use crate::{
    Brake, Call, CallError, ConnectError, Deadline, FileRef, Options, Page, RemoteFile, Reply, Rows, batch,
    credential::Credential,
    exchange::{Line, Request},
    file::Link,
    page, params,
    send::Arriving,
    verdict::Repeat,
};

/// One Bitrix24 account, seen through one credential. Cheap to clone; clones share connections and budgets.
#[derive(Clone)]
pub struct Portal {
    inner: Arc<Inner>,
    brake: Option<Arc<dyn Brake>>,
}

struct Inner {
    host: PortalHost,
    user: UserId,
    line: Line,
}

impl Portal {
    /// Gets ready to speak to the portal of `webhook`. Sends nothing.
    pub fn connect(webhook: WebhookUrl, options: Options) -> Result<Self, ConnectError> {
        let (host, user) = (webhook.host().clone(), webhook.user());
        let line = Line::new(Credential::webhook(webhook), &options)?;
        Ok(Self { inner: Arc::new(Inner { host, user, line }), brake: None })
    }

    /// The same portal, whose requests `brake` may hold back. Connections and budgets stay shared.
    #[must_use]
    pub fn with_brake(&self, brake: Arc<dyn Brake>) -> Self {
        Self { inner: Arc::clone(&self.inner), brake: Some(brake) }
    }

    /// The portal's host, as it was configured. It stays the same when the portal is renamed.
    pub fn host(&self) -> &PortalHost {
        &self.inner.host
    }

    /// The person under whose rights every call runs.
    pub fn user(&self) -> UserId {
        self.inner.user
    }

    /// The beginning of links into the portal, where it lives now: `https://acme.bitrix24.com`, without a slash.
    pub fn address(&self) -> String {
        let webhook = self.inner.line.credential.current();
        let scheme = if webhook.is_plain_http() { "http" } else { "https" };
        format!("{scheme}://{}", webhook.host())
    }

    /// Makes one call and waits for its answer, at most until `deadline`.
    ///
    /// A call that did not run is tried again a few times; so is a read whose answer got lost. A write that may
    /// have run is not: it ends as [`CallError::Unsettled`].
    pub async fn call(&self, call: Call, deadline: Deadline) -> Result<Reply, CallError> {
        // Of the highest level, so that a line of any level says which call it belongs to.
        let span = tracing::error_span!("rest.call", portal.host = %self.inner.host, rest.method = call.facts().name);
        async {
            let reply = self.call_quietly(&call, deadline).await;
            self.report(&reply);
            reply
        }
        .instrument(span)
        .await
    }

    /// Makes many calls in as few requests as possible; one answer for each, in the same order.
    ///
    /// Calls ride in batches of 50. A failed call never hides the others. Calls that may not ride go alone,
    /// after the batches: those of REST 3.0, those that the portal refuses in a batch, those whose text holds
    /// `$result[`, which the portal would replace, and those with values that the batch's language cannot
    /// spell (empty lists, `null`).
    pub async fn batch(&self, calls: Vec<Call>, deadline: Deadline) -> Vec<Result<Reply, CallError>> {
        self.batch_told(calls, deadline, &|_| ()).await
    }

    /// [`Portal::batch`] that says after each request how many of the calls have been dealt with.
    pub async fn batch_told(
        &self,
        calls: Vec<Call>,
        deadline: Deadline,
        tell: &(dyn Fn(usize) + Sync),
    ) -> Vec<Result<Reply, CallError>> {
        let span = tracing::error_span!("rest.call", portal.host = %self.inner.host, rest.method = "batch");
        async {
            let replies = batch::run(self, &calls, deadline, tell).await;
            replies.iter().filter(|reply| reply.is_err()).for_each(|reply| self.report(reply));
            replies
        }
        .instrument(span)
        .await
    }

    /// Reads a list that may be longer than one answer, up to the limit of `page`.
    ///
    /// Only reads have pages; any other call is a [`CallError::Misuse`].
    pub async fn pages(&self, call: Call, page: Page, deadline: Deadline) -> Result<Rows, CallError> {
        page::walk(self, &call, &page, deadline).await
    }

    /// Asks for a file by its id. [`RemoteFile::open`] fetches it.
    ///
    /// The link that the portal gives is followed here and shown to nobody.
    pub async fn file(&self, file: FileRef, deadline: Deadline) -> Result<RemoteFile, CallError> {
        let span = tracing::error_span!("rest.call", portal.host = %self.inner.host, rest.method = "file");
        async {
            let found = RemoteFile::ask(self, file, deadline).await;
            found.as_ref().err().into_iter().for_each(|error| self.complain(error));
            found
        }
        .instrument(span)
        .await
    }

    /// Tells the gauges of [`crate::signals`] what the budgets are now. They change while nobody calls, so whoever
    /// reads the gauges asks for this first.
    pub fn tell_budgets(&self) {
        self.inner.line.tell_budgets();
    }

    /// Who may hold requests back.
    pub(crate) fn brake(&self) -> Option<&dyn Brake> {
        self.brake.as_deref()
    }

    pub(crate) fn line(&self) -> &Line {
        &self.inner.line
    }

    /// [`Portal::call`] without a log line, for callers that report for themselves.
    pub(crate) async fn call_quietly(&self, call: &Call, deadline: Deadline) -> Result<Reply, CallError> {
        self.inner.line.exchange(&request(call, self.brake())?, deadline).await
    }

    /// [`Portal::call_quietly`] with the links still in the answer.
    pub(crate) async fn call_openly(&self, call: &Call, deadline: Deadline) -> Result<Reply, CallError> {
        self.inner.line.exchange_openly(&request(call, self.brake())?, deadline).await
    }

    /// Follows the link to a file until the file begins to arrive.
    pub(crate) async fn fetch(&self, link: &Link, deadline: Deadline) -> Result<Arriving, CallError> {
        let span =
            tracing::error_span!("rest.call", portal.host = %self.inner.host, rest.method = "download");
        async {
            let arriving = self.inner.line.fetch(link, self.brake(), deadline).await;
            arriving.as_ref().err().into_iter().for_each(|error| self.complain(error));
            arriving
        }
        .instrument(span)
        .await
    }

    /// One line for one call: what it cost, or why it failed. Never what was asked, nor what was answered.
    fn report(&self, reply: &Result<Reply, CallError>) {
        match reply {
            Ok(reply) => {
                let time = reply.time.unwrap_or_default();
                tracing::debug!(operating_s = time.operating, duration_s = time.duration, "Answered");
            }
            Err(error) => self.complain(error),
        }
    }

    fn complain(&self, error: &CallError) {
        let (code, status) = (error.code(), error.status());
        tracing::warn!(
            rest.method = error.method(),
            rest.code = code,
            http.status = status,
            "The call failed"
        );
        if let CallError::Unsettled { method, .. } = error {
            self.inner.line.signals.unsettled(method);
        }
    }
}

impl std::fmt::Debug for Portal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Portal({})", self.inner.host)
    }
}

/// What is sent for a call.
fn request<'a>(call: &'a Call, brake: Option<&'a dyn Brake>) -> Result<Request<'a>, CallError> {
    let facts = call.facts();
    let misuse = |what: &str| CallError::Misuse { method: facts.name, what: what.to_owned() };
    if call.idempotency_key().is_some_and(|key| !is_key(key)) {
        return Err(misuse("an idempotency key is 1 to 255 printable ASCII characters"));
    }
    let params = params::placed(call)?;
    let body = serde_json::to_vec(&*params).map_err(|_| misuse("its parameters are not JSON"))?;
    Ok(Request {
        facts,
        repeat: if call.is_repeatable() { Repeat::Safe } else { Repeat::Unsafe },
        body: Bytes::from(body),
        idempotency_key: call.idempotency_key(),
        charged: std::slice::from_ref(&facts.name),
        brake,
    })
}

/// Visible ASCII and blanks (REST 3.0, "Idempotency").
fn is_key(key: &str) -> bool {
    (1..=255).contains(&key.len()) && key.bytes().all(|b| b == b' ' || b.is_ascii_graphic())
}
