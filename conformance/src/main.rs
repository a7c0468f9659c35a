//! `dci-conformance`: see `dci-conformance --help`.

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = dci_conformance::command::Command::parse();
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::ERROR).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: the runtime did not start: {error}");
            return ExitCode::from(2);
        }
    };
    runtime.block_on(command.run())
}
