//! `txn-status`: what became of a transaction, from the store.

use super::handler::{Handler, Outcome};
use crate::action::{Registry, Reply as _, TxnStatus};
use crate::code::{AttributeType, ErrorCode, Status, TxnType};
use crate::exchange::{Store, StoreError, Transaction, TransactionKey};
use crate::gate::{Rejection, Verified};
use crate::header::RequestHeader;
use crate::id::TransactionId;
use crate::message::{
    Receipt, SearchResponse, SearchResult, SubscribeResponse, SubscribeResult, TxnState, TxnStatusQuery,
    TxnStatusRequest, TxnStatusResponse, UnsubscribeResponse,
};
use crate::wire::{Json, Leniency, Wire, read};
use async_trait::async_trait;
use std::marker::PhantomData;
use std::sync::Arc;

/// The handler of `txn-status` over the store.
pub(super) struct StatusHandler<I> {
    store: Arc<dyn Store>,
    interface: PhantomData<fn() -> I>,
}

impl<I> StatusHandler<I> {
    pub(super) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, interface: PhantomData }
    }
}

/// The store cannot answer now.
pub(super) fn unavailable(error: &StoreError) -> Rejection {
    tracing::error!(%error, "the store is not available");
    Rejection::envelope(ErrorCode::ServiceUnavailable, "this system cannot work now; try again")
}

/// The action whose transactions a status is asked for.
fn action_of(txn_type: &TxnType) -> Result<&'static str, Rejection> {
    match txn_type {
        TxnType::Search => Ok("search"),
        TxnType::Subscribe => Ok("subscribe"),
        TxnType::Unsubscribe => Ok("unsubscribe"),
        // What is handed in comes under this action.
        TxnType::Receipt => Ok("notify"),
        TxnType::Unlisted(_) => {
            let words = format!("/message/txnstatus_request/txn_type must be one of {}", TxnType::PUBLISHED.join(", "));
            Err(Rejection::envelope(ErrorCode::BadRequest, words))
        }
    }
}

fn key(query: &TxnStatusQuery) -> Result<TransactionKey, Rejection> {
    let first = || query.attribute_value.values().first().cloned().unwrap_or_default();
    let all = || query.attribute_value.values().to_vec();
    match query.attribute_type {
        AttributeType::TransactionId => Ok(TransactionKey::Transaction(first())),
        AttributeType::CorrelationId => Ok(TransactionKey::Correlation(first())),
        AttributeType::ReferenceIdList => Ok(TransactionKey::References(all())),
        AttributeType::SubscriptionCodeList => Ok(TransactionKey::Subscriptions(all())),
        AttributeType::Unlisted(_) => {
            let kinds = AttributeType::PUBLISHED.join(", ");
            let words = format!("/message/txnstatus_request/attribute_type must be one of {kinds}");
            Err(Rejection::envelope(ErrorCode::BadRequest, words))
        }
    }
}

/// The state of a transaction: its answer when it is done, each item pending when it is not.
fn state<I: Registry>(txn_type: &TxnType, transaction: Transaction) -> TxnState<I::Record> {
    let Transaction { transaction_id, correlation_id, reference_ids, request, reply, .. } = transaction;
    match txn_type {
        TxnType::Subscribe => TxnState::Subscribe(Box::new(finished(reply.as_ref()).unwrap_or_else(|| {
            let pending = reference_ids.into_iter().map(SubscribeResult::pending).collect();
            let mut state = SubscribeResponse::new(transaction_id, pending);
            state.correlation_id = Some(correlation_id);
            state
        }))),
        TxnType::Unsubscribe => TxnState::Unsubscribe(Box::new(finished(reply.as_ref()).unwrap_or_else(|| {
            let mut state = UnsubscribeResponse::ended(transaction_id, []);
            (state.status, state.correlation_id) = (Status::Pending, Some(correlation_id));
            state
        }))),
        TxnType::Receipt => {
            let handed_in = request.pointer("/enrolled_updates/beneficiaries");
            TxnState::Receipt(Box::new(Receipt::new(transaction_id, finished(handed_in).unwrap_or_default())))
        }
        _ => TxnState::Search(Box::new(finished(reply.as_ref()).unwrap_or_else(|| {
            let pending = reference_ids.into_iter().map(SearchResult::pending).collect();
            let mut state = SearchResponse::new(transaction_id, pending);
            state.correlation_id = Some(correlation_id);
            state
        }))),
    }
}

/// What was stored, when it was.
fn finished<T: Wire>(stored: Option<&Json>) -> Option<T> {
    stored.and_then(|tree| read(tree, Leniency::Content).ok()).map(|(value, _)| value)
}

/// The answer about a transaction that does not exist: of the type that was asked for, without anything in it.
fn nothing<I: Registry>(txn_type: &TxnType, asked: TransactionId) -> TxnState<I::Record> {
    match txn_type {
        TxnType::Subscribe => TxnState::Subscribe(Box::new(SubscribeResponse::empty(asked))),
        TxnType::Unsubscribe => TxnState::Unsubscribe(Box::new(UnsubscribeResponse::empty(asked))),
        TxnType::Receipt => TxnState::Receipt(Box::new(Receipt::new(asked, Vec::new()))),
        _ => TxnState::Search(Box::new(SearchResponse::empty(asked))),
    }
}

#[async_trait]
impl<I: Registry> Handler<TxnStatus<I>> for StatusHandler<I> {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, TxnStatusRequest>,
    ) -> Result<Outcome<TxnStatusResponse<I::Record>>, Rejection> {
        let message = request.message();
        let query = &message.txnstatus_request;
        let (action, txn_type) = (action_of(&query.txn_type)?, query.txn_type.clone());
        let found = self.store.transaction(&request.header().sender_id, action, &key(query)?).await;
        let transaction_id = message.transaction_id.clone();
        let Some(transaction) = found.map_err(|error| unavailable(&error))? else {
            // Another sender's transaction does not exist either. The standard has no code for this.
            let asked = query.attribute_value.values().first().and_then(|id| TransactionId::new(id).ok());
            let none = nothing::<I>(&txn_type, asked.unwrap_or_else(|| transaction_id.clone()));
            let response = TxnStatusResponse::new(transaction_id, txn_type, none);
            return Ok(Outcome::rejected(response, None, "no such transaction of this sender"));
        };
        let state = state::<I>(&txn_type, transaction);
        Ok(Outcome::succeeded(TxnStatusResponse::new(transaction_id, txn_type, state)))
    }
}
