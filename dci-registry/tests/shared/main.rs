//! Tests against the published documents and examples.
//!
//! The material lies beside the checkout and is found through `DCI_SHARED`. Without it every test here is reported as
//! ignored; the standard harness cannot decide that at run time, so this one does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod examples;
#[path = "../../../dci-core/tests/shared/material.rs"]
mod material;

use std::process::ExitCode;

fn main() -> ExitCode {
    material::run(vec![(
        "examples::every_official_example_is_read_and_its_deviations_are_known",
        examples::every_official_example_is_read_and_its_deviations_are_known,
    )])
}
