//! Notifications: what registries tell on their own, at a subscriber's callback address.

use crate::action::{Notify, Registry, event_of};
use crate::code::ErrorCode;
use crate::envelope::Received;
use crate::gate::{Gate, Rejection, Verified};
use crate::header::CallbackHeader;
use crate::id::{MessageId, SubscriptionCode, SystemId, TransactionId};
use crate::message::{NotifyEvent, NotifyRequest};
use crate::peer::Correlation;
use crate::wire::Json;
use async_trait::async_trait;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::marker::PhantomData;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many message ids of notifications are remembered, to tell repetitions.
const REMEMBERED: usize = 10_000;

/// What happens with notifications of the registry `I`: what a subscriber implements.
#[async_trait]
pub trait NotificationHandler<I: Registry>: Send + Sync + 'static {
    /// Takes one notification. It is acknowledged when this returns `Ok`; what returns an error is sent again later. The same
    /// notification may come twice when an acknowledgement was lost: [`NotifyEvent::reference_id`] tells.
    async fn notified(&self, notification: Notification<I>) -> Result<(), NotTaken>;
}

/// A notification could not be taken now: its sender tries again.
#[derive(Debug, thiserror::Error)]
#[error("the notification could not be taken: {0}")]
pub struct NotTaken(pub String);

/// Events that happened, as one registry told them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Notification<I: Registry> {
    /// Who told.
    pub sender_id: SystemId,
    /// The subscription, where the registry says it.
    pub subscription_code: Option<SubscriptionCode>,
    /// Its number within the subscription, where the registry counts.
    pub sequence: Option<u64>,
    /// How many notifications of the subscription are missing before this one. Ask the registry for what was missed.
    pub missed: u64,
    /// The message as it was verified.
    pub message: Verified<CallbackHeader, NotifyRequest<I::Record>>,
}

impl<I: Registry> Notification<I> {
    /// The events, each with the code it means.
    pub fn events(&self) -> impl Iterator<Item = (Option<I::Event>, &NotifyEvent<I::Record>)> {
        self.message.message().notify_event.iter().map(|event| {
            let kind = event.data.reg_event_type.as_deref().map(event_of::<I>);
            (kind, event)
        })
    }
}

/// What takes notifications, whatever their registry.
#[async_trait]
pub(super) trait Listen: Send + Sync {
    /// Whether a message about `reg_type` is for it.
    fn hears(&self, reg_type: Option<&str>) -> bool;

    async fn offer(&self, received: &Received, gate: &Gate, known: &Known) -> Result<(), Rejection>;
}

/// The subscriptions notifications may belong to.
#[derive(Debug, Default)]
pub(super) struct Known {
    transactions: Mutex<BTreeMap<TransactionId, SystemId>>,
    codes: Mutex<BTreeMap<SubscriptionCode, SystemId>>,
}

impl Known {
    pub(super) fn transaction(&self, id: TransactionId, registry: SystemId) {
        self.transactions.lock().unwrap_or_else(PoisonError::into_inner).insert(id, registry);
    }

    pub(super) fn code(&self, code: SubscriptionCode, registry: SystemId) {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).insert(code, registry);
    }

    fn is_of(&self, registry: &SystemId, transaction: &TransactionId, code: Option<&SubscriptionCode>) -> bool {
        let transactions = self.transactions.lock().unwrap_or_else(PoisonError::into_inner);
        let codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        transactions.get(transaction) == Some(registry) || code.is_some_and(|code| codes.get(code) == Some(registry))
    }
}

pub(super) struct Listener<I, H> {
    handler: H,
    state: Mutex<State>,
    interface: PhantomData<fn() -> I>,
}

#[derive(Default)]
struct State {
    seen: BTreeSet<(SystemId, MessageId)>,
    order: VecDeque<(SystemId, MessageId)>,
    last: BTreeMap<(SystemId, SubscriptionCode), u64>,
}

impl State {
    fn remember(&mut self, identity: (SystemId, MessageId)) {
        if self.order.len() >= REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        self.order.push_back(identity.clone());
        self.seen.insert(identity);
    }
}

impl<I: Registry, H: NotificationHandler<I>> Listener<I, H> {
    pub(super) fn new(handler: H) -> Self {
        Self { handler, state: Mutex::default(), interface: PhantomData }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl<I: Registry, H: NotificationHandler<I>> Listen for Listener<I, H> {
    fn hears(&self, reg_type: Option<&str>) -> bool {
        let word = |name: &str| name.rsplit([':', '.']).next().unwrap_or_default().to_ascii_lowercase();
        reg_type.is_none_or(|name| {
            let name = word(name);
            name == word(I::REG_TYPE) || I::REG_TYPE_ALIASES.contains(&name.as_str())
        })
    }

    async fn offer(&self, received: &Received, gate: &Gate, known: &Known) -> Result<(), Rejection> {
        let message = gate.admit_notice::<Notify<I>>(received).await?;
        let sender_id = message.peer().id().clone();
        let meta = message.header().meta.as_ref();
        let beside = message.message().extra.get("subscription_code");
        let code = meta.and_then(|meta| meta.get("subscription_code")).or(beside);
        let subscription_code = code.and_then(Json::as_str).and_then(|code| SubscriptionCode::new(code).ok());
        let tells = message.peer().profile().correlation == Correlation::Transaction;
        if tells && !known.is_of(&sender_id, &message.message().transaction_id, subscription_code.as_ref()) {
            let words = "/message/transaction_id belongs to no subscription of this system";
            return Err(Rejection::envelope(ErrorCode::BadRequest, words));
        }
        let identity = (sender_id.clone(), message.header().message_id.clone());
        let sequence = meta.and_then(|meta| meta.get("sequence")).and_then(Json::scalar_text);
        let sequence: Option<u64> = sequence.and_then(|text| text.parse().ok());
        let lane = subscription_code.clone().map(|code| (sender_id.clone(), code));
        let last = lane.as_ref().and_then(|lane| self.state().last.get(lane).copied());
        let is_old = matches!((last, sequence), (Some(last), Some(sequence)) if sequence <= last);
        if is_old || self.state().seen.contains(&identity) {
            // The acknowledgement was lost: the same answer, no second effect.
            return Ok(());
        }
        let missed = match (last, sequence) {
            (Some(last), Some(sequence)) => sequence.saturating_sub(last + 1),
            _ => 0,
        };
        let notification = Notification { sender_id, subscription_code, sequence, missed, message };
        self.handler.notified(notification).await.map_err(|error| {
            tracing::warn!(%error, "a notification was not taken");
            Rejection::envelope(ErrorCode::ServiceUnavailable, "this system cannot take notifications now; try again")
        })?;
        let mut state = self.state();
        state.remember(identity);
        if let (Some(lane), Some(sequence)) = (lane, sequence) {
            state.last.insert(lane, sequence);
        }
        Ok(())
    }
}
