//! The results of a run: the one model every report is made from. Its JSON Schema is `dci-conformance schema results`.

use crate::requirement::Level;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a run found out.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Results {
    /// Version of the suite.
    pub suite_version: String,
    /// The interface that was tested.
    pub interface: String,
    /// The base URL of the target.
    pub target: String,
    /// The kind of system the target was taken for.
    pub peer: String,
    /// The signature scheme the suite used.
    pub scheme: String,
    /// How far that is from the standard.
    pub distance: String,
    /// When the run started (RFC 3339).
    pub started: String,
    /// How many checks ended how.
    pub summary: Summary,
    /// Every selected check.
    pub checks: Vec<CheckResult>,
}

/// How many checks ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Summary {
    /// Fulfilled.
    pub passed: usize,
    /// Not fulfilled.
    pub failed: usize,
    /// Not tried, with the reason in the message.
    pub skipped: usize,
    /// Not fulfilled, as the file of known failures says.
    pub known_failing: usize,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CheckStatus {
    /// Fulfilled.
    Passed,
    /// Not fulfilled.
    Failed,
    /// Not tried.
    Skipped,
    /// Not fulfilled, and known.
    KnownFailing,
}

/// One check.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct CheckResult {
    /// Its id: a path.
    pub id: String,
    /// What it does.
    pub title: String,
    /// The requirement it verifies.
    pub requirement: String,
    /// How binding that is.
    pub level: Level,
    /// What is required.
    pub statement: String,
    /// Where the standard says so.
    pub source: String,
    /// How it ended.
    pub status: CheckStatus,
    /// Why, in words; empty when passed.
    pub message: String,
    /// What to change; empty when passed.
    pub remedy: String,
    /// What was sent and what came back, redacted.
    pub trace: Vec<Step>,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

/// One exchange of a check.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Step {
    /// Who sent it: `suite` or `target`.
    pub from: String,
    /// The request line.
    pub request: String,
    /// The body that was sent, redacted.
    pub sent: String,
    /// The status that came back.
    pub status: u16,
    /// The body that came back, redacted.
    pub received: String,
}

impl Summary {
    /// Counts `checks`.
    pub fn of(checks: &[CheckResult]) -> Self {
        let count = |status| checks.iter().filter(|check| check.status == status).count();
        Self {
            passed: count(CheckStatus::Passed),
            failed: count(CheckStatus::Failed),
            skipped: count(CheckStatus::Skipped),
            known_failing: count(CheckStatus::KnownFailing),
        }
    }
}
