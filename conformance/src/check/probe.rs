//! One check while it runs: what it may do, and the trace it leaves.

use super::session::Session;
use crate::results::Step;

/// Why a check ended without passing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// The requirement is not fulfilled: what was expected and what came.
    Failed(String),
    /// It could not be tried: what is missing.
    Skipped(String),
}

/// How a check ended.
pub type Outcome = Result<(), Stop>;

/// A check that runs.
pub(crate) struct Probe<'a> {
    pub(crate) session: &'a Session,
    pub(crate) trace: Vec<Step>,
}

impl<'a> Probe<'a> {
    pub(crate) fn new(session: &'a Session) -> Self {
        Self { session, trace: Vec::new() }
    }
}

/// A failure in words.
pub(crate) fn failed(message: impl Into<String>) -> Stop {
    Stop::Failed(message.into())
}
