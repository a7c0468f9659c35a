//! Where callbacks arrive, and how they find the caller that waits for them.

use super::error::ClientError;
use super::expectation::{Expect, Expectation};
use super::listener::{Known, Listen, Listener, NotificationHandler};
use crate::ack::{Ack, AckBody};
use crate::action::{Action, Registry};
use crate::carrier::Carrier;
use crate::code::ErrorCode;
use crate::envelope::Received;
use crate::gate::{Gate, Rejection, Verified};
use crate::header::CallbackHeader;
use crate::id::{CorrelationId, SubscriptionCode, SystemId, TransactionId};
use crate::wire::{Json, Limits};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use url::Url;

/// More requests that wait for one sender are not tried for an encrypted callback.
const ENCRYPTED_CANDIDATES: usize = 64;
/// The largest callback that is read.
#[cfg(feature = "server")]
const CALLBACK_BYTES: usize = 10 << 20;

/// The callback side of a caller: an address, and the requests that wait.
///
/// Post what arrives there to [`Callbacks::receive`], or mount `Callbacks::router` (feature `server`). Cheap to clone.
#[derive(Clone)]
pub struct Callbacks(Arc<Inner>);

struct Inner {
    base: Url,
    gate: Gate,
    limits: Limits,
    waiting: Mutex<BTreeMap<TransactionId, Arc<dyn Expect>>>,
    listeners: Mutex<Vec<Arc<dyn Listen>>>,
    subscriptions: Known,
}

impl Callbacks {
    /// Callbacks that arrive below `base`, e.g. `https://spmis.example.org/callback`, judged by `gate`.
    pub fn new(base: Url, gate: Gate) -> Self {
        let (waiting, listeners, subscriptions) = (Mutex::default(), Mutex::default(), Known::default());
        Self(Arc::new(Inner { base, gate, limits: Limits::default(), waiting, listeners, subscriptions }))
    }

    /// Hands the notifications of the registry `I` to `handler`. They are taken from systems the gate knows, for subscriptions
    /// made with these callbacks ([`Client::subscribe`](super::Client::subscribe)) or named with [`Callbacks::resume`].
    pub fn listen<I: Registry>(&self, handler: impl NotificationHandler<I>) {
        let listener = Arc::new(Listener::<I, _>::new(handler));
        self.0.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
    }

    /// Names a subscription that was made earlier at `registry`, so that its notifications are taken: after a restart.
    pub fn resume(&self, registry: SystemId, transaction_id: TransactionId, code: SubscriptionCode) {
        self.0.subscriptions.transaction(transaction_id, registry.clone());
        self.0.subscriptions.code(code, registry);
    }

    /// A subscription is asked for: its notifications may come before anything else.
    pub(super) fn subscribing(&self, registry: SystemId, transaction_id: TransactionId) {
        self.0.subscriptions.transaction(transaction_id, registry);
    }

