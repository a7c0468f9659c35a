//! `demo`: sandbox and suite against each other.

use super::{FAILED, PASSED, UNREACHABLE, USAGE, end};
use crate::check::Session;
use crate::interface::{INTERFACES, Interface};
use crate::report;
use crate::runner::{self, Selection};
use crate::sandbox::{self, Options, Sandbox};
use crate::select::Patterns;
use crate::target::{Access, Target};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// The interfaces: `social`, `crvs`, `ibr`, `dr`, `fr`, `ess`; all of them when none is named.
    interface: Vec<String>,
    /// Where to write report.html, junit.xml and results.json, in a folder for each interface.
    #[arg(long, value_name = "DIR", default_value = "target/conformance-report")]
    report: PathBuf,
}

impl Demo {
    pub(super) async fn run(self) -> u8 {
        let mut interfaces = Vec::new();
        for name in &self.interface {
            match super::interface(name) {
                Ok(found) => interfaces.push(found),
                Err(code) => return code,
            }
        }
        if interfaces.is_empty() {
            interfaces = INTERFACES.to_vec();
        }
        let options = Options { events: Some(sandbox::LIVELY), ..Options::default() };
        let sandbox = match Sandbox::start("127.0.0.1:0", &options).await {
            Ok(sandbox) => sandbox,
            Err(error) => return end(USAGE, &error),
        };
        out!("sandbox ready at http://{}", sandbox.address());
        let mut code = PASSED;
        for interface in interfaces {
            code = code.max(self.test(interface, &sandbox, &options).await);
        }
        sandbox.stop().await;
        code
    }

    async fn test(&self, interface: &'static Interface, sandbox: &Sandbox, options: &Options) -> u8 {
        let selected = match runner::select(interface, &Selection::default()) {
            Ok(selected) => selected,
            Err(error) => return end(USAGE, &error),
        };
        let token = Access::Token(sandbox::DEFAULT_TOKEN.to_owned());
        let config = match sandbox::known_data(interface, options) {
            Ok(config) => config,
            Err(error) => return end(USAGE, &error),
        };
        let target = match Target::new(interface, &sandbox.base(interface.name), token, config) {
            Ok(target) => target,
            Err(error) => return end(USAGE, &error),
        };
        let session = match Session::open(target).await {
            Ok(session) => session,
            Err(error) => return end(UNREACHABLE, &error),
        };
        out!("\nrunning {} checks of the {}\n", selected.len(), interface.title);
        let results = runner::run(&session, &selected, &Patterns::default(), |check| {
            out!("{}", report::line(check));
        })
        .await;
        session.close().await;
        out!("{}", report::summary(&results));
        let folder = self.report.join(interface.name);
        if let Err(error) = report::write(&results, &folder) {
            return end(USAGE, &error);
        }
        out!("report: {}", folder.join("report.html").display());
        // A demo in which something was not tried has not shown everything.
        if results.summary.failed + results.summary.skipped == 0 { PASSED } else { FAILED }
    }
}
