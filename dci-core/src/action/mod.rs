//! An action is a type: everything that differs between one exchange and another is in one small impl.
//!
//! Client, server, sandbox, conformance checks and documentation derive paths and action names from here; none of them
//! writes a path again. An interface of the standard is a [`Registry`]; `Search<Social>` is the search in the social registry.

mod notify;
mod registry;
mod search;
mod subscribe;
mod txn_status;

pub use notify::Notify;
pub use registry::{Registry, event_of};
pub use search::Search;
pub use subscribe::{Subscribe, Unsubscribe};
pub use txn_status::TxnStatus;

use crate::header::RequestHeader;
use crate::id::{CorrelationId, ReferenceId, TransactionId};
use crate::wire::{Json, Wire};
use std::fmt::Debug;

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

/// Implements [`Message`] for a message that lists its items in one member, each with a `reference_id`:
/// `list_message! { SearchRequest: search_request }`.
#[macro_export]
macro_rules! list_message {
    ($name:ident $(<$g:ident>)? : $items:ident) => {
        impl $(<$g: $crate::wire::Wire + Clone + ::std::fmt::Debug + Send + Sync + 'static>)? $crate::action::Message
            for $name $(<$g>)?
        {
            fn transaction_id(&self) -> &$crate::id::TransactionId {
                &self.transaction_id
            }

            fn items(&self) -> usize {
                self.$items.len()
            }

            fn reference_ids(&self) -> ::std::vec::Vec<&$crate::id::ReferenceId> {
                self.$items.iter().map(|item| &item.reference_id).collect()
            }
        }
    };
}

/// Implements [`Message`] and [`Reply`] for an answer that lists its items in one member, each with a `reference_id`, and has
/// a constructor `new(transaction_id, items)`: `list_reply! { EnrolledResponse: enrolled_response }`.
#[macro_export]
macro_rules! list_reply {
    ($name:ident $(<$g:ident>)? : $items:ident) => {
        $crate::list_message! { $name $(<$g>)? : $items }

        impl $(<$g: $crate::wire::Wire + Clone + ::std::fmt::Debug + Send + Sync + 'static>)? $crate::action::Reply
            for $name $(<$g>)?
        {
            fn empty(transaction_id: $crate::id::TransactionId) -> Self {
                Self::new(transaction_id, ::std::vec::Vec::new())
            }

            fn correlate(
                &mut self,
                transaction_id: $crate::id::TransactionId,
                correlation_id: $crate::id::CorrelationId,
            ) {
                self.transaction_id = transaction_id;
                self.correlation_id = Some(correlation_id);
            }

            fn correlation_id(&self) -> Option<&$crate::id::CorrelationId> {
                self.correlation_id.as_ref()
            }

            fn absorb(&mut self, later: Self) {
                self.$items.extend(later.$items);
            }
        }
    };
}

/// One DCI action: everything a client and a server need to know about it. It has an asynchronous endpoint, a synchronous
/// one, or both.
pub trait Action: Send + Sync + 'static {
    /// `header.action` of the request.
    const ACTION: &'static str;
    /// Other names under which systems ask for it: read, with a deviation, and never written.
    const ACTION_ALIASES: &'static [&'static str] = &[];
    /// The asynchronous endpoint, below the base URL, for actions that have one.
    const PATH: Option<&'static str>;
    /// The synchronous endpoint, for actions that have one.
    const SYNC_PATH: Option<&'static str>;
    /// Other paths under which systems know the synchronous endpoint: served too, never called.
    const SYNC_ALIASES: &'static [&'static str] = &[];
    /// `header.action` of the callback and of the synchronous reply.
    const CALLBACK: &'static str;
    /// Where the callback is posted when only a base is known of the caller; for actions with an asynchronous endpoint.
    const CALLBACK_PATH: Option<&'static str>;
    /// What the action is for, in one line of documentation.
    const SUMMARY: &'static str;
    /// `message` of the request.
    type Request: Message;
    /// `message` of the synchronous reply and of the callback.
    type Response: Reply;

    /// Sets what the header of this request has beyond that of others.
    fn dress(header: &mut RequestHeader) {
        let _ = header;
    }

    /// The answer an acknowledgement stands for, where systems send one instead: `ack` is its `message`.
    fn of_ack(request: &Self::Request, ack: &Json) -> Option<Self::Response> {
        let _ = (request, ack);
        None
    }

    /// Whether `response` can be an answer to this action at all, beyond its shape.
    fn is_answered_by(response: &Self::Response) -> bool {
        let _ = response;
        true
    }
}

/// A message a registry sends on its own: no answer but an acknowledgement. It comes under the header of callbacks.
pub trait Notice: Send + Sync + 'static {
    /// `header.action`.
    const ACTION: &'static str;
    /// Where it is posted when only a base is known of the receiver.
    const PATH: &'static str;
    /// What it is for, in one line of documentation.
    const SUMMARY: &'static str;
    /// `message`.
    type Message: Message;
}
