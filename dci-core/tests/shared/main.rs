//! Tests against published vectors.
//!
//! The material lies beside the checkout and is found through `DCI_SHARED`. Without it every test here is reported as
//! ignored; the standard harness cannot decide that at run time, so this one does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod jose;
mod json_parsing;
mod material;
mod vectors;

use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;

fn main() -> ExitCode {
    let tests: Vec<(&str, fn())> = vec![
        ("json_parsing::the_parsing_suite_is_read_as_decided", json_parsing::the_parsing_suite_is_read_as_decided),
        (
            "jose::the_pem_keys_of_the_vectors_sign_what_their_public_halves_verify",
            jose::the_pem_keys_of_the_vectors_sign_what_their_public_halves_verify,
        ),
        ("jose::wycheproof_signatures_hold_no_surprise", jose::wycheproof_signatures_hold_no_surprise),
        ("jose::the_encrypted_vector_is_read", jose::the_encrypted_vector_is_read),
        (
            "vectors::the_canonical_forms_are_those_of_the_vectors",
            vectors::the_canonical_forms_are_those_of_the_vectors,
        ),
        (
            "vectors::the_signature_string_is_written_and_read_exactly",
            vectors::the_signature_string_is_written_and_read_exactly,
        ),
        (
            "vectors::the_detached_jws_is_written_and_read_exactly",
            vectors::the_detached_jws_is_written_and_read_exactly,
        ),
        ("vectors::every_bit_of_header_and_message_is_covered", vectors::every_bit_of_header_and_message_is_covered),
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
