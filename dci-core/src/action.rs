//! An action is a type: everything that differs between one exchange and another is in one small impl.
//!
//! Client, server, sandbox, conformance checks and documentation derive paths and action names from here; none of them
//! writes a path again.

use crate::id::{CorrelationId, ReferenceId, TransactionId};
use crate::message::{SearchRequest, SearchResponse, TxnStatusRequest, TxnStatusResponse};
use crate::query::{Attribute, SearchCriteria, SearchRefusal};
use crate::wire::Wire;
use std::fmt::Debug;
use std::marker::PhantomData;

/// The content of an envelope.
pub trait Message: Wire + Clone + Debug + Send + Sync + 'static {
    /// The transaction the message belongs to.
    fn transaction_id(&self) -> &TransactionId;

    /// How many items it holds: what `header.total_count` must say.
    fn items(&self) -> usize {
        1
    }

    /// The ids of its items, where they have any.
    fn reference_ids(&self) -> Vec<&ReferenceId> {
        Vec::new()
    }
}

/// The content of a reply or callback.
pub trait Reply: Message {
    /// A reply that says nothing: what goes with a rejected header.
    fn empty(transaction_id: TransactionId) -> Self;

    /// Ties the reply to its request: the ids it must repeat.
    fn correlate(&mut self, transaction_id: TransactionId, correlation_id: CorrelationId);

    /// The correlation id the reply carries.
    fn correlation_id(&self) -> Option<&CorrelationId>;

    /// Adds what a later callback of the same transaction brought.
    fn absorb(&mut self, later: Self);
}

/// One DCI action: everything a client and a server need to know about it.
pub trait Action: Send + Sync + 'static {
    /// `header.action` of the request.
    const ACTION: &'static str;
    /// The asynchronous endpoint, below the base URL.
    const PATH: &'static str;
    /// The synchronous endpoint, for actions that have one.
    const SYNC_PATH: Option<&'static str>;
    /// `header.action` of the callback and of the synchronous reply.
    const CALLBACK: &'static str;
    /// Where the callback is posted when only a base is known of the caller.
    const CALLBACK_PATH: &'static str;
    /// `message` of the request.
    type Request: Message;
    /// `message` of the synchronous reply and of the callback.
    type Response: Reply;

    /// Whether `response` can be an answer to this action at all, beyond its shape.
    fn is_answered_by(response: &Self::Response) -> bool {
        let _ = response;
        true
    }
}

/// An interface of the standard: which registry a path, a record and an event belong to.
pub trait Registry: Debug + Send + Sync + 'static {
    /// The short name, also the first path segment in the sandbox: `social`.
    const NAME: &'static str;
    /// `reg_type` as the newest text writes it.
    const REG_TYPE: &'static str;
    /// `reg_record_type` as the newest text writes it.
    const RECORD_TYPE: &'static str;
    /// What queries and sorts may name.
    const ATTRIBUTES: &'static [Attribute];
    /// Other last words of `reg_type` that mean this registry, in small letters.
    const REG_TYPE_ALIASES: &'static [&'static str] = &[];
    /// Where identifiers lie in a record: dotted paths, lists on the way are searched.
    const IDENTIFIER_PATHS: &'static [&'static str];
    /// One record. Its `Debug` must not show personal data.
    type Record: Wire + Clone + Debug + Send + Sync + 'static;

    /// The kind of record the criteria ask for (`response_entity`, `collection`), in this registry's own word; `None`
    /// when they do not say. A kind the registry does not have is refused.
    fn entity(criteria: &SearchCriteria) -> Result<Option<String>, SearchRefusal> {
        let _ = criteria;
        Ok(None)
    }

    /// Whether `record` is of the kind `entity`.
    fn is_entity(record: &Self::Record, entity: &str) -> bool {
        let _ = (record, entity);
        true
    }
}

/// `search`: find the records that match a query (registry standard, `/registry/search`, `/registry/sync/search`).
#[derive(Debug)]
#[non_exhaustive]
pub struct Search<R>(PhantomData<R>);

impl<R: Registry> Action for Search<R> {
    const ACTION: &'static str = "search";
    const PATH: &'static str = "registry/search";
    const SYNC_PATH: Option<&'static str> = Some("registry/sync/search");
    const CALLBACK: &'static str = "on-search";
    const CALLBACK_PATH: &'static str = "registry/on-search";
    type Request = SearchRequest;
    type Response = SearchResponse<R::Record>;

    /// An answer that says of itself to come from another registry of the standard is none to this search. Names that are
    /// not the standard's say nothing.
    fn is_answered_by(response: &Self::Response) -> bool {
        let word = |name: &str| name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        let own = word(R::REG_TYPE);
        let mut named = response.search_response.iter().filter_map(|result| result.data.as_ref()?.reg_type.as_deref());
        named.all(|name| !REGISTRIES.contains(&word(name).as_str()) || word(name) == own)
    }
}

/// The last words of the standard's names of registries.
const REGISTRIES: [&str; 6] = ["social", "civil", "ibr", "dr", "fr", "ess"];

/// `txn-status`: ask what became of a transaction (`/registry/txn/status`, `/registry/sync/txn/status`).
#[derive(Debug)]
#[non_exhaustive]
pub struct TxnStatus<R>(PhantomData<R>);

impl<R: Registry> Action for TxnStatus<R> {
    const ACTION: &'static str = "txn-status";
    const PATH: &'static str = "registry/txn/status";
    const SYNC_PATH: Option<&'static str> = Some("registry/sync/txn/status");
    const CALLBACK: &'static str = "txn-on-status";
    const CALLBACK_PATH: &'static str = "registry/txn/on-status";
    type Request = TxnStatusRequest;
    type Response = TxnStatusResponse<R::Record>;
}
