//! Reports: terminal, JSON, JUnit, and one HTML page. All are made from [`crate::results::Results`].

mod html;
mod junit;
mod terminal;

pub use html::html;
pub use junit::junit;
pub use terminal::{line, summary};

use crate::results::Results;
use std::path::{Path, PathBuf};

/// Why a report was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A file cannot be written.
    #[error("{0} cannot be written")]
    Write(PathBuf, #[source] std::io::Error),
    /// The results have no form in this format.
    #[error("the report cannot be made: {0}")]
    Form(String),
}

/// Writes `report.html`, `junit.xml` and `results.json` into `folder`.
pub fn write(results: &Results, folder: &Path) -> Result<(), ReportError> {
    std::fs::create_dir_all(folder).map_err(|error| ReportError::Write(folder.to_owned(), error))?;
    let json = serde_json::to_string_pretty(results).map_err(|error| ReportError::Form(error.to_string()))?;
    for (name, text) in [("report.html", html(results)), ("junit.xml", junit(results)?), ("results.json", json)] {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| ReportError::Write(path, error))?;
    }
    Ok(())
}
