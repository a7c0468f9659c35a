//! Tests of the whole family of interfaces against the published vocabulary and mocks.
//!
//! The material lies beside the checkout and is found through `DCI_SHARED`. Without it every test here is reported as
//! ignored; the standard harness cannot decide that at run time, so this one does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

#[path = "../../../dci-core/tests/shared/material.rs"]
mod material;
mod paths;
mod vocabulary;
mod vocabulary_table;

use std::process::ExitCode;

fn main() -> ExitCode {
    material::run(vec![
        ("paths::every_published_path_is_an_operation", paths::every_published_path_is_an_operation),
        (
            "vocabulary::every_property_and_every_code_of_the_vocabulary_has_its_place",
            vocabulary::every_property_and_every_code_of_the_vocabulary_has_its_place,
        ),
    ])
}
