//! `prove`: every check must be red under a fault made for it, and green without.

use super::{FAILED, PASSED, USAGE, end};
use crate::check::Session;
use crate::results::{CheckResult, CheckStatus};
use crate::runner::{self, Selected, Selection};
use crate::sandbox::{self, Fault, Options, Sandbox};
use crate::select::Patterns;
use crate::target::{Access, Target};
use clap::Args;
use std::collections::BTreeMap;
use std::error::Error;

#[derive(Debug, Args)]
pub(super) struct Prove {
    /// Only these faults.
    #[arg(long, value_name = "NAME")]
    fault: Vec<String>,
}

type Failure = Box<dyn Error + Send + Sync>;

/// Faults under which everything is red prove nothing about a single check.
fn is_blanket(fault: &Fault) -> bool {
    fault.proves.contains(&"**")
}

impl Prove {
    pub(super) async fn run(self) -> u8 {
        match self.prove().await {
            Ok(true) => PASSED,
            Ok(false) => FAILED,
            Err(error) => end(USAGE, &*error),
        }
    }

    async fn prove(&self) -> Result<bool, Failure> {
        let every = runner::select("social", &Selection::default())?;
        let faults: Vec<&'static Fault> = sandbox::FAULTS
            .iter()
            .filter(|fault| self.fault.is_empty() || self.fault.iter().any(|name| name == fault.name))
            .collect();
        if faults.is_empty() {
            return Err("there is no such fault".into());
        }
        let mut good = true;
        out!("without a fault: {} checks", every.len());
        for check in try_under(&[], &every).await?.iter().filter(|check| check.status != CheckStatus::Passed) {
            out!("  not green: {} ({})", check.id, check.message);
            good = false;
        }
        let mut proofs: BTreeMap<String, Vec<&str>> =
            every.iter().map(|(check, _)| (check.id.clone(), Vec::new())).collect();
        out!("\nfault, and the checks it turns red");
        for fault in faults {
            let patterns = Patterns::new(fault.proves)?;
            let selected: Vec<Selected> =
                every.iter().filter(|(check, _)| patterns.matches(&check.id)).cloned().collect();
            let results = try_under(&[fault], &selected).await?;
            let red: Vec<&CheckResult> = results.iter().filter(|check| check.status == CheckStatus::Failed).collect();
            out!("  {:<28} {:>3} of {:>3}  {}", fault.name, red.len(), selected.len(), fault.mistake);
            if red.is_empty() {
                out!("    proves nothing");
                good = false;
            }
            for check in red {
                if !is_blanket(fault) {
                    proofs.entry(check.id.clone()).or_default().push(fault.name);
                }
            }
        }
        out!("\ncheck, and the faults that turn it red");
        for (check, by) in &proofs {
            out!("  {check:<44} {}", if by.is_empty() { "NOTHING".to_owned() } else { by.join(", ") });
        }
        if self.fault.is_empty() {
            let unproven = proofs.values().filter(|by| by.is_empty()).count();
            out!("\n{} checks proven, {unproven} not; {} faults", proofs.len() - unproven, sandbox::FAULTS.len());
            good &= unproven == 0;
        }
        Ok(good)
    }
}

/// Runs `selected` against a sandbox with `faults`.
async fn try_under(faults: &[&'static Fault], selected: &[Selected]) -> Result<Vec<CheckResult>, Failure> {
    let options = Options { faults: faults.to_vec(), ..Options::default() };
    let sandbox = Sandbox::start("127.0.0.1:0", &options).await?;
    let mut config = sandbox::known_data(&options.seed)?;
    // Without a fault a callback takes milliseconds; only those that never come take the whole time.
    config.callback.wait_seconds = Some(if faults.is_empty() { 10 } else { 2 });
    let token = Access::Token(sandbox::DEFAULT_TOKEN.to_owned());
    let session = Session::open(Target::new(&sandbox.base("social"), token, config)?).await?;
    let results = runner::run(&session, "social", selected, &Patterns::default(), |_| {}).await;
    session.close().await;
    sandbox.stop().await;
    Ok(results.checks)
}
