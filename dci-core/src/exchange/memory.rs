//! State in memory: for tests, the sandbox, and clients that only wait for their own callbacks.

use super::memory_subscriptions::Subscriptions;
use super::outbox::{Delivery, Outgoing};
use super::store::{Acceptance, NewRequest, Store, StoreError, Transaction, TransactionKey};
use super::subscription::{NewNotification, Subscribed, Subscription, Unsubscribed, join_events};
use crate::id::{CorrelationId, MessageId, SubscriptionCode, SystemId};
use crate::wire::Json;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most requests that are remembered; beyond that nothing new is accepted until older ones may be forgotten.
const REQUESTS: usize = 20_000;

/// A store that forgets everything when the process ends.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    requests: BTreeMap<(SystemId, MessageId), CorrelationId>,
    transactions: BTreeMap<CorrelationId, Entry>,
    outbox: BTreeMap<u64, Parcel>,
    last_parcel: u64,
    given_up: usize,
    subscriptions: Subscriptions,
}

#[derive(Debug)]
struct Entry {
    request: NewRequest,
    reply: Option<Json>,
}

#[derive(Debug)]
struct Parcel {
    outgoing: Outgoing,
    due: DateTime<Utc>,
    fence: u64,
    failures: u32,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change below is complete before anything can panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn send(&mut self, outgoing: Outgoing, due: DateTime<Utc>) {
        self.last_parcel += 1;
        self.outbox.insert(self.last_parcel, Parcel { outgoing, due, fence: 0, failures: 0 });
    }

    /// Drops what waits in the lanes of subscriptions that ended; what is under way stays.
    fn clear(&mut self, codes: &[String]) {
        let dead = |parcel: &Parcel| {
            !parcel.outgoing.lanes.is_empty() && parcel.outgoing.lanes.iter().all(|lane| codes.contains(lane))
        };
        self.outbox.retain(|_, parcel| parcel.fence > 0 || !dead(parcel));
    }

