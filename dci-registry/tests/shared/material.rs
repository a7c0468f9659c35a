//! The material beside the checkout.

use std::path::PathBuf;

/// Where it is, when it is there.
pub(crate) fn root() -> Option<PathBuf> {
    std::env::var_os("DCI_SHARED").map(PathBuf::from)
}

/// A file or folder of it.
pub(crate) fn path(name: &str) -> PathBuf {
    let path = root().unwrap().join(name);
    assert!(path.exists(), "DCI_SHARED is set, but {name} is not there");
    path
}
