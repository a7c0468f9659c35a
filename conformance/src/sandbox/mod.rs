//! The sandbox: a complete reference system, for trying, teaching and testing.
//!
//! Each interface is served under `/{interface}`; behind it stands the library's own server. Faults ([`Fault`]) make it
//! wrong on purpose, so that every check of the suite can be shown to fail.

mod actor;
mod events;
mod fault;

mod habits;
mod layer;
mod numbers;
mod oauth;
mod population;
mod registries;
mod service;
mod store;

pub(crate) use fault::set as set_member;
pub use fault::{FAULTS, Fault, Kind, find};
pub use population::{Seed, SeedError};

use self::events::Generator;
use self::habits::Habits;
use self::registries::{People, Served};
use crate::identity::{ENCRYPTING, Identity, OTHER, SANDBOX, STRANGER, SUITE};
use crate::interface::Interface;
use crate::target::{Config, ExpectedConfig};
use axum::Router;
use axum::routing::get;
use chrono::TimeDelta;
use dci_core::ack::HttpErrorBody;
use dci_core::action::Registry;
use dci_core::code::{Code as _, ErrorCode};
use dci_core::exchange::MemoryStore;
use dci_core::gate::{Gate, Seal, Window};
use dci_core::jose::{KeyRejected, KeySet};
use dci_core::peer::{EncryptionForm, EncryptionPolicy, Peer, Peers, Preset, Profile, TokenRequest, Unsigned};
use dci_core::query::{QueryLimits, Table};
use dci_core::server::{AnyToken, Running, Server, ServerLimits, StaticTokens, listen};
use dci_core::transport::HttpError;
use dci_core::wire::{Form, Wire as _};
use dci_crvs::Civil;
use dci_registry::dr::Dr;
use dci_registry::ess::Ess;
use dci_registry::fr::Fr;
use dci_registry::ibr::Ibr;
use dci_registry::social::Social;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Events a second that give every check of subscriptions something to be told of.
pub(crate) const LIVELY: f64 = 20.0;

/// The token that is accepted when none is named.
pub const DEFAULT_TOKEN: &str = "sandbox-token";

/// How the sandbox is set up.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Bearer tokens that are accepted; [`DEFAULT_TOKEN`] when none is named.
    pub tokens: Vec<String>,
    /// What is in the registry.
    pub seed: Seed,
    /// Take messages without signature too.
    pub unsigned: bool,
    /// What it does wrong.
    pub faults: Vec<&'static Fault>,
    /// The system it plays.
    pub acting: Option<Preset>,
    /// Messages to and from it are encrypted.
    pub encryption: Option<EncryptionForm>,
    /// How many events a second happen in each registry; none when not set.
    pub events: Option<f64>,
}

