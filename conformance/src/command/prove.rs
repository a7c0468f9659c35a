//! `prove`: every check must be red under a fault made for it, and green without.

use super::{FAILED, PASSED, USAGE, end};
use crate::check::{Check, Session};
use crate::interface::{INTERFACES, Interface};
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
        let faults: Vec<&'static Fault> = sandbox::FAULTS
            .iter()
            .filter(|fault| self.fault.is_empty() || self.fault.iter().any(|name| name == fault.name))
            .collect();
        if faults.is_empty() {
            return Err("there is no such fault".into());
        }
        let mut good = true;
        let mut proofs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for interface in INTERFACES {
            let every = runner::select(interface, &Selection::default())?;
            out!("{}, without a fault: {} checks", interface.title, every.len());
            let results = try_under(interface, &[], &every).await?;
            for check in results.iter().filter(|check| check.status != CheckStatus::Passed) {
                out!("  not green: {} ({})", check.id, check.message);
                good = false;
            }
            // What every registry is asked is the same code for each of them: it is proven at the first.
            let first = interface.name == "social";
            let to_prove: Vec<Selected> =
                every.into_iter().filter(|(_, requirement)| first || requirement.interface == interface.name).collect();
            proofs.extend(to_prove.iter().map(|(check, _)| (name_of(interface, check), Vec::new())));
            out!("\nfault, and the checks of the {} it turns red", interface.title);
            for fault in &faults {
                good &= try_fault(interface, fault, &to_prove, &mut proofs).await?;
            }
            out!("");
        }
        out!("check, and the faults that turn it red");
        for (check, by) in &proofs {
            out!("  {check:<48} {}", if by.is_empty() { "NOTHING".to_owned() } else { by.join(", ") });
        }
        if self.fault.is_empty() {
            let unproven = proofs.values().filter(|by| by.is_empty()).count();
            out!("\n{} checks proven, {unproven} not; {} faults", proofs.len() - unproven, sandbox::FAULTS.len());
            good &= unproven == 0;
        }
        Ok(good)
    }
}

fn name_of(interface: &Interface, check: &Check) -> String {
    format!("{} {}", interface.name, check.id)
}

/// Notes which of `checks` the fault turns red; false when it should turn some red and does not.
async fn try_fault(
    interface: &'static Interface,
    fault: &'static Fault,
    checks: &[Selected],
    proofs: &mut BTreeMap<String, Vec<&'static str>>,
) -> Result<bool, Failure> {
    let patterns = Patterns::new(fault.proves)?;
    let selected: Vec<Selected> = checks.iter().filter(|(check, _)| patterns.matches(&check.id)).cloned().collect();
    if selected.is_empty() || is_blanket(fault) && interface.name != "social" {
        return Ok(true);
    }
    let results = try_under(interface, &[fault], &selected).await?;
    let red: Vec<&CheckResult> = results.iter().filter(|check| check.status == CheckStatus::Failed).collect();
    out!("  {:<28} {:>3} of {:>3}  {}", fault.name, red.len(), selected.len(), fault.mistake);
    if !is_blanket(fault) {
        for (check, _) in &selected {
            if red.iter().any(|result| result.id == check.id) {
                proofs.entry(name_of(interface, check)).or_default().push(fault.name);
            }
        }
    }
    if red.is_empty() {
        out!("    proves nothing");
    }
    Ok(!red.is_empty())
}

/// Runs `selected` against a sandbox with `faults`.
async fn try_under(
    interface: &'static Interface,
    faults: &[&'static Fault],
    selected: &[Selected],
) -> Result<Vec<CheckResult>, Failure> {
    let options = Options { faults: faults.to_vec(), events: Some(sandbox::LIVELY), ..Options::default() };
    let sandbox = Sandbox::start("127.0.0.1:0", &options).await?;
    let mut config = sandbox::known_data(interface, &options)?;
    // Without a fault a callback takes milliseconds; only those that never come take the whole time.
    config.callback.wait_seconds = Some(if faults.is_empty() { 10 } else { 2 });
    let token = Access::Token(sandbox::DEFAULT_TOKEN.to_owned());
    let target = Target::new(interface, &sandbox.base(interface.name), token, config)?;
    let session = Session::open(target).await?;
    let results = runner::run(&session, selected, &Patterns::default(), |_| {}).await;
    session.close().await;
    sandbox.stop().await;
    Ok(results.checks)
}
