//! Tests against captured traffic. The material lies beside the checkout and is found through `DCI_SHARED`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod captures;
#[path = "../../../dci-core/tests/shared/material.rs"]
mod material;

use std::process::ExitCode;

fn main() -> ExitCode {
    material::run(vec![
        ("captures::answers_become_typed_records", captures::answers_become_typed_records as fn()),
        ("captures::a_callback_in_plain_text_is_read", captures::a_callback_in_plain_text_is_read),
        ("captures::signatures_carry_what_the_envelope_says", captures::signatures_carry_what_the_envelope_says),
        (
            "captures::our_requests_have_the_shape_that_was_accepted",
            captures::our_requests_have_the_shape_that_was_accepted,
        ),
        ("captures::errors_are_decoded", captures::errors_are_decoded),
    ])
}
