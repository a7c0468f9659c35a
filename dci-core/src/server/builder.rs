//! Putting a server together.

use super::answer;
use super::body::BodyBudget;
use super::callback::{Courier, Lanes};
use super::handler::Handler;
use super::limits::ServerLimits;
use super::notices::NoticeHandler;
use super::pipeline::Shared;
use super::publisher::Publisher;
use super::search::{RegistryService, SearchHandler};
use super::status::StatusHandler;
use super::subscriptions::{SubscribeHandler, UnsubscribeHandler};
use super::token::TokenCheck;
use crate::action::{Action, Notice, Registry, Search, Subscribe, TxnStatus, Unsubscribe};
use crate::code::ErrorCode;
use crate::exchange::{MemoryStore, Store};
use crate::gate::{Gate, Seal};
use crate::jose::KeySet;
use crate::transport::{Http, HttpError};
use crate::wire::{Form, Wire};
use axum::Router;
use axum::body::Body;
use axum::routing::{get, post};
use http::Request;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};

/// Sets up a [`Server`].
#[derive(Debug)]
pub struct ServerBuilder {
    gate: Gate,
    seal: Seal,
    tokens: Arc<dyn TokenCheck>,
    store: Arc<dyn Store>,
    limits: ServerLimits,
    http: Option<Http>,
}

impl ServerBuilder {
    /// Keeps state in `store`; in memory when not set.
    pub fn store(mut self, store: Arc<dyn Store>) -> Self {
        self.store = store;
        self
    }

    /// Replaces the limits.
    pub fn limits(mut self, limits: ServerLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Replaces the client callbacks are posted with.
    pub fn http(mut self, http: Http) -> Self {
        self.http = Some(http);
        self
    }

    /// The server, without endpoints yet. Must be called inside of a tokio runtime.
    pub fn build(self) -> Result<Server, HttpError> {
        let limits = Arc::new(self.limits);
        let http = self.http.map_or_else(|| Http::builder().timeout(limits.delivery_time).build(), Ok)?;
        let courier = Courier {
            store: Arc::clone(&self.store),
            gate: self.gate.clone(),
            seal: self.seal.clone(),
            http,
            limits: Arc::clone(&limits),
            news: Arc::new(Notify::new()),
            lanes: Lanes::default(),
        };
        let (stop, stopped) = watch::channel(false);
        let worker = tokio::spawn(courier.clone().work(stopped));
        let document = KeySet::document(self.seal.keys(), self.gate.keyring().keys()).print(Form::Compact);
        let keys = move || async move { answer::json(200, document.clone()) };
        let shared = Shared {
            gate: self.gate,
            seal: self.seal,
            store: self.store,
            tokens: self.tokens,
            budget: BodyBudget::new(limits.bodies_in_flight),
            limits,
            courier,
            work: Mutex::new(JoinSet::new()),
        };
        let router = Router::new().route("/.well-known/jwks.json", get(keys));
        Ok(Server { shared: Arc::new(shared), router, stop, worker })
    }
}

/// A server of one system: endpoints, and the courier that delivers its callbacks.
#[derive(Debug)]
pub struct Server {
    shared: Arc<Shared>,
    router: Router,
    stop: watch::Sender<bool>,
    worker: JoinHandle<()>,
}

impl Server {
    /// A server that admits with `gate`, signs with `seal` and takes the bearer tokens of `tokens`.
    pub fn builder(gate: Gate, seal: Seal, tokens: impl TokenCheck + 'static) -> ServerBuilder {
        ServerBuilder {
            gate,
            seal,
            tokens: Arc::new(tokens),
            store: Arc::new(MemoryStore::new()),
            limits: ServerLimits::default(),
            http: None,
        }
    }

    /// Mounts the registry `I`: search and transaction status, synchronous and asynchronous.
    pub fn registry<I: Registry>(self, service: impl RegistryService<I>) -> Self {
        let status = StatusHandler::<I>::new(Arc::clone(&self.shared.store));
        self.action::<Search<I>>(SearchHandler::new(service)).action::<TxnStatus<I>>(status)
    }

