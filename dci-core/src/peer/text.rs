//! The two releases of the standard that both call themselves 1.0.0.

/// Which release a peer goes by (`version` is the same in both).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Text {
    /// The text of December 2025, which corrects the names of January.
    #[default]
    Dec2025,
    /// The text of January 2025: some names are misspelt and required in that spelling, and more registries write one record as
    /// an object.
    Jan2025,
}

impl Text {
    /// Names in configuration.
    pub const NAMES: &'static [(&'static str, Self)] = &[("dec2025", Self::Dec2025), ("jan2025", Self::Jan2025)];

    /// Its name in configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dec2025 => "dec2025",
            Self::Jan2025 => "jan2025",
        }
    }
}
