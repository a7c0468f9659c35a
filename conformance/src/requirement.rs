//! Requirements: what the standard asks, where it says so, and what to change when a system does not do it.

use crate::interface::Interface;
use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/requirements");

/// How binding a requirement is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Level {
    /// The standard demands it.
    Must,
    /// The standard leaves it open; exchanges fail or are not safe without it.
    Should,
    /// Useful, and optional.
    May,
}

impl Level {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::May => "may",
        }
    }
}

/// One requirement.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Requirement {
    /// Its id, e.g. `SR-HEADER-03`.
    pub id: String,
    /// The interface it belongs to; `registry` for all of them.
    #[serde(default)]
    pub interface: String,
    /// How binding it is.
    pub level: Level,
    /// What is required.
    pub statement: String,
    /// The place in the standard: document and JSON pointer or section.
    pub source: String,
    /// What to change when it is not fulfilled.
    pub remedy: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    interface: String,
    requirement: Vec<Requirement>,
}

/// Why the embedded data cannot be used. A test reads all of it, so a released binary never shows this.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct DataError {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
}

/// The requirements of `interface`: its own, and those of every registry. These name the document of the social registry,
/// whose schemas the others repeat; here each is named by the document of `interface`, where there is one.
pub fn of(interface: &Interface) -> Result<Vec<Requirement>, DataError> {
    let wanted = |requirement: &Requirement| ["registry", interface.name].contains(&&*requirement.interface);
    let mut out = all()?;
    out.retain(wanted);
    if interface.name != "ess" {
        let own = format!("{}_api_v1.0.0", interface.name);
        for requirement in &mut out {
            requirement.source = requirement.source.replace("social_api_v1.0.0", &own);
        }
    }
    Ok(out)
}

/// Every requirement, in the order of the files.
pub fn all() -> Result<Vec<Requirement>, DataError> {
    let mut out = Vec::new();
    for file in FILES.files() {
        let name = file.path().display().to_string();
        let broken = |reason: String| DataError { file: name.clone(), reason };
        let text = file.contents_utf8().ok_or_else(|| broken("not UTF-8".to_owned()))?;
        let parsed: File = toml::from_str(text).map_err(|error| broken(error.to_string()))?;
        out.extend(
            parsed
                .requirement
                .into_iter()
                .map(|requirement| Requirement { interface: parsed.interface.clone(), ..requirement }),
        );
    }
    Ok(out)
}
