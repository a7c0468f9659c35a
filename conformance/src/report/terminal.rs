//! The report a person reads while it runs.

use crate::results::{CheckResult, CheckStatus, Results};
use std::fmt::Write as _;

/// One line per check; a failed one says what to do.
pub fn line(check: &CheckResult) -> String {
    let word = match check.status {
        CheckStatus::Passed => "ok",
        CheckStatus::Failed => "FAILED",
        CheckStatus::Skipped => "skipped",
        CheckStatus::KnownFailing => "known",
    };
    let mut out = format!("{word:>7}  {:<6}  {:<42} {}", check.level.as_str(), check.id, check.title);
    if check.status != CheckStatus::Passed {
        let _ = write!(out, "\n                 {}", check.message);
    }
    if check.status == CheckStatus::Failed {
        let _ = write!(out, "\n                 {} ({})", check.statement, check.source);
        let _ = write!(out, "\n                 to mend it: {}", check.remedy);
    }
    out
}

/// The closing lines.
pub fn summary(results: &Results) -> String {
    let summary = results.summary;
    let count = |level: &str, status| {
        results.checks.iter().filter(|check| check.level.as_str() == level && check.status == status).count()
    };
    let mut out = format!("\n{} at {}, signed with {}\n", results.interface, results.target, results.scheme);
    let _ = writeln!(out, "  {}", results.distance);
    for level in ["must", "should", "may"] {
        let (passed, failed) = (count(level, CheckStatus::Passed), count(level, CheckStatus::Failed));
        let (skipped, known) = (count(level, CheckStatus::Skipped), count(level, CheckStatus::KnownFailing));
        if passed + failed + skipped + known > 0 {
            let _ = writeln!(
                out,
                "  {level:<6} {passed:>4} passed  {failed:>4} failed  {skipped:>4} skipped  {known:>4} known failing"
            );
        }
    }
    let verdict = if summary.failed == 0 { "PASSED" } else { "FAILED" };
    let _ = write!(
        out,
        "{verdict}: {} passed, {} failed, {} skipped, {} known failing",
        summary.passed, summary.failed, summary.skipped, summary.known_failing
    );
    out
}
