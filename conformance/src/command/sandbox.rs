//! `sandbox`: the reference system, until it is interrupted.

use super::{PASSED, USAGE, end};
use crate::sandbox::{self, Fault, Options, Sandbox, Seed};
use clap::Args;
use dci_core::peer::{EncryptionForm, Preset};

#[derive(Debug, Args)]
pub(super) struct SandboxCommand {
    /// Where to listen, e.g. 127.0.0.1:8080 (port 0: any free one).
    #[arg(long, value_name = "ADDR")]
    listen: String,
    /// A bearer token that is accepted; `sandbox-token` when none is given.
    #[arg(long, value_name = "T")]
    token: Vec<String>,
    /// What the registry holds: `demo`, `empty`, or a JSON file with a list of records.
    #[arg(long, value_name = "SEED", default_value = "demo")]
    seed: String,
    /// How many households the demo seed has.
    #[arg(long, value_name = "N", default_value_t = 60)]
    seed_size: usize,
    /// Take messages without signature too.
    #[arg(long)]
    unsigned: bool,
    /// Play another system, with its habits and faults: `opencrvs-2024`, ...; `--as help` lists them.
    #[arg(long = "as", value_name = "PEER")]
    acting: Option<String>,
    /// How many events happen a second in each registry, e.g. `5/s`; `0.2/s` is one in five seconds.
    #[arg(long, value_name = "N/s", value_parser = per_second)]
    events: Option<f64>,
    /// Encrypt answers and want encrypted requests: `bound`, `protected` or `unbound` (the standard's five members).
    #[arg(long, value_name = "FORM")]
    encryption: Option<String>,
    /// Make a mistake on purpose; `--fault help` lists them.
    #[arg(long, value_name = "NAME")]
    fault: Vec<String>,
}

impl SandboxCommand {
    pub(super) async fn run(self) -> u8 {
        let mut faults: Vec<&'static Fault> = Vec::new();
        for name in &self.fault {
            if name == "help" {
                for fault in sandbox::FAULTS {
                    out!("{:<28} {}", fault.name, fault.mistake);
                }
                return PASSED;
            }
            let Some(fault) = sandbox::find(name) else {
                eprintln!("error: there is no fault {name:?}; `--fault help` lists them");
                return USAGE;
            };
            faults.push(fault);
        }
        let acting = match self.acting.as_deref().map(preset) {
            Some(Err(code)) => return code,
            Some(Ok(preset)) => Some(preset),
            None => None,
        };
        if acting.is_some() && !faults.is_empty() {
            eprintln!("error: --as and --fault do not go together: the played system has faults of its own");
            return USAGE;
        }
        if acting.is_some() && self.events.is_some() {
            eprintln!(
                "error: --as and --events do not go together: what a played system tells of is not known well enough"
            );
            return USAGE;
        }
        let encryption = match self.encryption.as_deref().map(EncryptionForm::from_name) {
            Some(None) => {
                eprintln!("error: --encryption must be one of {}", EncryptionForm::NAMES.join(", "));
                return USAGE;
            }
            form => form.flatten(),
        };
        let seed = match self.seed.as_str() {
            "demo" => Seed::Demo(self.seed_size),
            "empty" => Seed::Empty,
            file => Seed::File(file.into()),
        };
        let options = Options {
            tokens: self.token,
            seed,
            unsigned: self.unsigned,
            faults,
            acting,
            encryption,
            events: self.events,
        };
        let sandbox = match Sandbox::start(&self.listen, &options).await {
            Ok(sandbox) => sandbox,
            Err(error) => return end(USAGE, &error),
        };
        out!("ready http://{}", sandbox.address());
        flush();
        wait_for_end().await;
        sandbox.stop().await;
        PASSED
    }
}

/// The most events a second: beyond that the sandbox measures itself only.
const MOST_EVENTS: f64 = 1_000.0;

/// A rate: `5/s`, or the number alone.
fn per_second(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix("/s").unwrap_or(text).parse::<f64>();
    let rate = number.map_err(|_| "must be a number of events a second, e.g. 5/s".to_owned())?;
    if rate > 0.0 && rate <= MOST_EVENTS { Ok(rate) } else { Err(format!("must be above 0 and at most {MOST_EVENTS}")) }
}

/// The preset called `name`; the list of presets for `help`.
pub(super) fn preset(name: &str) -> Result<Preset, u8> {
    if name == "help" {
        for preset in Preset::ALL {
            let profile = preset.profile();
            let schemes = profile.scheme_names().collect::<Vec<_>>().join(", ");
            let signs = if profile.signs { schemes } else { "unsigned".to_owned() };
            out!("{:<18} {signs}{}", preset.name(), profile.caveat.map(|it| format!("; {it}")).unwrap_or_default());
        }
        return Err(PASSED);
    }
    Preset::from_name(name).ok_or_else(|| {
        eprintln!("error: there is no peer {name:?}; offered: {}", Preset::ALL.map(Preset::name).join(", "));
        USAGE
    })
}

/// Waits for an interrupt or, on Unix, a request to terminate.
async fn wait_for_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupt.await;
    }
}

/// Whoever waits for the line must see it now.
fn flush() {
    use std::io::Write as _;
    let _ = std::io::stdout().flush();
}
