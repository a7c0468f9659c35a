//! Any JSON as search criteria: reading, writing, compiling, evaluating.
#![no_main]

use dci_core::query::{SearchCriteria, Table};
use dci_core::wire::{Json, Leniency, Limits, Wire, read};
use dci_registry::social::{Social, SocialRecord};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TABLE: LazyLock<Table<Social>> = LazyLock::new(|| {
    let text = br#"{"identifier":[{"identifier_type":"UIN","identifier_value":"1"}],"sex":"female","birth_date":"1990-05-21"}"#;
    let tree = Json::parse(text).expect("a record");
    let (record, _) = read::<SocialRecord>(&tree, Leniency::Content).expect("a record");
    Table::new([record])
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(tree) = Json::parse_within(bytes, &Limits::tolerant()) else { return };
    let Ok((criteria, _)) = read::<SearchCriteria>(&tree, Leniency::Content) else { return };
    let first = TABLE.search(&criteria).map(|page| page.total_count);
    // What is written means the same.
    let (again, _) = read::<SearchCriteria>(&criteria.write(), Leniency::Content).expect("what is written can be read");
    assert_eq!(first.is_ok(), TABLE.search(&again).is_ok());
});
