//! One check while it runs: what it may do, and the trace it leaves.

use super::session::Session;
use crate::results::Step;

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
