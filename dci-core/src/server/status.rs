//! `txn-status`: what became of a transaction, from the store.

use super::handler::{Handler, Outcome};
use crate::action::{Registry, TxnStatus};
use crate::code::{AttributeType, ErrorCode, TxnType};
use crate::exchange::{Store, StoreError, Transaction, TransactionKey};
use crate::gate::{Rejection, Verified};
use crate::header::RequestHeader;
use crate::id::TransactionId;
use crate::message::{SearchResponse, SearchResult, TxnStatusQuery, TxnStatusRequest, TxnStatusResponse};
use crate::wire::{Leniency, read};
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

fn key(query: &TxnStatusQuery) -> Result<TransactionKey, Rejection> {
    let first = || query.attribute_value.values().first().cloned().unwrap_or_default();
    match query.attribute_type {
        AttributeType::TransactionId => Ok(TransactionKey::Transaction(first())),
        AttributeType::CorrelationId => Ok(TransactionKey::Correlation(first())),
        AttributeType::ReferenceIdList => Ok(TransactionKey::References(query.attribute_value.values().to_vec())),
        _ => {
            let words =
                "/message/txnstatus_request/attribute_type must be transaction_id, reference_id_list, correlation_id";
            Err(Rejection::envelope(ErrorCode::BadRequest, words))
        }
    }
}

/// The state of a search: its answer when it is done, each item pending when it is not.
fn state<I: Registry>(transaction: Transaction) -> SearchResponse<I::Record> {
    let done = transaction.reply.as_ref().and_then(|reply| read(reply, Leniency::Content).ok());
    if let Some((reply, _)) = done {
        return reply;
    }
    let pending = transaction.reference_ids.into_iter().map(SearchResult::pending).collect();
    let mut state = SearchResponse::new(transaction.transaction_id, pending);
    state.correlation_id = Some(transaction.correlation_id);
    state
}

#[async_trait]
impl<I: Registry> Handler<TxnStatus<I>> for StatusHandler<I> {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, TxnStatusRequest>,
    ) -> Result<Outcome<TxnStatusResponse<I::Record>>, Rejection> {
        let message = request.message();
        let query = &message.txnstatus_request;
        if query.txn_type != TxnType::Search {
            let words = "/message/txnstatus_request/txn_type: only search is offered here";
            return Err(Rejection::envelope(ErrorCode::BadRequest, words));
        }
        let found = self.store.transaction(&request.header().sender_id, &key(query)?).await;
        let found = found.map_err(|error| unavailable(&error))?.filter(|found| found.action == "search");
        let Some(transaction) = found else {
            // Another sender's transaction does not exist either. The standard has no code for this.
            let asked = query.attribute_value.values().first().and_then(|id| TransactionId::new(id).ok());
            let none = SearchResponse::new(asked.unwrap_or_else(|| message.transaction_id.clone()), Vec::new());
            let response = TxnStatusResponse::search(message.transaction_id.clone(), none);
            return Ok(Outcome::rejected(response, None, "no such transaction of this sender"));
        };
        Ok(Outcome::succeeded(TxnStatusResponse::search(message.transaction_id.clone(), state::<I>(transaction))))
    }
}
