//! The material beside the checkout. Tests that need it say so and are reported as skipped without it.

use std::path::PathBuf;

/// The file or folder `path` of the shared material; `None`, with a line that says so, where there is none.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let Some(root) = std::env::var_os("DCI_SHARED") else {
        eprintln!("skipped: {path} is needed from DCI_SHARED, which is not set");
        return None;
    };
    let full = PathBuf::from(root).join(path);
    assert!(full.exists(), "DCI_SHARED is set but {path} is not there");
    Some(full)
}

/// The text of a shared file.
pub(crate) fn text(path: &str) -> Option<String> {
    shared(path).map(|path| std::fs::read_to_string(path).unwrap())
}
