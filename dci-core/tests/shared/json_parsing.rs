//! The JSON parsing test suite: what must be read is read, what must not is refused, and what is left open is decided
//! once, here.

use crate::material::path;
use dci_core::wire::{Json, Limits};

/// The undecided texts that are read: big or tiny numbers keep their spelling, and depth below the limit is no problem.
const READ: [&str; 8] = [
    "i_number_double_huge_neg_exp.json",
    "i_number_huge_exp.json",
    "i_number_neg_int_huge_exp.json",
    "i_number_pos_double_huge_exp.json",
    "i_number_real_neg_overflow.json",
    "i_number_real_pos_overflow.json",
    "i_number_real_underflow.json",
    "i_number_too_big_neg_int.json",
];

pub(crate) fn the_parsing_suite_is_read_as_decided() {
    let folder = path("vectors/json-parsing");
    let mut limits = Limits::tolerant();
    limits.number_chars = 1_000;
    let (mut yes, mut no, mut open) = (0, 0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let read = Json::parse_within(&std::fs::read(&file).unwrap(), &limits).is_ok();
        match name.split('_').next() {
            Some("y") => {
                assert!(read, "{name} must be read");
                yes += 1;
            }
            Some("n") => {
                assert!(!read, "{name} must be refused");
                no += 1;
            }
            Some("i") if read => open.push(name),
            _ => {}
        }
    }
    assert_eq!((yes, no), (95, 188));
    open.sort();
    for name in READ {
        assert!(open.iter().any(|other| other == name), "{name} is decided as read");
    }
    insta::assert_debug_snapshot!("undecided_texts_that_are_read", open);
}
