//! Running checks against a target.

use crate::check::{Check, Probe, Session, Stop};
use crate::interface::Interface;
use crate::requirement::{DataError, Level, Requirement};
use crate::results::{CheckResult, CheckStatus, Results, Summary};
use crate::select::Patterns;
use chrono::Utc;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What to run.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only checks that match, when there are patterns.
    pub run: Patterns,
    /// Not these.
    pub skip: Patterns,
    /// Only requirements at least this binding.
    pub level: Option<Level>,
    /// Checks that are known to fail.
    pub known_failing: Patterns,
}

/// A check with the requirement it verifies.
pub type Selected = (Check, Requirement);

/// The checks of `interface` that `selection` wants.
pub fn select(interface: &Interface, selection: &Selection) -> Result<Vec<Selected>, DataError> {
    let requirements: BTreeMap<String, Requirement> = crate::requirement::of(interface)?
        .into_iter()
        .map(|requirement| (requirement.id.clone(), requirement))
        .collect();
    let mut out = Vec::new();
    for check in crate::check::all(interface)? {
        let requirement = requirements.get(&check.requirement).cloned();
        let requirement = requirement.ok_or_else(|| DataError {
            file: check.id.clone(),
            reason: format!("there is no requirement {}", check.requirement),
        })?;
        let wanted =
            (selection.run.is_empty() || selection.run.matches(&check.id)) && !selection.skip.matches(&check.id);
        let binding = selection.level.is_none_or(|level| requirement.level <= level);
        if wanted && binding {
            out.push((check, requirement));
        }
    }
    Ok(out)
}

/// No check may take longer.
const CHECK_TIME: Duration = Duration::from_secs(120);

/// Runs `selected` one after the other; `progress` hears of each.
pub async fn run(
    session: &Session,
    selected: &[Selected],
    known_failing: &Patterns,
    mut progress: impl FnMut(&CheckResult),
) -> Results {
    let started = Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let mut checks = Vec::with_capacity(selected.len());
    for (check, requirement) in selected {
        let result = run_one(session, check, requirement, known_failing).await;
        progress(&result);
        checks.push(result);
    }
    Results {
        suite_version: env!("CARGO_PKG_VERSION").to_owned(),
        interface: session.target.interface.name.to_owned(),
        target: session.target_url(),
        peer: session.peer().to_owned(),
        scheme: session.scheme().to_owned(),
        distance: session.distance(),
        started,
        summary: Summary::of(&checks),
        checks,
    }
}

async fn run_one(session: &Session, check: &Check, requirement: &Requirement, known: &Patterns) -> CheckResult {
    let start = Instant::now();
    let mut probe = Probe::new(session);
    let outcome = tokio::time::timeout(CHECK_TIME, check.run(&mut probe)).await;
    let outcome = outcome.unwrap_or_else(|_| Err(Stop::Failed("the check did not end in time".to_owned())));
    let known = known.matches(&check.id);
    let (status, message) = match outcome {
        Ok(()) if known => {
            (CheckStatus::Failed, "listed as known failing, and passes: take it off the list".to_owned())
        }
        Ok(()) => (CheckStatus::Passed, String::new()),
        Err(Stop::Failed(message)) if known => (CheckStatus::KnownFailing, message),
        Err(Stop::Failed(message)) => (CheckStatus::Failed, message),
        Err(Stop::Skipped(message)) => (CheckStatus::Skipped, message),
    };
    let remedy = if matches!(status, CheckStatus::Failed | CheckStatus::KnownFailing) {
        requirement.remedy.clone()
    } else {
        String::new()
    };
    CheckResult {
        id: check.id.clone(),
        title: check.title.clone(),
        requirement: requirement.id.clone(),
        level: requirement.level,
        statement: requirement.statement.clone(),
        source: requirement.source.clone(),
        status,
        message,
        remedy,
        trace: probe.trace,
        milliseconds: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
    }
}
