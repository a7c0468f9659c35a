//! The material beside the checkout, and running the tests that need it. The tests of other crates use this file too.

use libtest_mimic::{Arguments, Trial};
use std::path::PathBuf;
use std::process::ExitCode;

/// Where it is, when it is there.
fn root() -> Option<PathBuf> {
    std::env::var_os("DCI_SHARED").map(PathBuf::from)
}

/// A file or folder of it.
pub(crate) fn path(name: &str) -> PathBuf {
    let path = root().unwrap().join(name);
    assert!(path.exists(), "DCI_SHARED is set, but {name} is not there");
    path
}

/// The text of a file.
#[allow(dead_code)] // shared with tests that need no text
pub(crate) fn text(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap()
}

/// Runs `tests`; without the material each is reported as ignored.
pub(crate) fn run(tests: Vec<(&'static str, fn())>) -> ExitCode {
    let present = root().is_some();
    if !present {
        eprintln!("ignored: these tests need the shared material, and DCI_SHARED is not set");
    }
    let trial = |(name, test): (&'static str, fn())| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
        .with_ignored_flag(!present)
    };
    let mut arguments = Arguments::from_args();
    // Snapshots and servers are cheap; threads named like tests are not needed.
    arguments.test_threads = arguments.test_threads.or(Some(2));
    libtest_mimic::run(&arguments, tests.into_iter().map(trial).collect()).exit_code()
}
