//! Tests of the whole family of interfaces against the published vocabulary and mocks.
//!
//! The material lies beside the checkout and is found through `DCI_SHARED`. Without it every test here is reported as
//! ignored; the standard harness cannot decide that at run time, so this one does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod examples;
#[path = "../../../dci-core/tests/shared/material.rs"]
mod material;
mod paths;
mod vocabulary;
mod vocabulary_table;
mod written;

use std::process::ExitCode;

fn main() -> ExitCode {
    material::run(vec![
        (
            "examples::every_official_example_is_read_and_its_deviations_are_known",
            examples::every_official_example_is_read_and_its_deviations_are_known,
        ),
        ("paths::every_published_path_is_an_operation", paths::every_published_path_is_an_operation),
        (
            "vocabulary::every_property_and_every_code_of_the_vocabulary_has_its_place",
            vocabulary::every_property_and_every_code_of_the_vocabulary_has_its_place,
        ),
        (
            "written::everything_written_is_valid_by_the_newest_text",
            written::everything_written_is_valid_by_the_newest_text,
        ),
        (
            "written::everything_written_for_a_peer_of_january_is_valid_by_its_text",
            written::everything_written_for_a_peer_of_january_is_valid_by_its_text,
        ),
    ])
}
