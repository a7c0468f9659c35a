//! `run`: the suite against a running system.

use super::{FAILED, PASSED, UNREACHABLE, USAGE, end};
use crate::check::Session;
use crate::interface::Interface;
use crate::report;
use crate::requirement::Level;
use crate::runner::{self, Selected, Selection};
use crate::select::Patterns;
use crate::target::{Access, Config, Target};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Run {
    /// The interface to test: `social`, `crvs`, `ibr`, `dr`, `fr` or `ess`.
    interface: String,
    /// What comes before `/registry`, e.g. <http://127.0.0.1:8080/social>.
    #[arg(long, value_name = "BASE")]
    url: String,
    /// The bearer token.
    #[arg(long, value_name = "T", conflicts_with_all = ["client_id", "client_secret"])]
    token: Option<String>,
    /// `OAuth2` client id.
    #[arg(long, requires = "client_secret")]
    client_id: Option<String>,
    /// `OAuth2` client secret.
    #[arg(long, requires = "client_id")]
    client_secret: Option<String>,
    /// Keys, identifiers that exist in the target, expected counts (TOML).
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The kind of system it is: `opencrvs-2024`, ...; `--peer help` lists them.
    #[arg(long, value_name = "NAME")]
    peer: Option<String>,
    /// Where to write report.html, junit.xml and results.json.
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// Only checks that match, e.g. `signature/*`.
    #[arg(long = "run", value_name = "GLOB")]
    only: Vec<String>,
    /// Not the checks that match.
    #[arg(long, value_name = "GLOB")]
    skip: Vec<String>,
    /// Only requirements at least this binding.
    #[arg(long, value_enum, default_value = "may")]
    level: Level,
    /// Checks that are known to fail: one pattern per line.
    #[arg(long, value_name = "FILE")]
    known_failing: Option<PathBuf>,
}

impl Run {
    pub(super) async fn run(self) -> u8 {
        let interface = match super::interface(&self.interface) {
            Ok(interface) => interface,
            Err(code) => return code,
        };
        let (selected, selection) = match self.selected(interface) {
            Ok(selected) => selected,
            Err(code) => return code,
        };
        let access = match (&self.token, &self.client_id, &self.client_secret) {
            (Some(token), _, _) => Access::Token(token.clone()),
            (None, Some(id), Some(secret)) => Access::Credentials(id.clone(), secret.clone()),
            _ => Access::None,
        };
        let config = match self.config.as_deref().map_or_else(|| Ok(Config::default()), Config::read) {
            Ok(config) => config,
            Err(error) => return end(USAGE, &error),
        };
        let mut config = config;
        if let Some(name) = &self.peer {
            if let Err(code) = super::sandbox::preset(name) {
                return code;
            }
            config.target.peer = Some(name.clone());
        }
        let target = match Target::new(interface, &self.url, access, config) {
            Ok(target) => target,
            Err(error) => return end(USAGE, &error),
        };
        let session = match Session::open(target).await {
            Ok(session) => session,
            Err(error) => return end(UNREACHABLE, &error),
        };
        let results = runner::run(&session, &selected, &selection.known_failing, |check| {
            out!("{}", report::line(check));
        })
        .await;
        session.close().await;
        out!("{}", report::summary(&results));
        if let Some(folder) = &self.report {
            if let Err(error) = report::write(&results, folder) {
                return end(USAGE, &error);
            }
            out!("report: {}", folder.join("report.html").display());
        }
        if results.summary.failed == 0 { PASSED } else { FAILED }
    }

    /// The checks to run, or the exit status.
    fn selected(&self, interface: &Interface) -> Result<(Vec<Selected>, Selection), u8> {
        let usage = |error: &dyn std::error::Error| end(USAGE, error);
        let known_failing = match &self.known_failing {
            Some(path) => Patterns::read(path).map_err(|error| usage(&error))?,
            None => Patterns::default(),
        };
        let selection = Selection {
            run: Patterns::new(&self.only).map_err(|error| usage(&error))?,
            skip: Patterns::new(&self.skip).map_err(|error| usage(&error))?,
            level: Some(self.level),
            known_failing,
        };
        let every = runner::select(interface, &Selection::default()).map_err(|error| usage(&error))?;
        let ids: Vec<&str> = every.iter().map(|(check, _)| check.id.as_str()).collect();
        let stale = selection.known_failing.unused(&ids);
        if !stale.is_empty() {
            eprintln!("error: the list of known failures names checks that do not exist: {}", stale.join(", "));
            return Err(USAGE);
        }
        let selected = runner::select(interface, &selection).map_err(|error| usage(&error))?;
        if selected.is_empty() {
            eprintln!("error: no check is selected");
            return Err(USAGE);
        }
        Ok((selected, selection))
    }
}
