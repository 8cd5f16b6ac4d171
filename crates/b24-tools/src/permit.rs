//! The right to call a portal, as a value: what a tool holds instead of a client.
//!
//! A `Permit<Read>` is a [`Reader`]. A `Permit<Write>` or `Permit<Destroy>` is made from a receipt only
//! (`gate::record`), so nothing is written that was not recorded first. A method whose effect the permit
//! does not cover does not compile:
//!
//! ```compile_fail
//! # async fn example(reader: &b24_tools::Reader) {
//! // `tasks.task.delete` destroys; a reader cannot.
//! reader.call(&b24_rest::methods::task::DELETE, Default::default()).await;
//! # }
//! ```

use std::{
    marker::PhantomData,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use b24_model::{
    Method, UserId,
    effect::{Covers, EffectKind, Read},
};
use b24_rest::{Call, CallError, Deadline, Download, FileRef, Portal, RemoteFile, Reply};
use jiff::Zoned;
use serde_json::{Map, Value};

use crate::{Course, Desk, Form, LinkDesk, Memory, Tenant, Visit};

/// The right to do `E` on one portal until one deadline.
pub struct Permit<E> {
    session: Arc<Session>,
    /// Whether whoever listens is told how far its batches are.
    tells: bool,
    effect: PhantomData<fn() -> E>,
}

/// The right to read.
pub type Reader = Permit<Read>;

/// One call's line to the portal.
pub(crate) struct Session {
    portal: Portal,
    deadline: Deadline,
    now: Zoned,
    form: Form,
    links: Option<Arc<dyn LinkDesk>>,
    desk: Option<Arc<Desk>>,
    me: UserId,
    course: Course,
    memory: Arc<Memory>,
    calls: AtomicU32,
}

/// A batch is long, and worth telling how far it is, when it takes more than one request.
const LONG: usize = 50;

impl Session {
    /// A line for this visit. The course of the visit may stop what goes over it.
    pub(crate) fn open(visit: &Visit<'_>, now: Zoned) -> Arc<Self> {
        let Tenant { portal, desk, links, memory, .. } = visit.tenant;
        let course = visit.course.clone();
        Arc::new(Self {
            portal: portal.with_brake(Arc::new(course.clone())),
            deadline: visit.deadline,
            now,
            form: visit.form,
            links: links.clone(),
            desk: desk.clone(),
            memory: Arc::clone(memory),
            me: visit.caller.stands_for.unwrap_or(portal.user()),
            course,
            calls: AtomicU32::new(0),
        })
    }

    /// The time of the call, in the zone of the acting person.
    pub(crate) fn now(&self) -> &Zoned {
        &self.now
    }

    /// How many REST calls were made, a command of a batch counting as one.
    pub(crate) fn calls(&self) -> u32 {
        self.calls.load(Ordering::Relaxed)
    }
}

impl<E: EffectKind> Permit<E> {
    /// Only the gates make permits.
    pub(crate) fn over(session: Arc<Session>) -> Self {
        Self { session, tells: false, effect: PhantomData }
    }

    /// The permit of a tool that runs: its long batches tell how far they are.
    pub(crate) fn to_run(session: Arc<Session>) -> Self {
        Self { session, tells: true, effect: PhantomData }
    }

    /// Calls one method that this permit covers. Writes of REST 3.0 go under a key of their own, which lets the
    /// client ask again for an answer that was lost; other writes are never sent twice.
    pub async fn call<M>(
        &self,
        method: &'static Method<M>,
        params: Map<String, Value>,
    ) -> Result<Reply, CallError>
    where
        M: EffectKind,
        E: Covers<M>,
    {
        self.session.calls.fetch_add(1, Ordering::Relaxed);
        let call = Call::new(method, params).with_fresh_idempotency_key();
        self.session.portal.call(call, self.session.deadline).await
    }

    /// Calls one method many times in as few HTTP requests as possible. Answers come in the order of `params`.
    pub async fn each<M>(
        &self,
        method: &'static Method<M>,
        params: Vec<Map<String, Value>>,
    ) -> Vec<Result<Reply, CallError>>
    where
        M: EffectKind,
        E: Covers<M>,
    {
        let call = |params| Call::new(method, params).with_fresh_idempotency_key();
        self.batch(params.into_iter().map(call).collect()).await
    }

    async fn batch(&self, calls: Vec<Call>) -> Vec<Result<Reply, CallError>> {
        let count = u32::try_from(calls.len()).unwrap_or(u32::MAX);
        self.session.calls.fetch_add(count, Ordering::Relaxed);
        let Session { portal, deadline, course, .. } = &*self.session;
        if !self.tells || calls.len() <= LONG {
            return portal.batch(calls, *deadline).await;
        }
        let before = course.begin(calls.len());
        portal.batch_told(calls, *deadline, &|done| course.reached(before + done)).await
    }

    /// The time of the call, in the zone of the acting person.
    pub fn now(&self) -> &Zoned {
        &self.session.now
    }

    /// How the answer will be told, for tools that read less when less is told.
    pub fn form(&self) -> Form {
        self.session.form
    }

    /// Where feedback about the server is handed in, if anywhere.
    pub(crate) fn desk(&self) -> Option<&Desk> {
        self.session.desk.as_deref()
    }

    /// What is remembered of the portal between calls.
    pub(crate) fn memory(&self) -> &Memory {
        &self.session.memory
    }

    /// The portal's address, without anything secret: `https://acme.bitrix24.com`.
    pub fn address(&self) -> String {
        self.session.portal.address()
    }

    /// The person whom "me" means: whom the caller stands for, else the one under whose rights calls run.
    pub fn me(&self) -> UserId {
        self.session.me
    }

    /// The person under whose rights calls run.
    pub fn acting(&self) -> UserId {
        self.session.portal.user()
    }
}

impl<E: EffectKind + Covers<Read>> Permit<E> {
    /// The part of the right that only reads.
    pub fn reader(&self) -> Reader {
        Permit::over(Arc::clone(&self.session))
    }
}

impl Reader {
    /// Asks for a file by its id. Whether the caller may have it is for the tool to find out first.
    pub(crate) async fn file(&self, file: FileRef) -> Result<RemoteFile, CallError> {
        self.session.calls.fetch_add(1, Ordering::Relaxed);
        self.session.portal.file(file, self.session.deadline).await
    }

    /// Begins to fetch a file of at most `most` bytes.
    pub(crate) async fn fetch(&self, file: &RemoteFile, most: u64) -> Result<Download, CallError> {
        self.session.calls.fetch_add(1, Ordering::Relaxed);
        file.open(most, self.session.deadline).await
    }

    /// Where one-use links to files come from, if anywhere.
    pub(crate) fn links(&self) -> Option<&dyn LinkDesk> {
        self.session.links.as_deref()
    }

    /// How many REST calls were made so far.
    pub(crate) fn calls(&self) -> u32 {
        self.session.calls()
    }

    /// Calls several reading methods in as few HTTP requests as possible. Answers come in order.
    pub async fn all(
        &self,
        calls: Vec<(&'static Method<Read>, Map<String, Value>)>,
    ) -> Vec<Result<Reply, CallError>> {
        self.batch(calls.into_iter().map(|(method, params)| Call::new(method, params)).collect()).await
    }
}
