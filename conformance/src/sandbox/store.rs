//! The sandbox's store: the library's, and what faults make of callbacks and transactions.

use super::fault::{Callback, Fault, Kind, edit};
use super::habits::Habits;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use dci_core::code::Operator;
use dci_core::exchange::{
    Acceptance, Delivery, MemoryStore, NewNotification, NewRequest, Outgoing, Store, StoreError, Subscribed,
    Subscription, Transaction, TransactionKey, Unsubscribed,
};
use dci_core::id::{CorrelationId, SubscriptionCode, SystemId};
use dci_core::query::{Comparison, Predicate, Query};
use dci_core::wire::{Json, Object};

fn is_notification(outgoing: &Outgoing) -> bool {
    outgoing.message.get("notify_event").is_some()
}

/// A store that loses and mixes up on purpose.
#[derive(Debug)]
pub(super) struct FaultyStore {
    inner: MemoryStore,
    faults: Vec<&'static Fault>,
    habits: Option<Habits>,
}

impl FaultyStore {
    pub(super) fn new(inner: MemoryStore, faults: &[&'static Fault]) -> Self {
        Self { inner, faults: faults.to_vec(), habits: None }
    }

    /// Writes callbacks as another system does.
    pub(super) fn acting(self, habits: Habits) -> Self {
        Self { habits: Some(habits), ..self }
    }

    fn has(&self, wanted: Callback) -> bool {
        self.faults.iter().any(|fault| matches!(fault.kind, Kind::Callback(callback) if callback == wanted))
    }

    /// Changes a message as the faults say.
    fn edit(&self, outgoing: &mut Outgoing) {
        let mut tree = Object::new();
        tree.insert("header", outgoing.header.clone());
        tree.insert("message", outgoing.message.clone());
        let mut tree = Json::Object(tree);
        for fault in &self.faults {
            if let Kind::Reply(edits) = fault.kind {
                for change in edits {
                    edit(&mut tree, None, change);
                }
            }
        }
        let part = |name: &str| tree.get(name).cloned().unwrap_or_default();
        (outgoing.header, outgoing.message) = (part("header"), part("message"));
    }

    fn spoil(&self, outgoing: Outgoing) -> Option<Outgoing> {
        if self.has(Callback::None) {
            return None;
        }
        let mut outgoing = outgoing;
        if self.has(Callback::ElsewherePath) {
            let path = format!("{}/on-search", outgoing.url.path());
            outgoing.url.set_path(&path);
        }
        self.edit(&mut outgoing);
        if let Some(habits) = &self.habits {
            habits.change(&mut outgoing.header, &mut outgoing.message, None);
        }
        Some(outgoing)
    }
}

#[async_trait]
impl Store for FaultyStore {
    async fn accept(&self, request: NewRequest) -> Result<Acceptance, StoreError> {
        let accepted = self.inner.accept(request.clone()).await?;
        if self.has(Callback::NewIdForCopies) && matches!(accepted, Acceptance::Again(_)) {
            let mut copy = request;
            copy.message_id = dci_core::id::MessageId::random();
            return self.inner.accept(copy).await;
        }
        Ok(accepted)
    }

    async fn finish(
        &self,
        correlation_id: &CorrelationId,
        reply: Json,
        callback: Option<Outgoing>,
    ) -> Result<(), StoreError> {
        let callback = callback.and_then(|outgoing| self.spoil(outgoing));
        let reply = if self.has(Callback::ForgetResults) { Json::Null } else { reply };
        self.inner.finish(correlation_id, reply, callback).await
    }

    async fn transaction(
        &self,
        sender_id: &SystemId,
        action: &str,
        key: &TransactionKey,
    ) -> Result<Option<Transaction>, StoreError> {
        if self.has(Callback::ForgetTransactions) {
            return Ok(None);
        }
        let found = self.inner.transaction(sender_id, action, key).await?;
        if found.is_none() && self.has(Callback::ShowOthersTransactions) {
            for name in [crate::identity::SUITE, crate::identity::OTHER] {
                let Ok(other) = SystemId::new(name) else { continue };
                if let Some(found) = self.inner.transaction(&other, action, key).await? {
                    return Ok(Some(found));
                }
            }
        }
        Ok(found)
    }

    async fn claim(&self, now: DateTime<Utc>, lease: TimeDelta, most: usize) -> Result<Vec<Delivery>, StoreError> {
        let mut claimed = self.inner.claim(now, lease, most).await?;
        // What a notification is changed in comes after the store has numbered it.
        for delivery in claimed.iter_mut().filter(|delivery| is_notification(&delivery.outgoing)) {
            self.edit(&mut delivery.outgoing);
        }
        Ok(claimed)
    }

    async fn delivered(&self, id: u64, fence: u64) -> Result<(), StoreError> {
        self.inner.delivered(id, fence).await
    }

    async fn failed(&self, id: u64, fence: u64, retry_at: Option<DateTime<Utc>>) -> Result<(), StoreError> {
        if self.has(Callback::LoseRefused) {
            // As if it had arrived: what was in it is gone, and what comes later goes on.
            return self.inner.delivered(id, fence).await;
        }
        let retry_at = if self.has(Callback::NoRetry) { None } else { retry_at };
        self.inner.failed(id, fence, retry_at).await
    }

    async fn subscribe(&self, subscription: Subscription, most: usize) -> Result<Subscribed, StoreError> {
        self.inner.subscribe(subscription, most).await
    }

    async fn unsubscribe(&self, subscriber: &SystemId, codes: &[SubscriptionCode]) -> Result<Unsubscribed, StoreError> {
        if self.has(Callback::ForgetUnsubscribe) {
            return Ok(Unsubscribed::Ended);
        }
        self.inner.unsubscribe(subscriber, codes).await
    }

    async fn subscriptions(&self, registry: &str, now: DateTime<Utc>) -> Result<Vec<Subscription>, StoreError> {
        let mut subscriptions = self.inner.subscriptions(registry, now).await?;
        if self.has(Callback::IgnoreFilters) {
            for subscription in &mut subscriptions {
                let everybody = Comparison::new("birth_date", Operator::Greater, "1800-01-01");
                subscription.criteria.filter = Query::Predicate(vec![Predicate::new(everybody)]);
            }
        }
        Ok(subscriptions)
    }

    async fn notify(&self, notifications: Vec<NewNotification>) -> Result<(), StoreError> {
        if self.has(Callback::ForgetEvents) {
            return Ok(());
        }
        self.inner.notify(notifications).await
    }

    async fn backlog(&self) -> Result<(usize, usize), StoreError> {
        self.inner.backlog().await
    }
}
