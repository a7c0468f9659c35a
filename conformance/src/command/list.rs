//! `list`: requirements and their checks.

use super::{PASSED, USAGE, end};
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
    interface: String,
    level: &'static str,
    statement: String,
    source: String,
    checks: Vec<String>,
}

impl List {
    pub(super) fn run(self) -> u8 {
        let listing = match self.listing() {
            Ok(listing) => listing,
            Err(error) => return end(USAGE, &error),
        };
        if listing.requirements.is_empty() {
            eprintln!("error: there is no interface {:?}; offered: social", self.interface.unwrap_or_default());
            return USAGE;
        }
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
        for requirement in crate::requirement::all()? {
            if self.interface.as_ref().is_some_and(|interface| *interface != requirement.interface) {
                continue;
            }
            let checks = crate::check::all(&requirement.interface)?;
            let checks = checks.into_iter().filter(|check| check.requirement == requirement.id).map(|check| check.id);
            requirements.push(Entry {
                checks: checks.collect(),
                id: requirement.id,
                interface: requirement.interface,
                level: requirement.level.as_str(),
                statement: requirement.statement,
                source: requirement.source,
            });
        }
        Ok(Listing { requirements })
    }
}