    /// Mounts the subscriptions to `events` of the registry `I`: all that it will notify of with its [`Publisher`].
    pub fn subscriptions<I: Registry>(self, events: impl IntoIterator<Item = I::Event>) -> Self {
        let (store, most) = (Arc::clone(&self.shared.store), self.shared.limits.subscriptions);
        let subscribe = SubscribeHandler::<I> { store: Arc::clone(&store), events: events.into_iter().collect(), most };
        self.action::<Subscribe<I>>(subscribe).action::<Unsubscribe<I>>(UnsubscribeHandler { store })
    }

    /// Tells the subscribers of the registry `I` of events.
    pub fn publisher<I: Registry>(&self) -> Publisher<I> {
        Publisher::new(Arc::clone(&self.shared))
    }

    /// Mounts one action.
    pub fn action<A: Action>(mut self, handler: impl Handler<A>) -> Self {
        let handler: Arc<dyn Handler<A>> = Arc::new(handler);
        if let Some(path) = A::PATH {
            let (shared, handler) = (Arc::clone(&self.shared), Arc::clone(&handler));
            let acknowledge = move |http: Request<Body>| {
                let (shared, handler) = (Arc::clone(&shared), Arc::clone(&handler));
                async move { shared.acknowledge::<A>(handler, http).await }
            };
            self.router = self.router.route(&format!("/{path}"), post(acknowledge));
        }
        for path in A::SYNC_PATH.iter().chain(A::SYNC_ALIASES) {
            let (shared, handler) = (Arc::clone(&self.shared), Arc::clone(&handler));
            let answer = move |http: Request<Body>| {
                let (shared, handler) = (Arc::clone(&shared), Arc::clone(&handler));
                async move { shared.answer::<A>(handler, http).await }
            };
            self.router = self.router.route(&format!("/{path}"), post(answer));
        }
        self
    }

    /// Mounts what others send on their own.
    pub fn notice<N: Notice>(mut self, handler: impl NoticeHandler<N>) -> Self {
        let (shared, handler) = (Arc::clone(&self.shared), Arc::new(handler) as Arc<dyn NoticeHandler<N>>);
        let take = move |http: Request<Body>| {
            let (shared, handler) = (Arc::clone(&shared), Arc::clone(&handler));
            async move { shared.take_notice::<N>(handler, http).await }
        };
        self.router = self.router.route(&format!("/{}", N::PATH), post(take));
        self
    }

    /// Mounts a public document, to be read without a token: `/.well-known/locations.json`.
    pub fn document(mut self, path: &str, document: &impl Wire) -> Self {
        let text = document.write().print(Form::Compact);
        self.router = self.router.route(
            &format!("/{}", path.trim_start_matches('/')),
            get(move || async move { answer::json(200, text.clone()) }),
        );
        self
    }

    /// The endpoints, to be served by [`super::listen`] or nested into an application.
    pub fn router(&self) -> Router {
        self.router
            .clone()
            .method_not_allowed_fallback(|| async {
                answer::http_error(405, ErrorCode::BadRequest, "this endpoint takes POST")
            })
            .fallback(|| async { answer::http_error(404, ErrorCode::NotFound, "no such endpoint") })
    }

    /// Where its state is kept.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.shared.store
    }

    /// Answers what was accepted, makes one attempt at each callback that is due, and stops. Takes at most the drain
    /// time of the limits; what is left stays in the store.
    pub async fn shut_down(self) {
        let drain = self.shared.limits.drain;
        let finish = async {
            let mut work = std::mem::take(&mut *self.shared.work.lock().unwrap_or_else(PoisonError::into_inner));
            while work.join_next().await.is_some() {}
            let _ = self.stop.send(true);
            let _ = self.worker.await;
        };
        if tokio::time::timeout(drain, finish).await.is_err() {
            tracing::warn!("not everything was finished in the time to drain");
        }
    }
}
