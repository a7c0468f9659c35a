//! What stands behind one action.

use crate::action::Action;
use crate::code::{HeaderReason, Status};
use crate::gate::{Rejection, Verified};
use crate::header::RequestHeader;
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
}

impl<M> Outcome<M> {
    /// An answer that succeeded.
    pub fn succeeded(message: M) -> Self {
        Self { message, status: Status::Succeeded, reason: None, reason_message: None }
    }

    /// An answer that says no, in words and perhaps by code.
    pub fn rejected(message: M, reason: Option<HeaderReason>, words: &str) -> Self {
        Self { message, status: Status::Rejected, reason, reason_message: Some(words.to_owned()) }
    }
}
