//! What stands behind one action.

use crate::action::Action;
use crate::code::{HeaderReason, Status};
use crate::gate::{Rejection, Verified};
use crate::header::RequestHeader;
use crate::id::SubscriptionCode;
use async_trait::async_trait;

/// Business logic behind one action. It never sees a message that did not pass the gate.
#[async_trait]
pub trait Handler<A: Action>: Send + Sync + 'static {
    /// Answers `request`. What is wrong with single items goes into the answer; a rejection turns the whole away.
    async fn handle(&self, request: &Verified<RequestHeader, A::Request>) -> Result<Outcome<A::Response>, Rejection>;
}

/// An answer, and what its header says about it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Outcome<M> {
    /// The answer.
    pub message: M,
    /// `header.status`.
    pub status: Status,
    /// `header.status_reason_code`.
    pub reason: Option<HeaderReason>,
    /// `header.status_reason_message`.
    pub reason_message: Option<String>,
    /// The subscriptions it grants: live once the callback is in the outbox.
    pub grants: Vec<SubscriptionCode>,
}

impl<M> Outcome<M> {
    /// An answer that succeeded.
    pub fn succeeded(message: M) -> Self {
        Self { message, status: Status::Succeeded, reason: None, reason_message: None, grants: Vec::new() }
    }

    /// An answer that says no, in words and perhaps by code.
    pub fn rejected(message: M, reason: Option<HeaderReason>, words: &str) -> Self {
        let reason_message = Some(words.to_owned());
        Self { message, status: Status::Rejected, reason, reason_message, grants: Vec::new() }
    }

    /// Grants subscriptions with the answer.
    pub fn granting(self, grants: Vec<SubscriptionCode>) -> Self {
        Self { grants, ..self }
    }
}
