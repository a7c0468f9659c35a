//! State in memory: for tests, the sandbox, and clients that only wait for their own callbacks.

use super::store::{Acceptance, Delivery, NewRequest, Outgoing, Store, StoreError, Transaction, TransactionKey};
use crate::id::{CorrelationId, MessageId, SystemId};
use crate::wire::Json;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
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
            state.last_parcel += 1;
            let id = state.last_parcel;
            state.outbox.insert(id, Parcel { outgoing, due: Utc::now(), fence: 0, failures: 0 });
        }
        Ok(())
    }

    async fn transaction(&self, sender_id: &SystemId, key: &TransactionKey) -> Result<Option<Transaction>, StoreError> {
        let state = self.state();
        let wanted = |correlation_id: &CorrelationId, request: &NewRequest| match key {
            TransactionKey::Transaction(id) => request.transaction_id.as_str() == id,
            TransactionKey::Correlation(id) => correlation_id.as_str() == id,
            TransactionKey::References(ids) => {
                !ids.is_empty() && ids.iter().all(|id| request.reference_ids.iter().any(|own| own.as_str() == id))
            }
        };
        let found = state.transactions.iter().find(|(correlation_id, entry)| {
            entry.request.sender_id == *sender_id
                && entry.request.action != "txn-status"
                && wanted(correlation_id, &entry.request)
        });
        Ok(found.map(|(correlation_id, entry)| {
            Transaction::new(&entry.request, correlation_id.clone(), entry.reply.clone())
        }))
    }

    async fn claim(&self, now: DateTime<Utc>, lease: TimeDelta, most: usize) -> Result<Vec<Delivery>, StoreError> {
        let mut state = self.state();
        let due = state.outbox.iter_mut().filter(|(_, parcel)| parcel.due <= now).take(most);
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
        if state.outbox.get(&id).is_some_and(|parcel| parcel.fence == fence) {
            state.outbox.remove(&id);
        }
        Ok(())
    }

    async fn failed(&self, id: u64, fence: u64, retry_at: Option<DateTime<Utc>>) -> Result<(), StoreError> {
        let mut state = self.state();
        let Some(parcel) = state.outbox.get_mut(&id).filter(|parcel| parcel.fence == fence) else { return Ok(()) };
        if let Some(due) = retry_at {
            parcel.due = due;
            parcel.failures += 1;
        } else {
            state.outbox.remove(&id);
            state.given_up += 1;
        }
        Ok(())
    }

    async fn backlog(&self) -> Result<(usize, usize), StoreError> {
        let state = self.state();
        Ok((state.outbox.len(), state.given_up))
    }
}