    /// The complete address callbacks of `A` are posted to: what goes into `sender_uri`.
    pub fn address_of<A: Action>(&self) -> Url {
        let mut url = self.0.base.clone();
        let path = format!("{}/{}", url.path().trim_end_matches('/'), A::CALLBACK_PATH.unwrap_or_default());
        url.set_path(&path);
        url
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeMap<TransactionId, Arc<dyn Expect>>> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    pub(super) fn expect<A: Action>(
        &self,
        transaction_id: &TransactionId,
        expectation: Arc<Expectation<A>>,
    ) -> Pending<A> {
        self.waiting().insert(transaction_id.clone(), Arc::clone(&expectation) as Arc<dyn Expect>);
        Pending { callbacks: self.clone(), transaction_id: transaction_id.clone(), expectation }
    }

    /// Takes one callback and what it came in: the HTTP status and the acknowledgement to answer with. The media type does
    /// not matter: one system sends JSON as plain text.
    pub async fn receive(&self, body: &[u8], carrier: Carrier) -> (u16, AckBody) {
        match self.judge(body, carrier).await {
            Ok(ack) => (200, ack.into()),
            Err(rejection) => {
                tracing::warn!(fault = %rejection.fault, detail = rejection.detail, "callback refused");
                (rejection.status(), Ack::refused(rejection.as_error()).into())
            }
        }
    }

    async fn judge(&self, body: &[u8], carrier: Carrier) -> Result<Ack, Rejection> {
        let unknown =
            || Rejection::envelope(ErrorCode::BadRequest, "/message/transaction_id belongs to no waiting request");
        let received = Received::parse(body, &self.0.limits)?.carried_by(carrier);
        // What it is says the signed header; the gate holds it against what was verified.
        if received.header().get("action").and_then(Json::as_str) == Some("notify") {
            return self.hear(&received).await;
        }
        if received.message().get("ciphertext").is_none() {
            // Not verified yet: only used to find whose keys it must be verified with.
            let claimed = received.message().get("transaction_id").and_then(Json::scalar_text);
            let claimed = claimed.and_then(|text| TransactionId::new(text).ok());
            let waiting = claimed.and_then(|id| self.waiting().get(&id).cloned()).ok_or_else(unknown)?;
            return waiting.offer(&received, &self.0.gate).await.map(Ack::accepted);
        }
        // The transaction of an encrypted callback shows only after its signature held and it was opened. Whoever waits for
        // its sender is asked; each judges it by its own peer.
        let sender = received.header().get("sender_id").and_then(Json::as_str).map(str::to_owned);
        let waiting: Vec<_> = self.waiting().values().cloned().collect();
        let of_sender = waiting.iter().filter(|waiting| waiting.is_from(sender.as_deref()));
        let mut last = unknown();
        for waiting in of_sender.take(ENCRYPTED_CANDIDATES) {
            match waiting.offer(&received, &self.0.gate).await {
                Ok(correlation_id) => return Ok(Ack::accepted(correlation_id)),
                Err(rejection) => last = rejection,
            }
        }
        Err(last)
    }

    async fn hear(&self, received: &Received) -> Result<Ack, Rejection> {
        // An encrypted message shows its registry only when it is open: with several listeners each tries.
        let reg_type = received.message().pointer("/notify_event/0/data/reg_type").and_then(Json::as_str);
        let listeners = self.0.listeners.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut refused =
            Rejection::envelope(ErrorCode::BadRequest, "/header/action: this system has no subscriptions");
        for listener in listeners.iter().filter(|listener| listener.hears(reg_type)) {
            match listener.offer(received, &self.0.gate, &self.0.subscriptions).await {
                Ok(()) => return Ok(Ack::accepted(CorrelationId::random())),
                Err(rejection) => refused = rejection,
            }
        }
        Err(refused)
    }

    /// Routes that take callbacks of every action.
    #[cfg(feature = "server")]
    pub fn router(&self) -> axum::Router {
        use axum::response::IntoResponse as _;
        let callbacks = self.clone();
        let take = move |request: http::Request<axum::body::Body>| async move {
            let (head, body) = request.into_parts();
            let carrier = Carrier::of(&head);
            let body = axum::body::to_bytes(body, CALLBACK_BYTES).await.unwrap_or_default();
            let (status, ack) = callbacks.receive(&body, carrier).await;
            let status = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::BAD_REQUEST);
            let text = crate::wire::Wire::write(&ack).print(crate::wire::Form::Compact);
            (status, [(http::header::CONTENT_TYPE, "application/json")], text).into_response()
        };
        axum::Router::new().fallback(axum::routing::post(take))
    }
}

impl fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callbacks").field("base", &self.0.base.as_str()).finish_non_exhaustive()
    }
}

/// A request that was acknowledged and waits for its callback. Dropping it stops waiting.
pub struct Pending<A: Action> {
    callbacks: Callbacks,
    transaction_id: TransactionId,
    expectation: Arc<Expectation<A>>,
}

impl<A: Action> Pending<A> {
    /// The transaction.
    pub fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }

    pub(super) fn expectation(&self) -> &Expectation<A> {
        &self.expectation
    }

    /// Waits until every item is answered, at most `timeout`. What came until then is returned when something did;
    /// ask `txn-status` for the rest.
    pub async fn answer(self, timeout: Duration) -> Result<Verified<CallbackHeader, A::Response>, ClientError> {
        match tokio::time::timeout(timeout, self.expectation.complete()).await {
            Ok(answer) => Ok(answer),
            Err(_) => self.expectation.partial().ok_or(ClientError::NoCallback),
        }
    }
}

impl<A: Action> Drop for Pending<A> {
    fn drop(&mut self) {
        self.callbacks.waiting().remove(&self.transaction_id);
    }
}

impl<A: Action> fmt::Debug for Pending<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").field("transaction_id", &self.transaction_id).finish_non_exhaustive()
    }
}