    /// Forgets requests whose copies the time window already refuses.
    fn make_room(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        if self.requests.len() < REQUESTS {
            return Ok(());
        }
        self.transactions.retain(|_, entry| entry.request.remember_until > now);
        let transactions = &self.transactions;
        self.requests.retain(|_, correlation_id| transactions.contains_key(correlation_id));
        if self.requests.len() < REQUESTS {
            Ok(())
        } else {
            Err(StoreError("too many requests are remembered".to_owned()))
        }
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn accept(&self, request: NewRequest) -> Result<Acceptance, StoreError> {
        let mut state = self.state();
        let identity = (request.sender_id.clone(), request.message_id.clone());
        if let Some(correlation_id) = state.requests.get(&identity) {
            let same =
                state.transactions.get(correlation_id).is_some_and(|known| known.request.digest == request.digest);
            return Ok(if same { Acceptance::Again(correlation_id.clone()) } else { Acceptance::Conflict });
        }
        state.make_room(Utc::now())?;
        let correlation_id = CorrelationId::random();
        state.requests.insert(identity, correlation_id.clone());
        state.transactions.insert(correlation_id.clone(), Entry { request, reply: None });
        Ok(Acceptance::New(correlation_id))
    }

    async fn finish(
        &self,
        correlation_id: &CorrelationId,
        reply: Json,
        callback: Option<Outgoing>,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        let entry = state.transactions.get_mut(correlation_id);
        let entry = entry.ok_or_else(|| StoreError("the transaction is not known".to_owned()))?;
        if entry.reply.is_some() {
            return Ok(());
        }
        entry.reply = Some(reply);
        if let Some(outgoing) = callback {
            state.subscriptions.grant(&outgoing.lanes);
            state.send(outgoing, Utc::now());
        }
        Ok(())
    }

    async fn transaction(
        &self,
        sender_id: &SystemId,
        action: &str,
        key: &TransactionKey,
    ) -> Result<Option<Transaction>, StoreError> {
        let state = self.state();
        let wanted = |correlation_id: &CorrelationId, request: &NewRequest| match key {
            TransactionKey::Transaction(id) => request.transaction_id.as_str() == id,
            TransactionKey::Correlation(id) => correlation_id.as_str() == id,
            TransactionKey::References(ids) => {
                !ids.is_empty() && ids.iter().all(|id| request.reference_ids.iter().any(|own| own.as_str() == id))
            }
            TransactionKey::Subscriptions(codes) => {
                state.subscriptions.transaction_of(sender_id, codes) == Some(&request.transaction_id)
            }
        };
        let found = state.transactions.iter().find(|(correlation_id, entry)| {
            entry.request.sender_id == *sender_id
                && entry.request.action == action
                && wanted(correlation_id, &entry.request)
        });
        Ok(found.map(|(correlation_id, entry)| {
            Transaction::new(&entry.request, correlation_id.clone(), entry.reply.clone())
        }))
    }

    async fn claim(&self, now: DateTime<Utc>, lease: TimeDelta, most: usize) -> Result<Vec<Delivery>, StoreError> {
        let mut state = self.state();
        // Of each subscription only the earliest is sent: the next one waits until that was received.
        let mut lanes: BTreeSet<String> = BTreeSet::new();
        let mut is_first = |parcel: &Parcel| {
            let mut free = true;
            for lane in &parcel.outgoing.lanes {
                free &= lanes.insert(lane.clone());
            }
            free
        };
        let due = state.outbox.iter_mut().filter(|(_, parcel)| is_first(parcel) && parcel.due <= now).take(most);
        Ok(due
            .map(|(id, parcel)| {
                parcel.due = now + lease;
                parcel.fence += 1;
                Delivery::new(*id, parcel.fence, parcel.failures, parcel.outgoing.clone())
            })
            .collect())
    }

    async fn delivered(&self, id: u64, fence: u64) -> Result<(), StoreError> {
        let mut state = self.state();
        if state.outbox.get(&id).is_some_and(|parcel| parcel.fence == fence)
            && let Some(parcel) = state.outbox.remove(&id)
        {
            state.subscriptions.received(&parcel.outgoing.lanes);
        }
        Ok(())
    }

    async fn failed(&self, id: u64, fence: u64, retry_at: Option<DateTime<Utc>>) -> Result<(), StoreError> {
        let mut state = self.state();
        let Some(parcel) = state.outbox.get_mut(&id).filter(|parcel| parcel.fence == fence) else { return Ok(()) };
        if let Some(due) = retry_at {
            parcel.due = due;
            parcel.failures += 1;
        } else if let Some(parcel) = state.outbox.remove(&id) {
            state.given_up += 1;
            // A subscription whose granting was never received never began.
            let ended = state.subscriptions.refuse(&parcel.outgoing.lanes);
            state.clear(&ended);
        }
        Ok(())
    }

    async fn subscribe(&self, subscription: Subscription, most: usize) -> Result<Subscribed, StoreError> {
        Ok(self.state().subscriptions.keep(subscription, most))
    }

    async fn unsubscribe(&self, subscriber: &SystemId, codes: &[SubscriptionCode]) -> Result<Unsubscribed, StoreError> {
        let mut state = self.state();
        let outcome = state.subscriptions.end(subscriber, codes);
        if outcome == Unsubscribed::Ended {
            state.clear(&codes.iter().map(|code| code.as_str().to_owned()).collect::<Vec<_>>());
        }
        Ok(outcome)
    }

    async fn subscriptions(&self, registry: &str, now: DateTime<Utc>) -> Result<Vec<Subscription>, StoreError> {
        Ok(self.state().subscriptions.live(registry, now))
    }

    async fn notify(&self, notifications: Vec<NewNotification>) -> Result<(), StoreError> {
        let mut state = self.state();
        let now = Utc::now();
        for new in notifications {
            let due = new.due;
            // What waits for the same time goes together.
            let lane = new.code.as_str();
            let waiting =
                state.outbox.values_mut().rev().find(|parcel| parcel.outgoing.lanes.iter().any(|own| own == lane));
            let joins = waiting.filter(|parcel| parcel.fence == 0 && parcel.due == due && due > now);
            if joins.is_some_and(|parcel| join_events(&mut parcel.outgoing, &new.message)) {
                continue;
            }
            if let Some(outgoing) = state.subscriptions.number(new) {
                state.send(outgoing, due);
            }
        }
        Ok(())
    }

    async fn backlog(&self) -> Result<(usize, usize), StoreError> {
        let state = self.state();
        Ok((state.outbox.len(), state.given_up))
    }
}
