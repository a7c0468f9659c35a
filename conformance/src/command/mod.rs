//! The commands of `dci-conformance`.

/// Prints a line. A reader that went away, as `head` does, is no reason to panic.
macro_rules! out {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($text)*);
    }};
}

mod demo;
mod inspect;
mod list;
mod openapi;
mod prove;
mod run;
mod sandbox;
mod schema;

use crate::interface::Interface;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A command that ended.
pub(crate) const PASSED: u8 = 0;
/// Checks failed.
pub(crate) const FAILED: u8 = 1;
/// The command cannot be carried out as given.
pub(crate) const USAGE: u8 = 2;
/// The target cannot be reached.
pub(crate) const UNREACHABLE: u8 = 3;

/// Conformance suite and sandbox for the DCI social protection standards.
#[derive(Debug, Parser)]
#[command(
    name = "dci-conformance",
    version,
    after_help = "Exit status: 0 passed, 1 failed checks, 2 wrong usage or nothing selected, 3 target unreachable. inspect: 0 verified, 1 refused or absent, 2 unreadable."
)]
pub struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Start the sandbox, run the suite against it, and write a report.
    Demo(demo::Demo),
    /// Serve the reference system, for trying and testing.
    Sandbox(sandbox::SandboxCommand),
    /// Test a running system.
    Run(run::Run),
    /// List requirements and the checks that verify them.
    List(list::List),
    /// Say what one message is, whether its signature holds, and where it leaves the standard.
    Inspect(inspect::Inspect),
    /// Print a JSON Schema.
    Schema(schema::SchemaCommand),
    /// Print the OpenAPI document of an interface.
    #[command(name = "openapi")]
    OpenApi(openapi::OpenApi),
    /// Show that every check can fail: run the suite against each fault of the sandbox.
    Prove(prove::Prove),
}

impl Command {
    /// Carries the command out.
    pub async fn run(self) -> ExitCode {
        let code = match self.what {
            What::Demo(command) => command.run().await,
            What::Sandbox(command) => command.run().await,
            What::Run(command) => command.run().await,
            What::List(command) => command.run(),
            What::Inspect(command) => command.run(),
            What::Schema(command) => command.run(),
            What::OpenApi(command) => command.run(),
            What::Prove(command) => command.run().await,
        };
        ExitCode::from(code)
    }
}

/// The interface called `name`, or the exit status.
fn interface(name: &str) -> Result<&'static Interface, u8> {
    crate::interface::find(name).ok_or_else(|| {
        eprintln!("error: there is no interface {name:?}; offered: {}", crate::interface::names());
        USAGE
    })
}

/// Prints why a command ended, with its causes, and returns `code`.
pub(crate) fn end(code: u8, error: &dyn std::error::Error) -> u8 {
    eprint!("error: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        eprint!(": {inner}");
        cause = inner.source();
    }
    eprintln!();
    code
}