/// Why the sandbox did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The address cannot be listened at.
    #[error("cannot listen at {0}")]
    Listen(String, #[source] std::io::Error),
    /// The seed cannot be used.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// A key was refused.
    #[error("a key of the sandbox was refused")]
    Key(#[from] KeyRejected),
    /// The HTTP client for callbacks could not be made.
    #[error("the client for callbacks could not be made")]
    Http(#[from] HttpError),
}

/// A sandbox that runs.
#[derive(Debug)]
pub struct Sandbox {
    running: Running,
    servers: Vec<Server>,
    generators: Vec<Generator>,
}

impl Sandbox {
    /// Starts the sandbox at `address`.
    pub async fn start(address: &str, options: &Options) -> Result<Self, SandboxError> {
        let refused = |error| SandboxError::Listen(address.to_owned(), error);
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        if let Some(preset) = options.acting {
            return Self::play(listener, preset, options);
        }
        let people = People { records: population::records(&options.seed)? };
        let mut parts = Parts { options, people, router: Router::new(), servers: Vec::new(), generators: Vec::new() };
        parts.serve::<Social>()?;
        parts.serve::<Civil>()?;
        parts.serve::<Ibr>()?;
        parts.serve::<Dr>()?;
        parts.serve::<Fr>()?;
        parts.serve::<Ess>()?;
        let Parts { router, servers, generators, .. } = parts;
        let tokens = oauth::router("/oauth2/client/token", TokenRequest::Form);
        let router = router.merge(tokens).merge(root()?);
        let running = listen(listener, router, &ServerLimits::default()).map_err(refused)?;
        Ok(Self { running, servers, generators })
    }

    /// A sandbox that plays another system, at its root and below the name of its interface.
    fn play(listener: TcpListener, preset: Preset, options: &Options) -> Result<Self, SandboxError> {
        let refused = |error| SandboxError::Listen(preset.name().to_owned(), error);
        let habits = Habits::of(preset);
        let civil = matches!(preset, Preset::OpenCrvs2024 | Preset::OpenCrvs2026);
        let mut profile = actor::profile(&habits, if civil { "civil" } else { "social" });
        if let Some(form) = options.encryption {
            profile.encryption = EncryptionPolicy::Encrypted(form);
        }
        let own = Identity::test(SANDBOX, SANDBOX)?;
        let people = People { records: population::records(&options.seed)? };
        let mut limits = QueryLimits::default();
        limits.page_size = habits.page_size;
        let server = acting_server(options, &habits, &profile)?;
        let server = if civil {
            let table = Table::<Civil>::new(registries::civil::persons(&people)).limits(limits);
            let server = server.document(dci_crvs::LOCATIONS_PATH, &registries::civil::locations());
            server.registry::<Civil>(table).subscriptions::<Civil>(every_event::<Civil>())
        } else {
            limits.records = limits_for::<Social>(&people.records).records;
            let table = Table::<Social>::new(people.records).limits(limits);
            server.registry::<Social>(table).subscriptions::<Social>(every_event::<Social>())
        };
        let (token_path, request) = (format!("/{}", profile.token_path.trim_start_matches('/')), profile.token_request);
        let token = tokens_of(options).swap_remove(0);
        let play = actor::play(server.router(), own.seal, habits, profile, token);
        let interface = if civil { "/crvs" } else { "/social" };
        let router = Router::new().nest(interface, play.clone()).merge(oauth::router(&token_path, request));
        let running = listen(listener, router.fallback_service(play), &ServerLimits::default()).map_err(refused)?;
        Ok(Self { running, servers: vec![server], generators: Vec::new() })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.running.address()
    }

    /// The base URL of an interface.
    pub fn base(&self, interface: &str) -> String {
        format!("http://{}/{interface}", self.address())
    }

    /// Stops, after open work is done.
    pub async fn stop(self) {
        drop(self.generators);
        self.running.stop().await;
        for server in self.servers {
            server.shut_down().await;
        }
    }
}

/// What lies beside the interfaces: the published keys, and a clear answer everywhere else.
fn root() -> Result<Router, KeyRejected> {
    const JSON: [(&str, &str); 1] = [("content-type", "application/json")];
    let own = Identity::test(SANDBOX, SANDBOX)?;
    let document = KeySet::document(own.seal.keys(), own.keyring.keys()).print(Form::Compact);
    let keys = move || async move { (JSON, document.clone()) };
    let words = "no such endpoint; interfaces lie below their name, e.g. /social/registry/sync/search";
    let nothing = HttpErrorBody::new(ErrorCode::NotFound, words).write().print(Form::Compact);
    let nothing = move || async move { (http::StatusCode::NOT_FOUND, JSON, nothing.clone()) };
    Ok(Router::new().route("/.well-known/jwks.json", get(keys)).fallback(nothing))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    Strict,
    /// Takes anything without token or signature: what a faulty sandbox answers with instead of refusing.
    Sloppy,
}

fn tokens_of(options: &Options) -> Vec<String> {
    if options.tokens.is_empty() { vec![DEFAULT_TOKEN.to_owned()] } else { options.tokens.clone() }
}

/// What the sandbox signs with: its key, or with the fault a stranger's.
fn sealing_identity(options: &Options) -> Result<Identity, KeyRejected> {
    let stranger = options.faults.iter().any(|fault| matches!(fault.kind, Kind::WrongKey));
    Identity::test(SANDBOX, if stranger { STRANGER } else { SANDBOX })
}

/// A server of the interface `I`.
fn server<I: Served>(options: &Options, strictness: Strictness, records: &[I::Record]) -> Result<Server, SandboxError> {
    let sloppy = strictness == Strictness::Sloppy;
    let peer = |name: &str| -> Result<Peer, KeyRejected> {
        let identity = Identity::test(name, name)?;
        let mut peer = Peer::new(identity.seal.own_id().clone(), identity.keys).danger_callbacks_on_loopback();
        if let Some(form) = options.encryption.filter(|_| !sloppy) {
            peer = peer.encrypting(form);
        }
        Ok(if options.unsigned || sloppy { peer.danger_accept_unsigned() } else { peer })
    };
    let own: Seal = sealing_identity(options)?.seal;
    let mut encrypting = peer(ENCRYPTING)?;
    if !sloppy {
        encrypting = encrypting.encrypting(options.encryption.unwrap_or_default());
    }
    let gate = Gate::new(own.own_id().clone(), Arc::new(Peers::new([peer(SUITE)?, peer(OTHER)?, encrypting])));
    let gate = gate.opening_with(Identity::test(SANDBOX, SANDBOX)?.keyring);
    let tokens = tokens_of(options).iter().fold(StaticTokens::new(), |tokens, token| tokens.with(token));
    let store = store::FaultyStore::new(MemoryStore::new(), &options.faults);
    let builder = if sloppy {
        Server::builder(gate, own, AnyToken)
    } else {
        Server::builder(gate, own, oauth::or_issued(tokens))
    };
    let mut limits = ServerLimits::default();
    for fault in &options.faults {
        if let Kind::Items(most) = fault.kind {
            limits.sync_items = most;
        }
    }
    let server = builder.store(Arc::new(store)).limits(limits).build()?;
    let service = service::FaultyService::new(records, limits_for::<I>(records), &options.faults);
    Ok(I::mount(server, service).subscriptions::<I>(every_event::<I>()))
}

fn every_event<I: Registry>() -> impl Iterator<Item = I::Event> {
    I::Event::CODES.iter().map(|code| I::Event::of(code))
}

/// The sandbox while its interfaces are added.
struct Parts<'a> {
    options: &'a Options,
    people: People,
    router: Router,
    servers: Vec<Server>,
    generators: Vec<Generator>,
}

impl Parts<'_> {
    /// Serves `I` under its name.
    fn serve<I: Served>(&mut self) -> Result<(), SandboxError> {
        let options = self.options;
        let records = I::records(&self.people);
        let strict = server::<I>(options, Strictness::Strict, &records)?;
        let mut router = strict.router();
        if !options.faults.is_empty() {
            let sloppy = server::<I>(options, Strictness::Sloppy, &records)?;
            let published = Identity::test(SANDBOX, SANDBOX)?.seal;
            let seal = sealing_identity(options)?.seal;
            router = layer::wrap(router, sloppy.router(), seal, &published, &options.faults);
            self.servers.push(sloppy);
        }
        if let Some(per_second) = options.events {
            self.generators.push(Generator::start(strict.publisher::<I>(), records, per_second));
        }
        self.servers.push(strict);
        self.router = std::mem::take(&mut self.router).nest(&format!("/{}", I::NAME), router);
        Ok(())
    }
}

