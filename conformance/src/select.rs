//! Which checks run, and which are known to fail.

use globset::{Glob, GlobMatcher};
use std::path::Path;

/// Patterns over check ids.
#[derive(Clone, Debug, Default)]
pub struct Patterns(Vec<(String, GlobMatcher)>);

/// Why a pattern cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SelectError {
    /// It is no pattern.
    #[error("{0:?} is not a pattern")]
    Pattern(String, #[source] globset::Error),
    /// A file of patterns cannot be read.
    #[error("{0} cannot be read")]
    File(String, #[source] std::io::Error),
}

impl Patterns {
    /// Compiles `texts`. `*` stops at `/`, `**` does not.
    pub fn new(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, SelectError> {
        let compile = |text: &str| {
            let glob = globset::GlobBuilder::new(text).literal_separator(true).build();
            let glob: Glob = glob.map_err(|error| SelectError::Pattern(text.to_owned(), error))?;
            Ok((text.to_owned(), glob.compile_matcher()))
        };
        texts.into_iter().map(|text| compile(text.as_ref())).collect::<Result<_, _>>().map(Self)
    }

    /// Reads a file of patterns: one per line, `#` starts a comment.
    pub fn read(path: &Path) -> Result<Self, SelectError> {
        let text =
            std::fs::read_to_string(path).map_err(|error| SelectError::File(path.display().to_string(), error))?;
        let line = |line: &str| line.split('#').next().unwrap_or_default().trim().to_owned();
        Self::new(text.lines().map(line).filter(|line| !line.is_empty()))
    }

    /// Whether there are no patterns.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a pattern matches `id`.
    pub fn matches(&self, id: &str) -> bool {
        self.0.iter().any(|(_, glob)| glob.is_match(id))
    }

    /// The patterns that match none of `ids`.
    pub fn unused<'a>(&'a self, ids: &[&str]) -> Vec<&'a str> {
        let unused = self.0.iter().filter(|(_, glob)| !ids.iter().any(|id| glob.is_match(id)));
        unused.map(|(text, _)| text.as_str()).collect()
    }
}
