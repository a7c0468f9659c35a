//! How much a query may ask, and how it is refused.

use crate::code::SearchReason;

/// Bounds of a query (security defaults).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct QueryLimits {
    /// Nesting of an expression.
    pub depth: usize,
    /// Comparisons in one query.
    pub comparisons: usize,
    /// Values of one `in`.
    pub values: usize,
    /// Records per page when the caller does not say.
    pub page_size: u64,
    /// The largest page.
    pub max_page_size: u64,
    /// The most records one query may match.
    pub records: usize,
}

impl Default for QueryLimits {
    fn default() -> Self {
        Self { depth: 8, comparisons: 50, values: 100, page_size: 50, max_page_size: 2_000, records: 10_000 }
    }
}

/// Why one search was not done: becomes a rejected item, never a failed batch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}: {message}")]
#[non_exhaustive]
pub struct SearchRefusal {
    /// The code.
    pub reason: SearchReason,
    /// The reason in words; names members, never values.
    pub message: String,
}

impl SearchRefusal {
    /// A refusal.
    pub fn new(reason: SearchReason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into() }
    }
}
