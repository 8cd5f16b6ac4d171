//! A portal that runs, as a test or the server holds it.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::store::{Store, StoreError};
use super::{StartError, State, create, save};
use crate::traffic::Seen;
use crate::webhook::{GrantedWebhook, WebhookSpec};
use crate::world::facts::{self, TaskFacts, UserFacts};
use crate::{Clock, Faults};

/// A portal that runs. Dropping it stops it; [`Running::stop`] also waits.
pub struct Running {
    pub(super) address: SocketAddr,
    /// Where TLS is served, and the certificate of the authority that vouches for it.
    pub(super) tls: Option<(SocketAddr, String)>,
    pub(super) old: Option<SocketAddr>,
    pub(super) state: Arc<State>,
    pub(super) store: Option<Arc<Store>>,
    pub(super) stop: Option<watch::Sender<()>>,
    pub(super) tasks: Vec<JoinHandle<()>>,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Running({})", self.address)
    }
}

impl Running {
    /// `http://127.0.0.1:PORT`, without a slash at the end and without a secret.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `https://127.0.0.1:PORT` when TLS was asked for. The certificate is good for `localhost` and `[::1]` too.
    #[must_use]
    pub fn tls_url(&self) -> Option<String> {
        self.tls.as_ref().map(|(address, _)| format!("https://{address}"))
    }

    /// The certificate of the authority that vouches for the TLS listener, as PEM.
    #[must_use]
    pub fn ca_pem(&self) -> Option<&str> {
        self.tls.as_ref().map(|(_, pem)| pem.as_str())
    }

    /// The address the portal had before it was renamed, when one was asked for.
    #[must_use]
    pub fn old_url(&self) -> Option<String> {
        self.old.map(|address| format!("http://{address}"))
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The default webhook.
    #[must_use]
    pub fn webhook(&self) -> GrantedWebhook {
        self.webhook_under(&self.base_url())
    }

    /// The default webhook under another address of this portal: [`Running::tls_url`] or [`Running::old_url`].
    #[must_use]
    pub fn webhook_under(&self, base: &str) -> GrantedWebhook {
        self.state.webhooks()[0].grant(base).expect("the default webhook's secret is always known")
    }

    /// The address of the default webhook, secret included: `http://127.0.0.1:PORT/rest/1/SECRET/`.
    #[must_use]
    pub fn expose_webhook_url(&self) -> String {
        self.webhook().expose_webhook_url().to_owned()
    }

    /// The token of the admin route under `/__sandbox/`, to be sent as `X-Sandbox-Token`. Made anew at every start.
    #[must_use]
    pub fn expose_admin_token(&self) -> &str {
        &self.state.admin_token
    }

    /// Makes one more webhook. It outlives the process when the portal is kept in a file.
    ///
    /// # Errors
    /// [`StartError::NoSuchUser`] when the person does not exist.
    pub fn add_webhook(&self, spec: WebhookSpec) -> Result<GrantedWebhook, StartError> {
        let hook = create(&self.state.world(), spec)?;
        let granted = hook.grant(&self.base_url()).expect("a new webhook's secret is known");
        self.state.webhooks().push(hook);
        self.state.touch();
        Ok(granted)
    }

    /// Invites somebody from outside the company (an extranet user); returns their id.
    #[must_use]
    pub fn invite_outsider(&self) -> u64 {
        let mut world = self.state.world();
        let id = world.users.keys().next_back().copied().unwrap_or(0) + 1;
        let mut guest = world.users.values().next().expect("an administrator").clone();
        guest.id = id;
        guest.admin = false;
        guest.active = true;
        guest.name = "Gwen".to_owned();
        guest.last_name = "Outfield".to_owned();
        guest.second_name = String::new();
        guest.email = format!("guest{id}@outfield.example.com");
        // A person of no department is from outside, for a portal.
        guest.departments.clear();
        world.users.insert(id, guest);
        drop(world);
        self.state.touch();
        id
    }

    /// Employs a person with this first name, patronymic and surname in a department; returns their id. The seeded people
    /// are the same in every portal, and tests of names need others.
    #[must_use]
    pub fn employ(&self, names: [&str; 3], position: &str, department: u64) -> u64 {
        let mut world = self.state.world();
        let id = world.users.keys().next_back().copied().unwrap_or(0) + 1;
        let mut person = world.users.values().next().expect("an administrator").clone();
        let [name, second_name, last_name] = names.map(str::to_owned);
        person.id = id;
        person.admin = false;
        person.active = true;
        (person.name, person.second_name, person.last_name) = (name, second_name, last_name);
        person.email = format!("person{id}@rosenfeld.example.com");
        person.position = position.to_owned();
        person.departments = vec![department];
        world.users.insert(id, person);
        drop(world);
        self.state.touch();
        id
    }

    /// Dismisses a person; false when there is none with this id.
    pub fn dismiss(&self, user: u64) -> bool {
        let mut world = self.state.world();
        let found = world.users.get_mut(&user).map(|user| user.active = false);
        drop(world);
        self.state.touch();
        found.is_some()
    }

    /// Gives a task the card with the chat, in the middle of its life: what is said from now on goes there. What was
    /// said before stays in the forum; with `copied` the chat has it too, under the same names and dates. False when
    /// there is no such task.
    pub fn give_new_card(&self, task: u64, copied: bool) -> bool {
        let mut world = self.state.world();
        let found = world.give_new_card(task, copied);
        drop(world);
        self.state.touch();
        found
    }

    /// The faults still to come; more may be planned.
    #[must_use]
    pub fn faults(&self) -> Faults {
        self.state.faults.clone()
    }

    /// The portal's clock.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.state.clock.clone()
    }

    /// The recent requests, oldest first; at most 2,000.
    #[must_use]
    pub fn traffic(&self) -> Vec<Seen> {
        self.state.traffic.all()
    }

    /// Forgets the requests seen so far.
    pub fn clear_traffic(&self) {
        self.state.traffic.clear();
    }

    /// A task, whoever may see it.
    #[must_use]
    pub fn task(&self, id: u64) -> Option<TaskFacts> {
        let world = self.state.world();
        world.tasks.get(&id).map(|task| facts::task(&world, task))
    }

    /// The ids of all tasks, ascending.
    #[must_use]
    pub fn task_ids(&self) -> Vec<u64> {
        self.state.world().tasks.keys().copied().collect()
    }

    /// All people, by id.
    #[must_use]
    pub fn users(&self) -> Vec<UserFacts> {
        self.state.world().users.values().map(facts::user).collect()
    }

    /// Writes the portal to its file now; nothing to do without one.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be written.
    pub async fn save(&self) -> Result<(), StoreError> {
        match &self.store {
            Some(store) => save(store, &self.state).await,
            None => Ok(()),
        }
    }

    /// Stops listening, waits for the requests that are being answered, and writes the portal to its file.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        for task in std::mem::take(&mut self.tasks) {
            let _ = task.await;
        }
        // The keeper may have written before the last request was answered.
        if let Err(error) = self.save().await {
            tracing::warn!(%error, "Sandbox could not keep its portal");
        }
    }
}
