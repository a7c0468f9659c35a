//! `list`: requirements and their checks.

use super::{PASSED, USAGE, end};
use crate::interface::{INTERFACES, Interface};
use clap::{Args, ValueEnum};
use serde::Serialize;

#[derive(Debug, Args)]
pub(super) struct List {
    /// Only this interface.
    interface: Option<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
}

#[derive(Serialize)]
struct Listing {
    requirements: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    interface: &'static str,
    level: &'static str,
    statement: String,
    source: String,
    checks: Vec<String>,
}

impl List {
    pub(super) fn run(self) -> u8 {
        if let Some(Err(code)) = self.interface.as_deref().map(super::interface) {
            return code;
        }
        let listing = match self.listing() {
            Ok(listing) => listing,
            Err(error) => return end(USAGE, &error),
        };
        match self.format {
            Format::Json => match serde_json::to_string_pretty(&listing) {
                Ok(text) => out!("{text}"),
                Err(error) => return end(USAGE, &error),
            },
            Format::Table => {
                for entry in &listing.requirements {
                    out!("{:<14} {:<6} {}", entry.id, entry.level, entry.statement);
                    out!("{:21} {}", "", entry.source);
                    for check in &entry.checks {
                        out!("{:21} checked by {check}", "");
                    }
                }
            }
        }
        PASSED
    }

    fn listing(&self) -> Result<Listing, crate::requirement::DataError> {
        let mut requirements = Vec::new();
        let named = |interface: &&&Interface| self.interface.as_ref().is_none_or(|name| *name == interface.name);
        for interface in INTERFACES.iter().filter(named) {
            let checks = crate::check::all(interface)?;
            for requirement in crate::requirement::of(interface)? {
                let of_it = checks.iter().filter(|check| check.requirement == requirement.id);
                let checks: Vec<String> = of_it.map(|check| check.id.clone()).collect();
                if checks.is_empty() {
                    // A requirement of another kind of registry.
                    continue;
                }
                requirements.push(Entry {
                    checks,
                    id: requirement.id,
                    interface: interface.name,
                    level: requirement.level.as_str(),
                    statement: requirement.statement,
                    source: requirement.source,
                });
            }
        }
        Ok(Listing { requirements })
    }
}
