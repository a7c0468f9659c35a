//! Tests against published vectors.
//!
//! The material lies beside the checkout and is found through `DCI_SHARED`. Without it every test here is reported as
//! ignored; the standard harness cannot decide that at run time, so this one does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod jose;
mod json_parsing;
mod material;
#[path = "../it/providers.rs"]
mod providers;
mod vectors;

use std::process::ExitCode;

fn main() -> ExitCode {
    material::run(vec![
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
    ])
}
