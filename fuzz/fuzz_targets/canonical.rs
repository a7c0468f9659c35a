//! The canonical forms: what is printed reads back as the same values, and printing it again changes nothing.
#![no_main]

use dci_core::wire::{Form, Json, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let Ok(tree) = Json::parse(text) else { return };
    for form in [Form::Compact, Form::SortedUtf8, Form::SortedAscii, Form::Jcs] {
        let printed = tree.print(form);
        // RFC 8785 spells large doubles out: 1e20 becomes an integer that the strict limits refuse.
        let again = Json::parse_within(printed.as_bytes(), &Limits::tolerant()).expect("what is printed can be read");
        assert_eq!(again.print(form), printed);
        // The scheme of RFC 8785 rounds to doubles; the others keep every value.
        assert!(form == Form::Jcs || again.same_value(&tree));
    }
});
