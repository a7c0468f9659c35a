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
mod published;
mod vectors;
mod wycheproof;

use std::process::ExitCode;

/// Pairs of name and function.
macro_rules! tests {
    ($($module:ident: $($name:ident),+;)*) => {
        vec![$($((concat!(stringify!($module), "::", stringify!($name)), $module::$name as fn())),+),*]
    };
}

fn main() -> ExitCode {
    material::run(tests![
        json_parsing: the_parsing_suite_is_read_as_decided;
        jose:
            the_pem_keys_of_the_vectors_sign_what_their_public_halves_verify;
        published:
            cookbook_signatures_are_read_or_refused_as_listed,
            cookbook_encryption_is_read_or_refused_as_listed,
            cookbook_keys_are_taken_for_what_they_are,
            canonical_json_is_that_of_rfc_8785;
        wycheproof:
            json_web_signature,
            json_web_encryption,
            json_web_key,
            json_web_crypto,
            ecdsa,
            ed25519,
            rsa_pkcs1,
            rsa_pss,
            rsa_oaep,
            aes_gcm;
        vectors:
            the_canonical_forms_are_those_of_the_vectors,
            the_canonicaliser_probe_comes_back_as_each_system_prints_it,
            the_signature_string_is_written_and_read_exactly,
            the_detached_jws_is_written_and_read_exactly,
            the_embedded_jws_is_read_and_its_payload_compared,
            the_concatenated_rsa_signature_is_written_and_read_exactly,
            the_detached_jws_in_the_http_header_is_written_and_read_exactly,
            headers_that_were_printed_anew_are_found,
            every_bit_of_header_and_message_is_covered,
            the_encrypted_message_is_opened;
    ])
}
