//! The trait behind which state is kept.

use super::outbox::{Delivery, Outgoing};
use super::subscription::{NewNotification, Subscribed, Subscription, Unsubscribed};
use crate::id::{CorrelationId, MessageId, ReferenceId, SubscriptionCode, SystemId, TransactionId};
use crate::wire::Json;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

/// The store could not do its work now. Nothing was accepted.
#[derive(Debug, thiserror::Error)]
#[error("the store is not available: {0}")]
pub struct StoreError(pub String);

/// A request that passed the gate and is to be remembered.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NewRequest {
    /// Who sent it.
    pub sender_id: SystemId,
    /// Its message id: with the sender, the identity of the request.
    pub message_id: MessageId,
    /// SHA-256 of everything that means something in it: the same id with another digest is another message.
    pub digest: [u8; 32],
    /// The action, e.g. `search`.
    pub action: &'static str,
    /// Its transaction.
    pub transaction_id: TransactionId,
    /// Its items.
    pub reference_ids: Vec<ReferenceId>,
    /// What was asked, so that it can be answered after a restart.
    pub message: Json,
    /// Until when its identity must be remembered.
    pub remember_until: DateTime<Utc>,
}

impl NewRequest {
    /// A request without items.
    pub fn new(
        sender_id: SystemId,
        message_id: MessageId,
        action: &'static str,
        transaction_id: TransactionId,
    ) -> Self {
        Self {
            sender_id,
            message_id,
            digest: [0; 32],
            action,
            transaction_id,
            reference_ids: Vec::new(),
            message: Json::Null,
            remember_until: Utc::now() + TimeDelta::days(30),
        }
    }
}

/// What became of an attempt to accept a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Acceptance {
    /// It is new, and stored.
    New(CorrelationId),
    /// It was accepted before: the same answer, no second effect.
    Again(CorrelationId),
    /// Its message id was used before for another message.
    Conflict,
}

/// A transaction as far as it got.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Transaction {
    /// The action that started it.
    pub action: &'static str,
    /// Its id.
    pub transaction_id: TransactionId,
    /// The id its acknowledgement gave it.
    pub correlation_id: CorrelationId,
    /// Its items.
    pub reference_ids: Vec<ReferenceId>,
    /// What was asked.
    pub request: Json,
    /// The answer, when it is done.
    pub reply: Option<Json>,
}

impl Transaction {
    /// The transaction a stored request started.
    pub fn new(request: &NewRequest, correlation_id: CorrelationId, reply: Option<Json>) -> Self {
        Self {
            action: request.action,
            transaction_id: request.transaction_id.clone(),
            correlation_id,
            reference_ids: request.reference_ids.clone(),
            request: request.message.clone(),
            reply,
        }
    }
}

/// By what a transaction is looked for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum TransactionKey {
    /// Its id.
    Transaction(String),
    /// The id of its acknowledgement.
    Correlation(String),
    /// The ids of items.
    References(Vec<String>),
    /// The codes of subscriptions it granted.
    Subscriptions(Vec<String>),
}

/// Where state is kept. Every method is atomic: it happened, or it did not.
#[async_trait]
pub trait Store: std::fmt::Debug + Send + Sync {
    /// Remembers a request, unless it is known.
    async fn accept(&self, request: NewRequest) -> Result<Acceptance, StoreError>;

    /// Keeps the answer of an accepted request, and puts its callback into the outbox with it. The subscriptions the callback
    /// grants are live from here on.
    async fn finish(
        &self,
        correlation_id: &CorrelationId,
        reply: Json,
        callback: Option<Outgoing>,
    ) -> Result<(), StoreError>;

    /// Finds a transaction that `sender_id` started with `action`. One of another sender does not exist.
    async fn transaction(
        &self,
        sender_id: &SystemId,
        action: &str,
        key: &TransactionKey,
    ) -> Result<Option<Transaction>, StoreError>;

    /// Claims callbacks that are due, each until `now + lease`.
    async fn claim(&self, now: DateTime<Utc>, lease: TimeDelta, most: usize) -> Result<Vec<Delivery>, StoreError>;

    /// The callback was received.
    async fn delivered(&self, id: u64, fence: u64) -> Result<(), StoreError>;

    /// The attempt failed; the next is due at `retry_at`, or never.
    async fn failed(&self, id: u64, fence: u64, retry_at: Option<DateTime<Utc>>) -> Result<(), StoreError>;

    /// Keeps a subscription, unless its subscriber has one to the same events, or `most` in all. A repetition of the item
    /// that asked for one finds that one.
    async fn subscribe(&self, subscription: Subscription, most: usize) -> Result<Subscribed, StoreError>;

    /// Ends subscriptions of `subscriber`: all of them, or none. What waits to be sent for them is dropped.
    async fn unsubscribe(&self, subscriber: &SystemId, codes: &[SubscriptionCode]) -> Result<Unsubscribed, StoreError>;

    /// The subscriptions to `registry` that are live at `now`.
    async fn subscriptions(&self, registry: &str, now: DateTime<Utc>) -> Result<Vec<Subscription>, StoreError>;

    /// Numbers notifications, each within its subscription, and puts them into the outbox; those of subscriptions that are
    /// not live any more are dropped.
    async fn notify(&self, notifications: Vec<NewNotification>) -> Result<(), StoreError>;

    /// How many callbacks wait, and how many were given up.
    async fn backlog(&self) -> Result<(usize, usize), StoreError>;
}
