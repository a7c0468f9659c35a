//! How a check ends.

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

/// A failure in words.
pub(crate) fn failed(message: impl Into<String>) -> Stop {
    Stop::Failed(message.into())
}
