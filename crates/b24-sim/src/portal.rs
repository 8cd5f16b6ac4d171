//! Starting and stopping a portal, and the handle a test or the server keeps meanwhile.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::limits::{Ledger, Level, Spent};
use crate::settings::{OperatingCharge, Settings, StartMinusOne};
use crate::traffic::{Seen, Traffic};
use crate::webhook::{GrantedWebhook, Webhook, WebhookSpec};
use crate::wire::idempotency::Replays;
use crate::wire::{Doorway, Knife, router};
use crate::world::facts::{self, TaskFacts, UserFacts};
use crate::world::{World, seed};
use crate::{Clock, Faults, Limits};

/// The portal in a box.
#[derive(Debug)]
pub struct Portal;

/// Why a portal did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address is reachable from other machines.
    #[error("the sandbox listens on loopback only, and `{0}` is not: use 127.0.0.1 or [::1]")]
    NotLoopback(SocketAddr),
    /// A webhook was asked for a person who does not exist.
    #[error("there is no person {0} to make a webhook for: the portal has people 1 to {1}")]
    NoSuchUser(u64, usize),
    /// The port is taken, or the address is not of this machine.
    #[error("cannot listen on `{address}`: choose another port, or 0 for a free one")]
    Listen {
        /// Where it tried to listen.
        address: SocketAddr,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The machine gave no random bytes for the secret of a webhook.
    #[error("the machine gave no random bytes for a webhook secret")]
    Random(#[source] getrandom::Error),
}

/// What all requests share.
pub(crate) struct State {
    world: Mutex<World>,
    webhooks: Mutex<Vec<Arc<Webhook>>>,
    meters: Mutex<Meters>,
    replays: Mutex<Replays>,
    limits: Limits,
    pub(crate) faults: Faults,
    pub(crate) traffic: Traffic,
    pub(crate) clock: Clock,
    pub(crate) zone: TimeZone,
    pub(crate) start_minus_one: StartMinusOne,
    pub(crate) operating_charge: OperatingCharge,
}

#[derive(Default)]
struct Meters {
    level: Level,
    ledger: Ledger,
}

impl State {
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn replays(&self) -> MutexGuard<'_, Replays> {
        self.replays.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meters(&self) -> MutexGuard<'_, Meters> {
        self.meters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn webhooks(&self) -> MutexGuard<'_, Vec<Arc<Webhook>>> {
        self.webhooks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The webhook that answers to the pair of an address, with its place in the list.
    pub(crate) fn webhook(&self, user: u64, secret: &str, now: Timestamp) -> Option<(usize, Arc<Webhook>)> {
        let hooks = self.webhooks();
        let at = hooks.iter().position(|hook| hook.opens(user, secret, now))?;
        Some((at, Arc::clone(&hooks[at])))
    }

    /// Counts a request in the bucket; false when it does not fit.
    pub(crate) fn admit_request(&self, now: Timestamp) -> bool {
        self.limits
            .bucket
            .is_none_or(|bucket| self.meters().level.admit(bucket, now))
    }

    /// Whether `method` has already spent more than it may.
    pub(crate) fn over_operating(&self, webhook: usize, method: &str, now: Timestamp) -> bool {
        self.limits.operating.is_some_and(|operating| {
            self.meters().ledger.spent(webhook, method, now).seconds > operating.limit.as_secs_f64()
        })
    }

    /// Charges one call to `method` and returns the new sum.
    pub(crate) fn charge(&self, webhook: usize, method: &str, now: Timestamp) -> Spent {
        let mut meters = self.meters();
        if let Some(operating) = self.limits.operating {
            meters.ledger.charge(webhook, method, operating.charge, now);
        }
        meters.ledger.spent(webhook, method, now)
    }

    /// What `method` has spent.
    pub(crate) fn spent(&self, webhook: usize, method: &str, now: Timestamp) -> Spent {
        self.meters().ledger.spent(webhook, method, now)
    }
}

impl Portal {
    /// Invents the world and begins to listen.
    ///
    /// # Errors
    /// [`StartError`] when the address is not loopback or taken, or a webhook is asked for nobody.
    pub async fn start(settings: Settings) -> Result<Running, StartError> {
        if !settings.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(settings.listen));
        }
        let failed = |source| StartError::Listen {
            address: settings.listen,
            source,
        };
        let listener = TcpListener::bind(settings.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let state = Arc::new(build(settings)?);
        let (stop, stopped) = oneshot::channel::<()>();
        let app = router(Arc::clone(&state)).into_make_service_with_connect_info::<Knife>();
        let task = tokio::spawn(async move {
            let serve = axum::serve(Doorway(listener), app).with_graceful_shutdown(async move {
                // A handle that was dropped stops the portal as well.
                let _ = stopped.await;
            });
            if let Err(error) = serve.await {
                tracing::warn!(%error, "Sandbox stopped listening");
            }
        });
        Ok(Running {
            address,
            state,
            stop: Some(stop),
            task: Some(task),
        })
    }
}

fn build(settings: Settings) -> Result<State, StartError> {
    let now = settings.now.unwrap_or_else(|| settings.clock.now());
    let plan = seed::Plan {
        seed: settings.seed,
        users: settings.users,
        tasks: settings.tasks,
        now,
    };
    let world = seed::world(&plan);
    let specs = if settings.webhooks.is_empty() {
        vec![WebhookSpec::of(1)]
    } else {
        settings.webhooks
    };
    let webhooks = specs
        .into_iter()
        .map(|spec| create(&world, spec))
        .collect::<Result<Vec<_>, StartError>>()?;
    Ok(State {
        world: Mutex::new(world),
        webhooks: Mutex::new(webhooks),
        meters: Mutex::default(),
        replays: Mutex::default(),
        limits: settings.limits,
        faults: settings.faults,
        traffic: Traffic::default(),
        clock: settings.clock,
        zone: settings.time_zone,
        start_minus_one: settings.start_minus_one,
        operating_charge: settings.operating_charge,
    })
}

fn create(world: &World, spec: WebhookSpec) -> Result<Arc<Webhook>, StartError> {
    if !world.users.contains_key(&spec.user()) {
        return Err(StartError::NoSuchUser(spec.user(), world.users.len()));
    }
    Webhook::create(spec).map(Arc::new).map_err(StartError::Random)
}

/// A portal that runs. Dropping it stops it; [`Running::stop`] also waits.
pub struct Running {
    address: SocketAddr,
    state: Arc<State>,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
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

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The default webhook.
    #[must_use]
    pub fn webhook(&self) -> GrantedWebhook {
        self.state.webhooks()[0].grant(&self.base_url())
    }

    /// The address of the default webhook, secret included: `http://127.0.0.1:PORT/rest/1/SECRET/`.
    #[must_use]
    pub fn expose_webhook_url(&self) -> String {
        self.webhook().expose_webhook_url().to_owned()
    }

    /// Makes one more webhook.
    ///
    /// # Errors
    /// [`StartError::NoSuchUser`] when the person does not exist.
    pub fn add_webhook(&self, spec: WebhookSpec) -> Result<GrantedWebhook, StartError> {
        let hook = create(&self.state.world(), spec)?;
        let granted = hook.grant(&self.base_url());
        self.state.webhooks().push(hook);
        Ok(granted)
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

    /// Stops listening and waits for the requests that are being answered.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if let Some(task) = self.task.take() {
            let _ = task.await;
        }
    }
}
