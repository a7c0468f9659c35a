//! Where a peer's endpoints lie.

/// The endpoints of a peer, below the address it is registered with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paths {
    /// What comes before every path; empty, or ending in a slash.
    pub prefix: String,
    /// Paths that are called otherwise: the standard's and the peer's.
    pub renamed: Vec<(String, String)>,
    /// Whether only these of the standard's paths exist.
    pub only: Option<Vec<String>>,
}

impl Paths {
    /// The standard's paths.
    pub fn standard() -> Self {
        Self { prefix: String::new(), renamed: Vec::new(), only: None }
    }

    /// The standard's paths below `prefix`.
    pub fn below(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), ..Self::standard() }
    }

    /// Calls the standard's `path` `name`.
    pub fn renaming(mut self, path: &str, name: &str) -> Self {
        self.renamed.push((path.to_owned(), name.to_owned()));
        self
    }

    /// Only these of the standard's paths exist.
    pub fn only(self, paths: &[&str]) -> Self {
        Self { only: Some(paths.iter().map(|path| (*path).to_owned()).collect()), ..self }
    }

    /// The peer's path for the standard's `path`; `None` where the peer has no such endpoint.
    pub fn of(&self, path: &str) -> Option<String> {
        if self.only.as_ref().is_some_and(|only| !only.iter().any(|other| other == path)) {
            return None;
        }
        let renamed = self.renamed.iter().find(|(standard, _)| standard == path);
        Some([self.prefix.as_str(), renamed.map_or(path, |(_, name)| name)].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_names_and_absence() {
        let paths = Paths::below("api/").renaming("registry/search", "reg/search").only(&["registry/search", "x"]);
        assert_eq!(paths.of("registry/search").as_deref(), Some("api/reg/search"));
        assert_eq!(paths.of("x").as_deref(), Some("api/x"));
        assert_eq!(paths.of("registry/subscribe"), None);
    }
}
