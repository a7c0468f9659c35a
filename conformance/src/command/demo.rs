//! `demo`: sandbox and suite against each other.

use super::{FAILED, PASSED, UNREACHABLE, USAGE, end};
use crate::check::Session;
use crate::report;
use crate::runner::{self, Selection};
use crate::sandbox::{self, Options, Sandbox};
use crate::select::Patterns;
use crate::target::{Access, Target};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Where to write report.html, junit.xml and results.json.
    #[arg(long, value_name = "DIR", default_value = "target/conformance-report")]
    report: PathBuf,
}

impl Demo {
    pub(super) async fn run(self) -> u8 {
        let options = Options::default();
        let sandbox = match Sandbox::start("127.0.0.1:0", &options).await {
            Ok(sandbox) => sandbox,
            Err(error) => return end(USAGE, &error),
        };
        out!("sandbox ready at http://{}", sandbox.address());
        let code = self.test(&sandbox, &options).await;
        sandbox.stop().await;
        code
    }

    async fn test(&self, sandbox: &Sandbox, options: &Options) -> u8 {
        let selected = match runner::select("social", &Selection::default()) {
            Ok(selected) => selected,
            Err(error) => return end(USAGE, &error),
        };
        let token = Access::Token(sandbox::DEFAULT_TOKEN.to_owned());
        let config = match sandbox::known_data(&options.seed) {
            Ok(config) => config,
            Err(error) => return end(USAGE, &error),
        };
        let target = match Target::new(&sandbox.base("social"), token, config) {
            Ok(target) => target,
            Err(error) => return end(USAGE, &error),
        };
        let session = match Session::open(target).await {
            Ok(session) => session,
            Err(error) => return end(UNREACHABLE, &error),
        };
        out!("running {} checks of the social registry\n", selected.len());
        let results = runner::run(&session, "social", &selected, &Patterns::default(), |check| {
            out!("{}", report::line(check));
        })
        .await;
        session.close().await;
        out!("{}", report::summary(&results));
        if let Err(error) = report::write(&results, &self.report) {
            return end(USAGE, &error);
        }
        out!("report: {}", self.report.join("report.html").display());
        // A demo in which something was not tried has not shown everything.
        if results.summary.failed + results.summary.skipped == 0 { PASSED } else { FAILED }
    }
}