/// A server whose callers speak `profile`.
fn acting_server(options: &Options, habits: &Habits, profile: &Profile) -> Result<Server, SandboxError> {
    let peer = |name: &str| -> Result<Peer, KeyRejected> {
        let identity = Identity::test(name, name)?;
        let mut profile = profile.clone();
        if options.unsigned {
            profile.unsigned = Unsigned::Accepted;
        }
        let peer = Peer::new(identity.seal.own_id().clone(), identity.keys).speaking(profile);
        Ok(peer.danger_callbacks_on_loopback())
    };
    let own = Identity::test(SANDBOX, SANDBOX)?;
    let mut window = Window::default();
    if !habits.has_window {
        window.age = TimeDelta::days(36_500);
    }
    let encrypting = peer(ENCRYPTING)?.encrypting(options.encryption.unwrap_or_default());
    let gate = Gate::new(own.seal.own_id().clone(), Arc::new(Peers::new([peer(SUITE)?, peer(OTHER)?, encrypting])));
    let gate = gate.window(window).opening_with(own.keyring.clone());
    let tokens = tokens_of(options).iter().fold(StaticTokens::new(), |tokens, token| tokens.with(token));
    let store = store::FaultyStore::new(MemoryStore::new(), &options.faults).acting(*habits);
    let builder = Server::builder(gate, own.seal, oauth::or_issued(tokens));
    Ok(builder.store(Arc::new(store)).build()?)
}

/// The cap on one query lies between the number of persons with a date of birth and that of all records, so that a caller can
/// ask for all persons, and can provoke `too_many_records_found` by asking for everything.
fn limits_for<I: Served>(records: &[I::Record]) -> QueryLimits {
    let dated = records.iter().filter(|record| I::is_dated(record)).count();
    let mut limits = QueryLimits::default();
    limits.records = limits.records.min(dated + 5);
    limits
}

/// What is known about a sandbox with `options`: a configuration with an expected count.
pub fn known_data(interface: &Interface, options: &Options) -> Result<Config, SandboxError> {
    let people = People { records: population::records(&options.seed)? };
    let women = match interface.name {
        Civil::NAME => women::<Civil>(&people),
        Ibr::NAME => women::<Ibr>(&people),
        Dr::NAME => women::<Dr>(&people),
        Fr::NAME => women::<Fr>(&people),
        Ess::NAME => women::<Ess>(&people),
        _ => women::<Social>(&people),
    };
    let mut config = Config::default();
    config.data.expected = vec![ExpectedConfig::new("sex", "eq", "female", women)];
    config.data.events = options.events.is_some();
    Ok(config)
}

fn women<I: Served>(people: &People) -> u64 {
    I::records(people).iter().filter(|record| I::is_woman(record)).count() as u64
}
