//! Starting a portal: its world, its webhooks, its listeners. What runs afterwards is held by `Running`.

mod running;
mod state;
mod store;
mod tls;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::settings::Settings;
use crate::traffic::Traffic;
use crate::webhook::{Webhook, WebhookSpec, random_secret};
use crate::wire::{Doorway, Knife, renamed, router};
use crate::world::{World, seed};

pub use running::Running;
pub(crate) use state::State;
use store::Store;
pub use store::StoreError;
use tls::Authority;
pub use tls::TlsError;

/// Changes are written together when they come within this time.
const TOGETHER: Duration = Duration::from_millis(300);

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
    /// The portal cannot be kept in the file that was named.
    #[error("cannot keep the portal in a file")]
    Data(#[from] StoreError),
    /// There is no certificate for the TLS listener.
    #[error("cannot serve TLS")]
    Tls(#[from] TlsError),
    /// The certificate cannot be written where it was asked for.
    #[error("cannot write the certificate to `{path}`: check the folder and its rights")]
    CertOut {
        /// Where it tried to write.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// The listeners, before they are served.
struct Doors {
    plain: Doorway,
    tls: Option<(Doorway, String)>,
    old: Option<Doorway>,
}

impl Portal {
    /// Invents the world, or reads it from its file, and begins to listen.
    ///
    /// # Errors
    /// [`StartError`] when an address is not loopback or taken, a webhook is asked for nobody, or a file cannot be
    /// used.
    pub async fn start(settings: Settings) -> Result<Running, StartError> {
        let doors = open(&settings).await?;
        let store = settings.data.clone().map(Store::open).transpose()?.map(Arc::new);
        let kept = store.as_ref().map(|store| store.load()).transpose()?.flatten();
        let state = Arc::new(build(settings, kept)?);
        if let Some(store) = &store {
            // A file that cannot be written is better known now than at the first change.
            store.save(&state)?;
        }
        Ok(run(doors, state, store))
    }
}

async fn open(settings: &Settings) -> Result<Doors, StartError> {
    let plain = Doorway::plain(bind(settings.listen).await?);
    let plain = plain.map_err(|source| cannot_listen(settings.listen, source))?;
    let tls = match settings.tls_listen {
        None => None,
        Some(address) => {
            let listener = bind(address).await?;
            let authority = Authority::create()?;
            if let Some(path) = &settings.cert_out {
                std::fs::write(path, &authority.pem)
                    .map_err(|source| StartError::CertOut { path: path.clone(), source })?;
            }
            let door = Doorway::tls(listener, authority.acceptor);
            Some((door.map_err(|source| cannot_listen(address, source))?, authority.pem))
        }
    };
    let old = match settings.renamed_from {
        None => None,
        Some(address) => {
            let door = Doorway::plain(bind(address).await?);
            Some(door.map_err(|source| cannot_listen(address, source))?)
        }
    };
    Ok(Doors { plain, tls, old })
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    if !address.ip().is_loopback() {
        return Err(StartError::NotLoopback(address));
    }
    let listener = TcpListener::bind(address).await;
    listener.map_err(|source| cannot_listen(address, source))
}

fn cannot_listen(address: SocketAddr, source: std::io::Error) -> StartError {
    StartError::Listen { address, source }
}

fn build(settings: Settings, kept: Option<(World, Vec<Webhook>)>) -> Result<State, StartError> {
    let now = settings.now.unwrap_or_else(|| settings.clock.now());
    let (world, kept) = kept.unwrap_or_else(|| {
        let plan = seed::Plan {
            seed: settings.seed,
            users: settings.users,
            tasks: settings.tasks,
            now,
            cards: settings.cards,
        };
        (seed::world(&plan), Vec::new())
    });
    let webhooks = webhooks(&world, settings.webhooks, kept)?;
    Ok(State {
        world: Mutex::new(world),
        webhooks: Mutex::new(webhooks),
        meters: Mutex::default(),
        replays: Mutex::default(),
        limits: settings.limits,
        method_charge: settings.method_ms.map(Duration::from_millis),
        changed: Notify::new(),
        admin_token: random_secret().map_err(StartError::Random)?,
        faults: settings.faults,
        traffic: Traffic::default(),
        clock: settings.clock,
        zone: settings.time_zone,
        language: settings.language,
        start_minus_one: settings.start_minus_one,
        operating_charge: settings.operating_charge,
    })
}

/// Those asked for come first, each as the file had it when it did; the others of the file stay valid.
fn webhooks(
    world: &World,
    mut specs: Vec<WebhookSpec>,
    mut kept: Vec<Webhook>,
) -> Result<Vec<Arc<Webhook>>, StartError> {
    let default_is_kept = kept.first().is_some_and(|hook| hook.grant("").is_some());
    if specs.is_empty() && !default_is_kept {
        specs.push(WebhookSpec::of(1));
    }
    let mut all = Vec::new();
    for spec in specs {
        if let Some(at) = kept.iter().position(|hook| hook.serves(&spec)) {
            all.push(Arc::new(kept.remove(at)));
            continue;
        }
        kept.retain(|hook| !spec.names(hook));
        all.push(create(world, spec)?);
    }
    all.extend(kept.into_iter().map(Arc::new));
    Ok(all)
}

fn create(world: &World, spec: WebhookSpec) -> Result<Arc<Webhook>, StartError> {
    if !world.users.contains_key(&spec.user()) {
        return Err(StartError::NoSuchUser(spec.user(), world.users.len()));
    }
    Webhook::create(spec).map(Arc::new).map_err(StartError::Random)
}

/// Serves every door until the sender of the handle is gone.
fn run(doors: Doors, state: Arc<State>, store: Option<Arc<Store>>) -> Running {
    let (stop, stopped) = watch::channel(());
    let address = doors.plain.address();
    state.world().origin = format!("http://{address}");
    let app = router(Arc::clone(&state));
    let mut tasks = vec![serve(doors.plain, app.clone(), stopped.clone())];
    let mut tls = None;
    if let Some((door, pem)) = doors.tls {
        tls = Some((door.address(), pem));
        tasks.push(serve(door, app, stopped.clone()));
    }
    let mut old = None;
    if let Some(door) = doors.old {
        old = Some(door.address());
        tasks.push(serve(door, renamed(format!("http://{address}")), stopped.clone()));
    }
    if let Some(store) = &store {
        tasks.push(tokio::spawn(keep(Arc::clone(store), Arc::clone(&state), stopped)));
    }
    Running { address, tls, old, state, store, stop: Some(stop), tasks }
}

fn serve(door: Doorway, app: Router, mut stopped: watch::Receiver<()>) -> JoinHandle<()> {
    let app = app.into_make_service_with_connect_info::<Knife>();
    tokio::spawn(async move {
        let serve = axum::serve(door, app).with_graceful_shutdown(async move {
            // A handle that was dropped stops the portal as well.
            let _ = stopped.changed().await;
        });
        if let Err(error) = serve.await {
            tracing::warn!(%error, "Sandbox stopped listening");
        }
    })
}

/// Writes the portal a moment after a change, and once more at the end.
async fn keep(store: Arc<Store>, state: Arc<State>, mut stopped: watch::Receiver<()>) {
    loop {
        let going = tokio::select! {
            _ = stopped.changed() => false,
            () = state.changed.notified() => true,
        };
        let going = going
            && tokio::select! {
                _ = stopped.changed() => false,
                () = tokio::time::sleep(TOGETHER) => true,
            };
        if let Err(error) = save(&store, &state).await {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            tracing::warn!(%error, cause, "Sandbox could not keep its portal");
        }
        if !going {
            return;
        }
    }
}

/// Writes the portal on a thread that may wait for a disk.
async fn save(store: &Arc<Store>, state: &Arc<State>) -> Result<(), StoreError> {
    let (store, state) = (Arc::clone(store), Arc::clone(state));
    match tokio::task::spawn_blocking(move || store.save(&state)).await {
        Ok(saved) => saved,
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}
