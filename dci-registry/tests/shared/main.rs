//! Tests against the published documents and examples.
//!
//! The material lies beside the checkout and is found through `DCI_SHARED`. Without it every test here is reported as
//! ignored; the standard harness cannot decide that at run time, so this one does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod examples;
mod material;
mod openapi;
#[path = "../it/world.rs"]
#[allow(dead_code)] // shared with the other tests
mod world;

use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;

fn main() -> ExitCode {
    let tests: Vec<(&str, fn())> = vec![
        (
            "examples::every_official_example_is_read_and_its_deviations_are_known",
            examples::every_official_example_is_read_and_its_deviations_are_known,
        ),
        ("openapi::requests_replies_and_errors_are_valid", openapi::requests_replies_and_errors_are_valid),
        (
            "openapi::acknowledgements_callbacks_and_status_are_valid",
            openapi::acknowledgements_callbacks_and_status_are_valid,
        ),
    ];
    let present = material::root().is_some();
    if !present {
        eprintln!("ignored: these tests need the shared material, and DCI_SHARED is not set");
    }
    let trial = |(name, test): (&str, fn())| {
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
