//! `serve`: MCP over HTTP.

use b24_model::secret::Bearer;
use clap::Args;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{
    exit::Exit,
    flags::Shared,
    observe::Watch,
    opening::{self, Sandbox},
    say,
    snippets::{self, Key as BearerShown},
};
use crate::{
    config::{Environment, Key, Listen, PublicUrl, Settings, Source, Written},
    door::{address::Names, bearer::Bearers},
    serve::{
        connections::Patience,
        http::{self, Server},
        metrics::{self, Metrics},
    },
};

/// The arguments of `serve`.
#[derive(Args)]
pub(crate) struct Serve {
    /// Where to listen [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// The address under which people reach this server, when a proxy stands in front of it
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Where /metrics is served, apart from everything else [default: at --listen, for the admin token only]
    #[arg(long, value_name = "ADDRESS")]
    metrics_listen: Option<String>,
    #[command(flatten)]
    sandbox: Sandbox,
    #[command(flatten)]
    shared: Shared,
}

impl Serve {
    /// Serves until the process is told to stop.
    pub(crate) async fn run(self, environment: &Environment) -> Exit {
        match self.try_run(environment).await {
            Ok(()) => Exit::Done,
            Err(exit) => exit,
        }
    }

    async fn try_run(self, environment: &Environment) -> Result<(), Exit> {
        let mut settings = self.shared.settle(environment, |written| self.say(written))?;
        let scraped = settings.metrics_listen.is_some() || settings.admin.is_some();
        let mut watch = Watch::begin(&settings, environment, scraped)?;
        let listener = listen(&settings.listen, "--listen", 3001).await?;
        let apart = match &settings.metrics_listen {
            Some(address) => Some(listen(address, "--metrics-listen", 9465).await?),
            None => None,
        };
        opening::make_data_folder(&settings)?;
        let opened = opening::open(&mut settings, &self.sandbox).await?;
        if let Some(url) = &settings.public_url {
            opened.house.give_out_links(url.below("files/"));
        }
        let address = address(&listener, &settings);
        let shown = match opened.portal {
            Some(_) if settings.bearers.strong() == 0 => {
                BearerShown::Fresh(fresh_bearer(&mut settings.bearers)?)
            }
            _ => BearerShown::Configured,
        };
        if let Some(portal) = &opened.portal {
            say::reveal(&snippets::welcome(&address, &shown, portal));
        } else {
            warn_if_shut(&settings, opened.house.tenants.portal().is_some());
            say::talk(&format!("listening on {}", reached(&listener, &settings)));
        }
        let stop = CancellationToken::new();
        let meter = watch.over(&opened.house);
        let metrics = meter.clone().map(|meter| Metrics { meter, admin: settings.admin.clone() });
        let metrics = match apart {
            Some(listener) => serve_metrics_apart(metrics, &settings, listener, stop.clone()),
            None => metrics,
        };
        let server = Server {
            house: opened.house,
            meter,
            metrics,
            names: Names::new(&settings.listen, settings.public_url.take()),
            bearers: settings.bearers,
            body_limit: settings.body_limit,
            patience: Patience::with(settings.max_connections),
        };
        let served = http::serve(server, listener).await;
        watch.end().await;
        stop.cancel();
        if let Some(portal) = opened.portal {
            portal.stop().await;
        }
        served.map_err(|error| {
            say::error(&error, None);
            Exit::Failed
        })
    }

    fn say(&self, written: &mut Written) {
        if let Some(listen) = &self.listen {
            written.say(Key::Listen, listen.as_str(), Source::Flag("--listen"));
        }
        if let Some(url) = &self.public_url {
            written.say(Key::PublicUrl, url.as_str(), Source::Flag("--public-url"));
        }
        if let Some(listen) = &self.metrics_listen {
            written.say(Key::MetricsListen, listen.as_str(), Source::Flag("--metrics-listen"));
        }
    }
}

/// Serves metrics where nothing else is. Nothing of them is left for the address of the server.
fn serve_metrics_apart(
    metrics: Option<Metrics>,
    settings: &Settings,
    listener: TcpListener,
    stop: CancellationToken,
) -> Option<Metrics> {
    let (metrics, address) = (metrics?, settings.metrics_listen.as_ref()?);
    if !address.is_loopback() && metrics.admin.is_none() {
        say::warning(
            &format!("whoever reaches {address} can read the metrics"),
            Some("set B24_ADMIN_TOKEN, or let only your own network reach that address"),
        );
    }
    let bound = listener.local_addr().map_or_else(|_| address.to_string(), |bound| bound.to_string());
    say::talk(&format!("metrics at http://{bound}/metrics"));
    // What others reach has names that nobody told us.
    let names = address.is_loopback().then(|| Names::new(address, None));
    tokio::spawn(metrics::serve(metrics, names, listener, stop));
    None
}

async fn listen(address: &Listen, flag: &str, other_port: u16) -> Result<TcpListener, Exit> {
    TcpListener::bind((address.host.as_str(), address.port)).await.map_err(|error| {
        say::talk(&format!("error: cannot listen on {address}: {error}"));
        say::talk(&format!(
            "\nhint: choose another address with {flag}, such as {flag} 127.0.0.1:{other_port}"
        ));
        Exit::Failed
    })
}

/// The address to type into a client.
fn address(listener: &TcpListener, settings: &Settings) -> String {
    settings.public_url.as_ref().map_or_else(|| local_address(listener, settings), PublicUrl::endpoint)
}

fn local_address(listener: &TcpListener, settings: &Settings) -> String {
    let mut listen = settings.listen.clone();
    if let Ok(bound) = listener.local_addr() {
        listen.port = bound.port();
        if bound.ip().is_unspecified() {
            listen.host = "127.0.0.1".into();
        }
    }
    format!("http://{listen}/mcp")
}

fn reached(listener: &TcpListener, settings: &Settings) -> String {
    let local = local_address(listener, settings);
    match &settings.public_url {
        Some(public) => format!("{local}, reached as {}", public.endpoint()),
        None => local,
    }
}

/// A Bearer of 256 random bits, in hexadecimal digits.
fn fresh_bearer(bearers: &mut Bearers) -> Result<Bearer, Exit> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        say::error(&error, Some("set B24_MCP_TOKEN to a long random text"));
        Exit::Failed
    })?;
    let bearer = Bearer::new(&bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    crate::redact::learn([bearer.expose()]);
    bearers.add_fresh("sandbox", &bearer);
    Ok(bearer)
}

fn warn_if_shut(settings: &Settings, has_portal: bool) {
    if settings.bearers.strong() == 0 {
        say::warning(
            "no strong Bearer is configured, so /mcp answers 503",
            Some(
                "set B24_MCP_TOKEN to at least 32 random characters, such as the output of `openssl rand -hex 32`",
            ),
        );
    }
    if !has_portal {
        say::warning(
            "no portal is configured, so every tool refuses",
            Some(
                "set B24_WEBHOOK_URL to the address of an inbound webhook, or try `b24-mcp serve --sandbox`",
            ),
        );
    }
}
