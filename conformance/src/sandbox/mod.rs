//! The sandbox: a complete reference system, for trying, teaching and testing.
//!
//! Each interface is served under `/{interface}`; behind it stands the library's own server. Faults ([`Fault`]) make it
//! wrong on purpose, so that every check of the suite can be shown to fail.

mod fault;
mod layer;
mod oauth;
mod population;
mod service;
mod store;

pub(crate) use fault::set as set_member;
pub use fault::{FAULTS, Fault, Kind, find};
pub use population::{Seed, SeedError};

use crate::identity::{Identity, OTHER, SANDBOX, STRANGER, SUITE};
use crate::target::{Config, ExpectedConfig};
use axum::Router;
use axum::routing::get;
use dci_core::ack::HttpErrorBody;
use dci_core::action::Registry as _;
use dci_core::code::ErrorCode;
use dci_core::code::Sex;
use dci_core::exchange::MemoryStore;
use dci_core::gate::{Gate, Seal};
use dci_core::jose::{KeyRejected, KeySet};
use dci_core::peer::{Peer, Peers};
use dci_core::query::{QueryLimits, Table};
use dci_core::server::{AnyToken, Running, Server, ServerLimits, StaticTokens, listen};
use dci_core::transport::HttpError;
use dci_core::wire::{Form, Wire as _};
use dci_registry::social::{ResponseEntity, Social, SocialRecord};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

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
}

impl Sandbox {
    /// Starts the sandbox at `address`.
    pub async fn start(address: &str, options: &Options) -> Result<Self, SandboxError> {
        let refused = |error| SandboxError::Listen(address.to_owned(), error);
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let mut servers = Vec::new();
        let strict = server(options, Strictness::Strict)?;
        let mut social = strict.router();
        if !options.faults.is_empty() {
            let sloppy = server(options, Strictness::Sloppy)?;
            let published = Identity::test(SANDBOX, SANDBOX)?.seal;
            let seal = sealing_identity(options)?.seal;
            social = layer::wrap(social, sloppy.router(), seal, &published, &options.faults);
            servers.push(sloppy);
        }
        servers.push(strict);
        let router = Router::new().nest("/social", social).merge(oauth::router()).merge(root()?);
        let running = listen(listener, router, &ServerLimits::default()).map_err(refused)?;
        Ok(Self { running, servers })
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
        self.running.stop().await;
        for server in self.servers {
            server.shut_down().await;
        }
    }
}

/// What lies beside the interfaces: the published keys, and a clear answer everywhere else.
fn root() -> Result<Router, KeyRejected> {
    const JSON: [(&str, &str); 1] = [("content-type", "application/json")];
    let document = KeySet::document(Identity::test(SANDBOX, SANDBOX)?.seal.keys(), []).print(Form::Compact);
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

fn server(options: &Options, strictness: Strictness) -> Result<Server, SandboxError> {
    let sloppy = strictness == Strictness::Sloppy;
    let peer = |name: &str| -> Result<Peer, KeyRejected> {
        let identity = Identity::test(name, name)?;
        let peer = Peer::new(identity.seal.own_id().clone(), identity.keys).danger_callbacks_on_loopback();
        Ok(if options.unsigned || sloppy { peer.danger_accept_unsigned() } else { peer })
    };
    let own: Seal = sealing_identity(options)?.seal;
    let gate = Gate::new(own.own_id().clone(), Arc::new(Peers::new([peer(SUITE)?, peer(OTHER)?])));
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
    let records = population::records(&options.seed)?;
    let table = Table::<Social>::new(records.iter().cloned());
    let limits = limits_for(&records);
    let service = service::FaultyService::new(table.limits(limits), &options.faults);
    Ok(server.registry::<Social>(service))
}

fn is_member(record: &SocialRecord) -> bool {
    Social::is_entity(record, ResponseEntity::Member.as_str())
}

/// The cap on one query lies between the number of members and that of all records, so that a caller can ask for all
/// members, and can provoke `too_many_records_found` by asking for everything.
fn limits_for(records: &[SocialRecord]) -> QueryLimits {
    let members = records.iter().filter(|record| is_member(record)).count();
    let mut limits = QueryLimits::default();
    limits.records = limits.records.min(members + 5);
    limits
}

/// What is known about a sandbox with `seed`: a configuration with an expected count.
pub fn known_data(seed: &Seed) -> Result<Config, SandboxError> {
    let members = population::records(seed)?.into_iter().filter(is_member);
    let women = |record: &SocialRecord| {
        let SocialRecord::Member(member) = record else { return false };
        member.demographic_info.as_ref().is_some_and(|person| person.sex == Some(Sex::Female))
    };
    let mut config = Config::default();
    let count = members.filter(women).count() as u64;
    config.data.expected = vec![ExpectedConfig::new("sex", "eq", "female", count)];
    Ok(config)
}
